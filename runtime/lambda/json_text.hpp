#pragma once

#include <string>
#include <string_view>

namespace loam::runtime::lambda {

/// `text` as a JSON string with its quotes.
std::string quoted(std::string_view text);

/// The shortest form of a finite number; whole numbers have no fraction.
std::string number(double value);

}  // namespace loam::runtime::lambda
