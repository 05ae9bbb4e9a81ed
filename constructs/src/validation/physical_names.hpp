#pragma once

#include <loam/assembly.hpp>

#include <string>
#include <unordered_map>

namespace loam {

/// Finds resources of one type that would have one name.
class PhysicalNames {
  public:
    /// Remembers the resource, or reports it if there was one with the same identity before: in its
    /// stack, or in another stack that is bound to the same account and region.
    void add(const AssembledStack& stack, const AssembledResource& resource, Findings& findings);

  private:
    std::unordered_map<std::string, const Resource*> seen_;
};

}  // namespace loam
