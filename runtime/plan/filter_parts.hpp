#pragma once

#include <optional>
#include <vector>

#include "runtime/plan/plan.hpp"

// The shapes of which filters are put together.

namespace loam::runtime::plan {

/// And or Or of the operands; a single operand stands for itself.
Filter combine(Filter::Kind kind, std::vector<Filter> operands);

/// And of the operands, or nothing when there are none.
std::optional<Filter> conjunction(std::vector<Filter> operands);

/// What does not meet the operand.
Filter negate(Filter operand);

/// The field compared with one value; null is NULL.
Filter condition(const schema::Field& field, schema::FilterOperator filterOperator, bool isNegated,
    Scalar value);

/// The field compared with whatever the caller adds: several values, or a reference.
Filter
openCondition(const schema::Field& field, schema::FilterOperator filterOperator, bool isNegated);

/// At least one record related by the link meets the operand; negated, none does.
Filter relatedFilter(const Link& link, bool isNegated, Filter operand);

}  // namespace loam::runtime::plan
