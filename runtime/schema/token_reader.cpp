#include "runtime/schema/token_reader.hpp"

#include <algorithm>

namespace loam::runtime::schema {

namespace {

/// Arrays and function calls nest in each other this deep at most, to bound the stack.
constexpr int maximumDepth = 32;

}  // namespace

bool isPunctuation(const Token& token, std::string_view text) {
    return token.kind == TokenKind::Punctuation && token.text == text;
}

std::string describe(const Token& token) {
    switch (token.kind) {
        case TokenKind::Newline:
            return "the end of the line";
        case TokenKind::End:
            return "the end of the file";
        case TokenKind::String:
            return "the string \"" + token.text + '"';
        case TokenKind::Documentation:
            return "a comment";
        case TokenKind::Unknown:
            return static_cast<unsigned char>(token.text.front()) < 0x20
                       ? "a control character"
                       : '"' + token.text + '"';
        default:
            return '"' + token.text + '"';
    }
}

std::string describe(const Expression& expression) {
    switch (expression.kind) {
        case ExpressionKind::String:
            return '"' + expression.text + '"';
        case ExpressionKind::Array:
            return "a list";
        case ExpressionKind::Function:
            return expression.text + "()";
        default:
            return expression.text;
    }
}

const Token& TokenReader::peek(std::size_t ahead) const {
    return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

const Token& TokenReader::take() {
    const Token& token = peek();
    if (next_ + 1 < tokens_.size()) ++next_;
    return token;
}

bool TokenReader::accept(std::string_view punctuation) {
    if (!isPunctuation(peek(), punctuation)) return false;
    take();
    return true;
}

void TokenReader::expect(std::string_view punctuation, const std::string& expected) {
    if (!accept(punctuation)) fail(peek(), expected);
}

void TokenReader::fail(const Token& token, const std::string& expected) {
    diagnostics_.report(token.position, "expected " + expected + ", but found " + describe(token));
    throw LineError{};
}

void TokenReader::skipLine() {
    while (peek().kind != TokenKind::Newline && peek().kind != TokenKind::End) take();
    take();
}

void TokenReader::resume(std::size_t start) {
    if (next_ == start || tokens_[next_ - 1].kind != TokenKind::Newline) skipLine();
}

bool TokenReader::took(std::string_view punctuation, std::size_t start) const {
    return std::any_of(&tokens_[start], &tokens_[next_], [&](const Token& token) {
        return isPunctuation(token, punctuation);
    });
}

void TokenReader::skipLineBreaks() {
    while (peek().kind == TokenKind::Newline || peek().kind == TokenKind::Documentation) take();
}

Identifier TokenReader::identifier(const std::string& expected) {
    if (peek().kind != TokenKind::Identifier && peek().kind != TokenKind::Number) {
        fail(peek(), expected);
    }
    const Token& token = take();
    return {token.text, token.position};
}

/// The rest of a name after its first part: `.b.c`.
std::string TokenReader::path() {
    std::string text;
    while (accept(".")) text += '.' + identifier("a name after \".\"").text;
    return text;
}

std::vector<Attribute> TokenReader::attributes() {
    std::vector<Attribute> list;
    while (isPunctuation(peek(), "@")) list.push_back(attribute());
    return list;
}

Attribute TokenReader::attribute() {
    Attribute attribute;
    attribute.position = peek().position;
    const auto sign = take().text;
    attribute.name = identifier("the name of an attribute after \"" + sign + "\"").text;
    attribute.name += path();
    if (accept("(")) attribute.arguments = arguments(")", 0);
    return attribute;
}

/// Comma-separated arguments up to the closing bracket; they may go over several lines.
std::vector<Argument> TokenReader::arguments(std::string_view close, int depth) {
    std::vector<Argument> list;
    skipLineBreaks();
    while (!accept(close)) {
        list.push_back(argument(depth));
        skipLineBreaks();
        if (accept(close)) break;
        const auto comma = peek().position;
        expect(",", R"("," or ")" + std::string(close) + '"');
        skipLineBreaks();
        if (isPunctuation(peek(), close)) {
            diagnostics_.report(comma, "remove the comma after the last item");
        }
    }
    return list;
}

Argument TokenReader::argument(int depth) {
    Argument argument;
    if (peek().kind == TokenKind::Identifier && isPunctuation(peek(1), ":")) {
        argument.name = identifier("the name of an argument");
        take();
        skipLineBreaks();
    }
    argument.value = expression(depth);
    return argument;
}

Expression TokenReader::expression(int depth) {
    const Token& token = peek();
    if (depth > maximumDepth) {
        diagnostics_.report(token.position,
            "brackets are nested deeper than " + std::to_string(maximumDepth) + " levels");
        throw LineError{};
    }
    Expression value;
    value.position = token.position;
    switch (token.kind) {
        case TokenKind::String:
            value.kind = ExpressionKind::String;
            value.text = take().text;
            return value;
        case TokenKind::Number:
            value.kind = ExpressionKind::Number;
            value.text = take().text;
            return value;
        case TokenKind::Identifier:
            value.text = take().text;
            value.text += path();
            if (!accept("(")) return value;
            value.kind = ExpressionKind::Function;
            value.arguments = arguments(")", depth + 1);
            return value;
        default:
            break;
    }
    if (!accept("[")) fail(token, "a value");
    value.kind = ExpressionKind::Array;
    value.arguments = arguments("]", depth + 1);
    return value;
}

}  // namespace loam::runtime::schema
