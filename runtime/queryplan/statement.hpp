#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/queryplan/plan.hpp"
#include "runtime/queryplan/value.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::queryplan {

/// SQL with its parameters in order.
struct Statement {
    std::string sql = {};
    std::vector<Value> parameters = {};
    std::vector<ArgumentType> types = {};
};

/// Puts the arguments into the statement. Where there are more parameters than a statement may
/// have and the plan allows it, the longest list is split over several statements.
///
/// Throws RequestError P2029 when there are too many parameters, P2009 when the arguments do not
/// fit the template.
std::vector<Statement>
render(const DbQuery& query, std::vector<Value> arguments, std::size_t maxParameters);

/// The rows of one or several statements, as records or in the form that raw queries answer with.
class Rows {
  public:
    explicit Rows(Budget& budget) : budget_(budget) {}

    /// Runs the statement and keeps its rows. Throws StorageError, or RequestError P2007 for a
    /// parameter that does not fit its type.
    void add(storage::Database& database, const Statement& statement);

    /// List of records by column name.
    Value records() &&;
    /// `{"columns":[..],"types":[..],"rows":[[..]]}` as JSON text. Throws RequestError P2023 for
    /// a value that does not fit the type of its column.
    Value raw() &&;

  private:
    std::shared_ptr<Columns> columns_ = std::make_shared<Columns>();
    std::vector<std::string> declaredTypes_;
    std::vector<std::vector<Value>> rows_;
    Budget& budget_;
};

/// Runs the statement and counts the rows that it changes. Throws as Rows::add does.
std::int64_t execute(storage::Database& database, const Statement& statement);

}  // namespace loam::runtime::queryplan
