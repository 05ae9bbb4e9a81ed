#pragma once

#include <string>
#include <string_view>

#include "runtime/queryplan/plan.hpp"
#include "runtime/queryplan/value.hpp"

namespace loam::runtime::queryplan {

/// Appends one value, which is not null, as JSON of the field's type; `name` is what errors call
/// the field. Types that JSON has no word for are written beside the value, such as
/// `{"$type":"BigInt","value":"1"}`.
///
/// Throws RequestError P2023 for a value of another type.
void appendFieldValue(std::string& out, const Value& value, const Field& field,
    std::string_view name, Budget& budget);

}  // namespace loam::runtime::queryplan
