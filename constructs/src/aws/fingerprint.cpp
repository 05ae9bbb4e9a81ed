#include "constructs/src/aws/fingerprint.hpp"

#include <loam/assembly.hpp>

#include <array>
#include <charconv>

#include "constructs/src/core/construct_state.hpp"
#include "constructs/src/core/logical_id.hpp"

namespace loam {

namespace {

void append(std::string& text, const Value& value);

/// What a node says apart from the nodes below it.
std::string contentOf(const Node& node) {
    switch (node.kind) {
        case NodeKind::String:
            return as<StringNode>(node).text;
        case NodeKind::Number: {
            const auto& number = as<NumberNode>(node);
            std::array<char, 32> text{};
            const auto written =
                number.integral
                    ? std::to_chars(text.begin(), text.end(), number.integer)
                    : std::to_chars(text.begin(), text.end(), number.real);
            return {text.data(), written.ptr};
        }
        case NodeKind::Boolean:
            return as<BooleanNode>(node).value ? "true" : "false";
        case NodeKind::Reference:
            return as<ReferenceNode>(node).target->path;
        case NodeKind::Attribute:
            return as<AttributeNode>(node).target->path + "." + as<AttributeNode>(node).attribute;
        case NodeKind::Pseudo:
            return std::string(name(as<PseudoNode>(node).pseudo));
        case NodeKind::Function:
            return std::to_string(static_cast<int>(as<FunctionNode>(node).function));
        case NodeKind::Import:
            return as<ImportNode>(node).exportName;
        case NodeKind::Asset: {
            const auto* asset = dynamic_cast<const Asset*>(as<AssetNode>(node).target->construct);
            return asset == nullptr ? std::string() : asset->sha256();
        }
        case NodeKind::Lazy: {
            std::string text;
            append(text, as<LazyNode>(node).produce());
            return text;
        }
        case NodeKind::List:
        case NodeKind::Map:
        case NodeKind::Object:
            return {};
    }
    return {};
}

void append(std::string& text, const Value& value) {
    visit(value, [&](const Node& node, const std::string& path) {
        text += path;
        text += '=';
        text += contentOf(node);
        text += '\n';
    });
}

}  // namespace

std::string fingerprint(const Resource& resource) {
    std::string text;
    append(text, resource.properties());
    for (const auto& change : resource.elementState().overrides) {
        text += change.path;
        text += '\n';
        append(text, change.value);
    }
    return sha256Hex(text);
}

}  // namespace loam
