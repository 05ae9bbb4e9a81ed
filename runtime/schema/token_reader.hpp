#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/schema/diagnostics.hpp"
#include "runtime/schema/lexer.hpp"
#include "runtime/schema/syntax.hpp"

namespace loam::runtime::schema {

/// Ends the work on the current line; the mistake is reported already. It never leaves the parser.
struct LineError {};

bool isPunctuation(const Token& token, std::string_view text);

/// How a token reads in a message.
std::string describe(const Token& token);

/// Goes through the tokens of a file and reads what stands within one declaration: names,
/// attributes and their values. Mistakes are reported and thrown as LineError.
class TokenReader {
  public:
    /// The last token must be End. Tokens and diagnostics must outlive the reader.
    TokenReader(const std::vector<Token>& tokens, Diagnostics& diagnostics)
        : tokens_(tokens), diagnostics_(diagnostics) {}

    /// The number of tokens that were taken.
    std::size_t place() const { return next_; }
    /// End at and after the end.
    const Token& peek(std::size_t ahead = 0) const;
    const Token& take();
    /// Takes the punctuation mark if it is next; whether it was.
    bool accept(std::string_view punctuation);
    void expect(std::string_view punctuation, const std::string& expected);
    [[noreturn]] void fail(const Token& token, const std::string& expected);

    void skipLine();
    /// Goes on with the next line, unless the mistake was found where one starts that is not
    /// `start`.
    void resume(std::size_t start);
    /// Whether the mark is among the tokens taken since `start`.
    bool took(std::string_view punctuation, std::size_t start) const;

    Identifier identifier(const std::string& expected);
    std::vector<Attribute> attributes();
    /// The sign must be next.
    Attribute attribute();
    Expression expression() { return expression(0); }

  private:
    void skipLineBreaks();
    std::vector<Argument> arguments(std::string_view close, int depth);
    Argument argument(int depth);
    Expression expression(int depth);
    std::string path();

    const std::vector<Token>& tokens_;
    Diagnostics& diagnostics_;
    std::size_t next_ = 0;
};

}  // namespace loam::runtime::schema
