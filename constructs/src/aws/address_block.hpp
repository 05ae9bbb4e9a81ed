#pragma once

#include <loam/construct.hpp>

#include <cstdint>
#include <string>

namespace loam {

/// A block of IPv4 addresses.
struct AddressBlock {
    std::uint32_t base = 0;
    unsigned prefix = 0;

    /// Reads `10.0.0.0/16`. Throws ValidationError unless it is a block of /16 to /23 that starts
    /// at its own beginning.
    static AddressBlock parse(const std::string& text, const Construct& at);

    /// The part of one type of subnet in one zone: a quarter for each type, an eighth of that for
    /// each zone.
    AddressBlock part(unsigned type, unsigned zone) const;
    std::string text() const;
};

}  // namespace loam
