#pragma once

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// The `where` of a query for many records; the value must be an object. Throws RequestError.
Filter filterOf(Context& context, const schema::Model& model, const request::Value& where);

/// The `having` of groups: conditions on columns and on aggregations of them. Throws RequestError.
Filter havingOf(Context& context, const schema::Model& model, const request::Value& having);

/// The `where` of a query for one record: at least one unique field or key, and any further
/// conditions. Throws RequestError.
Filter uniqueFilterOf(Context& context, const schema::Model& model, const request::Value& where);

}  // namespace loam::runtime::plan
