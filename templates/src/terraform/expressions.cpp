#include "templates/src/terraform/expressions.hpp"

#include <algorithm>

#include "templates/src/json/json_writer.hpp"

namespace loam::terraform {

namespace {

const FunctionNode* functionOf(const Value& value, Intrinsic which) {
    if (!value.present() || value.node()->kind != NodeKind::Function) return nullptr;
    const auto& node = as<FunctionNode>(*value.node());
    return node.function == which ? &node : nullptr;
}

/// A function of CloudFormation that was written as plain data, which would pass as a literal map.
bool reportRawFunction(StackScope& scope, const std::vector<MapNode::Entry>& entries) {
    if (entries.size() != 1) return false;
    const auto& key = entries.front().first;
    if (key != "Ref" && !key.starts_with("Fn::")) return false;
    scope.error("terraform-raw-function",
        "has {\"" + key +
            "\": ...} as plain data, which Terraform would not evaluate; use the function of "
            "<loam/intrinsics.hpp> or the reference of the construct");
    return true;
}

bool hasNullableEntry(const std::vector<MapNode::Entry>& entries) {
    return std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
        return mayBeNull(entry.second);
    });
}

/// A literal string; dynamic references in it are looked up by data sources.
Template stringText(StackScope& scope, std::string_view text) {
    constexpr std::string_view open = "{{resolve:";
    constexpr std::string_view parameter = "ssm:";
    Template out;
    while (true) {
        const auto start = text.find(open);
        out += Template::literal(std::string(text.substr(0, start)));
        if (start == std::string_view::npos) return out;
        const auto rest = text.substr(start + open.size());
        const auto end = rest.find("}}");
        if (end == std::string_view::npos || !rest.starts_with(parameter)) {
            scope.error("terraform-dynamic-reference",
                "has the dynamic reference \"" + std::string(text.substr(start)) +
                    "\"; Terraform can look up {{resolve:ssm:NAME}} with a literal name only, so "
                    "pass "
                    "the value as a parameter, or give the service the ARN of the secret");
            return out;
        }
        out +=
            scope.ssmParameter(std::string(rest.substr(parameter.size(), end - parameter.size())));
        text = rest.substr(end + 2);
    }
}

std::string listExpression(StackScope& scope, const std::vector<Value>& items) {
    std::string out = "[";
    for (const auto& item : items) {
        if (isNoValue(item) || !item.present()) continue;
        if (out.size() > 1) out += ", ";
        out += expressionOf(scope, item);
    }
    out += "]";
    return hasNullable(items) ? "[for x in " + out + " : x if x != null]" : out;
}

std::string mapExpression(StackScope& scope, const std::vector<MapNode::Entry>& entries) {
    if (reportRawFunction(scope, entries)) return "{}";
    std::string out = "{";
    for (const auto& [key, item] : entries) {
        if (isNoValue(item)) continue;
        if (out.size() > 1) out += ", ";
        out += quoted(key) + " = " + expressionOf(scope, item);
    }
    out += "}";
    return hasNullableEntry(entries) ? "{for k, v in " + out + " : k => v if v != null}" : out;
}

Template assetText(StackScope& scope, const AssetNode& node) {
    const auto* asset = dynamic_cast<const Asset*>(node.target->construct);
    if (asset == nullptr) {
        scope.error("dangling-reference", "refers to an asset that is gone: " + node.target->path);
        return {};
    }
    auto path = Template::expression("path.module");
    path += Template::literal("/../../" + asset->fileName());
    return path;
}

/// Whether the value, known only at deployment, can hold neither quotes nor backslashes.
bool isPlainText(const Value& value) {
    const Node& node = *value.node();
    switch (node.kind) {
        case NodeKind::String:
        case NodeKind::Pseudo:
            return true;
        case NodeKind::Attribute:
            return !as<AttributeNode>(node).isList;
        case NodeKind::Reference:
            return dynamic_cast<const Resource*>(as<ReferenceNode>(node).target->construct) !=
                   nullptr;
        case NodeKind::Import:
            return !as<ImportNode>(node).isList;
        case NodeKind::Function: {
            const auto& function = as<FunctionNode>(node);
            return function.function == Intrinsic::Concat &&
                   std::all_of(function.arguments.begin(), function.arguments.end(), isPlainText);
        }
        default:
            return false;
    }
}

/// Appends the JSON text of a document; what is not plain text is encoded by Terraform.
void appendDocument(StackScope& scope, const Value& value, std::string& out) {
    const Node& node = *value.node();
    const auto encode = [&] { out += "${jsonencode(" + expressionOf(scope, value) + ")}"; };
    switch (node.kind) {
        case NodeKind::Number:
        case NodeKind::Boolean:
            out += writeJson(value, JsonStyle::Compact);
            return;
        case NodeKind::List: {
            const auto& items = as<ListNode>(node).items;
            if (hasNullable(items)) return encode();
            out += '[';
            bool first = true;
            for (const auto& item : items) {
                if (isNoValue(item) || !item.present()) continue;
                if (!first) out += ',';
                first = false;
                appendDocument(scope, item, out);
            }
            out += ']';
            return;
        }
        case NodeKind::Map:
        case NodeKind::Object: {
            const auto entries = entriesOf(value);
            if (hasNullableEntry(entries)) return encode();
            if (reportRawFunction(scope, entries)) return;
            out += '{';
            bool first = true;
            for (const auto& [key, item] : entries) {
                if (isNoValue(item)) continue;
                if (!first) out += ',';
                first = false;
                out += '"' + Template::literal(key).inDocument() + "\":";
                appendDocument(scope, item, out);
            }
            out += '}';
            return;
        }
        default:
            if (!isPlainText(value)) return encode();
            out += '"' + textOf(scope, value).inDocument() + '"';
    }
}

}  // namespace

