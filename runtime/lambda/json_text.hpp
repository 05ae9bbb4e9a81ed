#pragma once

#include <string>
#include <string_view>

namespace loam::runtime::lambda {

/// Appends `text` as a JSON string with its quotes. Control characters, also DEL, are escaped, so
/// that a log line stays one line and a terminal is left alone.
void appendString(std::string& out, std::string_view text);

/// `text` as a JSON string with its quotes.
std::string quoted(std::string_view text);

/// The shortest form of a finite number; whole numbers have no fraction.
std::string number(double value);

}  // namespace loam::runtime::lambda
