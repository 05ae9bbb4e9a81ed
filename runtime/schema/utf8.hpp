#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace loam::runtime::schema {

/// Length in bytes of the UTF-8 character at the start of the text, or 0 when it is malformed:
/// overlong forms and surrogates are.
std::size_t characterLength(std::string_view text);

/// Length in bytes of the letter outside ASCII at the start of the text, or 0 when there is none.
/// Knows the letters of the larger living scripts in the basic plane.
std::size_t letterLength(std::string_view text);

/// Appends the UTF-8 form of a code point, which must be valid.
void appendUtf8(std::string& text, std::uint32_t code);

}  // namespace loam::runtime::schema
