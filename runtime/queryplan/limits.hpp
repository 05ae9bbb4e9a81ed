#pragma once

#include <cstddef>

/// What one plan request may ask for at most, beside the limit on the size of its body. Requests
/// beyond a limit are refused with an error that names it; none of them is cut short.
namespace loam::runtime::queryplan::limits {

/// Levels of nesting of the JSON of a request; one node of a plan takes two to four.
inline constexpr std::size_t depth = 800;
/// Nodes of one plan.
inline constexpr std::size_t nodes = 200000;
/// Parameters of one statement; what is above is split over several where the plan allows it.
inline constexpr std::size_t bindValues = 32766;
/// Bytes of all the values that a request makes from rows and of its answer.
inline constexpr std::size_t valueBytes = 512UL * 1024 * 1024;
/// Levels of lists and records within each other.
inline constexpr std::size_t valueDepth = 1000;
/// Characters of a generated nanoid.
inline constexpr std::size_t nanoidLength = 255;

}  // namespace loam::runtime::queryplan::limits
