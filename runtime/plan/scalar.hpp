#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace loam::runtime::plan {

/// A point in time, in milliseconds since 1970 in UTC.
struct DateTime {
    std::int64_t milliseconds = 0;
    bool operator==(const DateTime&) const = default;
};

/// A decimal number as digits, with sign, point and exponent where written.
struct Decimal {
    std::string text = {};
    bool operator==(const Decimal&) const = default;
};

/// A JSON document without white space between its tokens.
struct Json {
    std::string text = {};
    bool operator==(const Json&) const = default;
};

/// Raw bytes.
struct Bytes {
    std::string data = {};
    bool operator==(const Bytes&) const = default;
};

/// A value of a column, typed by its field; monostate is NULL. An enum is the text that the
/// database stores.
using Scalar = std::variant<std::monostate, bool, std::int64_t, double, std::string, Decimal,
    DateTime, Bytes, Json>;

inline bool isNull(const Scalar& scalar) { return std::holds_alternative<std::monostate>(scalar); }

}  // namespace loam::runtime::plan
