#pragma once

#include <vector>

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// What an `orderBy` puts in order.
enum class OrderOf : std::uint8_t { Rows, Groups };

/// An `orderBy`: one object or a list of them. Rows can be ordered by columns of related records
/// and by their number, groups by aggregations. Throws RequestError P2009.
std::vector<Order>
ordersOf(Context& context, const schema::Model& model, const request::Value& orderBy, OrderOf of);

}  // namespace loam::runtime::plan
