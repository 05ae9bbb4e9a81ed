#pragma once

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// queryRaw or executeRaw: `query` is the statement, `parameters` a JSON array in a text. Its
/// elements are plain values and `{"prisma__type", "prisma__value"}` with bigint, date, decimal or
/// bytes; other objects are Json. Throws RequestError P2009 and P2012.
Raw rawOf(Context& context, const request::Field& field, bool returnsRows);

}  // namespace loam::runtime::plan
