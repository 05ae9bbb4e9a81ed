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
/// Values in the JSON of a body, in the literals of a document, and in the arguments of one
/// operation after variables and fragments are put in place, which could otherwise multiply a large
/// list. A value takes up to 50 times the memory of its text.
inline constexpr std::size_t values = 500000;
/// Bytes of the texts in the arguments of one operation, after variables and fragments are put in
/// place, which could otherwise multiply a long text.
inline constexpr std::size_t argumentBytes = 20UL * 1024 * 1024;
/// Selections, directives, variables and types that one document spells out.
inline constexpr std::size_t documentNodes = 50000;
/// Operations of one batch.
inline constexpr std::size_t batchOperations = 10000;

}  // namespace loam::runtime::request::limits
