#pragma once

#include <initializer_list>
#include <string_view>

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// Refuses every argument of the field that is not in the list. Throws RequestError P2009.
void checkArguments(const Context& context, const request::Field& field,
    std::initializer_list<std::string_view> allowed);

/// where, orderBy, cursor, take, skip and distinct of a query for many records; those that are
/// missing mean nothing. Throws RequestError.
Rows rowsOf(Context& context, const schema::Model& model, const request::Field& field);

/// where, orderBy, take and skip of a query for groups.
Rows groupRowsOf(Context& context, const schema::Model& model, const request::Field& field);

/// The rows of rowsOf after checking that the field has no other arguments than these and
/// `distinct`.
Rows manyRows(Context& context, const schema::Model& model, const request::Field& field);

/// A list of scalar fields by name, such as `distinct`. Throws RequestError P2009.
std::vector<const schema::Field*>
columnsOf(Context& context, const schema::Model& model, const request::Value& names);

/// The `limit` of updateMany and deleteMany. Throws RequestError P2019 when it is negative.
std::optional<std::int64_t> limitOf(Context& context, const request::Field& field);

/// The argument of that name, which must be there. Throws RequestError P2012.
const request::Value&
requiredArgument(Context& context, const request::Field& field, std::string_view name);

}  // namespace loam::runtime::plan
