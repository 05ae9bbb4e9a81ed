#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loam::runtime::request {

/// Offset of the first byte that is not part of valid UTF-8, or npos. Surrogates and overlong forms
/// are invalid.
std::size_t findInvalidUtf8(std::string_view text);

/// Appends a code point, which must be valid.
void appendUtf8(std::string& out, char32_t codePoint);

/// Appends the text as a JSON string with its quotes. Bytes that are no UTF-8 become U+FFFD, so
/// that the result is valid JSON whatever the text.
void appendJsonString(std::string& out, std::string_view text);

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

/// The candidate that differs least from what was written, when it is close enough to be meant;
/// otherwise empty.
template <typename Names>
std::string_view closest(std::string_view written, const Names& names);

/// Number of single-character changes between two names, without regard to case.
std::size_t distance(std::string_view left, std::string_view right);

template <typename Names>
std::string_view closest(std::string_view written, const Names& names) {
    std::string_view best;
    std::size_t bestDistance = written.size() / 3 + 2;
    for (const auto& name : names) {
        const std::size_t candidate = distance(written, name);
        if (candidate < bestDistance) {
            best = name;
            bestDistance = candidate;
        }
    }
    return best;
}

}  // namespace loam::runtime::request
