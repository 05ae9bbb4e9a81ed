#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/plan/context.hpp"
#include "runtime/plan/scalar.hpp"

namespace loam::runtime::plan {

/// The type of a scalar or enum field as errors name it, such as "Int" or the name of the enum.
std::string_view typeName(const Context& context, const schema::Field& field);

/// A literal of the client as a value of the field. It must not be null, and for Json it must be
/// text. Throws RequestError: P2009 for a literal of another type, P2033 for a number beyond 64
/// bits, P2020 for one that is too large for Int.
Scalar scalarOf(const Context& context, const schema::Field& field, const request::Value& value);

/// An integer argument such as take or limit. Throws RequestError P2009.
std::int64_t integerOf(const Context& context, const request::Value& value);

/// The word of an enumeration, written bare or as a text; empty for other values.
std::string_view wordOf(const request::Value& value);

}  // namespace loam::runtime::plan
