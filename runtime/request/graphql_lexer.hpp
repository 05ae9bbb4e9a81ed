#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// A word, number, text or mark of GraphQL.
struct Token {
    enum class Kind : std::uint8_t { End, Mark, Name, Integer, Real, String };

    Kind kind = Kind::End;
    /// The decoded text for strings, otherwise the token as written; `...` is one mark.
    std::string_view text = {};
    Location location = {};

    bool isMark(std::string_view mark) const { return kind == Kind::Mark && text == mark; }
    bool isName(std::string_view name) const { return kind == Kind::Name && text == name; }
};

/// Splits a GraphQL document into tokens; the document must be valid UTF-8.
class GraphqlLexer {
  public:
    /// Texts with escapes go to the pool; other tokens are views into the document.
    GraphqlLexer(std::string_view document, TextPool& pool) : document_(document), pool_(pool) {}

    /// The next token, or End. Throws RequestError P2009 with line and column.
    Token next();

  private:
    [[noreturn]] void fail(const std::string& problem, std::size_t position) const;
    Location locationOf(std::size_t position) const;
    char at(std::size_t position) const;
    void skipIgnored();
    Token number();
    Token string();
    Token blockString();

    std::string_view document_;
    TextPool& pool_;
    std::size_t position_ = 0;
    std::size_t lineStart_ = 0;
    std::uint32_t line_ = 1;
};

}  // namespace loam::runtime::request
