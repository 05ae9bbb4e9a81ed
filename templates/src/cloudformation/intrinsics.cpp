#include "templates/src/cloudformation/intrinsics.hpp"

#include <loam/asset.hpp>
#include <loam/error.hpp>
#include <loam/stack.hpp>

#include <optional>

namespace loam::cloudformation {

namespace {

Value text(std::string_view value) { return make<StringNode>(std::string(value)); }

Value list(std::vector<Value> items) { return make<ListNode>(std::move(items)); }

std::string_view logicalId(const Target& target) {
    const auto* element = dynamic_cast<const Element*>(&alive(target));
    if (element == nullptr) {
        throw ValidationError(target.path, "is referred to, but has no logical id");
    }
    return element->logicalId();
}

std::string_view keyOf(Intrinsic function) {
    switch (function) {
        case Intrinsic::Concat:
        case Intrinsic::Join:
            return "Fn::Join";
        case Intrinsic::Select:
            return "Fn::Select";
        case Intrinsic::Split:
            return "Fn::Split";
        case Intrinsic::Base64:
            return "Fn::Base64";
        case Intrinsic::GetAzs:
            return "Fn::GetAZs";
        case Intrinsic::Cidr:
            return "Fn::Cidr";
        case Intrinsic::ImportValue:
            return "Fn::ImportValue";
        case Intrinsic::FindInMap:
            return "Fn::FindInMap";
        case Intrinsic::If:
            return "Fn::If";
        case Intrinsic::And:
            return "Fn::And";
        case Intrinsic::Or:
            return "Fn::Or";
        case Intrinsic::Not:
            return "Fn::Not";
        case Intrinsic::Equals:
            return "Fn::Equals";
        case Intrinsic::Length:
            return "Fn::Length";
        case Intrinsic::ToJsonString:
            return "Fn::ToJsonString";
    }
    return {};
}

/// The literal as Fn::Sub reads it, or nothing if a `${` in it has no end of its own: what Fn::Sub
/// makes of that is not defined.
std::optional<std::string> escapedForSub(const std::string& literalText) {
    std::string escaped;
    std::size_t start = 0;
    for (;;) {
        const std::size_t open = literalText.find("${", start);
        if (open == std::string::npos) break;
        const std::size_t close = literalText.find('}', open);
        if (close == std::string::npos || literalText.find("${", open + 2) < close)
            return std::nullopt;
        escaped.append(literalText, start, open - start).append("${!");
        start = open + 2;
    }
    return escaped.append(literalText, start);
}

/// The piece as it stands in the text of Fn::Sub, or nothing if it cannot.
std::optional<std::string> subPiece(const Value& piece) {
    const Node& node = *piece.node();
    switch (node.kind) {
        case NodeKind::String:
            return escapedForSub(as<StringNode>(node).text);
        case NodeKind::Reference:
            return "${" + std::string(logicalId(*as<ReferenceNode>(node).target)) + "}";
        case NodeKind::Attribute: {
            const auto& attribute = as<AttributeNode>(node);
            if (attribute.isList) return std::nullopt;
            return "${" + std::string(logicalId(*attribute.target)) + "." + attribute.attribute +
                   "}";
        }
        case NodeKind::Pseudo:
            return "${" + std::string(name(as<PseudoNode>(node).pseudo)) + "}";
        default:
            return std::nullopt;
    }
}

/// The text of Fn::Sub, or nothing if a piece needs Fn::Join.
std::optional<std::string> subText(const std::vector<Value>& pieces) {
    std::string out;
    for (const Value& piece : pieces) {
        const std::optional<std::string> next = subPiece(piece);
        if (!next) return std::nullopt;
        out += *next;
    }
    return out;
}

Value reference(const ReferenceNode& node) {
    const std::string_view id = logicalId(*node.target);
    const bool condition = dynamic_cast<const Condition*>(node.target->construct) != nullptr;
    return single(condition ? "Condition" : "Ref", text(id));
}

Value assetFile(const AssetNode& node) {
    const auto* asset = dynamic_cast<const Asset*>(&alive(*node.target));
    if (asset == nullptr) throw ValidationError(node.target->path, "is no asset");
    return text(asset->fileName());
}

}  // namespace

Value single(std::string_view key, Value value) {
    std::vector<MapNode::Entry> entries;
    entries.emplace_back(key, std::move(value));
    return make<MapNode>(std::move(entries));
}

bool isLanguageExtension(Intrinsic function) {
    return function == Intrinsic::Length || function == Intrinsic::ToJsonString;
}

const Construct& alive(const Target& target) {
    if (target.construct == nullptr) {
        throw ValidationError(target.path, "is referred to, but no longer exists");
    }
    return *target.construct;
}

Value Intrinsics::property(const Value& value) {
    if (!value.present() || isNoValue(value)) return {};
    return argument(value);
}

Value Intrinsics::argument(const Value& value) {
    if (!value.present()) return single("Ref", text(name(Pseudo::NoValue)));
    return value.node()->late ? rewrite(*value.node()) : value;
}

Value Intrinsics::rewrite(const Node& node) {
    switch (node.kind) {
        case NodeKind::List:
            return rewriteList(as<ListNode>(node));
        case NodeKind::Map:
            return rewriteMap(as<MapNode>(node));
        case NodeKind::Object:
            return rewriteObject(as<ObjectNode>(node));
        case NodeKind::Reference:
            return reference(as<ReferenceNode>(node));
        case NodeKind::Attribute: {
            const auto& attribute = as<AttributeNode>(node);
            return single("Fn::GetAtt",
                list({text(logicalId(*attribute.target)), text(attribute.attribute)}));
        }
        case NodeKind::Pseudo:
            return single("Ref", text(name(as<PseudoNode>(node).pseudo)));
        case NodeKind::Function:
            return rewriteFunction(as<FunctionNode>(node));
        case NodeKind::Import:
            return rewriteImport(as<ImportNode>(node));
        case NodeKind::Asset:
            return assetFile(as<AssetNode>(node));
        case NodeKind::Lazy:
            throw ValidationError(
                {}, "a lazy value was left in the assembled stack; this is a bug in loam");
        case NodeKind::String:
        case NodeKind::Number:
        case NodeKind::Boolean:
            break;
    }
    return Value(&node);
}

Value Intrinsics::rewriteList(const ListNode& values) {
    std::vector<Value> items;
    items.reserve(values.items.size());
    for (const Value& item : values.items) {
        if (Value rewritten = property(item); rewritten.present())
            items.push_back(std::move(rewritten));
    }
    return list(std::move(items));
}

Value Intrinsics::rewriteMap(const MapNode& map) {
    std::vector<MapNode::Entry> entries;
    entries.reserve(map.entries.size());
    for (const auto& [key, value] : map.entries) {
        if (Value rewritten = property(value); rewritten.present()) {
            entries.emplace_back(key, std::move(rewritten));
        }
    }
    return make<MapNode>(std::move(entries));
}

Value Intrinsics::rewriteObject(const ObjectNode& object) {
    std::vector<Value> fields;
    fields.reserve(object.fields.size());
    for (const Value& field : object.fields) fields.push_back(property(field));
    return make<ObjectNode>(*object.table, std::move(fields));
}

Value Intrinsics::rewriteImport(const ImportNode& import) {
    Value value = single("Fn::ImportValue", text(import.exportName));
    if (!import.isList) return value;
    return single("Fn::Split", list({text("||"), std::move(value)}));
}

Value Intrinsics::rewriteFunction(const FunctionNode& function) {
    usesLanguageExtensions_ = usesLanguageExtensions_ || isLanguageExtension(function.function);
    const std::string_view key = keyOf(function.function);
    switch (function.function) {
        case Intrinsic::Concat:
            return rewriteConcat(function);
        case Intrinsic::GetAzs: {
            const Value region =
                property(function.arguments.empty() ? Value() : function.arguments[0]);
            return single(key, region.present() ? region : text(""));
        }
        case Intrinsic::Base64:
        case Intrinsic::ImportValue:
        case Intrinsic::Length:
        case Intrinsic::ToJsonString:
            return single(key, argument(function.arguments.at(0)));
        case Intrinsic::If:
        case Intrinsic::FindInMap:
            return single(key, named(function, 0));
        case Intrinsic::Join:
        case Intrinsic::Select:
        case Intrinsic::Split:
        case Intrinsic::Cidr:
        case Intrinsic::And:
        case Intrinsic::Or:
        case Intrinsic::Not:
        case Intrinsic::Equals:
            break;
    }
    return single(key, arguments(function));
}

Value Intrinsics::rewriteConcat(const FunctionNode& function) {
    if (const auto sub = subText(function.arguments)) return single("Fn::Sub", text(*sub));
    return single("Fn::Join", list({text(""), arguments(function)}));
}

Value Intrinsics::arguments(const FunctionNode& function) {
    std::vector<Value> items;
    items.reserve(function.arguments.size());
    for (const Value& value : function.arguments) items.push_back(argument(value));
    return list(std::move(items));
}

/// Arguments of which one names a condition or a mapping: it is written as a plain logical id.
Value Intrinsics::named(const FunctionNode& function, std::size_t namedArgument) {
    std::vector<Value> items;
    items.reserve(function.arguments.size());
    for (std::size_t i = 0; i < function.arguments.size(); ++i) {
        const Value& value = function.arguments[i];
        if (i == namedArgument && value.node()->kind == NodeKind::Reference) {
            items.push_back(text(logicalId(*as<ReferenceNode>(*value.node()).target)));
        } else {
            items.push_back(argument(value));
        }
    }
    return list(std::move(items));
}

}  // namespace loam::cloudformation
