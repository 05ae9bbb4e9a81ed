#include "runtime/schema/literals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace loam::runtime::schema {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isInteger(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end;
}

/// Walks over text from the left; every step says whether it found what it asked for.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    bool atEnd() const { return offset_ == text_.size(); }
    char peek() const { return atEnd() ? '\0' : text_[offset_]; }
    bool accept(char c) {
        if (atEnd() || peek() != c) return false;
        ++offset_;
        return true;
    }
    bool accept(std::string_view word) {
        if (text_.substr(offset_, word.size()) != word) return false;
        offset_ += word.size();
        return true;
    }
    bool acceptAny(std::string_view set) {
        if (atEnd() || set.find(peek()) == std::string_view::npos) return false;
        ++offset_;
        return true;
    }
    std::size_t digits() {
        const auto begin = offset_;
        while (isDigit(peek())) ++offset_;
        return offset_ - begin;
    }
    /// A number of exactly `width` digits between two bounds, or nothing.
    std::optional<int> number(std::size_t width, int minimum, int maximum) {
        int value = 0;
        for (std::size_t i = 0; i < width; ++i) {
            if (!isDigit(peek())) return std::nullopt;
            value = value * 10 + (peek() - '0');
            ++offset_;
        }
        if (value < minimum || value > maximum) return std::nullopt;
        return value;
    }
    /// Four hex digits, or nothing.
    std::optional<std::uint32_t> hexadecimal() {
        std::uint32_t value = 0;
        const auto* begin = text_.data() + offset_;
        const auto* end = begin + std::min<std::size_t>(4, text_.size() - offset_);
        const auto parsed = std::from_chars(begin, end, value, 16);
        if (parsed.ec != std::errc{} || parsed.ptr != begin + 4) return std::nullopt;
        offset_ += 4;
        return value;
    }
    void blanks() {
        while (acceptAny(" \t\r\n")) continue;
    }

  private:
    std::string_view text_;
    std::size_t offset_ = 0;
};

bool isDecimal(std::string_view text) {
    Scanner scanner(text);
    scanner.acceptAny("+-");
    const auto whole = scanner.digits();
    const auto fraction = scanner.accept('.') ? scanner.digits() : 0;
    if (whole + fraction == 0) return false;
    if (scanner.acceptAny("eE")) {
        scanner.acceptAny("+-");
        if (scanner.digits() == 0) return false;
    }
    return scanner.atEnd();
}

bool isDateTime(std::string_view text) {
    Scanner scanner(text);
    const auto year = scanner.number(4, 0, 9999);
    if (!year || !scanner.accept('-')) return false;
    const auto month = scanner.number(2, 1, 12);
    if (!month || !scanner.accept('-')) return false;
    constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0;
    const int days =
        lengths.at(static_cast<std::size_t>(*month - 1)) + (leap && *month == 2 ? 1 : 0);
    if (!scanner.number(2, 1, days) || !scanner.acceptAny("Tt ")) return false;
    if (!scanner.number(2, 0, 23) || !scanner.accept(':')) return false;
    if (!scanner.number(2, 0, 59) || !scanner.accept(':')) return false;
    if (!scanner.number(2, 0, 60)) return false;
    if (scanner.accept('.') && scanner.digits() == 0) return false;
    if (scanner.acceptAny("Zz")) return scanner.atEnd();
    return scanner.acceptAny("+-") && scanner.number(2, 0, 23) && scanner.accept(':') &&
           scanner.number(2, 0, 59) && scanner.atEnd();
}

/// Checks the grammar of RFC 8259; strings hold no control characters and known escapes only.
class JsonChecker {
  public:
    explicit JsonChecker(std::string_view text) : scanner_(text) {}

    bool run() {
        scanner_.blanks();
        if (!value(0)) return false;
        scanner_.blanks();
        return scanner_.atEnd();
    }

  private:
    static constexpr int maximumDepth = 128;

    bool value(int depth) {
        if (depth > maximumDepth) return false;
        switch (scanner_.peek()) {
            case '{':
                return list('}', depth, true);
            case '[':
                return list(']', depth, false);
            case '"':
                return string();
            case 't':
                return scanner_.accept("true");
            case 'f':
                return scanner_.accept("false");
            case 'n':
                return scanner_.accept("null");
            default:
                return number();
        }
    }

