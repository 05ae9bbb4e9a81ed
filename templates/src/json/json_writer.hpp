#pragma once

// JSON text of literal values. Both back ends render to such values and write them with this.

#include <loam/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace loam {

enum class JsonStyle : std::uint8_t {
    /// Indented by two spaces, one entry a line.
    Pretty,
    /// Without any space.
    Compact,
};

/// The text of a value that holds literals only. Objects are written in the order of their table;
/// absent entries are left out, an absent value alone is `null`. Numbers are exact in as few digits
/// as possible. Throws ValidationError for a number that JSON cannot hold and for a value that is
/// not literal.
std::string writeJson(const Value& value, JsonStyle style);

/// Appends the text as a JSON string with its quotes. UTF-8 passes through.
void appendJsonString(std::string& out, std::string_view text);

/// The number as JSON and YAML write it. Throws ValidationError unless it is finite.
void appendNumber(std::string& out, const Value& number);

}  // namespace loam
