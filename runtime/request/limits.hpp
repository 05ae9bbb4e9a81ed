#pragma once

#include <cstddef>

/// What one request may ask for at most. Requests beyond a limit are refused with an error that
/// names it; none of them is cut short.
namespace loam::runtime::request::limits {

/// Bytes of an HTTP body; the gateway in front of the functions takes no more.
inline constexpr std::size_t bodyBytes = 10UL * 1024 * 1024;
/// Levels of nesting of JSON, of selections, and of argument values such as filters.
inline constexpr std::size_t depth = 100;
/// Selected fields of one operation, after fragments are put in place.
inline constexpr std::size_t selectedFields = 5000;
/// Values in the arguments of one operation, after variables and fragments are put in place, which
/// could otherwise multiply a large list.
inline constexpr std::size_t argumentValues = 2000000;
/// Operations of one batch.
inline constexpr std::size_t batchOperations = 10000;

}  // namespace loam::runtime::request::limits
