#pragma once

#include <loam/assembly.hpp>

#include "constructs/src/validation/plain_data.hpp"
#include "constructs/src/validation/property_path.hpp"

namespace loam {

/// Reports a function whose literal arguments already show that it has no result: Fn::Select beyond
/// the end of its list, Fn::FindInMap of a key that the mapping does not have.
void checkCall(const FunctionCall& call, const AssembledStack& stack, const PropertyPath& path,
    const Construct& at, Findings& findings);

}  // namespace loam
