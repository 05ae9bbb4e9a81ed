#include <algorithm>
#include <charconv>

#include "constructs/src/core/assembly_steps.hpp"

namespace loam {

namespace {

/// Splits `A.B\.C.0` at the dots that no backslash precedes.
std::vector<std::string> splitPath(std::string_view path) {
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '\\' && i + 1 < path.size() && path[i + 1] == '.') {
            parts.back() += path[++i];
        } else if (path[i] == '.') {
            parts.emplace_back();
        } else {
            parts.back() += path[i];
        }
    }
    return parts;
}

/// A struct as a map, since an override may add names that the struct does not have.
std::vector<MapNode::Entry> entriesOf(const Value& value) {
    if (!value.present()) return {};
    const Node& node = *value.node();
    if (node.kind == NodeKind::Map) return as<MapNode>(node).entries;
    std::vector<MapNode::Entry> entries;
    const auto& object = as<ObjectNode>(node);
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
        if (object.fields[i].present()) {
            entries.emplace_back(object.table->fields[i].name, object.fields[i]);
        }
    }
    std::ranges::sort(entries, {}, &MapNode::Entry::first);
    return entries;
}

class Application {
  public:
    Application(
        std::string_view path, const Value& value, const Resource& resource, Findings& findings)
        : path_(path),
          parts_(splitPath(path)),
          value_(value),
          resource_(resource),
          findings_(findings) {}

    Value apply(const Value& at) { return applyAt(at, 0); }

  private:
    Value applyAt(const Value& at, std::size_t depth) {
        if (depth == parts_.size()) return value_;
        if (at.present() && at.node()->kind == NodeKind::List) return applyToList(at, depth);
        // The first item of what is not there yet makes it a list.
        if (!at.present() && value_.present() && parts_[depth] == "0")
            return applyToList(make<ListNode>(std::vector<Value>()), depth);
        const bool isObject =
            !at.present() || at.node()->kind == NodeKind::Map ||
            at.node()->kind == NodeKind::Object;
        if (!isObject) return reject(at, depth, "is neither an object nor a list");
        return applyToMap(at, depth);
    }

    Value applyToMap(const Value& at, std::size_t depth) {
        if (!at.present() && !value_.present()) return at;
        auto entries = entriesOf(at);
        const auto& key = parts_[depth];
        auto place = std::ranges::lower_bound(entries, key, {}, &MapNode::Entry::first);
        const bool exists = place != entries.end() && place->first == key;
        auto changed = applyAt(exists ? place->second : Value(), depth + 1);
        if (exists && changed.present()) {
            place->second = std::move(changed);
        } else if (exists) {
            entries.erase(place);
        } else if (changed.present()) {
            entries.emplace(place, key, std::move(changed));
        }
        return make<MapNode>(std::move(entries));
    }

    Value applyToList(const Value& at, std::size_t depth) {
        auto items = as<ListNode>(*at.node()).items;
        const auto& part = parts_[depth];
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
        if (error != std::errc() || end != part.data() + part.size() || index > items.size()) {
            return reject(at, depth,
                "is a list of " + std::to_string(items.size()) + "; write an index from 0 to " +
                    std::to_string(items.size()));
        }
        if (index == items.size()) items.emplace_back();
        items[index] = applyAt(items[index], depth + 1);
        std::erase_if(items, [](const Value& item) { return !item.present(); });
        return make<ListNode>(std::move(items));
    }

    Value reject(const Value& at, std::size_t depth, const std::string& problem) {
        std::string where;
        for (std::size_t i = 0; i < depth; ++i) where += (i == 0 ? "" : ".") + parts_[i];
        findings_.error(resource_, "override-path",
            "the override of " + path_ + " cannot be applied: " + where + " " + problem, path_);
        return at;
    }

    std::string path_;
    std::vector<std::string> parts_;
    const Value& value_;
    const Resource& resource_;
    Findings& findings_;
};

}  // namespace

Value applyOverride(const Value& root, std::string_view path, const Value& value,
    const Resource& resource, Findings& findings) {
    return Application(path, value, resource, findings).apply(root);
}

}  // namespace loam
