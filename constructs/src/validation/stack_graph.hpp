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
    /// Reports references that lead nowhere, attributes that their type does not have, and texts
    /// that hold only in one partition.
    StackGraph(const AssembledStack& stack, Findings& findings);

    const AssembledStack& stack() const { return stack_; }
    /// The resource of this stack that a value refers to directly, or null.
    const AssembledResource* resourceOf(const Value& value) const;
    /// The resources for which this one waits, directly or not; itself too.
    std::vector<bool> reachableFrom(const AssembledResource& resource) const;
    std::size_t indexOf(const AssembledResource& resource) const {
        return static_cast<std::size_t>(&resource - stack_.resources.data());
    }

    /// Reports every circle of resources that wait for each other.
    void checkCycles(Findings& findings) const;

  private:
    /// Where the check is: the construct to name, the resource whose edges are collected, if any,
    /// and whether what is there exists whatever the conditions.
    struct Place {
        const Construct& at;
        std::vector<std::uint32_t>* edges;
        bool unconditional;
    };

    void scanResource(std::size_t index, Findings& findings);
    void scan(const Value& value, const PropertyPath& path, const Place& place, Findings& findings);
    void
    scanLate(const Node& node, const PropertyPath& path, const Place& place, Findings& findings);
    void checkTarget(
        const Target& target, const PropertyPath& path, const Place& place, Findings& findings);
    void checkRawReference(
        const MapNode& map, const PropertyPath& path, const Place& place, Findings& findings);
    void addEdge(
        std::size_t index, const PropertyPath& path, const Place& place, Findings& findings) const;
    std::vector<std::size_t> waitingCounts(std::vector<std::size_t>& ready) const;
    std::vector<std::size_t>
    circleFrom(std::size_t start, const std::vector<std::size_t>& waiting) const;
    std::string describeCircle(const std::vector<std::size_t>& circle) const;
    std::string reason(std::size_t from, std::size_t to) const;

    const AssembledStack& stack_;
    /// Every element of the stack; resources with their index.
    std::unordered_map<const Construct*, std::size_t> elements_;
    std::vector<std::vector<std::uint32_t>> edges_;
};

}  // namespace loam
