#include "constructs/src/validation/dependency_cycles.hpp"

#include <algorithm>

#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

using Edges = std::vector<std::vector<std::uint32_t>>;

/// For each resource the number of others it waits for, and those that wait for none.
std::vector<std::size_t> waitingCounts(const Edges& edges, std::vector<std::size_t>& ready) {
    std::vector<std::size_t> waiting(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        waiting[i] = edges[i].size();
        if (waiting[i] == 0) ready.push_back(i);
    }
    return waiting;
}

/// A circle among the resources that still wait, from its member with the smallest index.
std::vector<std::size_t>
circleFrom(std::size_t start, const Edges& edges, const std::vector<std::size_t>& waiting) {
    std::vector<std::size_t> walked;
    std::vector<bool> seen(edges.size());
    std::size_t at = start;
    while (!seen[at]) {
        seen[at] = true;
        walked.push_back(at);
        // One that still waits has a next one that does.
        at = *std::find_if(edges[at].begin(), edges[at].end(), [&](std::uint32_t next) {
            return waiting[next] > 0;
        });
    }
    std::vector<std::size_t> circle(std::find(walked.begin(), walked.end(), at), walked.end());
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    return circle;
}

/// The first property of the one that refers to the other.
std::string
reason(const StackGraph& graph, const AssembledResource& from, const AssembledResource& to) {
    std::string path;
    visit(from.properties, [&](const Node& node, const std::string& at) {
        if (path.empty() && graph.resourceOf(Value(&node)) == &to) path = at;
    });
    return path.empty() ? "DependsOn" : path;
}

std::string describeCircle(const StackGraph& graph, const std::vector<std::size_t>& circle) {
    const auto& resources = graph.stack().resources;
    std::string text;
    for (std::size_t i = 0; i < circle.size(); ++i) {
        const AssembledResource& from = resources[circle[i]];
        const AssembledResource& to = resources[circle[(i + 1) % circle.size()]];
        text +=
            "[" + std::string(from.resource->path()) + "] -> (" + reason(graph, from, to) + ") ";
    }
    return text + "-> [" + std::string(resources[circle.front()].resource->path()) + "]";
}

}  // namespace

void checkCycles(const StackGraph& graph, Findings& findings) {
    const Edges& edges = graph.edges();
    Edges users(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        for (const std::uint32_t used : edges[i])
            users[used].push_back(static_cast<std::uint32_t>(i));
    }
    std::vector<std::size_t> ready;
    std::vector<std::size_t> waiting = waitingCounts(edges, ready);
    // Whatever waits for nothing can be created; what is left waits in a circle, or for one.
    std::size_t next = 0;
    for (;;) {
        while (!ready.empty()) {
            const std::size_t done = ready.back();
            ready.pop_back();
            for (const std::uint32_t user : users[done]) {
                if (waiting[user] > 0 && --waiting[user] == 0) ready.push_back(user);
            }
        }
        while (next < waiting.size() && waiting[next] == 0) ++next;
        if (next >= waiting.size()) return;
        const auto circle = circleFrom(next, edges, waiting);
        findings.error(*graph.stack().resources[circle.front()].resource, rules::dependencyCycle,
            "waits for itself, so nothing of this can be created first: " +
                describeCircle(graph, circle) +
                "; cut one of these, between security groups by separate ingress and egress "
                "resources");
        for (const std::size_t member : circle) {
            waiting[member] = 0;
            ready.push_back(member);
        }
    }
}

}  // namespace loam
