#include <algorithm>

#include "constructs/src/core/assembly_steps.hpp"
#include "constructs/src/core/construct_state.hpp"

namespace loam {

namespace {

constexpr std::string_view propertiesKey = "Properties";

void addMetadata(const Construct& construct, const Resource& resource, Resolver& resolver,
    std::vector<std::pair<std::string, Value>>& metadata) {
    for (const auto& [key, value] : construct.state().metadata) {
        auto resolved = resolver.resolve(resource, value);
        const auto known = std::ranges::find(metadata, key, &std::pair<std::string, Value>::first);
        if (known == metadata.end()) {
            metadata.emplace_back(key, std::move(resolved));
        } else {
            known->second = std::move(resolved);
        }
    }
}

}  // namespace

AssembledResource
assembleResource(const Resource& resource, Resolver& resolver, Findings& findings) {
    AssembledResource result{.resource = &resource};
    result.logicalId = resource.logicalId();
    result.deletionPolicy = resource.deletionPolicy();
    result.updateReplacePolicy = resource.updateReplacePolicy();
    result.condition = resource.elementState().condition;
    result.properties =
        withInheritedTags(resource, resolver.resolve(resource, resource.properties()));

    const auto& overrides = resource.elementState().overrides;
    if (!overrides.empty()) {
        Value entry = make<MapNode>(
            std::vector<MapNode::Entry>{{std::string(propertiesKey), result.properties}});
        for (const auto& [path, value] : overrides) {
            entry =
                applyOverride(entry, path, resolver.resolve(resource, value), resource, findings);
        }
        result.properties = {};
        for (const auto& [key, value] : as<MapNode>(*entry.node()).entries) {
            if (key == propertiesKey) {
                result.properties = value;
            } else {
                result.attributes.emplace_back(key, value);
            }
        }
    }

    if (resource.id() == "Resource" && resource.parent() != nullptr) {
        addMetadata(*resource.parent(), resource, resolver, result.metadata);
    }
    addMetadata(resource, resource, resolver, result.metadata);
    std::ranges::sort(result.metadata, {}, &std::pair<std::string, Value>::first);
    return result;
}

}  // namespace loam
