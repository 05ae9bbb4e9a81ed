#pragma once

#include <string>

#include "runtime/queryplan/plan.hpp"
#include "runtime/queryplan/value.hpp"
#include "runtime/request/error.hpp"
#include "runtime/storage/error.hpp"

namespace loam::runtime::queryplan {

/// A failure of SQLite as the drivers of Prisma Client 7 report it: code, message, and in `meta`
/// the symbol of the code and SQLite's own words. Failures of the user's own SQL are always P2010.
request::RequestError translate(const storage::StorageError& error, bool isRaw);

/// The error of a validation that the value did not pass.
request::RequestError validationError(const ValidateNode& node, const Value& value);

/// P2023: a value does not fit what is to be made of it.
request::RequestError inconsistent(const std::string& problem);

/// `{"code","error","meta"}`, which clients of version 7 take from answers that are no success.
std::string errorBody(const request::RequestError& error);

}  // namespace loam::runtime::queryplan
