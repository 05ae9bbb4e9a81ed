#pragma once

#include <loam/resource.hpp>

#include <string>

namespace loam {

/// The logical id that follows from the element's path; see Element::logicalId.
std::string logicalIdFromPath(const Element& element);

/// Lower-case hex SHA-256.
std::string sha256Hex(std::string_view bytes);

}  // namespace loam
