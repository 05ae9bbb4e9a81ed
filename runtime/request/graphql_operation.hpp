#pragma once

#include <string_view>

#include "runtime/request/graphql_document.hpp"
#include "runtime/request/operation.hpp"

namespace loam::runtime::request {

/// The operation to run: the one named, or the only one. Throws RequestError P2009.
const OperationDefinition& chooseOperation(const Document& document, std::string_view name);

/// Puts variables and fragments in place, applies `@include` and `@skip`, and merges fields that
/// occur twice. `variables` is an object or null.
///
/// Throws RequestError P2009 for a wrong variable, an unknown fragment or directive, a fragment
/// that contains itself, fields that cannot be merged, more than limits::selectedFields fields, and
/// arguments beyond limits::values or limits::argumentBytes.
Operation
resolve(const Document& document, const OperationDefinition& definition, const Value& variables);

}  // namespace loam::runtime::request
