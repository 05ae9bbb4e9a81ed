#pragma once

// Literals against limits: how they are read, counted and described.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loam {

/// The characters of a UTF-8 text.
std::int64_t codePoints(std::string_view text);

/// The number that a text stands for, as CloudFormation reads it; finite.
std::optional<double> numberIn(std::string_view text);

/// The shortest text that reads as the number.
std::string numberText(double number);

/// `3 to 50`, `at least 3`, `at most 50`; a maximum below 0 is none.
std::string countLimits(std::int64_t minimum, std::int64_t maximum);

/// `at least 1 and at most 10`; empty without limits.
std::string rangeLimits(std::optional<double> minimum, std::optional<double> maximum);

}  // namespace loam
