#pragma once

#include <loam/assembly.hpp>

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "constructs/src/validation/property_path.hpp"

namespace loam {

/// The resources of one stack and what each must wait for. Building it checks every reference.
class StackGraph {
  public:
    /// Reports references that lead nowhere, attributes that their type does not have, functions
    /// without a result, and literals that no template can hold.
    StackGraph(const AssembledStack& stack, Findings& findings);

    const AssembledStack& stack() const { return stack_; }
    /// The resource of this stack that a value refers to directly, or null.
    const AssembledResource* resourceOf(const Value& value) const;
    /// The resources for which this one waits, directly or not; itself too.
    std::vector<bool> reachableFrom(const AssembledResource& resource) const;
    std::size_t indexOf(const AssembledResource& resource) const {
        return static_cast<std::size_t>(&resource - stack_.resources.data());
    }

    /// For each resource the indices of those it waits for, sorted.
    const std::vector<std::vector<std::uint32_t>>& edges() const noexcept { return edges_; }

  private:
    /// Where the check is: the construct to name, the resource whose edges are collected, if any,
    /// and whether what is there exists whatever the conditions.
    struct Place {
        const Construct& at;
        std::vector<std::uint32_t>* edges;
        bool unconditional;
    };

    void scanResource(std::size_t index, Findings& findings);
    void scanCondition(const Condition& condition, const Value& expression, Findings& findings);
    void scan(const Value& value, const PropertyPath& path, const Place& place, Findings& findings);
    void
    scanLate(const Node& node, const PropertyPath& path, const Place& place, Findings& findings);
    void checkTarget(
        const Target& target, const PropertyPath& path, const Place& place, Findings& findings);
    void checkPlainReference(
        const MapNode& map, const PropertyPath& path, const Place& place, Findings& findings);
    void addEdge(
        std::size_t index, const PropertyPath& path, const Place& place, Findings& findings) const;

    const AssembledStack& stack_;
    /// Every element of the stack; resources with their index.
    std::unordered_map<const Construct*, std::size_t> elements_;
    std::vector<std::vector<std::uint32_t>> edges_;
};

}  // namespace loam
