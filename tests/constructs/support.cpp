#include "tests/constructs/support.hpp"

namespace loam::test {

namespace {

std::string showAll(const std::vector<Value>& values) {
    std::string text;
    for (const auto& value : values) text += (text.empty() ? "" : ",") + show(value);
    return text;
}

constexpr const char* functionNames[] = {"Concat", "Join", "Select", "Split", "Base64", "GetAZs",
    "Cidr", "ImportValue", "FindInMap", "If", "And", "Or", "Not", "Equals", "Length",
    "ToJsonString"};

}  // namespace

std::string show(const Value& value) {
    if (!value.present()) return "absent";
    const Node& node = *value.node();
    switch (node.kind) {
        case NodeKind::String:
            return "\"" + as<StringNode>(node).text + "\"";
        case NodeKind::Number: {
            const auto& number = as<NumberNode>(node);
            return number.integral ? std::to_string(number.integer) : std::to_string(number.real);
        }
        case NodeKind::Boolean:
            return as<BooleanNode>(node).value ? "true" : "false";
        case NodeKind::List:
            return "[" + showAll(as<ListNode>(node).items) + "]";
        case NodeKind::Map: {
            std::string text;
            for (const auto& [key, item] : as<MapNode>(node).entries) {
                text += (text.empty() ? "" : ",") + key + ":" + show(item);
            }
            return "{" + text + "}";
        }
        case NodeKind::Object: {
            const auto& object = as<ObjectNode>(node);
            std::string text;
            for (std::size_t i = 0; i < object.fields.size(); ++i) {
                if (!object.fields[i].present()) continue;
                text += (text.empty() ? "" : ",") + std::string(object.table->fields[i].name) +
                        ":" + show(object.fields[i]);
            }
            return "{" + text + "}";
        }
        case NodeKind::Reference:
            return "Ref(" + as<ReferenceNode>(node).target->path + ")";
        case NodeKind::Attribute:
            return "GetAtt(" + as<AttributeNode>(node).target->path + "," +
                   as<AttributeNode>(node).attribute + ")";
        case NodeKind::Pseudo:
            return std::string(name(as<PseudoNode>(node).pseudo));
        case NodeKind::Function: {
            const auto& function = as<FunctionNode>(node);
            return functionNames[static_cast<std::size_t>(function.function)] + std::string("(") +
                   showAll(function.arguments) + ")";
        }
        case NodeKind::Import:
            return "Import(" + as<ImportNode>(node).exportName + ")";
        case NodeKind::Asset:
            return "Asset(" + as<AssetNode>(node).target->path + ")";
        case NodeKind::Lazy:
            return "Lazy";
    }
    return {};
}

std::string property(const AssembledResource& entry, std::string_view name) {
    if (!entry.properties.present()) return "absent";
    const Node& node = *entry.properties.node();
    if (node.kind == NodeKind::Map) {
        const Value* value = as<MapNode>(node).find(name);
        return value == nullptr ? "absent" : show(*value);
    }
    const auto& object = as<ObjectNode>(node);
    const int index = object.table->find(name);
    return index < 0 ? "no such property" : show(object.fields[static_cast<std::size_t>(index)]);
}

}  // namespace loam::test
