#pragma once

#include <string_view>

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// The fields of a record that the client wants. Throws RequestError P2009.
Selection
recordSelection(Context& context, const schema::Model& model, const request::Field& field);

/// `{ count }` of a write to many records. Throws RequestError P2009.
Selection countSelection(Context& context, const request::Field& field);

/// `{ name _count { _all } }` of groups, in which these columns may stand. Throws RequestError
/// P2009.
Selection groupSelection(Context& context, const schema::Model& model, const request::Field& field,
    const std::vector<const schema::Field*>& columns);

/// `{ _count { _all name } _sum { age } }` of an aggregation. Throws RequestError P2009.
Selection
aggregateSelection(Context& context, const schema::Model& model, const request::Field& field);

/// Refuses a field inside of a fragment on another type than the one it stands in. Throws
/// RequestError P2009.
void checkType(const Context& context, const request::Field& field, std::string_view type);

}  // namespace loam::runtime::plan
