#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace loam::codegen {

/// All pieces after one another.
std::string concat(std::initializer_list<std::string_view> pieces);

/// All parts, with the separator between them.
std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");

/// A C++ string literal.
std::string quoted(std::string_view text);

}  // namespace loam::codegen
