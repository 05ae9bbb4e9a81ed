#pragma once

// The finished tree as plain values, ready to be checked and rendered: aspects have run, lazy
// values are computed, overrides applied, tags inherited, references between stacks turned into
// exports and imports. Both back ends start from here.

#include <loam/asset.hpp>
#include <loam/findings.hpp>
#include <loam/mapping.hpp>
#include <loam/node.hpp>
#include <loam/parameter.hpp>
#include <loam/resource.hpp>
#include <loam/stack.hpp>

namespace loam {

/// One resource of a stack. Overrides outside of `Properties` are left in `attributes`.
struct AssembledResource {
    const Resource* resource = nullptr;
    std::string logicalId = {};
    /// Properties with overrides and tags; holds no lazy node and no reference to another stack.
    Value properties = {};
    /// Other resources of the stack that come first, sorted by logical id; what a reference in the
    /// properties implies already is left out.
    std::vector<const Resource*> dependsOn = {};
    /// Default: nothing to write.
    RemovalPolicy deletionPolicy = RemovalPolicy::Default;
    RemovalPolicy updateReplacePolicy = RemovalPolicy::Default;
    const Condition* condition = nullptr;
    /// Metadata entries, sorted by key, without the construct path that the back ends add.
    std::vector<std::pair<std::string, Value>> metadata = {};
    /// Further entries of the template (CreationPolicy, UpdatePolicy ...) from `addOverride`.
    std::vector<std::pair<std::string, Value>> attributes = {};
};

struct AssembledOutput {
    std::string logicalId = {};
    Value value = {};
    std::string description = {};
    /// Absent: not exported.
    Value exportName = {};
    const Condition* condition = nullptr;
    bool sensitive = false;
    /// Path of the Output construct, or of the resource whose value another stack imports.
    std::string path = {};
};

/// One stack. Every list is sorted by logical id.
struct AssembledStack {
    const Stack* stack = nullptr;
    std::vector<AssembledResource> resources = {};
    std::vector<const Parameter*> parameters = {};
    std::vector<const Mapping*> mappings = {};
    /// With the expression resolved.
    std::vector<std::pair<const Condition*, Value>> conditions = {};
    std::vector<AssembledOutput> outputs = {};
    /// Stacks that must be deployed before this one, sorted by path.
    std::vector<const Stack*> dependencies = {};
    /// Assets that the resources refer to, sorted by path.
    std::vector<const Asset*> assets = {};
};

struct Assembly {
    /// In an order in which they can be deployed; otherwise by path.
    std::vector<AssembledStack> stacks = {};
    /// What `Construct::validate` and the assembly itself found.
    Findings findings = {};

    /// The stack, which must be one of the app's.
    const AssembledStack& of(const Stack& stack) const;
};

/// Calls every aspect that has not run yet. `assemble` does so too; call it first to pack assets
/// before.
void runAspects(App& app);

/// Runs aspects and computes the assembly. Mistakes that can be reported together are findings;
/// throws ValidationError for a cycle between stacks, since then there is no order.
Assembly assemble(App& app);

/// Visits every node of a value, parents first. The path is that of the property: `A.B.0`.
void visit(const Value& value,
    const std::function<void(const Node& node, const std::string& path)>& visitor);

/// Checks every resource of the assembly against the facts of its type and the rules that no schema
/// states; docs/validation.md lists them. Includes `assembly.findings`; sorted.
Findings validate(const Assembly& assembly);

}  // namespace loam
