// Values that become blocks: lists, structs and pairs, and the conditions within them.
#include <algorithm>

#include "templates/src/terraform/expressions.hpp"

namespace loam::terraform {

namespace {

std::string both(const std::string& outer, const std::string& inner) {
    return outer.empty() ? inner : "(" + outer + " && " + inner + ")";
}

void collect(StackScope& scope, const Guarded& item, std::vector<Guarded>& out) {
    if (!item.value.present() || isNoValue(item.value)) return;
    const Node& node = *item.value.node();
    if (node.kind == NodeKind::List) {
        int index = 0;
        for (const auto& entry : as<ListNode>(node).items) {
            collect(scope, {item.guard, entry, item.path + "." + std::to_string(index++)}, out);
        }
        return;
    }
    const bool isChoice =
        node.kind == NodeKind::Function && as<FunctionNode>(node).function == Intrinsic::If;
    if (!isChoice) {
        out.push_back(item);
        return;
    }
    const auto& arguments = as<FunctionNode>(node).arguments;
    const auto condition = expressionOf(scope, arguments[0]);
    collect(scope, {both(item.guard, condition), arguments[1], item.path}, out);
    collect(scope, {both(item.guard, "!" + condition), arguments[2], item.path}, out);
}

}  // namespace

bool isContainer(const Value& value) {
    if (!value.present()) return false;
    const auto kind = value.node()->kind;
    return kind == NodeKind::List || kind == NodeKind::Map || kind == NodeKind::Object;
}

std::vector<MapNode::Entry> entriesOf(const Value& value) {
    const Node& node = *value.node();
    if (node.kind == NodeKind::Map) return as<MapNode>(node).entries;
    std::vector<MapNode::Entry> entries;
    const auto& object = as<ObjectNode>(node);
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
        if (object.fields[i].present()) {
            entries.emplace_back(object.table->fields[i].name, object.fields[i]);
        }
    }
    std::sort(entries.begin(), entries.end(), [](const auto& left, const auto& right) {
        return left.first < right.first;
    });
    return entries;
}

std::vector<Guarded> itemsOf(StackScope& scope, const Value& value, const std::string& path) {
    std::vector<Guarded> out;
    collect(scope, {"", value, path}, out);
    return out;
}

std::vector<MapNode::Entry> fieldsOf(StackScope& scope, const Guarded& item) {
    const auto kind = item.value.node()->kind;
    if (kind != NodeKind::Map && kind != NodeKind::Object) {
        scope.enter(*scope.construct(), item.path);
        scope.error("terraform-structure",
            "is known only at deployment, but Terraform needs its fields now; write the fields, "
            "and "
            "put conditions on the fields or on the whole");
        return {};
    }
    auto fields = entriesOf(item.value);
    std::erase_if(fields, [](const auto& field) { return isNoValue(field.second); });
    return fields;
}

Value pairsOf(StackScope& scope, const Value& list, std::string_view key, std::string_view value,
    const std::string& path) {
    detail::MapBuilder fixed;
    std::string fixedExpression;
    std::string guarded;
    for (const auto& item : itemsOf(scope, list, path)) {
        const auto name = propertyOf(item.value, key);
        const auto text = propertyOf(item.value, value);
        if (!name.present() || !text.present() || fieldsOf(scope, item).size() != 2) {
            scope.error("terraform-property",
                path + " needs " + std::string(key) + " and " + std::string(value) +
                    " in every entry and nothing else");
            continue;
        }
        const auto entry = "(" + expressionOf(scope, name) + ") = " + expressionOf(scope, text);
        if (item.guard.empty()) {
            fixed.add(textOf(scope, name).inJson(), argumentOf(scope, text));
            fixedExpression += (fixedExpression.empty() ? "" : ", ") + entry;
        } else {
            guarded += ", " + item.guard + " ? {" + entry + "} : {}";
        }
    }
    if (guarded.empty()) return fixed.take();
    return jsonExpression("merge({" + fixedExpression + "}" + guarded + ")");
}

}  // namespace loam::terraform
