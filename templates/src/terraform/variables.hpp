#pragma once

#include "templates/src/terraform/stack_scope.hpp"

namespace loam::terraform {

/// The variable block of a parameter.
Value variableOf(const Parameter& parameter);

/// Whether the value shows a parameter that is hidden.
bool showsHidden(const Value& value);

}  // namespace loam::terraform
