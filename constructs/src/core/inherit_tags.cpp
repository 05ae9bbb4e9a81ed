#include <algorithm>
#include <map>

#include "constructs/src/core/assembly_steps.hpp"
#include "constructs/src/core/construct_state.hpp"

namespace loam {

namespace {

/// Priority of tags given as a property of the resource itself.
constexpr int ownPriority = 200;

bool applies(const Tags::Entry& entry, std::string_view type) {
    const auto& include = entry.options.includeTypes;
    const auto& exclude = entry.options.excludeTypes;
    return (include.empty() || std::ranges::find(include, type) != include.end()) &&
           std::ranges::find(exclude, type) == exclude.end();
}

struct Winner {
    const Tags::Entry* entry;
    int priority;
};

/// The inherited tag of each key: the highest priority, then the nearest construct, then the last
/// added.
std::map<std::string_view, Winner> inherited(const Resource& resource) {
    std::map<std::string_view, Winner> winners;
    for (const Construct* at = &resource; at != nullptr; at = at->parent()) {
        const auto& tags = at->state().tags;
        if (tags == nullptr) continue;
        const auto& entries = tags->entries();
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
            if (!applies(*entry, resource.typeName())) continue;
            const Winner candidate{&*entry, entry->options.priority};
            const auto [place, isNew] = winners.emplace(entry->key, candidate);
            if (!isNew && candidate.priority > place->second.priority) place->second = candidate;
        }
    }
    return winners;
}

/// The literal key of an item {Key, Value}, or null.
const std::string* keyOf(const Value& item) {
    if (!item.present()) return nullptr;
    if (item.node()->kind == NodeKind::Map) {
        const Value* key = as<MapNode>(*item.node()).find("Key");
        return key == nullptr ? nullptr : literal(*key);
    }
    if (item.node()->kind == NodeKind::Object) {
        const auto& object = as<ObjectNode>(*item.node());
        const int index = object.table->find("Key");
        return index < 0 ? nullptr : literal(object.fields[static_cast<std::size_t>(index)]);
    }
    return nullptr;
}

Value tagItem(const Tags::Entry& entry, TagShape shape) {
    std::vector<MapNode::Entry> fields{{"Key", Str(entry.key)}};
    if (shape == TagShape::AutoScalingList) fields.emplace_back("PropagateAtLaunch", Bool(true));
    fields.emplace_back("Value", Str(entry.value));
    return make<MapNode>(std::move(fields));
}

/// Own items come first unless an inherited tag of higher priority replaces or removes them.
Value mergeList(const Value& own, std::map<std::string_view, Winner> winners, TagShape shape) {
    std::vector<Value> items;
    if (own.present() && own.node()->kind == NodeKind::List) {
        for (const auto& item : as<ListNode>(*own.node()).items) {
            const auto* key = keyOf(item);
            const auto winner = key == nullptr ? winners.end() : winners.find(*key);
            if (winner != winners.end()) {
                if (winner->second.priority > ownPriority) continue;
                winners.erase(winner);
            }
            items.push_back(item);
        }
    }
    for (const auto& [key, winner] : winners) {
        if (!winner.entry->removed) items.push_back(tagItem(*winner.entry, shape));
    }
    return items.empty() ? Value() : make<ListNode>(std::move(items));
}

Value mergeMap(const Value& own, const std::map<std::string_view, Winner>& winners) {
    std::map<std::string, Value, std::less<>> merged;
    if (own.present() && own.node()->kind == NodeKind::Map) {
        for (const auto& [key, value] : as<MapNode>(*own.node()).entries) merged[key] = value;
    }
    for (const auto& [key, winner] : winners) {
        const auto place = merged.find(key);
        if (place != merged.end() && winner.priority <= ownPriority) continue;
        if (place != merged.end()) merged.erase(place);
        if (!winner.entry->removed) merged.emplace(key, Str(winner.entry->value));
    }
    if (merged.empty()) return {};
    return make<MapNode>(std::vector<MapNode::Entry>(merged.begin(), merged.end()));
}

bool isMergeable(const Value& own) {
    return !own.present() || own.node()->kind == NodeKind::List ||
           own.node()->kind == NodeKind::Map;
}

}  // namespace

Value withInheritedTags(const Resource& resource, Value properties) {
    const auto* type = resource.type();
    if (type == nullptr || type->tagShape == TagShape::None || type->tagProperty == nullptr) {
        return properties;
    }
    auto winners = inherited(resource);
    if (winners.empty()) return properties;

    std::vector<Value> fields;
    const int index = type->properties->find(type->tagProperty);
    const bool isObject = properties.present() && properties.node()->kind == NodeKind::Object;
    Value own;
    if (isObject) {
        fields = as<ObjectNode>(*properties.node()).fields;
        own = fields[static_cast<std::size_t>(index)];
    } else if (properties.present() && properties.node()->kind == NodeKind::Map) {
        const Value* found = as<MapNode>(*properties.node()).find(type->tagProperty);
        if (found != nullptr) own = *found;
    }
    // Tags that are computed at deployment cannot be merged with others.
    if (!isMergeable(own)) return properties;

    const Value merged =
        type->tagShape == TagShape::StringMap
            ? mergeMap(own, winners)
            : mergeList(own, std::move(winners), type->tagShape);
    if (isObject) {
        fields[static_cast<std::size_t>(index)] = merged;
        return make<ObjectNode>(*as<ObjectNode>(*properties.node()).table, std::move(fields));
    }
    Findings none;
    return applyOverride(properties, type->tagProperty, merged, resource, none);
}

}  // namespace loam
