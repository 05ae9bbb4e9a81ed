#pragma once

#include <loam/findings.hpp>

#include "constructs/src/validation/property_path.hpp"

namespace loam {

/// Reports a text that is not UTF-8, and one that holds in one partition of AWS only.
void checkText(
    const std::string& text, const PropertyPath& path, const Construct& at, Findings& findings);

}  // namespace loam
