#pragma once

#include "runtime/queryplan/evaluator.hpp"
#include "runtime/queryplan/plan.hpp"
#include "runtime/queryplan/value.hpp"

namespace loam::runtime::queryplan {

/// The field of a record, or of each record in a list; other values stay as they are.
Value mapField(const Value& value, std::string_view field, Budget& budget);

/// The parents, each with the children whose keys are equal to its own in `parentField`.
Value joinChildren(
    Value parents, const JoinChild& join, Value children, bool isStrict, Budget& budget);

/// The records of `from` whose fields are not those of any record in `to`.
Value difference(Value from, const Value& to, const std::vector<std::string_view>& fields);

/// Distinct, pagination and reversal of lists of records, in them and in lists within them.
Value process(Value value, const Operations& operations, Evaluator& evaluator, Budget& budget);

/// Whether a value keeps the rule: lists count their items, null counts none, anything else one.
bool satisfies(const Value& value, const Rule& rule);

}  // namespace loam::runtime::queryplan
