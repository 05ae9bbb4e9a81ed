#include "constructs/src/validation/stack_graph.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "constructs/src/validation/late_values.hpp"
#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

constexpr std::size_t noResource = std::numeric_limits<std::size_t>::max();
constexpr std::string_view partitionText = "arn:aws:";

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

void checkPartition(
    const std::string& text, const PropertyPath& path, const Construct& at, Findings& findings) {
    const std::size_t start = text.find(partitionText);
    if (start == std::string::npos) return;
    findings.warning(at, rules::hardCodedPartition,
        shown(Str(std::string_view(text).substr(start))) +
            " is valid in the partition aws only; write \"arn:\" + partition() + \":\" or use "
            "formatArn",
        path.text());
}

/// Length of the UTF-8 character at the start of the text, or 0 if there is none.
std::size_t characterLength(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length =
        first < 0xc2   ? 0
        : first < 0xe0 ? 2
        : first < 0xf0 ? 3
        : first < 0xf5
            ? 4
            : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
    }
    // Longer than needed, half of a pair of UTF-16, or beyond Unicode.
    const bool invalid =
        (first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f) ||
        (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f);
    return invalid ? 0 : length;
}

void checkText(
    const std::string& text, const PropertyPath& path, const Construct& at, Findings& findings) {
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t length = characterLength(std::string_view(text).substr(i));
        if (length == 0) {
            findings.error(at, rules::notUtf8,
                "byte " + std::to_string(i) +
                    " of the text is not UTF-8, which templates are written in; give "
                    "binary data as base64",
                path.text());
            return;
        }
        i += length;
    }
    checkPartition(text, path, at, findings);
}

/// The logical id in a reference that was written as plain data, `{"Ref": "Id"}`; else empty.
std::string_view rawTarget(const MapNode& map) {
    if (map.entries.size() != 1 || !map.entries.front().second.present()) return {};
    const auto& [key, value] = map.entries.front();
    if (key != "Ref" && key != "Fn::GetAtt") return {};
    const Node* node = value.node();
    if (node->kind == NodeKind::List && key != "Ref" && !as<ListNode>(*node).items.empty())
        node = as<ListNode>(*node).items.front().node();
    if (node == nullptr || node->kind != NodeKind::String) return {};
    const std::string_view text = as<StringNode>(*node).text;
    return key == "Ref" ? text : text.substr(0, text.find('.'));
}

/// Reports an output that is a list, which CloudFormation refuses when it is deployed.
void checkOutputShape(const Value& value, const Construct& at, Findings& findings) {
    if (!value.present()) return;
    const NodeKind kind = value.node()->kind;
    if (kind == NodeKind::Function && as<FunctionNode>(*value.node()).function == Intrinsic::If) {
        for (const Value& branch : as<FunctionNode>(*value.node()).arguments)
            checkOutputShape(branch, at, findings);
        return;
    }
    const bool isText =
        kind != NodeKind::List && kind != NodeKind::Map && kind != NodeKind::Object &&
        shapeOf(*value.node()) != LateShape::List;
    if (isText) return;
    findings.error(at, rules::wrongType,
        "an output takes a text, got " + shown(value) +
            "; give join(\",\", list) or toJsonString(value)",
        "Value");
}

/// The construct behind an output, which may be the resource that another stack imports.
const Construct& constructOf(const AssembledOutput& output, const Stack& stack) {
    const std::string_view stackPath = stack.path();
    const Construct* found = nullptr;
    if (output.path.size() > stackPath.size() && output.path.starts_with(stackPath)) {
        found = stack.find(std::string_view(output.path).substr(stackPath.size() + 1));
    }
    return found != nullptr ? *found : stack;
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
    for (const auto& [condition, expression] : stack.conditions) {
        const Construct& at = *condition;
        scan(expression, PropertyPath({}, "Expression"), {at, nullptr, false}, findings);
        visit(expression, [&](const Node& node, const std::string&) {
            if (resourceOf(Value(&node)) == nullptr) return;
            findings.error(at, rules::danglingReference,
                "a condition is decided before any resource exists, so it cannot use " +
                    shown(Value(&node)) + "; use parameters, mappings and pseudo parameters",
                "Expression");
        });
    }
    std::map<std::string_view, const Construct*> exports;
    for (const AssembledOutput& output : stack.outputs) {
        const Place place{constructOf(output, *stack.stack), nullptr, output.condition == nullptr};
        checkOutputShape(output.value, place.at, findings);
        scan(output.value, PropertyPath({}, "Value"), place, findings);
        scan(output.exportName, PropertyPath({}, "ExportName"), place, findings);
        const Node* name = output.exportName.node();
        if (name == nullptr || name->kind != NodeKind::String || output.condition != nullptr)
            continue;
        const auto [entry, isNew] = exports.emplace(as<StringNode>(*name).text, &place.at);
        if (isNew) continue;
        findings.error(place.at, rules::duplicateName,
            shown(output.exportName) + " is the name of the export of [" +
                std::string(entry->second->path()) + "] too; choose another name",
            "ExportName");
    }
}

