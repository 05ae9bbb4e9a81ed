#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loam::runtime::request {

/// Offset of the first byte that is not part of valid UTF-8, or npos. Surrogates and overlong forms
/// are invalid.
std::size_t findInvalidUtf8(std::string_view text);

/// Appends the text as a JSON string with its quotes. Bytes that are no UTF-8 become U+FFFD, so
/// that the result is valid JSON whatever the text.
void appendJsonString(std::string& out, std::string_view text);

/// The text as appendJsonString writes it.
std::string jsonString(std::string_view text);

/// The text, or as many whole characters of it as fit into `longest` bytes and "..." after them.
std::string excerpt(std::string_view text, std::size_t longest);

/// The result of reading an escape.
struct Escape {
    /// Offset after the escape.
    std::size_t next = 0;
    /// What is wrong with it, or null. NUL and lone surrogates are wrong.
    const char* problem = nullptr;
};

/// Appends what the escape stands for whose backslash is at `position`. GraphQL and JSON share
/// their escapes; `\u{...}` is allowed only when `braces` is set.
Escape appendEscape(std::string& out, std::string_view text, std::size_t position, bool braces);

}  // namespace loam::runtime::request
