#pragma once

#include <string>

#include "runtime/plan/generators.hpp"
#include "runtime/queryplan/plan.hpp"
#include "runtime/request/value.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::queryplan {

/// Evaluates the plan on the database, in whatever transaction is open there, and returns the
/// result as JSON text. `parameters` is the object of the request, or null.
///
/// Throws RequestError; what has been changed until then is for the caller to undo.
std::string interpret(const Plan& plan, const request::Value* parameters,
    storage::Database& database, const plan::Sources& sources);

}  // namespace loam::runtime::queryplan
