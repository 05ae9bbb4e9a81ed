#pragma once

#include <loam/stack.hpp>

namespace loam::samples {

/// Adds stacks that have a resource of every mapped type, with nearly every mapped property, and
/// references within and between them.
void addEveryMappedType(App& app);

}  // namespace loam::samples
