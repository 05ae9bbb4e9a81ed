#include "constructs/src/aws/address_block.hpp"

#include <array>
#include <charconv>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

constexpr unsigned typeBits = 2;
constexpr unsigned zoneBits = 3;
constexpr unsigned smallestPrefix = 16;
/// A subnet has at least 16 addresses.
constexpr unsigned largestPrefix = 28 - typeBits - zoneBits;

/// Reads numbers from 0 to 255 and the separators between them: `a.b.c.d/p`.
bool readParts(const std::string& text, std::array<unsigned, 5>& parts) {
    const char* at = text.data();
    const char* end = at + text.size();
    constexpr std::string_view separators = "...//";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, parts[i]);
        if (error != std::errc() || next == at || parts[i] > 255) return false;
        if (i + 1 == parts.size()) return next == end;
        if (next == end || *next != separators[i]) return false;
        at = next + 1;
    }
    return false;
}

}  // namespace

AddressBlock AddressBlock::parse(const std::string& text, const Construct& at) {
    std::array<unsigned, 5> parts{};
    const bool read = readParts(text, parts);
    AddressBlock block;
    for (std::size_t i = 0; i < 4; ++i) block.base = block.base << 8 | parts[i];
    block.prefix = parts[4];
    const bool fits =
        read && block.prefix >= smallestPrefix && block.prefix <= largestPrefix &&
        (block.base & ((1U << (32 - block.prefix)) - 1)) == 0;
    require(fits, at,
        "cidr must be a block of /16 to /23 that starts at its own beginning, such as 10.0.0.0/16, "
        "got \"" +
            text + "\"");
    return block;
}

AddressBlock AddressBlock::part(unsigned type, unsigned zone) const {
    const unsigned inner = prefix + typeBits + zoneBits;
    return {base | (type << (32 - prefix - typeBits)) | (zone << (32 - inner)), inner};
}

std::string AddressBlock::text() const {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        text += std::to_string(base >> shift & 255) + (shift == 0 ? "/" : ".");
    }
    return text + std::to_string(prefix);
}

}  // namespace loam