void StackGraph::scanResource(std::size_t index, Findings& findings) {
    const AssembledResource& resource = stack_.resources[index];
    std::vector<std::uint32_t>& edges = edges_[index];
    const Place place{*resource.resource, &edges, resource.condition == nullptr};
    scan(resource.properties, PropertyPath(), place, findings);
    for (const auto& [name, value] : resource.attributes)
        scan(value, PropertyPath({}, name), place, findings);
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
    switch (node.kind) {
        case NodeKind::String:
            return checkText(as<StringNode>(node).text, path, place.at, findings);
        case NodeKind::Number:
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
            checkRawReference(as<MapNode>(node), path, place, findings);
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

void StackGraph::checkRawReference(
    const MapNode& map, const PropertyPath& path, const Place& place, Findings& findings) {
    const std::string_view name = rawTarget(map);
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

/// For each resource the number of others it waits for, and those that wait for none.
std::vector<std::size_t> StackGraph::waitingCounts(std::vector<std::size_t>& ready) const {
    std::vector<std::size_t> waiting(edges_.size());
    for (std::size_t i = 0; i < edges_.size(); ++i) {
        waiting[i] = edges_[i].size();
        if (waiting[i] == 0) ready.push_back(i);
    }
    return waiting;
}

void StackGraph::checkCycles(Findings& findings) const {
    std::vector<std::vector<std::uint32_t>> users(edges_.size());
    for (std::size_t i = 0; i < edges_.size(); ++i) {
        for (const std::uint32_t used : edges_[i])
            users[used].push_back(static_cast<std::uint32_t>(i));
    }
    std::vector<std::size_t> ready;
    std::vector<std::size_t> waiting = waitingCounts(ready);
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
        const auto circle = circleFrom(next, waiting);
        findings.error(*stack_.resources[circle.front()].resource, rules::dependencyCycle,
            "waits for itself, so nothing of this can be created first: " + describeCircle(circle) +
                "; cut one of these, between security groups by separate ingress and egress "
                "resources");
        for (const std::size_t member : circle) {
            waiting[member] = 0;
            ready.push_back(member);
        }
    }
}

/// A circle among the resources that still wait, from its member with the smallest index.
std::vector<std::size_t>
StackGraph::circleFrom(std::size_t start, const std::vector<std::size_t>& waiting) const {
    std::vector<std::size_t> walked;
    std::vector<bool> seen(edges_.size());
    std::size_t at = start;
    while (!seen[at]) {
        seen[at] = true;
        walked.push_back(at);
        // One that still waits has a next one that does.
        at = *std::find_if(edges_[at].begin(), edges_[at].end(), [&](std::uint32_t next) {
            return waiting[next] > 0;
        });
    }
    std::vector<std::size_t> circle(std::find(walked.begin(), walked.end(), at), walked.end());
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    return circle;
}

std::string StackGraph::describeCircle(const std::vector<std::size_t>& circle) const {
    std::string text;
    for (std::size_t i = 0; i < circle.size(); ++i) {
        const std::size_t next = circle[(i + 1) % circle.size()];
        text += "[" + std::string(stack_.resources[circle[i]].resource->path()) + "] -> (" +
                reason(circle[i], next) + ") ";
    }
    return text + "-> [" + std::string(stack_.resources[circle.front()].resource->path()) + "]";
}

/// The first property of the one that refers to the other.
std::string StackGraph::reason(std::size_t from, std::size_t to) const {
    std::string path;
    visit(stack_.resources[from].properties, [&](const Node& node, const std::string& at) {
        if (path.empty() && resourceOf(Value(&node)) == &stack_.resources[to]) path = at;
    });
    return path.empty() ? "DependsOn" : path;
}

}  // namespace loam
