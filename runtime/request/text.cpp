#include "runtime/request/text.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <vector>

namespace loam::runtime::request {
namespace {

constexpr char32_t replacementCharacter = 0xFFFD;

bool isContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/// Length of the valid sequence at `position`, whose first byte is not ASCII; 0 when it is invalid.
std::size_t sequenceLength(std::string_view text, std::size_t position) {
    const auto at = [&](std::size_t offset) {
        return position + offset < text.size()
                   ? static_cast<unsigned char>(text[position + offset])
                   : static_cast<unsigned char>(0);
    };
    const unsigned char first = at(0);
    const unsigned char second = at(1);
    if (first >= 0xC2 && first <= 0xDF) {
        return isContinuation(second) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && second < 0xA0;
        const bool surrogate = first == 0xED && second > 0x9F;
        const bool valid = isContinuation(second) && isContinuation(at(2));
        return valid && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && second < 0x90;
        const bool tooLarge = first == 0xF4 && second > 0x8F;
        const bool valid = isContinuation(second) && isContinuation(at(2)) && isContinuation(at(3));
        return valid && !overlong && !tooLarge ? 4 : 0;
    }
    return 0;
}

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
    appendUtf8(out, codePoint);
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
        appendUtf8(out, unit);
        return {position, nullptr};
    }
    std::uint32_t low = 0;
    const bool paired =
        unit <= 0xDBFF && text.substr(position, 2) == "\\u" && readHex(text, position + 2, low) &&
        low >= 0xDC00 && low <= 0xDFFF;
    if (!paired) {
        return {position, "half of a surrogate pair stands alone"};
    }
    appendUtf8(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
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
        const std::size_t length = sequenceLength(text, position);
        if (length == 0) {
            return position;
        }
        position += length;
    }
    return std::string_view::npos;
}

void appendUtf8(std::string& out, char32_t codePoint) {
    const auto append = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (codePoint < 0x80) {
        append(codePoint);
    } else if (codePoint < 0x800) {
        append(0xC0 | (codePoint >> 6));
        append(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        append(0xE0 | (codePoint >> 12));
        append(0x80 | ((codePoint >> 6) & 0x3F));
        append(0x80 | (codePoint & 0x3F));
    } else {
        append(0xF0 | (codePoint >> 18));
        append(0x80 | ((codePoint >> 12) & 0x3F));
        append(0x80 | ((codePoint >> 6) & 0x3F));
        append(0x80 | (codePoint & 0x3F));
    }
}

void appendJsonString(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out.push_back('"');
    std::size_t start = 0;
    for (std::size_t position = 0; position < text.size(); ++position) {
        const auto byte = static_cast<unsigned char>(text[position]);
        const std::size_t length = byte < 0x80 ? 1 : sequenceLength(text, position);
        if (length > 1 || (length == 1 && byte >= 0x20 && byte != '"' && byte != '\\')) {
            position += length - 1;
            continue;
        }
        out.append(text, start, position - start);
        start = position + 1;
        if (length == 0) {
            appendUtf8(out, replacementCharacter);
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

std::size_t distance(std::string_view left, std::string_view right) {
    constexpr std::size_t longest = 100;
    if (left.size() > longest || right.size() > longest) {
        return longest;
    }
    const auto lower = [](char letter) { return std::tolower(static_cast<unsigned char>(letter)); };
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t change = diagonal + (lower(left[i]) == lower(right[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace loam::runtime::request
