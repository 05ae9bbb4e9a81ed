#include "runtime/request/value.hpp"

#include <algorithm>

namespace loam::runtime::request {
namespace {

const Children none = {};

}  // namespace

Value Value::list(std::vector<Value> items, Location location) {
    Value value;
    value.kind = Kind::List;
    value.location = location;
    if (!items.empty()) {
        value.children = std::make_shared<const Children>(Children{.items = std::move(items)});
    }
    return value;
}

Value Value::object(std::vector<Member> members, Location location) {
    Value value;
    value.kind = Kind::Object;
    value.location = location;
    if (!members.empty()) {
        value.children = std::make_shared<const Children>(Children{.members = std::move(members)});
    }
    return value;
}

const std::vector<Value>& Value::items() const { return children ? children->items : none.items; }

const std::vector<Member>& Value::members() const {
    return children ? children->members : none.members;
}

const Value* Value::find(std::string_view name) const {
    for (const Member& member : members()) {
        if (member.name == name) {
            return &member.value;
        }
    }
    return nullptr;
}

bool operator==(const Value& left, const Value& right) {
    const auto sameText = [](std::string_view a, std::string_view b) {
        return a.size() == b.size() && (a.data() == b.data() || a == b);
    };
    if (left.kind != right.kind || !sameText(left.text, right.text)) {
        return false;
    }
    if (left.children == right.children) {
        return left.boolean == right.boolean;
    }
    return left.items() == right.items() &&
           std::equal(left.members().begin(), left.members().end(), right.members().begin(),
               right.members().end(), [](const Member& a, const Member& b) {
                   return a.name == b.name && a.value == b.value;
               });
}

}  // namespace loam::runtime::request
