#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace loam::runtime::plan {

/// A point in time, in milliseconds since 1970 in UTC.
struct DateTime {
    std::int64_t milliseconds = 0;
};

/// A decimal number as digits, with sign, point and exponent where written.
struct Decimal {
    std::string text = {};
};

/// A JSON document without white space between its tokens.
struct Json {
    std::string text = {};
};

/// Raw bytes.
struct Bytes {
    std::string data = {};
};

/// A value of a column, typed by its field; monostate is NULL. An enum is the text that the
/// database stores.
using Scalar = std::variant<std::monostate, bool, std::int64_t, double, std::string, Decimal,
    DateTime, Bytes, Json>;

inline bool isNull(const Scalar& scalar) { return std::holds_alternative<std::monostate>(scalar); }

}  // namespace loam::runtime::plan
