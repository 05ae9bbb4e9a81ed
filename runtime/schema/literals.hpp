#pragma once

#include <optional>
#include <string>

#include "runtime/schema/syntax.hpp"

namespace loam::runtime::schema {

/// Why an expression is no literal of a scalar type; nothing when it is one.
std::optional<std::string> literalProblem(ScalarType type, const Expression& value);

/// The bytes that base64 text stands for; nothing when it is malformed. Padding is required.
std::optional<std::string> decodeBase64(std::string_view text);

}  // namespace loam::runtime::schema
