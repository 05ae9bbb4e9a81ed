#pragma once

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// A groupBy. Throws RequestError.
GroupBy groupByOf(Context& context, const schema::Model& model, const request::Field& field);

}  // namespace loam::runtime::plan
