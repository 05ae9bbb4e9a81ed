#include "runtime/request/json_parser.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/request/limits.hpp"
#include "runtime/request/text.hpp"
#include "runtime/request/unique_names.hpp"

namespace loam::runtime::request {
namespace {

class Parser {
  public:
    enum class Nul : std::uint8_t { Refused, Taken };

    Parser(std::string_view text, TextPool& pool, std::string* compact, Nul nul = Nul::Refused,
        std::size_t maxDepth = limits::depth)
        : text_(text), pool_(pool), compact_(compact), nul_(nul), maxDepth_(maxDepth) {}

    Value parseDocument() {
        if (const std::size_t invalid = findInvalidUtf8(text_); invalid != std::string_view::npos) {
            position_ = invalid;
            fail("invalid UTF-8");
        }
        Value value = parseValue(0);
        skipSpace();
        if (position_ != text_.size()) {
            fail("text after the end of the document");
        }
        return value;
    }

  private:
    [[noreturn]] void fail(const std::string& problem) const {
        const std::string_view before = text_.substr(0, std::min(position_, text_.size()));
        const auto lines =
            static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
        const std::size_t lineStart = before.rfind('\n') + 1;  // npos + 1 is 0
        throw RequestError("P2009",
            "Invalid JSON at line " + std::to_string(lines + 1) + ", column " +
                std::to_string(before.size() - lineStart + 1) + ": " + problem + ".");
    }

    char peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }

    void skipSpace() {
        while (
            position_ < text_.size() &&
            (text_[position_] == ' ' || text_[position_] == '\n' || text_[position_] == '\r' ||
                text_[position_] == '\t')) {
            ++position_;
        }
    }

    /// Consumes the punctuation mark, after white space, when it is there.
    bool take(char mark) {
        skipSpace();
        if (peek() != mark) {
            return false;
        }
        ++position_;
        emit({&mark, 1});
        return true;
    }

    void emit(std::string_view token) {
        if (compact_ != nullptr) {
            compact_->append(token);
        }
    }

    Value parseValue(std::size_t depth) {
        if (depth > maxDepth_) {
            fail("nested deeper than the limit of " + std::to_string(maxDepth_) + " levels");
        }
        if (++values_ > limits::values) {
            fail("more than the limit of " + std::to_string(limits::values) + " values");
        }
        skipSpace();
        switch (peek()) {
            case '{':
                return parseObject(depth);
            case '[':
                return parseList(depth);
            case '"': {
                Value value;
                value.kind = Value::Kind::String;
                value.text = parseString();
                return value;
            }
            case 't':
            case 'f':
            case 'n':
                return parseWord();
            default:
                return parseNumber();
        }
    }

    Value parseWord() {
        Value value;
        for (const std::string_view word : {"true", "false", "null"}) {
            if (text_.substr(position_, word.size()) == word) {
                value.kind = word == "null" ? Value::Kind::Null : Value::Kind::Boolean;
                value.boolean = word == "true";
                position_ += word.size();
                emit(word);
                return value;
            }
        }
        fail("expected a value");
    }

    bool skipDigits() {
        const std::size_t start = position_;
        while (std::isdigit(static_cast<unsigned char>(peek())) != 0) {
            ++position_;
        }
        return position_ != start;
    }

    Value parseNumber() {
        const std::size_t start = position_;
        Value value;
        value.kind = Value::Kind::Integer;
        if (peek() == '-') {
            ++position_;
        }
        if (peek() == '0') {
            ++position_;
        } else if (!skipDigits()) {
            fail(position_ >= text_.size() ? "the document ends too early" : "expected a value");
        }
        if (peek() == '.') {
            ++position_;
            value.kind = Value::Kind::Real;
            if (!skipDigits()) {
                fail("a decimal point needs digits after it");
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            ++position_;
            value.kind = Value::Kind::Real;
            if (peek() == '+' || peek() == '-') {
                ++position_;
            }
            if (!skipDigits()) {
                fail("an exponent needs digits");
            }
        }
        value.text = text_.substr(start, position_ - start);
        emit(value.text);
        return value;
    }

    std::string_view parseString() {
        const std::size_t open = position_++;
        std::string decoded;
        bool escaped = false;
        std::size_t start = position_;
        while (peek() != '"') {
            if (position_ >= text_.size()) {
                fail("the text has no closing quote");
            }
            if (static_cast<unsigned char>(peek()) < 0x20) {
                fail("a control character in a text must be escaped");
            }
            if (peek() != '\\') {
                ++position_;
                continue;
            }
            escaped = true;
            decoded.append(text_, start, position_ - start);
            const Escape escape = readEscape(decoded);
            if (escape.problem != nullptr) {
                fail(escape.problem);
            }
            position_ = start = escape.next;
        }
        const std::string_view rest = text_.substr(start, position_ - start);
        ++position_;
        emit(text_.substr(open, position_ - open));
        if (!escaped) {
            return rest;
        }
        decoded.append(rest);
        return pool_.keep(std::move(decoded));
    }

    Escape readEscape(std::string& decoded) const {
        constexpr std::string_view nul = "\\u0000";
        if (nul_ == Nul::Taken && text_.substr(position_, nul.size()) == nul) {
            decoded.push_back('\0');
            return {position_ + nul.size(), nullptr};
        }
        return appendEscape(decoded, text_, position_, false);
    }

    Value parseList(std::size_t depth) {
        std::vector<Value> items;
        take('[');
        if (take(']')) {
            return Value::list({});
        }
        do {
            items.push_back(parseValue(depth + 1));
        } while (take(','));
        if (!take(']')) {
            fail("expected , or ] in a list");
        }
        return Value::list(std::move(items));
    }

    Value parseObject(std::size_t depth) {
        std::vector<Member> members;
        take('{');
        if (take('}')) {
            return Value::object({});
        }
        UniqueNames names;
        do {
            skipSpace();
            if (peek() != '"') {
                fail("expected a name in quotes");
            }
            const std::string_view name = parseString();
            if (!names.insert(name, members)) {
                fail("the name \"" + std::string(name) + "\" occurs twice in one object");
            }
            if (!take(':')) {
                fail("expected : after a name");
            }
            members.push_back({name, {}, parseValue(depth + 1)});
        } while (take(','));
        if (!take('}')) {
            fail("expected , or } in an object");
        }
        return Value::object(std::move(members));
    }

    std::string_view text_;
    TextPool& pool_;
    std::string* compact_;
    Nul nul_;
    std::size_t maxDepth_;
    std::size_t position_ = 0;
    std::size_t values_ = 0;
};

}  // namespace

Value parseJson(std::string_view text, TextPool& pool, std::size_t depth) {
    return Parser(text, pool, nullptr, Parser::Nul::Refused, depth).parseDocument();
}

Value parseEnvelope(std::string_view text, TextPool& pool) {
    return Parser(text, pool, nullptr, Parser::Nul::Taken).parseDocument();
}

std::string compactJson(std::string_view text) {
    TextPool pool;
    std::string compact;
    compact.reserve(text.size());
    Parser(text, pool, &compact).parseDocument();
    return compact;
}

}  // namespace loam::runtime::request
