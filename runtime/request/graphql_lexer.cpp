#include "runtime/request/graphql_lexer.hpp"

#include <algorithm>

#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::request {
namespace {

bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }

bool isNameStart(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

constexpr std::string_view blanks = " \t";

/// Calls `use` with every line and its number, from 0.
template <typename Use>
void forEachLine(std::string_view text, const Use& use) {
    for (std::size_t number = 0;; ++number) {
        const std::size_t end = text.find_first_of("\r\n");
        use(text.substr(0, end), number);
        if (end == std::string_view::npos) {
            return;
        }
        text.remove_prefix(text.substr(end, 2) == "\r\n" ? end + 2 : end + 1);
    }
}

/// Removes the common indentation and the blank lines at both ends, as the specification of GraphQL
/// says for block strings. Goes over the text twice, since a list of its lines could be many times
/// larger than the text.
std::string blockStringValue(std::string_view raw) {
    constexpr std::size_t none = std::string_view::npos;
    std::size_t common = none;
    std::size_t first = none;
    std::size_t last = 0;
    forEachLine(raw, [&](std::string_view line, std::size_t number) {
        const std::size_t indent = line.find_first_not_of(blanks);
        if (indent != none) {
            common = number == 0 ? common : std::min(common, indent);
            first = std::min(first, number);
            last = number;
        }
    });
    std::string value;
    forEachLine(raw, [&](std::string_view line, std::size_t number) {
        if (number < first || number > last) {
            return;
        }
        if (number != 0) {
            line.remove_prefix(std::min(common, line.size()));
        }
        value += number == first ? "" : "\n";
        value += line;
    });
    return value;
}

}  // namespace

Location GraphqlLexer::locationOf(std::size_t position) const {
    return {line_, static_cast<std::uint32_t>(position - lineStart_ + 1)};
}

void GraphqlLexer::fail(const std::string& problem, std::size_t position) const {
    const Location location = locationOf(position);
    throw RequestError("P2009",
        "Error parsing GraphQL query at line " + std::to_string(location.line) + ", column " +
            std::to_string(location.column) + ": " + problem + ".")
        .at(location);
}

char GraphqlLexer::at(std::size_t position) const {
    return position < document_.size() ? document_[position] : '\0';
}

void GraphqlLexer::skipIgnored() {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    while (position_ < document_.size()) {
        const char letter = document_[position_];
        if (letter == '\n' || (letter == '\r' && at(position_ + 1) != '\n')) {
            ++position_;
            ++line_;
            lineStart_ = position_;
        } else if (letter == ' ' || letter == '\t' || letter == ',' || letter == '\r') {
            ++position_;
        } else if (letter == '#') {
            position_ = std::min(document_.find_first_of("\r\n", position_), document_.size());
        } else if (document_.substr(position_, 3) == byteOrderMark) {
            position_ += 3;
        } else {
            return;
        }
    }
}

Token GraphqlLexer::next() {
    skipIgnored();
    Token token;
    token.location = locationOf(position_);
    if (position_ >= document_.size()) {
        return token;
    }
    const char letter = document_[position_];
    const std::size_t start = position_;
    if (isNameStart(letter)) {
        while (isNameStart(at(position_)) || isDigit(at(position_))) {
            ++position_;
        }
        token.kind = Token::Kind::Name;
    } else if (isDigit(letter) || letter == '-') {
        return number();
    } else if (letter == '"') {
        return document_.substr(position_, 3) == R"(""")" ? blockString() : string();
    } else if (document_.substr(position_, 3) == "...") {
        position_ += 3;
        token.kind = Token::Kind::Mark;
    } else if (std::string_view("!$&()[]{}:=@|").find(letter) != std::string_view::npos) {
        ++position_;
        token.kind = Token::Kind::Mark;
    } else {
        fail("unexpected character", position_);
    }
    token.text = document_.substr(start, position_ - start);
    return token;
}

Token GraphqlLexer::number() {
    const std::size_t start = position_;
    const auto digits = [&] {
        const std::size_t first = position_;
        while (isDigit(at(position_))) {
            ++position_;
        }
        if (position_ == first) {
            fail("a number needs digits here", position_);
        }
    };
    Token token;
    token.location = locationOf(start);
    token.kind = Token::Kind::Integer;
    if (at(position_) == '-') {
        ++position_;
    }
    if (at(position_) == '0' && isDigit(at(position_ + 1))) {
        fail("a number must not start with a zero", position_);
    }
    digits();
    if (at(position_) == '.') {
        ++position_;
        token.kind = Token::Kind::Real;
        digits();
    }
    if (at(position_) == 'e' || at(position_) == 'E') {
        ++position_;
        token.kind = Token::Kind::Real;
        if (at(position_) == '+' || at(position_) == '-') {
            ++position_;
        }
        digits();
    }
    if (isNameStart(at(position_)) || at(position_) == '.') {
        fail("a number must not run into what follows it", position_);
    }
    token.text = document_.substr(start, position_ - start);
    return token;
}

Token GraphqlLexer::string() {
    Token token;
    token.location = locationOf(position_);
    token.kind = Token::Kind::String;
    std::size_t start = ++position_;
    std::string decoded;
    bool escaped = false;
    while (at(position_) != '"') {
        const char letter = at(position_);
        if (position_ >= document_.size() || letter == '\n' || letter == '\r') {
            fail("the text has no closing quote", position_);
        }
        if (static_cast<unsigned char>(letter) < 0x20 && letter != '\t') {
            fail("a control character in a text must be escaped", position_);
        }
        if (letter != '\\') {
            ++position_;
            continue;
        }
        escaped = true;
        decoded.append(document_, start, position_ - start);
        const Escape escape = appendEscape(decoded, document_, position_, true);
        if (escape.problem != nullptr) {
            fail(escape.problem, position_);
        }
        position_ = start = escape.next;
    }
    token.text = document_.substr(start, position_ - start);
    ++position_;
    if (escaped) {
        decoded.append(token.text);
        token.text = pool_.keep(std::move(decoded));
    }
    return token;
}

Token GraphqlLexer::blockString() {
    Token token;
    token.location = locationOf(position_);
    token.kind = Token::Kind::String;
    position_ += 3;
    std::string raw;
    while (document_.substr(position_, 3) != R"(""")") {
        if (position_ >= document_.size()) {
            fail("the block text has no closing quotes", position_);
        }
        if (document_.substr(position_, 4) == R"(\""")") {
            raw += R"(""")";
            position_ += 4;
            continue;
        }
        const char letter = document_[position_];
        if (static_cast<unsigned char>(letter) < 0x20 && letter != '\t' && letter != '\n' &&
            letter != '\r') {
            fail("a control character in a block text", position_);
        }
        raw += letter;
        ++position_;
        if (letter == '\n' || (letter == '\r' && at(position_) != '\n')) {
            ++line_;
            lineStart_ = position_;
        }
    }
    position_ += 3;
    token.text = pool_.keep(blockStringValue(raw));
    return token;
}

}  // namespace loam::runtime::request
