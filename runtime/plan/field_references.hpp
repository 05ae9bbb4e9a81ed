#pragma once

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/schema/filter_operators.hpp"

// `{_ref: "field", _container: "Model"}` in the place of a value: another field of the same record.

namespace loam::runtime::plan {

bool isReference(const Context& context, const request::Value& value);

/// The field compared with the one that the value refers to. Throws RequestError P2019 when there
/// is no such column in the model or it has another type.
Filter
referenceCondition(const Context& context, const schema::Model& model, const schema::Field& field,
    const schema::FilterOperatorRow& row, const request::Value& value, bool isNegated);

}  // namespace loam::runtime::plan
