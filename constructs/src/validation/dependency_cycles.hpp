#pragma once

#include "constructs/src/validation/stack_graph.hpp"

namespace loam {

/// Reports every circle of resources that wait for each other, and prints it.
void checkCycles(const StackGraph& graph, Findings& findings);

}  // namespace loam
