#pragma once

#include <string>

#include "runtime/queryplan/plan.hpp"
#include "runtime/queryplan/value.hpp"

namespace loam::runtime::queryplan {

/// Appends the value in the shape of the answer, as JSON; values that JSON has no word for carry
/// their type, such as `{"$type":"BigInt","value":"1"}`.
///
/// Throws RequestError P2023 for a value that does not fit its field: nothing is guessed.
void appendMapped(std::string& out, const Value& value, const Structure& structure, Budget& budget);

}  // namespace loam::runtime::queryplan
