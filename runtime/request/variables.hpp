#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/request/graphql_document.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// The values of an operation's variables by name; a variable without value and default is missing.
using Variables = std::unordered_map<std::string_view, Value>;

/// Gives every variable its value: the one given, else its default.
///
/// The scalars of GraphQL (Int, Float, String, Boolean, ID) and lists of them are checked and
/// coerced as its specification says; other types are checked where they are used. `given` is an
/// object or null. Throws RequestError P2009.
Variables coerceVariables(const std::vector<VariableDefinition>& definitions, const Value& given);

}  // namespace loam::runtime::request