Template textOf(StackScope& scope, const Value& value) {
    const Node& node = *value.node();
    switch (node.kind) {
        case NodeKind::String:
            return stringText(scope, as<StringNode>(node).text);
        case NodeKind::Number:
        case NodeKind::Boolean:
            return Template::literal(writeJson(value, JsonStyle::Compact));
        case NodeKind::List:
        case NodeKind::Map:
        case NodeKind::Object:
            return Template::expression(expressionOf(scope, value));
        case NodeKind::Reference:
            return scope.reference(as<ReferenceNode>(node));
        case NodeKind::Attribute: {
            const auto& attribute = as<AttributeNode>(node);
            if (attribute.target->construct == nullptr) {
                scope.error("dangling-reference",
                    "refers to " + attribute.target->path + ", which is gone");
                return {};
            }
            return scope.attribute(*attribute.target->construct, attribute.attribute);
        }
        case NodeKind::Pseudo:
            return scope.pseudo(as<PseudoNode>(node).pseudo);
        case NodeKind::Function:
            return functionText(scope, as<FunctionNode>(node));
        case NodeKind::Import:
            return scope.import(as<ImportNode>(node));
        case NodeKind::Asset:
            return assetText(scope, as<AssetNode>(node));
        case NodeKind::Lazy:
            scope.error(
                "terraform-value", "holds a lazy value that was not computed; assemble the app");
            return {};
    }
    return {};
}

std::string expressionOf(StackScope& scope, const Value& value) {
    if (!value.present() || isNoValue(value)) return "null";
    const Node& node = *value.node();
    switch (node.kind) {
        case NodeKind::Number:
        case NodeKind::Boolean:
            return writeJson(value, JsonStyle::Compact);
        case NodeKind::List:
            return listExpression(scope, as<ListNode>(node).items);
        case NodeKind::Map:
        case NodeKind::Object:
            return mapExpression(scope, entriesOf(value));
        default:
            return textOf(scope, value).inExpression();
    }
}

Value argumentOf(StackScope& scope, const Value& value) {
    if (!value.present() || isNoValue(value)) return {};
    const Node& node = *value.node();
    if (node.kind == NodeKind::Number || node.kind == NodeKind::Boolean) return value;
    if (node.kind == NodeKind::List) {
        const auto& items = as<ListNode>(node).items;
        if (hasNullable(items)) return jsonExpression(expressionOf(scope, value));
        std::vector<Value> out;
        for (const auto& item : items) {
            auto argument = argumentOf(scope, item);
            if (argument.present()) out.push_back(std::move(argument));
        }
        return make<ListNode>(std::move(out));
    }
    if (node.kind == NodeKind::Map || node.kind == NodeKind::Object) {
        const auto entries = entriesOf(value);
        if (hasNullableEntry(entries)) return jsonExpression(expressionOf(scope, value));
        if (reportRawFunction(scope, entries)) return {};
        detail::MapBuilder out;
        for (const auto& [key, item] : entries) {
            auto argument = argumentOf(scope, item);
            if (argument.present()) out.add(escapeTemplate(key), std::move(argument));
        }
        return out.take();
    }
    return jsonString(textOf(scope, value));
}

Value documentOf(StackScope& scope, const Value& value) {
    if (!value.present() || isNoValue(value)) return {};
    if (!isContainer(value)) {
        const auto* choice = functionOf(value, Intrinsic::If);
        const bool structured =
            choice != nullptr &&
            (isContainer(choice->arguments[1]) || isContainer(choice->arguments[2]));
        if (!structured) return argumentOf(scope, value);
        const auto branch = [&](const Value& which) {
            return isContainer(which)
                       ? "jsonencode(" + expressionOf(scope, which) + ")"
                       : expressionOf(scope, which);
        };
        return jsonExpression(
            expressionOf(scope, choice->arguments[0]) + " ? " + branch(choice->arguments[1]) +
            " : " + branch(choice->arguments[2]));
    }
    std::string out;
    appendDocument(scope, value, out);
    return make<StringNode>(std::move(out));
}

bool hasNullable(const std::vector<Value>& items) {
    return std::any_of(items.begin(), items.end(), mayBeNull);
}

bool mayBeNull(const Value& value) {
    const auto* choice = functionOf(value, Intrinsic::If);
    return choice != nullptr &&
           std::any_of(choice->arguments.begin() + 1, choice->arguments.end(),
               [](const Value& branch) { return isNoValue(branch) || mayBeNull(branch); });
}

}  // namespace loam::terraform
