#include <algorithm>
#include <set>

#include "constructs/src/core/assembly_steps.hpp"
#include "constructs/src/core/construct_state.hpp"

namespace loam {

namespace {

void visitTargetsIn(
    const std::vector<Value>& values, const std::function<void(const Target&)>& visitor) {
    for (const auto& value : values) visitTargets(value, visitor);
}

void visitWithPath(const Value& value, std::string& path,
    const std::function<void(const Node&, const std::string&)>& visitor);

void visitPart(const Value& value, std::string& path, std::string_view part,
    const std::function<void(const Node&, const std::string&)>& visitor) {
    if (!value.present()) return;
    const auto length = path.size();
    if (!path.empty()) path += '.';
    path += part;
    visitWithPath(value, path, visitor);
    path.resize(length);
}

void visitWithPath(const Value& value, std::string& path,
    const std::function<void(const Node&, const std::string&)>& visitor) {
    if (!value.present()) return;
    const Node& node = *value.node();
    visitor(node, path);
    switch (node.kind) {
        case NodeKind::List: {
            const auto& items = as<ListNode>(node).items;
            for (std::size_t i = 0; i < items.size(); ++i) {
                visitPart(items[i], path, std::to_string(i), visitor);
            }
            return;
        }
        case NodeKind::Map:
            for (const auto& [key, item] : as<MapNode>(node).entries) {
                visitPart(item, path, key, visitor);
            }
            return;
        case NodeKind::Object: {
            const auto& object = as<ObjectNode>(node);
            for (std::size_t i = 0; i < object.fields.size(); ++i) {
                visitPart(object.fields[i], path, object.table->fields[i].name, visitor);
            }
            return;
        }
        case NodeKind::Function:
            // The arguments belong to the same property.
            for (const auto& argument : as<FunctionNode>(node).arguments) {
                visitWithPath(argument, path, visitor);
            }
            return;
        case NodeKind::String:
        case NodeKind::Number:
        case NodeKind::Boolean:
        case NodeKind::Reference:
        case NodeKind::Attribute:
        case NodeKind::Pseudo:
        case NodeKind::Import:
        case NodeKind::Asset:
        case NodeKind::Lazy:
            return;
    }
}

void collectResources(const Construct& construct, const Stack& stack,
    std::set<const Resource*>& resources, std::set<const Stack*>& otherStacks) {
    if (const auto* resource = dynamic_cast<const Resource*>(&construct)) {
        const Stack& owner = resource->stack();
        if (&owner == &stack) {
            resources.insert(resource);
        } else {
            otherStacks.insert(&owner);
        }
    }
    for (const Construct* child : construct.children()) {
        collectResources(*child, stack, resources, otherStacks);
    }
}

/// The resources that the properties refer to; CloudFormation and Terraform order those by
/// themselves.
std::set<const Construct*> impliedBy(const AssembledResource& resource) {
    std::set<const Construct*> implied;
    visitTargets(resource.properties, [&](const Target& target) {
        implied.insert(target.construct);
    });
    return implied;
}

}  // namespace

void visitTargets(const Value& value, const std::function<void(const Target&)>& visitor) {
    if (!value.present() || !value.node()->late) return;
    const Node& node = *value.node();
    switch (node.kind) {
        case NodeKind::List:
            return visitTargetsIn(as<ListNode>(node).items, visitor);
        case NodeKind::Map:
            for (const auto& [key, item] : as<MapNode>(node).entries) visitTargets(item, visitor);
            return;
        case NodeKind::Object:
            return visitTargetsIn(as<ObjectNode>(node).fields, visitor);
        case NodeKind::Function:
            return visitTargetsIn(as<FunctionNode>(node).arguments, visitor);
        case NodeKind::Reference:
            return visitor(*as<ReferenceNode>(node).target);
        case NodeKind::Attribute:
            return visitor(*as<AttributeNode>(node).target);
        case NodeKind::Asset:
            return visitor(*as<AssetNode>(node).target);
        case NodeKind::String:
        case NodeKind::Number:
        case NodeKind::Boolean:
        case NodeKind::Pseudo:
        case NodeKind::Import:
        case NodeKind::Lazy:
            return;
    }
}

void visit(const Value& value,
    const std::function<void(const Node& node, const std::string& path)>& visitor) {
    std::string path;
    visitWithPath(value, path, visitor);
}

void resolveDependencies(AssembledStack& stack) {
    std::set<const Stack*> otherStacks;
    for (auto& entry : stack.resources) {
        std::set<const Resource*> before;
        for (const Construct* at = entry.resource; at != nullptr; at = at->parent()) {
            for (const auto& target : at->state().dependencies) {
                if (target->construct != nullptr) {
                    collectResources(*target->construct, *stack.stack, before, otherStacks);
                }
            }
        }
        if (before.empty()) continue;
        before.erase(entry.resource);
        const auto implied = impliedBy(entry);
        std::erase_if(before, [&](const Resource* other) { return implied.contains(other); });
        entry.dependsOn.assign(before.begin(), before.end());
        std::ranges::sort(entry.dependsOn, {}, [](const Resource* r) { return r->logicalId(); });
    }
    otherStacks.erase(stack.stack);
    stack.dependencies.insert(stack.dependencies.end(), otherStacks.begin(), otherStacks.end());
}

}  // namespace loam
