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

/// The statement, ready to run, with its parameters bound. Throws StorageError, or RequestError
/// P2007 for a parameter that does not fit its type.
storage::Statement prepare(storage::Database& database, const Statement& statement);

/// Runs the statement and counts the rows that it changes. Throws as prepare does.
std::int64_t execute(storage::Database& database, const Statement& statement);

}  // namespace loam::runtime::queryplan
