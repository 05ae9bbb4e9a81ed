#include <loam/node.hpp>

#include <algorithm>

namespace loam {

namespace {

bool anyLate(const std::vector<Value>& values) {
    return std::ranges::any_of(values, [](const Value& value) {
        return value.present() && value.node()->late;
    });
}

bool anyLate(const std::vector<MapNode::Entry>& entries) {
    return std::ranges::any_of(entries, [](const auto& entry) {
        return entry.second.present() && entry.second.node()->late;
    });
}

bool equalLists(const std::vector<Value>& left, const std::vector<Value>& right) {
    return std::ranges::equal(left, right, equal);
}

bool equalEntries(const MapNode& left, const MapNode& right) {
    return std::ranges::equal(left.entries, right.entries, [](const auto& a, const auto& b) {
        return a.first == b.first && equal(a.second, b.second);
    });
}

bool equalNumbers(const NumberNode& left, const NumberNode& right) {
    if (left.integral != right.integral) return false;
    return left.integral ? left.integer == right.integer : left.real == right.real;
}

bool equalNodes(const Node& left, const Node& right) {
    switch (left.kind) {
        case NodeKind::String:
            return as<StringNode>(left).text == as<StringNode>(right).text;
        case NodeKind::Number:
            return equalNumbers(as<NumberNode>(left), as<NumberNode>(right));
        case NodeKind::Boolean:
            return as<BooleanNode>(left).value == as<BooleanNode>(right).value;
        case NodeKind::List:
            return equalLists(as<ListNode>(left).items, as<ListNode>(right).items);
        case NodeKind::Map:
            return equalEntries(as<MapNode>(left), as<MapNode>(right));
        case NodeKind::Object:
            return as<ObjectNode>(left).table == as<ObjectNode>(right).table &&
                   equalLists(as<ObjectNode>(left).fields, as<ObjectNode>(right).fields);
        case NodeKind::Reference:
            return as<ReferenceNode>(left).target == as<ReferenceNode>(right).target;
        case NodeKind::Attribute:
            return as<AttributeNode>(left).target == as<AttributeNode>(right).target &&
                   as<AttributeNode>(left).attribute == as<AttributeNode>(right).attribute;
        case NodeKind::Pseudo:
            return as<PseudoNode>(left).pseudo == as<PseudoNode>(right).pseudo;
        case NodeKind::Function:
            return as<FunctionNode>(left).function == as<FunctionNode>(right).function &&
                   equalLists(as<FunctionNode>(left).arguments, as<FunctionNode>(right).arguments);
        case NodeKind::Import:
            return as<ImportNode>(left).producer == as<ImportNode>(right).producer &&
                   as<ImportNode>(left).outputId == as<ImportNode>(right).outputId;
        case NodeKind::Asset:
            return as<AssetNode>(left).target == as<AssetNode>(right).target;
        case NodeKind::Lazy:
            return &left == &right;
    }
    return false;
}

}  // namespace

ListNode::ListNode(std::vector<Value> values)
    : Node(NodeKind::List, anyLate(values)), items(std::move(values)) {}

MapNode::MapNode(std::vector<Entry> sortedEntries)
    : Node(NodeKind::Map, anyLate(sortedEntries)), entries(std::move(sortedEntries)) {}

const Value* MapNode::find(std::string_view key) const {
    const auto entry = std::ranges::lower_bound(entries, key, {}, &Entry::first);
    return entry != entries.end() && entry->first == key ? &entry->second : nullptr;
}

ObjectNode::ObjectNode(const StructTable& structTable, std::vector<Value> values)
    : Node(NodeKind::Object, anyLate(values)), table(&structTable), fields(std::move(values)) {}

const std::string* literal(const Value& value) {
    if (!value.present() || value.node()->kind != NodeKind::String) return nullptr;
    return &as<StringNode>(*value.node()).text;
}

Value propertyOf(const Value& object, std::string_view name) {
    if (!object.present()) return {};
    const Value* found = nullptr;
    if (object.node()->kind == NodeKind::Map) {
        found = as<MapNode>(*object.node()).find(name);
    } else if (object.node()->kind == NodeKind::Object) {
        const auto& fields = as<ObjectNode>(*object.node());
        const int index = fields.table->find(name);
        if (index >= 0) found = &fields.fields[static_cast<std::size_t>(index)];
    }
    return found == nullptr || isNoValue(*found) ? Value() : *found;
}

bool isNoValue(const Value& value) {
    return value.present() && value.node()->kind == NodeKind::Pseudo &&
           as<PseudoNode>(*value.node()).pseudo == Pseudo::NoValue;
}

std::string_view name(Pseudo pseudo) {
    switch (pseudo) {
        case Pseudo::AccountId:
            return "AWS::AccountId";
        case Pseudo::Region:
            return "AWS::Region";
        case Pseudo::Partition:
            return "AWS::Partition";
        case Pseudo::UrlSuffix:
            return "AWS::URLSuffix";
        case Pseudo::StackName:
            return "AWS::StackName";
        case Pseudo::StackId:
            return "AWS::StackId";
        case Pseudo::NotificationArns:
            return "AWS::NotificationARNs";
        case Pseudo::NoValue:
            return "AWS::NoValue";
    }
    return {};
}

bool equal(const Value& left, const Value& right) {
    if (left.node() == right.node()) return true;
    if (!left.present() || !right.present()) return false;
    return left.node()->kind == right.node()->kind && equalNodes(*left.node(), *right.node());
}

}  // namespace loam
