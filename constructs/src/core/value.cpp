#include <loam/error.hpp>
#include <loam/node.hpp>
#include <loam/value.hpp>

#include <algorithm>

namespace loam {

namespace {

void destroy(const Node* node) {
    switch (node->kind) {
        case NodeKind::String:
            delete static_cast<const StringNode*>(node);
            return;
        case NodeKind::Number:
            delete static_cast<const NumberNode*>(node);
            return;
        case NodeKind::Boolean:
            delete static_cast<const BooleanNode*>(node);
            return;
        case NodeKind::List:
            delete static_cast<const ListNode*>(node);
            return;
        case NodeKind::Map:
            delete static_cast<const MapNode*>(node);
            return;
        case NodeKind::Object:
            delete static_cast<const ObjectNode*>(node);
            return;
        case NodeKind::Reference:
            delete static_cast<const ReferenceNode*>(node);
            return;
        case NodeKind::Attribute:
            delete static_cast<const AttributeNode*>(node);
            return;
        case NodeKind::Pseudo:
            delete static_cast<const PseudoNode*>(node);
            return;
        case NodeKind::Function:
            delete static_cast<const FunctionNode*>(node);
            return;
        case NodeKind::Import:
            delete static_cast<const ImportNode*>(node);
            return;
        case NodeKind::Asset:
            delete static_cast<const AssetNode*>(node);
            return;
        case NodeKind::Lazy:
            delete static_cast<const LazyNode*>(node);
            return;
    }
}

void acquire(const Node* node) noexcept {
    if (node != nullptr) ++node->references;
}

void release(const Node* node) noexcept {
    if (node != nullptr && --node->references == 0) destroy(node);
}

/// Appends a piece of a concatenation; neighbouring literals become one.
void appendPiece(std::vector<Value>& pieces, const Value& piece) {
    if (!piece.present()) return;
    if (piece.node()->kind == NodeKind::Function &&
        as<FunctionNode>(*piece.node()).function == Intrinsic::Concat) {
        for (const auto& inner : as<FunctionNode>(*piece.node()).arguments) {
            appendPiece(pieces, inner);
        }
        return;
    }
    const auto* text = literal(piece);
    if (text != nullptr && text->empty()) return;
    const auto* last = pieces.empty() ? nullptr : literal(pieces.back());
    if (text != nullptr && last != nullptr) {
        pieces.back() = make<StringNode>(*last + *text);
    } else {
        pieces.push_back(piece);
    }
}

Str concat(const std::vector<Value>& parts) {
    std::vector<Value> pieces;
    for (const auto& part : parts) appendPiece(pieces, part);
    if (pieces.empty()) return Str("");
    if (pieces.size() == 1) return Str::of(pieces.front());
    return Str::of(make<FunctionNode>(Intrinsic::Concat, std::move(pieces)));
}

[[noreturn]] void failFormat(std::string_view format, std::string_view problem) {
    throw ValidationError("", "sub(\"" + std::string(format) + "\"): " + std::string(problem));
}

}  // namespace

Value::Value(const Node* node) noexcept : node_(node) { acquire(node_); }
Value::Value(const Value& other) noexcept : node_(other.node_) { acquire(node_); }

Value& Value::operator=(const Value& other) noexcept {
    if (this == &other) return *this;
    acquire(other.node_);
    release(std::exchange(node_, other.node_));
    return *this;
}

Value& Value::operator=(Value&& other) noexcept {
    if (this != &other) release(std::exchange(node_, std::exchange(other.node_, nullptr)));
    return *this;
}

Value::~Value() { release(node_); }

Text::Text(std::string_view text) : Value(make<StringNode>(std::string(text))) {}

Text::operator std::string_view() const noexcept {
    return present() ? std::string_view(as<StringNode>(*node()).text) : std::string_view();
}

Str::Str(std::string_view text) : Value(make<StringNode>(std::string(text))) {}
Str::Str(NoValue) : Value(detail::noValue()) {}
Num::Num(NoValue) : Value(detail::noValue()) {}
Bool::Bool(NoValue) : Value(detail::noValue()) {}
Value Num::fromInteger(std::int64_t number) { return loam::make<NumberNode>(number); }
Value Num::fromDouble(double number) { return loam::make<NumberNode>(number); }
Value Bool::make(bool value) { return loam::make<BooleanNode>(value); }

Any Any::object(std::initializer_list<std::pair<std::string_view, Any>> entries) {
    detail::MapBuilder map;
    for (const auto& [key, value] : entries) {
        if (value.present()) map.add(key, value);
    }
    return Any(map.take());
}

Any Any::list(std::initializer_list<Any> items) {
    detail::ListBuilder list;
    for (const auto& item : items) list.add(item);
    return Any(list.take());
}

Str operator+(const Str& left, const Str& right) { return concat({left, right}); }

namespace detail {

ListBuilder::ListBuilder() : node_(new ListNode) { acquire(node_); }
ListBuilder::~ListBuilder() { release(node_); }

void ListBuilder::add(Value item) {
    if (!item.present()) return;
    auto& list = static_cast<ListNode&>(*node_);
    list.late = list.late || item.node()->late;
    list.items.push_back(std::move(item));
}

Value ListBuilder::take() { return Value(node_); }

MapBuilder::MapBuilder() : node_(new MapNode) { acquire(node_); }
MapBuilder::~MapBuilder() { release(node_); }

void MapBuilder::add(std::string_view key, Value item) {
    auto& map = static_cast<MapNode&>(*node_);
    if (item.present() && item.node()->late) map.late = true;
    const auto place = std::ranges::lower_bound(map.entries, key, {}, &MapNode::Entry::first);
    if (place != map.entries.end() && place->first == key) {
        place->second = std::move(item);
    } else {
        map.entries.emplace(place, std::string(key), std::move(item));
    }
}

Value MapBuilder::take() { return Value(node_); }

// A property struct holds nothing but values, so it is an array of them in memory; the generated
// code asserts that the number of fields in the table is the number of values in the struct.
Value makeObject(const StructTable& table, const Value* fields) {
    return make<ObjectNode>(table, std::vector<Value>(fields, fields + table.count));
}

Value noValue() {
    static const Value value = make<PseudoNode>(Pseudo::NoValue);
    return value;
}

Str subFormat(std::string_view format, const Value* arguments, std::size_t count) {
    std::vector<Value> parts;
    std::string text;
    std::size_t next = 0;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        const char following = i + 1 < format.size() ? format[i + 1] : '\0';
        if ((c == '{' || c == '}') && following == c) {
            text += c;
            ++i;
        } else if (c == '{' && following == '}') {
            if (next == count) failFormat(format, "has more {} than arguments");
            parts.push_back(make<StringNode>(std::exchange(text, {})));
            parts.push_back(arguments[next++]);
            ++i;
        } else if (c == '{' || c == '}') {
            failFormat(format, "has a single brace; write {{ or }} for the character itself");
        } else {
            text += c;
        }
    }
    if (next != count) failFormat(format, "has fewer {} than arguments");
    parts.push_back(make<StringNode>(std::move(text)));
    return concat(parts);
}

}  // namespace detail

}  // namespace loam
