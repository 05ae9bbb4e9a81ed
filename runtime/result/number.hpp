#pragma once

#include <cstdint>
#include <string>

namespace loam::runtime::result {

/// Appends the number in the shortest digits that mean it.
void appendNumber(std::string& out, std::int64_t number);
void appendNumber(std::string& out, double number);

/// The same without an exponent: 1e21 is a 1 and 21 zeros.
void appendPlain(std::string& out, double number);

}  // namespace loam::runtime::result
