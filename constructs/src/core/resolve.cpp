#include <loam/error.hpp>

#include <algorithm>
#include <optional>

#include "constructs/src/core/assembly_steps.hpp"
#include "constructs/src/core/construct_state.hpp"

namespace loam {

namespace {

/// Lazy values may produce lazy values, but not for ever.
constexpr int maximumDepth = 200;
/// Lists travel between stacks as one string.
constexpr std::string_view listDelimiter = "||";

std::string alphanumeric(std::string_view text) {
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    return result;
}

bool differ(std::string_view left, std::string_view right) {
    return !left.empty() && !right.empty() && left != right;
}

const Condition* conditionOf(const Element& element) { return element.elementState().condition; }

}  // namespace

bool isElsewhere(const Stack& left, const Stack& right) {
    return differ(left.env().account, right.env().account) ||
           differ(left.env().region, right.env().region);
}

Value Resolver::resolve(const Construct& owner, const Value& value) {
    return rewrite(owner, owner.stack(), value, 0);
}

std::vector<Value> Resolver::rewriteAll(
    const Construct& owner, const Stack& stack, const std::vector<Value>& values, int depth) {
    std::vector<Value> result;
    result.reserve(values.size());
    for (const auto& value : values) result.push_back(rewrite(owner, stack, value, depth));
    return result;
}

Value Resolver::rewriteLazy(
    const Construct& owner, const Stack& stack, const LazyNode& node, int depth) {
    if (depth > maximumDepth) {
        throw ValidationError(owner.path(),
            "a lazy value produces itself; let it produce a value "
            "that does not contain it");
    }
    return rewrite(owner, stack, node.produce(), depth);
}

Value Resolver::rewrite(const Construct& owner, const Stack& stack, const Value& value, int depth) {
    if (!value.present() || !value.node()->late) return value;
    const Node& node = *value.node();
    switch (node.kind) {
        case NodeKind::String:
        case NodeKind::Number:
        case NodeKind::Boolean:
        case NodeKind::Pseudo:
        case NodeKind::Import:
        case NodeKind::Asset:
            return value;
        case NodeKind::List: {
            auto items = rewriteAll(owner, stack, as<ListNode>(node).items, depth + 1);
            std::erase_if(items, [](const Value& item) { return !item.present(); });
            return make<ListNode>(std::move(items));
        }
        case NodeKind::Map: {
            std::vector<MapNode::Entry> entries;
            for (const auto& [key, item] : as<MapNode>(node).entries) {
                auto resolved = rewrite(owner, stack, item, depth + 1);
                if (resolved.present()) entries.emplace_back(key, std::move(resolved));
            }
            return make<MapNode>(std::move(entries));
        }
        case NodeKind::Object:
            return make<ObjectNode>(*as<ObjectNode>(node).table,
                rewriteAll(owner, stack, as<ObjectNode>(node).fields, depth + 1));
        case NodeKind::Function:
            return make<FunctionNode>(as<FunctionNode>(node).function,
                rewriteAll(owner, stack, as<FunctionNode>(node).arguments, depth + 1));
        case NodeKind::Lazy:
            return rewriteLazy(owner, stack, as<LazyNode>(node), depth + 1);
        case NodeKind::Reference:
            return rewriteReference(
                owner, stack, value, *as<ReferenceNode>(node).target, "", false);
        case NodeKind::Attribute: {
            const auto& attribute = as<AttributeNode>(node);
            return rewriteReference(
                owner, stack, value, *attribute.target, attribute.attribute, attribute.isList);
        }
    }
    return value;
}

Value Resolver::rewriteReference(const Construct& owner, const Stack& stack, const Value& value,
    const Target& target, std::string_view attribute, bool isList) {
    // What is gone, or belongs to another app, is left as it is: the validation reports it.
    if (target.construct == nullptr || &target.construct->app() != &owner.app()) return value;
    const Stack& producer = target.construct->stack();
    if (&producer == &stack) return value;

    const auto* element = dynamic_cast<const Element*>(target.construct);
    const auto* parameter = dynamic_cast<const Parameter*>(target.construct);
    if (dynamic_cast<const Resource*>(target.construct) == nullptr && parameter == nullptr) {
        findings_.error(owner, "cross-stack-reference",
            "refers to [" + target.path +
                "], which is in another stack; only values of resources and parameters can cross, "
                "so "
                "make a condition or mapping of its own in this stack");
        return value;
    }
    if (isElsewhere(producer, stack)) {
        findings_.error(owner, "cross-environment-reference",
            "refers to [" + target.path +
                "], which is deployed to another account or region; exports do not reach there, so "
                "give the physical name or pass the value as a parameter");
        return value;
    }
    isList = isList || (parameter != nullptr && parameter->isList());
    imports_[&stack].insert(&producer);
    const auto outputId =
        "ExportsOutput" + (attribute.empty() ? "Ref" : "FnGetAtt" + alphanumeric(attribute)) +
        std::string(element->logicalId());
    const auto exportName = std::string(producer.stackName()) + ":" + outputId;
    exports_[&producer].try_emplace(outputId,
        AssembledOutput{.logicalId = outputId,
            .value = isList ? Value(join(listDelimiter, StrList::of(value))) : value,
            .description = {},
            .exportName = Str(exportName),
            .condition = conditionOf(*element),
            .sensitive = parameter != nullptr && parameter->props().noEcho,
            .path = target.path});
    return make<ImportNode>(producer, outputId, exportName, isList);
}

void Resolver::addExports(AssembledStack& stack) const {
    const auto found = exports_.find(stack.stack);
    if (found == exports_.end()) return;
    for (const auto& [id, output] : found->second) {
        if (std::ranges::find(stack.outputs, id, &AssembledOutput::logicalId) ==
            stack.outputs.end()) {
            stack.outputs.push_back(output);
        }
    }
    std::ranges::sort(stack.outputs, {}, &AssembledOutput::logicalId);
}

void Resolver::addStackDependencies(AssembledStack& stack) const {
    const auto found = imports_.find(stack.stack);
    if (found != imports_.end()) {
        stack.dependencies.insert(
            stack.dependencies.end(), found->second.begin(), found->second.end());
    }
    auto& all = stack.dependencies;
    std::ranges::sort(all, {}, [](const Stack* other) { return other->path(); });
    all.erase(std::unique(all.begin(), all.end()), all.end());
}

}  // namespace loam
