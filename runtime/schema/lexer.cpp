#include "runtime/schema/lexer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "runtime/schema/utf8.hpp"

namespace loam::runtime::schema {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isAlphanumeric(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isIdentifierPart(char c) { return isAlphanumeric(c) || c == '_' || c == '-'; }

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

class Lexer {
  public:
    Lexer(std::string_view text, std::size_t file, Diagnostics& diagnostics)
        : text_(text), diagnostics_(diagnostics) {
        position_.file = file;
        constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
        if (text_.substr(0, 3) == byteOrderMark) offset_ = 3;
    }

    std::vector<Token> run() {
        while (offset_ < text_.size() && !stopped_) next();
        // What was cut off in the middle would only cause a second row of mistakes.
        if (stopped_) tokens_.clear();
        // Every line ends, so that the parser needs no special case for the last one.
        add(TokenKind::Newline, "", position_);
        add(TokenKind::End, "", position_);
        return std::move(tokens_);
    }

  private:
    char peek(std::size_t ahead = 0) const {
        return offset_ + ahead < text_.size() ? text_[offset_ + ahead] : '\0';
    }

    std::string_view rest() const { return text_.substr(offset_); }

    void add(TokenKind kind, std::string text, const Position& position) {
        tokens_.push_back({kind, std::move(text), position});
    }

    /// Steps over `bytes` bytes of characters that are all ASCII.
    void skip(std::size_t bytes) {
        offset_ += bytes;
        position_.column += bytes;
    }

    /// Steps over one character of any kind and returns its bytes; empty when it is no UTF-8.
    std::string_view takeCharacter() {
        const auto length = characterLength(rest());
        if (length == 0) {
            diagnostics_.report(
                position_, "the file is not valid UTF-8 from here on; save it with UTF-8 encoding");
            stopped_ = true;
            offset_ = text_.size();
            return {};
        }
        const auto bytes = text_.substr(offset_, length);
        offset_ += length;
        ++position_.column;
        return bytes;
    }

    void next() {
        const char c = peek();
        if (c == '\n' || c == '\r') return newline();
        if (c == ' ' || c == '\t') return skip(1);
        if (c == '/' && peek(1) == '/') return comment();
        if (c == '"') return string();
        if (isAlphanumeric(c) || (c == '-' && isDigit(peek(1))) || letterLength(rest()) > 0) {
            return word();
        }
        constexpr std::string_view punctuation = "{}()[],:=?!.@";
        if (c != '\0' && punctuation.find(c) != std::string_view::npos) {
            const std::size_t length = c == '@' && peek(1) == '@' ? 2 : 1;
            add(TokenKind::Punctuation, std::string(text_.substr(offset_, length)), position_);
            return skip(length);
        }
        other();
    }

    void newline() {
        add(TokenKind::Newline, "", position_);
        offset_ += peek() == '\r' && peek(1) == '\n' ? 2 : 1;
        ++position_.line;
        position_.column = 1;
    }

    void comment() {
        const auto start = position_;
        const auto begin = offset_;
        while (offset_ < text_.size() && peek() != '\n' && peek() != '\r') {
            if (takeCharacter().empty()) return;
        }
        const auto content = text_.substr(begin, offset_ - begin);
        if (content.substr(0, 3) == "///") {
            add(TokenKind::Documentation, std::string(trimmed(content.substr(3))), start);
        }
    }

    /// An identifier or a number; which of the two is known at its end.
    void word() {
        const auto start = position_;
        const auto begin = offset_;
        if (letterLength(rest()) == 0) skip(1);
        for (;;) {
            if (isIdentifierPart(peek())) {
                skip(1);
            } else if (const auto length = letterLength(rest())) {
                offset_ += length;
                ++position_.column;
            } else {
                break;
            }
        }
        const auto isNumber = [](std::string_view digits) {
            if (!digits.empty() && digits.front() == '-') digits.remove_prefix(1);
            return !digits.empty() && std::all_of(digits.begin(), digits.end(), isDigit);
        };
        const bool number = isNumber(text_.substr(begin, offset_ - begin));
        if (number && peek() == '.' && isDigit(peek(1))) {
            skip(1);
            while (isDigit(peek())) skip(1);
        }
        add(number ? TokenKind::Number : TokenKind::Identifier,
            std::string(text_.substr(begin, offset_ - begin)), start);
    }

    void string() {
        const auto start = position_;
        std::string value;
        skip(1);
        while (peek() != '"') {
            const char c = peek();
            if (offset_ >= text_.size() || c == '\n' || c == '\r') {
                diagnostics_.report(
                    start, "the string is not closed; add \" before the end of the line");
                break;
            }
            if (static_cast<unsigned char>(c) < 0x20) {
                diagnostics_.report(position_,
                    "a string cannot contain control characters; write an escape such as \\t or "
                    "\\u0001");
                skip(1);
            } else if (c == '\\') {
                escape(value);
            } else {
                const auto bytes = takeCharacter();
                if (bytes.empty()) return;
                value += bytes;
            }
        }
        if (peek() == '"') skip(1);
        add(TokenKind::String, std::move(value), start);
    }

    /// The four hex digits at the offset given, or nothing.
    std::optional<std::uint32_t> hexadecimal(std::size_t ahead) const {
        std::uint32_t code = 0;
        for (std::size_t i = ahead; i < ahead + 4; ++i) {
            const char c = peek(i);
            const std::string_view digits = "0123456789abcdef";
            const auto digit =
                digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
            if (digit == std::string_view::npos) return std::nullopt;
            code = code * 16 + static_cast<std::uint32_t>(digit);
        }
        return code;
    }

    void escape(std::string& value) {
        constexpr std::array<std::pair<char, char>, 8> simple{{{'"', '"'}, {'\\', '\\'}, {'/', '/'},
            {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}}};
        for (const auto& [letter, meaning] : simple) {
            if (peek(1) != letter) continue;
            value += meaning;
            return skip(2);
        }
        const auto code = peek(1) == 'u' ? hexadecimal(2) : std::nullopt;
        const bool high = code && *code >= 0xD800 && *code < 0xDC00;
        if (code && !high && (*code < 0xD800 || *code >= 0xE000)) {
            appendUtf8(value, *code);
            return skip(6);
        }
        const auto low = high && peek(6) == '\\' && peek(7) == 'u' ? hexadecimal(8) : std::nullopt;
        if (low && *low >= 0xDC00 && *low < 0xE000) {
            appendUtf8(value, 0x10000 + (*code - 0xD800) * 0x400 + (*low - 0xDC00));
            return skip(12);
        }
        diagnostics_.report(position_,
            "unknown escape in a string; allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and "
            "\\uXXXX, where "
            "surrogates come in pairs");
        skip(1);
    }

    void other() {
        const auto start = position_;
        const auto bytes = takeCharacter();
        // No-break and ideographic spaces come from pasted text and are as good as blanks.
        if (bytes.empty() || bytes == "\xC2\xA0" || bytes == "\xE3\x80\x80") return;
        add(TokenKind::Unknown, std::string(bytes), start);
    }

    std::string_view text_;
    Diagnostics& diagnostics_;
    std::size_t offset_ = 0;
    Position position_;
    bool stopped_ = false;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text, std::size_t file, Diagnostics& diagnostics) {
    return Lexer(text, file, diagnostics).run();
}

}  // namespace loam::runtime::schema
