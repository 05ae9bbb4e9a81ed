#pragma once

// The steps of `assemble`, one value to the next.

#include <loam/assembly.hpp>

#include <map>
#include <set>

namespace loam {

/// Computes lazy values and turns references to other stacks into imports, remembering the exports
/// and the order of stacks that follow from them.
class Resolver {
  public:
    explicit Resolver(Findings& findings) : findings_(findings) {}

    /// The value as it belongs into the stack of `owner`.
    Value resolve(const Construct& owner, const Value& value);
    /// Adds the outputs that other stacks import; the outputs stay sorted.
    void addExports(AssembledStack& stack) const;
    /// Adds the stacks that this one imports from or was told to follow.
    void addStackDependencies(AssembledStack& stack) const;

  private:
    Value rewrite(const Construct& owner, const Stack& stack, const Value& value, int depth);
    std::vector<Value> rewriteAll(
        const Construct& owner, const Stack& stack, const std::vector<Value>& values, int depth);
    Value rewriteLazy(const Construct& owner, const Stack& stack, const LazyNode& node, int depth);
    /// The node itself, or an import if its target is in another stack.
    Value rewriteReference(const Construct& owner, const Stack& stack, const Value& value,
        const Target& target, std::string_view attribute, bool isList);

    Findings& findings_;
    std::map<const Stack*, std::map<std::string, AssembledOutput>> exports_;
    std::map<const Stack*, std::set<const Stack*>> imports_;
};

/// Whether two stacks are bound to different accounts or regions, as far as is known.
bool isElsewhere(const Stack& left, const Stack& right);

/// Resolves the properties of a resource, applies overrides and adds inherited tags and metadata.
AssembledResource
assembleResource(const Resource& resource, Resolver& resolver, Findings& findings);

/// Sets a value at a path below `root`, or removes what is there if the value is absent. Reports a
/// path that leads nowhere.
Value applyOverride(const Value& root, std::string_view path, const Value& value,
    const Resource& resource, Findings& findings);

/// The properties with the tags that the resource inherits.
Value withInheritedTags(const Resource& resource, Value properties);

/// Fills `dependsOn` of every resource from the dependencies of the constructs.
void resolveDependencies(AssembledStack& stack);

/// Calls the visitor for the target of every reference, attribute and asset in the value.
void visitTargets(const Value& value, const std::function<void(const Target&)>& visitor);

}  // namespace loam
