#include "runtime/request/text.hpp"

#include <cctype>
#include <cstdint>
#include <cstring>

#include "runtime/schema/utf8.hpp"

namespace loam::runtime::request {
namespace {

constexpr char32_t replacementCharacter = 0xFFFD;

bool isContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/// Reads four hexadecimal digits; false when there are none.
bool readHex(std::string_view text, std::size_t position, std::uint32_t& value) {
    if (position + 4 > text.size()) {
        return false;
    }
    value = 0;
    for (const char digit : text.substr(position, 4)) {
        if (std::isxdigit(static_cast<unsigned char>(digit)) == 0) {
            return false;
        }
        const int lower = std::tolower(static_cast<unsigned char>(digit));
        value =
            value * 16 + static_cast<std::uint32_t>(lower <= '9' ? lower - '0' : lower - 'a' + 10);
    }
    return true;
}

Escape appendBracedEscape(std::string& out, std::string_view text, std::size_t position) {
    const std::size_t end = text.find('}', position);
    if (end == std::string_view::npos || end == position || end - position > 6) {
        return {position, "\\u{ needs one to six hexadecimal digits and }"};
    }
    const std::string padded =
        std::string(8 - (end - position), '0') + std::string(text.substr(position, end - position));
    std::uint32_t high = 0;
    std::uint32_t low = 0;
    if (!readHex(padded, 0, high) || !readHex(padded, 4, low)) {
        return {position, "\\u{ needs one to six hexadecimal digits and }"};
    }
    const char32_t codePoint = (high << 16) | low;
    if (codePoint == 0 || codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
        return {position, "the escape is not a character that can be stored"};
    }
    schema::appendUtf8(out, codePoint);
    return {end + 1, nullptr};
}

/// `position` is that of the first digit.
Escape appendUnicodeEscape(std::string& out, std::string_view text, std::size_t position) {
    std::uint32_t unit = 0;
    if (!readHex(text, position, unit)) {
        return {position, "\\u needs four hexadecimal digits"};
    }
    if (unit == 0) {
        return {position, "the character NUL cannot be stored in text"};
    }
    position += 4;
    if (unit < 0xD800 || unit > 0xDFFF) {
        schema::appendUtf8(out, unit);
        return {position, nullptr};
    }
    std::uint32_t low = 0;
    const bool paired =
        unit <= 0xDBFF && text.substr(position, 2) == "\\u" && readHex(text, position + 2, low) &&
        low >= 0xDC00 && low <= 0xDFFF;
    if (!paired) {
        return {position, "half of a surrogate pair stands alone"};
    }
    schema::appendUtf8(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
    return {position + 6, nullptr};
}

}  // namespace

std::size_t findInvalidUtf8(std::string_view text) {
    std::size_t position = 0;
    while (position < text.size()) {
        if (position + 8 <= text.size()) {
            std::uint64_t block = 0;
            std::memcpy(&block, text.data() + position, sizeof block);
            if ((block & 0x8080808080808080ULL) == 0) {
                position += 8;
                continue;
            }
        }
        if (static_cast<unsigned char>(text[position]) < 0x80) {
            ++position;
            continue;
        }
        const std::size_t length = schema::characterLength(text.substr(position));
        if (length == 0) {
            return position;
        }
        position += length;
    }
    return std::string_view::npos;
}

void appendJsonString(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out.push_back('"');
    std::size_t start = 0;
    for (std::size_t position = 0; position < text.size(); ++position) {
        const auto byte = static_cast<unsigned char>(text[position]);
        const std::size_t length = byte < 0x80 ? 1 : schema::characterLength(text.substr(position));
        if (length > 1 || (length == 1 && byte >= 0x20 && byte != '"' && byte != '\\')) {
            position += length - 1;
            continue;
        }
        out.append(text, start, position - start);
        start = position + 1;
        if (length == 0) {
            schema::appendUtf8(out, replacementCharacter);
            continue;
        }
        out.push_back('\\');
        switch (byte) {
            case '\n':
                out.push_back('n');
                break;
            case '\r':
                out.push_back('r');
                break;
            case '\t':
                out.push_back('t');
                break;
            case '"':
            case '\\':
                out.push_back(static_cast<char>(byte));
                break;
            default:
                out.append("u00");
                out.push_back(digits[byte >> 4]);
                out.push_back(digits[byte & 0xF]);
        }
    }
    out.append(text, start, text.size() - start);
    out.push_back('"');
}

std::string jsonString(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    appendJsonString(out, text);
    return out;
}

std::string excerpt(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) {
        return std::string(text);
    }
    while (longest > 0 && isContinuation(static_cast<unsigned char>(text[longest]))) {
        --longest;
    }
    return std::string(text.substr(0, longest)) + "...";
}

Escape appendEscape(std::string& out, std::string_view text, std::size_t position, bool braces) {
    const char kind = position + 1 < text.size() ? text[position + 1] : '\0';
    position += 2;
    switch (kind) {
        case '"':
        case '\\':
        case '/':
            out.push_back(kind);
            break;
        case 'b':
            out.push_back('\b');
            break;
        case 'f':
            out.push_back('\f');
            break;
        case 'n':
            out.push_back('\n');
            break;
        case 'r':
            out.push_back('\r');
            break;
        case 't':
            out.push_back('\t');
            break;
        case 'u':
            if (braces && position < text.size() && text[position] == '{') {
                return appendBracedEscape(out, text, position + 1);
            }
            return appendUnicodeEscape(out, text, position);
        default:
            return {position, R"(unknown escape; allowed are \" \\ \/ \b \f \n \r \t \u)"};
    }
    return {position, nullptr};
}

}  // namespace loam::runtime::request
