#include "constructs/src/validation/stack_graph.hpp"

#include <algorithm>
#include <limits>

#include "constructs/src/validation/function_calls.hpp"
#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/outputs.hpp"
#include "constructs/src/validation/plain_data.hpp"
#include "constructs/src/validation/rules.hpp"
#include "constructs/src/validation/texts.hpp"

namespace loam {

namespace {

constexpr std::size_t noResource = std::numeric_limits<std::size_t>::max();

/// Attributes of these are made by their templates and functions, so no facts can list them.
bool hasOpenAttributes(std::string_view type) {
    return type == "AWS::CloudFormation::Stack" || type == "AWS::CloudFormation::CustomResource" ||
           type.starts_with("Custom::");
}

bool hasAttribute(const ResourceType& type, std::string_view name) {
    return std::any_of(type.attributes, type.attributes + type.attributeCount,
        [&](const Attribute& attribute) { return name == attribute.name; });
}

void checkAttribute(
    const AttributeNode& node, const PropertyPath& path, const Construct& at, Findings& findings) {
    const auto* resource = dynamic_cast<const Resource*>(node.target->construct);
    if (resource == nullptr || resource->type() == nullptr) return;
    const ResourceType& type = *resource->type();
    if (hasAttribute(type, node.attribute) || hasOpenAttributes(type.name)) return;
    std::vector<std::string_view> names;
    for (std::uint16_t i = 0; i < type.attributeCount; ++i)
        names.emplace_back(type.attributes[i].name);
    findings.error(at, rules::unknownAttribute,
        "\"" + node.attribute + "\" is no attribute of [" + node.target->path + "], an " +
            type.name + "." +
            (names.empty() ? " It has none; use ref()" : " There are " + alternatives(names)) +
            "." + suggestion(node.attribute, names),
        path.text());
}

}  // namespace

StackGraph::StackGraph(const AssembledStack& stack, Findings& findings)
    : stack_(stack), edges_(stack.resources.size()) {
    elements_.reserve(stack.resources.size() + stack.parameters.size());
    for (std::size_t i = 0; i < stack.resources.size(); ++i)
        elements_.emplace(stack.resources[i].resource, i);
    for (const Parameter* parameter : stack.parameters) elements_.emplace(parameter, noResource);
    for (const Mapping* mapping : stack.mappings) elements_.emplace(mapping, noResource);
    for (const auto& [condition, expression] : stack.conditions)
        elements_.emplace(condition, noResource);
    for (const Asset* asset : stack.assets) elements_.emplace(asset, noResource);

    for (std::size_t i = 0; i < stack.resources.size(); ++i) scanResource(i, findings);
    for (const auto& [condition, expression] : stack.conditions)
        scanCondition(*condition, expression, findings);
    for (const AssembledOutput& output : stack.outputs) {
        const Place place{constructOf(output, *stack.stack), nullptr, output.condition == nullptr};
        scan(output.value, PropertyPath("Value"), place, findings);
        scan(output.exportName, PropertyPath("ExportName"), place, findings);
    }
}

void StackGraph::scanCondition(
    const Condition& condition, const Value& expression, Findings& findings) {
    scan(expression, PropertyPath("Expression"), {condition, nullptr, false}, findings);
    visit(expression, [&](const Node& node, const std::string&) {
        if (resourceOf(Value(&node)) == nullptr) return;
        findings.error(condition, rules::danglingReference,
            "a condition is decided before any resource exists, so it cannot use " +
                shown(Value(&node)) + "; use parameters, mappings and pseudo parameters",
            "Expression");
    });
}

void StackGraph::scanResource(std::size_t index, Findings& findings) {
    const AssembledResource& resource = stack_.resources[index];
    std::vector<std::uint32_t>& edges = edges_[index];
    const Place place{*resource.resource, &edges, resource.condition == nullptr};
    scan(resource.properties, PropertyPath(), place, findings);
    for (const auto& [name, value] : resource.attributes)
        scan(value, PropertyPath(name), place, findings);
    const PropertyPath metadata("Metadata");
    for (const auto& [name, value] : resource.metadata)
        scan(value, PropertyPath(metadata, name), place, findings);
    for (const Resource* other : resource.dependsOn) {
        if (const auto found = elements_.find(other); found != elements_.end()) {
            edges.push_back(static_cast<std::uint32_t>(found->second));
        }
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    if (resource.condition != nullptr && !elements_.contains(resource.condition)) {
        findings.error(*resource.resource, rules::danglingReference,
            "has a condition that is not in this stack; make one here", "Condition");
    }
}

void StackGraph::scan(
    const Value& value, const PropertyPath& path, const Place& place, Findings& findings) {
    if (!value.present()) return;
    const Node& node = *value.node();
    if (const auto call = functionIn(node)) checkCall(*call, stack_, path, place.at, findings);
    switch (node.kind) {
        case NodeKind::String:
            return checkText(as<StringNode>(node).text, path, place.at, findings);
        case NodeKind::Number:
            if (isInfinite(node)) reportInfinite(value, path.text(), place.at, findings);
            return;
        case NodeKind::Boolean:
            return;
        case NodeKind::List: {
            const auto& items = as<ListNode>(node).items;
            for (std::size_t i = 0; i < items.size(); ++i) {
                scan(items[i], PropertyPath(path, i), place, findings);
            }
            return;
        }
        case NodeKind::Map:
            checkPlainReference(as<MapNode>(node), path, place, findings);
            for (const auto& [key, item] : as<MapNode>(node).entries) {
                scan(item, PropertyPath(path, key), place, findings);
            }
            return;
        case NodeKind::Object: {
            const auto& object = as<ObjectNode>(node);
            for (std::size_t i = 0; i < object.fields.size(); ++i) {
                if (!object.fields[i].present()) continue;
                scan(object.fields[i], PropertyPath(path, object.table->fields[i].name), place,
                    findings);
            }
            return;
        }
        case NodeKind::Function: {
            const auto& function = as<FunctionNode>(node);
            const bool isChoice = function.function == Intrinsic::If;
            const Place inside{place.at, place.edges, place.unconditional && !isChoice};
            for (const Value& argument : function.arguments) scan(argument, path, inside, findings);
            return;
        }
        case NodeKind::Reference:
        case NodeKind::Attribute:
        case NodeKind::Pseudo:
        case NodeKind::Import:
        case NodeKind::Asset:
        case NodeKind::Lazy:
            return scanLate(node, path, place, findings);
    }
}

void StackGraph::scanLate(
    const Node& node, const PropertyPath& path, const Place& place, Findings& findings) {
    if (node.kind == NodeKind::Reference) {
        checkTarget(*as<ReferenceNode>(node).target, path, place, findings);
    } else if (node.kind == NodeKind::Attribute) {
        const auto& attribute = as<AttributeNode>(node);
        checkTarget(*attribute.target, path, place, findings);
        checkAttribute(attribute, path, place.at, findings);
    } else if (node.kind == NodeKind::Asset && as<AssetNode>(node).target->construct == nullptr) {
        checkTarget(*as<AssetNode>(node).target, path, place, findings);
    }
}

void StackGraph::checkTarget(
    const Target& target, const PropertyPath& path, const Place& place, Findings& findings) {
    const auto found = elements_.find(target.construct);
    if (found != elements_.end()) {
        if (found->second != noResource) addEdge(found->second, path, place, findings);
        return;
    }
    std::string why = "which no longer exists; keep it as long as the app";
    if (target.construct != nullptr) {
        why = &target.construct->app() == &place.at.app()
                  ? "which is not in this stack and cannot be imported from another; make one here"
                  : "which belongs to another app; refer to it by its physical name";
    }
    findings.error(
        place.at, rules::danglingReference, "refers to [" + target.path + "], " + why, path.text());
}

/// Notes that the place waits for a resource, and reports it if that may not exist.
void StackGraph::addEdge(
    std::size_t index, const PropertyPath& path, const Place& place, Findings& findings) const {
    if (place.edges != nullptr) place.edges->push_back(static_cast<std::uint32_t>(index));
    const AssembledResource& target = stack_.resources[index];
    if (!place.unconditional || target.condition == nullptr) return;
    const std::string condition(target.condition->path());
    findings.warning(place.at, rules::danglingReference,
        "refers to [" + std::string(target.resource->path()) +
            "], which exists only where the condition [" + condition +
            "] holds; set that condition here too, or refer to it within ifElse",
        path.text());
}

void StackGraph::checkPlainReference(
    const MapNode& map, const PropertyPath& path, const Place& place, Findings& findings) {
    const std::string_view name = plainTarget(map);
    if (name.empty() || name.starts_with("AWS::")) return;
    const auto found = std::ranges::lower_bound(stack_.resources, name, {},
        [](const AssembledResource& resource) { return std::string_view(resource.logicalId); });
    if (found != stack_.resources.end() && found->logicalId == name) {
        addEdge(indexOf(*found), path, place, findings);
    } else if (std::ranges::none_of(stack_.parameters, [&](const Parameter* parameter) {
                   return parameter->logicalId() == name;
               })) {
        findings.error(place.at, rules::danglingReference,
            "refers to \"" + std::string(name) +
                "\", which is the logical id of no resource or parameter of this stack; correct "
                "it, "
                "or use ref() or attribute() of the construct",
            path.text());
    }
}

const AssembledResource* StackGraph::resourceOf(const Value& value) const {
    if (!value.present()) return nullptr;
    const Node& node = *value.node();
    const Construct* target = nullptr;
    if (node.kind == NodeKind::Reference) target = as<ReferenceNode>(node).target->construct;
    if (node.kind == NodeKind::Attribute) target = as<AttributeNode>(node).target->construct;
    const auto found = elements_.find(target);
    if (found == elements_.end() || found->second == noResource) return nullptr;
    return &stack_.resources[found->second];
}

std::vector<bool> StackGraph::reachableFrom(const AssembledResource& resource) const {
    std::vector<bool> reached(edges_.size());
    std::vector<std::size_t> open{indexOf(resource)};
    reached[open.front()] = true;
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        for (const std::uint32_t next : edges_[at]) {
            if (reached[next]) continue;
            reached[next] = true;
            open.push_back(next);
        }
    }
    return reached;
}

}  // namespace loam
