#pragma once

// What a stack declares beside its resources.

#include <loam/assembly.hpp>

namespace loam {

/// Reports a default that the parameter itself would refuse, and limits that no value meets.
void checkParameter(const Parameter& parameter, Findings& findings);

/// Reports values that are not literal: mappings are read before anything else is known.
void checkMapping(const Mapping& mapping, Findings& findings);

/// Reports a type that no resource can have. For resources without facts.
void checkTypeName(const Resource& resource, Findings& findings);

}  // namespace loam
