#pragma once

#include "constructs/src/validation/stack_graph.hpp"

namespace loam {

/// Reports functions that mount a file system but are in no VPC, and those that may be created
/// before the mount targets that they need: CloudFormation would fail, or not, by chance.
void checkFunctionFileSystems(const StackGraph& graph, Findings& findings);

}  // namespace loam
