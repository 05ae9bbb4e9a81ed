#include "runtime/plan/base64.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace loam::runtime::plan {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> makeReverse() {
    std::array<std::int8_t, 256> reverse{};
    reverse.fill(-1);
    for (std::size_t index = 0; index < alphabet.size(); ++index) {
        reverse[static_cast<unsigned char>(alphabet[index])] = static_cast<std::int8_t>(index);
    }
    reverse['-'] = 62;
    reverse['_'] = 63;
    return reverse;
}

constexpr std::array<std::int8_t, 256> reverseAlphabet = makeReverse();

}  // namespace

void appendBase64(std::string& out, std::string_view bytes) {
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = (buffer << 8) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out.push_back(alphabet[(buffer >> bits) & 0x3F]);
        }
    }
    if (bits > 0) {
        out.push_back(alphabet[(buffer << (6 - bits)) & 0x3F]);
        out.append(bits == 2 ? 2 : 1, '=');
    }
}

std::optional<std::string> decodeBase64(std::string_view text) {
    std::size_t padding = 0;
    while (padding < 2 && !text.empty() && text.back() == '=') {
        text.remove_suffix(1);
        ++padding;
    }
    if (text.size() % 4 == 1 || (padding > 0 && (text.size() + padding) % 4 != 0)) {
        return std::nullopt;
    }
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char letter : text) {
        const std::int8_t value = reverseAlphabet[static_cast<unsigned char>(letter)];
        if (value < 0) {
            return std::nullopt;
        }
        buffer = (buffer << 6) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<char>((buffer >> bits) & 0xFF));
        }
    }
    return bytes;
}

}  // namespace loam::runtime::plan