    bool list(char close, int depth, bool hasKeys) {
        scanner_.acceptAny("{[");
        scanner_.blanks();
        if (scanner_.accept(close)) return true;
        do {
            scanner_.blanks();
            if (hasKeys) {
                if (!string()) return false;
                scanner_.blanks();
                if (!scanner_.accept(':')) return false;
                scanner_.blanks();
            }
            if (!value(depth + 1)) return false;
            scanner_.blanks();
        } while (scanner_.accept(','));
        return scanner_.accept(close);
    }

    bool string() {
        if (!scanner_.accept('"')) return false;
        while (!scanner_.accept('"')) {
            if (scanner_.atEnd() || static_cast<unsigned char>(scanner_.peek()) < 0x20)
                return false;
            if (scanner_.accept('\\')) {
                if (scanner_.accept('u')) {
                    if (!unicodeEscape()) return false;
                } else if (!scanner_.acceptAny("\"\\/bfnrt")) {
                    return false;
                }
            } else {
                scanner_.accept(scanner_.peek());
            }
        }
        return true;
    }

    /// What follows "\u"; a high surrogate must be followed by the escape of a low one.
    bool unicodeEscape() {
        const auto high = scanner_.hexadecimal();
        if (!high || (*high >= 0xDC00 && *high < 0xE000)) return false;
        if (*high < 0xD800 || *high >= 0xE000) return true;
        if (!scanner_.accept("\\u")) return false;
        const auto low = scanner_.hexadecimal();
        return low && *low >= 0xDC00 && *low < 0xE000;
    }

    bool number() {
        scanner_.accept('-');
        const bool zero = scanner_.accept('0');
        if (!zero && scanner_.digits() == 0) return false;
        if (scanner_.accept('.') && scanner_.digits() == 0) return false;
        if (scanner_.acceptAny("eE")) {
            scanner_.acceptAny("+-");
            if (scanner_.digits() == 0) return false;
        }
        return true;
    }

    Scanner scanner_;
};

constexpr std::string_view base64Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<std::string> stringProblem(ScalarType type, const std::string& text) {
    const auto problem =
        [&](bool isValid, const std::string& expected) -> std::optional<std::string> {
        if (isValid) return std::nullopt;
        return "the default must be " + expected + ", got \"" + text + '"';
    };
    switch (type) {
        case ScalarType::Decimal:
            return problem(isDecimal(text), "a decimal number such as \"1.50\"");
        case ScalarType::DateTime:
            return problem(isDateTime(text), "an RFC 3339 time such as \"2020-01-31T12:00:00Z\"");
        case ScalarType::Bytes:
            return problem(
                decodeBase64(text).has_value(), "base64 with padding, such as \"aGVsbG8=\"");
        case ScalarType::Json:
            return problem(JsonChecker(text).run(), R"(JSON text such as "{\"a\": 1}")");
        default:
            return problem(
                text.find('\0') == std::string::npos, "a string without the character NUL");
    }
}

}  // namespace

std::optional<std::string> decodeBase64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string bytes;
    std::uint32_t buffer = 0;
    int bits = 0;
    const auto end = text.find('=');
    const auto digits = text.substr(0, end);
    if (text.size() - digits.size() > 2) return std::nullopt;
    if (text.find_first_not_of('=', digits.size()) != std::string_view::npos) return std::nullopt;
    for (const char c : digits) {
        const auto digit = base64Alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        buffer = buffer << 6 | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(buffer >> bits & 0xFF);
        buffer &= (1U << bits) - 1;
    }
    // Bits left over must be zero: otherwise two texts would stand for the same bytes.
    if (buffer != 0) return std::nullopt;
    return bytes;
}

std::optional<std::string> literalProblem(ScalarType type, const Expression& value) {
    const bool isNumber = value.kind == ExpressionKind::Number;
    const bool isString = value.kind == ExpressionKind::String;
    switch (type) {
        case ScalarType::Int:
        case ScalarType::BigInt:
            if (isNumber && isInteger(value.text)) return std::nullopt;
            return "the default must be a whole number of 64 bits, got " + describe(value);
        case ScalarType::Float:
            if (isNumber) return std::nullopt;
            return "the default must be a number, got " + describe(value);
        case ScalarType::Boolean:
            if (value.kind == ExpressionKind::Constant &&
                (value.text == "true" || value.text == "false")) {
                return std::nullopt;
            }
            return "the default must be true or false, got " + describe(value);
        case ScalarType::Decimal:
            if (isNumber) return std::nullopt;
            break;
        default:
            break;
    }
    if (isString) return stringProblem(type, value.text);
    return "the default of a " + std::string(toString(type)) + " must be a string in quotes, got " +
           describe(value);
}

}  // namespace loam::runtime::schema
