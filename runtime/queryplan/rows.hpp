#pragma once

#include <string>
#include <vector>

#include "runtime/queryplan/statement.hpp"
#include "runtime/queryplan/value.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::queryplan {

/// The rows of one or several statements, as records or in the form that raw queries answer with.
class Rows {
  public:
    explicit Rows(Budget& budget) : budget_(budget) {}

    /// Runs the statement and keeps its rows. Throws as prepare does, and RequestError P2023
    /// for text that is no UTF-8.
    void add(storage::Database& database, const Statement& statement);

    /// List of records by column name.
    Value records() &&;
    /// `{"columns":[..],"types":[..],"rows":[[..]]}` as JSON text. Throws RequestError P2023 for
    /// a value that does not fit the type of its column.
    Value raw() &&;

  private:
    Columns columns_;
    std::vector<std::string> declaredTypes_;
    std::vector<std::vector<Value>> rows_;
    Budget& budget_;
};

}  // namespace loam::runtime::queryplan
