#pragma once

// Turns schema text into tokens. Newlines are tokens, since the language ends a field with its
// line; `//` comments are dropped and `///` comments kept.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/schema/diagnostics.hpp"

namespace loam::runtime::schema {

/// What a token is.
enum class TokenKind : std::uint8_t {
    /// Letters, digits, "_" and "-"; may start with a digit, which a later check refuses.
    Identifier,
    /// Digits with an optional "-" before and fraction after.
    Number,
    /// `text` is the content with escapes resolved.
    String,
    /// One of `{ } ( ) [ ] , : = ? ! . @` or "@@".
    Punctuation,
    /// `text` is the comment without "///" and surrounding blanks.
    Documentation,
    Newline,
    /// A character that starts no token.
    Unknown,
    End,
};

/// One token and where it starts.
struct Token {
    TokenKind kind = TokenKind::End;
    std::string text = {};
    Position position = {};
};

/// Splits the text of a file into tokens; the last is End. Reports strings that are not closed or
/// hold an unknown escape, and text that is not UTF-8, of which nothing is returned.
std::vector<Token> tokenize(std::string_view text, std::size_t file, Diagnostics& diagnostics);

}  // namespace loam::runtime::schema
