#pragma once

// The one walk through the values of a finished document. What differs between JSON and YAML is how
// each part is written, so the walk leaves out what is absent, refuses what is not literal, and
// hands the rest to a writer:
//
//     void text(const std::string& text);
//     void number(const Value& number);
//     void boolean(bool value);
//     bool beginMap(const Value& map, bool empty);  // false: the writer wrote all of it itself
//     void key(std::string_view name);
//     void endMap();
//     void beginList(bool empty);
//     void item();  // before each item of a list
//     void endList();

#include <loam/error.hpp>
#include <loam/node.hpp>

#include <algorithm>
#include <string_view>

namespace loam {

/// Calls the writer for the value and all that is in it, structs in the order of their table.
/// Throws ValidationError for a value that is not literal.
template <class Writer>
void walkDocument(const Value& value, Writer& writer);

namespace detail {

template <class Visit>
void forEachEntry(const Value& mapOrObject, Visit visit) {
    const Node& node = *mapOrObject.node();
    if (node.kind == NodeKind::Map) {
        for (const auto& [name, value] : as<MapNode>(node).entries) {
            if (value.present()) visit(std::string_view(name), value);
        }
        return;
    }
    const auto& object = as<ObjectNode>(node);
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
        if (object.fields[i].present()) visit(object.table->fields[i].name, object.fields[i]);
    }
}

template <class Writer>
void walkMap(const Value& value, Writer& writer) {
    bool empty = true;
    forEachEntry(value, [&](std::string_view, const Value&) { empty = false; });
    if (!writer.beginMap(value, empty)) return;
    forEachEntry(value, [&](std::string_view name, const Value& entry) {
        writer.key(name);
        walkDocument(entry, writer);
    });
    writer.endMap();
}

template <class Writer>
void walkList(const ListNode& list, Writer& writer) {
    writer.beginList(std::none_of(list.items.begin(), list.items.end(), [](const Value& item) {
        return item.present();
    }));
    for (const Value& item : list.items) {
        if (!item.present()) continue;
        writer.item();
        walkDocument(item, writer);
    }
    writer.endList();
}

}  // namespace detail

template <class Writer>
void walkDocument(const Value& value, Writer& writer) {
    const Node& node = *value.node();
    switch (node.kind) {
        case NodeKind::String:
            return writer.text(as<StringNode>(node).text);
        case NodeKind::Number:
            return writer.number(value);
        case NodeKind::Boolean:
            return writer.boolean(as<BooleanNode>(node).value);
        case NodeKind::List:
            return detail::walkList(as<ListNode>(node), writer);
        case NodeKind::Map:
        case NodeKind::Object:
            return detail::walkMap(value, writer);
        case NodeKind::Reference:
        case NodeKind::Attribute:
        case NodeKind::Pseudo:
        case NodeKind::Function:
        case NodeKind::Import:
        case NodeKind::Asset:
        case NodeKind::Lazy:
            break;
    }
    throw ValidationError({}, "a value known only at deployment has no text in a document");
}

}  // namespace loam
