#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tests/runtime/model/shape.hpp"
#include "tests/runtime/model/tree.hpp"

namespace loam::modeltest {

/// A value of a column; the first alternative is NULL, which so comes first in order. Decimals are
/// doubles, as SQLite keeps them, and booleans and moments are numbers.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

inline bool isNull(const Value& value) { return value.index() == 0; }

/// What a condition says, with NULL in view.
enum class Truth { False, Unknown, True };

Truth negated(Truth truth);
Truth both(Truth left, Truth right);
Truth either(Truth left, Truth right);
inline Truth truthOf(bool holds) { return holds ? Truth::True : Truth::False; }

/// The value that an argument means for a column.
Value valueOf(Type type, const Node& node);

/// The value as the engine answers it.
std::string jsonOf(Type type, const Value& value);

/// A double in the shortest form.
std::string shortest(double number);

/// SQL's LIKE: `%` and `_` are wild, letters of ASCII are equal in either case.
bool isLike(std::string_view text, std::string_view pattern);

/// What a column of the type is filled with in tests.
const std::vector<Node>& samples(Type type);

/// The few values of keys, so that requests often hit a record.
Node keySample(Type type, std::size_t index);

}  // namespace loam::modeltest
