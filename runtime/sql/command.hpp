#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::sql {

/// Bytes that are bound as a BLOB.
struct Blob {
    std::string_view data = {};
};

/// A bound value; monostate is NULL.
using Parameter = std::variant<std::monostate, std::int64_t, double, std::string_view, Blob>;

/// One statement of SQLite and the values of its `?`, in order. The views point into the plan that
/// it was made from, which must outlive it, or into `texts`.
struct Command {
    std::string text = {};
    std::vector<Parameter> parameters = {};
    request::TextPool texts = {};
};

/// The rows of a read; their columns are the Column outputs of the selection in order, at least
/// one. For a negative `take` they come in reverse.
Command select(const plan::Rows& rows, const plan::Selection& selection);

/// One row of counts: a column for each Count output in the selection and in its objects, at least
/// one.
Command count(const plan::Rows& rows, const plan::Selection& selection);

/// Adds one record and returns it unless only a count is wanted.
Command insert(const plan::Create& create, const std::vector<plan::Assignment>& record);

/// Changes the rows and returns them unless only a count is wanted. There must be assignments.
Command update(const plan::Update& update);

/// Removes the rows and returns them as they were unless only a count is wanted.
Command remove(const plan::Delete& removal);

/// The text, and the values as a comment line, for people.
std::string print(const Command& command);

}  // namespace loam::runtime::sql
