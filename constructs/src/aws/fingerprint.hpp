#pragma once

#include <loam/resource.hpp>

#include <string>

namespace loam {

/// SHA-256 of all that a resource's properties say: literals, what references point to, the
/// contents of packed assets, overrides. Two resources that say the same have the same.
std::string fingerprint(const Resource& resource);

}  // namespace loam
