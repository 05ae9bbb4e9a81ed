#include "constructs/src/validation/plain_data.hpp"

namespace loam {

std::string_view plainTarget(const MapNode& map) {
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

std::optional<FunctionCall> functionIn(const Node& node) {
    if (node.kind == NodeKind::Function) {
        const auto& function = as<FunctionNode>(node);
        return FunctionCall{function.function, function.arguments};
    }
    if (node.kind != NodeKind::Map || as<MapNode>(node).entries.size() != 1) return std::nullopt;
    const auto& [key, value] = as<MapNode>(node).entries.front();
    if (!value.present() || value.node()->kind != NodeKind::List) return std::nullopt;
    constexpr std::pair<std::string_view, Intrinsic> known[] = {
        {"Fn::Cidr", Intrinsic::Cidr},
        {"Fn::FindInMap", Intrinsic::FindInMap},
        {"Fn::Select", Intrinsic::Select},
        {"Fn::Split", Intrinsic::Split},
    };
    for (const auto& [name, function] : known) {
        if (key == name) return FunctionCall{function, as<ListNode>(*value.node()).items};
    }
    return std::nullopt;
}

}  // namespace loam
