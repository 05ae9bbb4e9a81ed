#pragma once

#include <string>
#include <vector>

#include "runtime/schema/schema.hpp"

namespace loam::runtime::schema {

/// The statements that make the schema's tables in an empty SQLite database: the tables of the
/// models in the order of the schema, the join tables of implicit many-to-many relations, then all
/// indexes. Statements have no closing semicolon. Views are not created.
std::vector<std::string> createStatements(const Schema& schema);

}  // namespace loam::runtime::schema
