#include "runtime/schema/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace loam::runtime::schema {

namespace {

/// Ranges of letters outside ASCII that may stand in names.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 26> letterRanges{{{0xAA, 0xAA},
    {0xB5, 0xB5}, {0xBA, 0xBA}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2C1}, {0x370, 0x373},
    {0x376, 0x377}, {0x37B, 0x37D}, {0x388, 0x38A}, {0x38E, 0x3A1}, {0x3A3, 0x3F5}, {0x3F7, 0x481},
    {0x48A, 0x52F}, {0x531, 0x556}, {0x561, 0x587}, {0x5D0, 0x5EA}, {0x620, 0x64A}, {0x904, 0x939},
    {0xE01, 0xE30}, {0x1E00, 0x1F15}, {0x3041, 0x3096}, {0x30A1, 0x30FA}, {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}}};

}  // namespace

std::size_t characterLength(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const auto continues = [&](std::size_t count) {
        for (std::size_t i = 1; i <= count; ++i) {
            if ((byte(i) & 0xC0U) != 0x80U) return false;
        }
        return true;
    };
    if (first >= 0xC2 && first <= 0xDF && continues(1)) return 2;
    // Overlong forms, surrogates and values past U+10FFFF are told by the second byte.
    if (first >= 0xE0 && first <= 0xEF && continues(2)) {
        return (first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F) ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4 && continues(3)) {
        return (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F) ? 0 : 4;
    }
    return 0;
}

void appendUtf8(std::string& text, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

std::size_t letterLength(std::string_view text) {
    const auto length = characterLength(text);
    if (length != 2 && length != 3) return 0;
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const auto code =
        length == 2 ? (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F)
                    : (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    const bool isLetter = std::any_of(letterRanges.begin(), letterRanges.end(),
        [&](const auto& range) { return code >= range.first && code <= range.second; });
    return isLetter ? length : 0;
}

}  // namespace loam::runtime::schema
