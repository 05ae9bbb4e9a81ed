#pragma once

// What constructs hold behind their light public headers.

#include <loam/aspect.hpp>
#include <loam/node.hpp>
#include <loam/resource.hpp>
#include <loam/tags.hpp>

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace loam {

struct ConstructState {
    Construct* parent = nullptr;
    std::string id;
    std::string path;
    SourceLocation where = SourceLocation::current();
    std::shared_ptr<Target> target;
    /// Owned; deleted in reverse order of creation.
    std::vector<Construct*> children;
    /// Ids of the children.
    std::set<std::string_view> ids;
    std::vector<std::shared_ptr<const Target>> dependencies;
    std::unique_ptr<Tags> tags;
    struct AspectEntry {
        Aspect aspect;
        int priority;
        bool done = false;
    };
    std::vector<AspectEntry> aspects;
    std::vector<std::pair<std::string, std::string>> acknowledgements;
    std::vector<std::pair<std::string, Any>> metadata;
    std::vector<std::pair<std::string, Any>> context;
};

/// One override of a resource, applied by `assemble`. An absent value deletes.
struct Override {
    /// Path below the resource's template entry: `Properties.VpcConfig.SubnetIds.0`.
    std::string path;
    Any value;
};

struct ElementState {
    /// Computed when first asked for, or overridden.
    std::string logicalId;
    std::string typeName;
    std::vector<Override> overrides;
    const Condition* condition = nullptr;
    RemovalPolicy deletionPolicy = RemovalPolicy::Default;
    RemovalPolicy updateReplacePolicy = RemovalPolicy::Default;
};

/// A value that refers to the construct and survives it.
std::shared_ptr<const Target> targetOf(const Construct& construct);

/// The reason given on the construct or above it for this rule, or null.
const std::string* acknowledgement(const Construct& construct, std::string_view findingId);

}  // namespace loam
