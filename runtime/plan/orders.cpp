#include "runtime/plan/orders.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using schema::Field;
using schema::Model;

bool isDescending(const Context& context, const Value& value) {
    const std::string_view word = wordOf(value);
    if (word.empty()) {
        context.failType(value, {"SortOrder (asc or desc)"});
    }
    if (word != "asc" && word != "desc") {
        context.failValue(value, "`" + std::string(word) + "` is not asc or desc", "SortOrder");
    }
    return word == "desc";
}

/// `asc`, or `{sort: asc, nulls: first}` for fields that may be null.
Order orderOf(Context& context, const Field& field, const Value& value) {
    if (value.kind != Value::Kind::Object || field.isRequired()) {
        const bool descending = isDescending(context, value);
        return {&field, descending, !descending, false};
    }
    Order order{&field, false, true, false};
    const Value* sort = value.find("sort");
    if (sort == nullptr) {
        const auto step = context.enterArgument("sort");
        context.failRequired(value.location);
    }
    for (const Member& member : value.members()) {
        const auto step = context.enterArgument(member.name);
        if (member.name == "sort") {
            order.isDescending = isDescending(context, member.value);
        } else if (member.name != "nulls") {
            context.failUnknownField(member, {"sort", "nulls"});
        }
    }
    order.nullsFirst = !order.isDescending;
    if (const Value* nulls = value.find("nulls"); nulls != nullptr && !nulls->isNull()) {
        const auto step = context.enterArgument("nulls");
        const std::string_view word = wordOf(*nulls);
        if (word.empty()) {
            context.failType(*nulls, {"NullsOrder (first or last)"});
        }
        if (word != "first" && word != "last") {
            context.failValue(
                *nulls, "`" + std::string(word) + "` is not first or last", "NullsOrder");
        }
        order.nullsFirst = word == "first";
    }
    return order;
}

Names orderNames(const Model& model) {
    Names names;
    for (const Field& field : model.fields) {
        if (field.isUsableColumn() || (field.isRelation() && !field.isIgnored)) {
            names.push_back(field.name);
        }
    }
    return names;
}

using Path = std::vector<const Link*>;

/// `{_count: asc}`: the number of related records.
void addCountOrder(
    Context& context, const Value& element, const Path& path, std::vector<Order>& orders) {
    for (const Member& member :
        membersOf(context, element, path.back()->related->name + "OrderByRelationAggregateInput")) {
        const auto step = context.enterArgument(member.name);
        if (member.name != "_count") {
            context.failUnknownField(member, {"_count"});
        }
        const bool descending = isDescending(context, member.value);
        orders.push_back({nullptr, descending, !descending, false, path});
    }
}

/// `{_avg: {age: asc}}`: what an aggregation makes of each group.
void addAggregationOrder(Context& context, const Model& model, const AggregationRow& row,
    const Value& element, std::vector<Order>& orders) {
    const std::string type = model.name + std::string(row.word) + "OrderByAggregateInput";
    for (const Member& member : membersOf(context, element, type)) {
        const auto step = context.enterArgument(member.name);
        const Field* field = model.findField(member.name);
        if (field == nullptr || !canAggregate(row, *field)) {
            context.failUnknownField(member, orderNames(model));
        }
        const bool descending = isDescending(context, member.value);
        orders.push_back({field, descending, !descending, false, {}, row.aggregation});
    }
}

/// `path` leads to the model.
void addOrder(Context& context, const Model& model, const Value& element, const Path& path,
    OrderOf of, std::vector<Order>& orders) {
    const auto& members = membersOf(context, element, model.name + "OrderByWithRelationInput");
    if (members.size() > 1) {
        context.fail("P2009", "TooManyFieldsGiven",
            "`" + context.argumentPath() +
                "` takes exactly one field for each object; use a list of objects to order by "
                "several.",
            element.location);
    }
    for (const Member& member : members) {
        const auto step = context.enterArgument(member.name);
        const Field* field = model.findField(member.name);
        const AggregationRow* aggregation =
            of == OrderOf::Groups ? findAggregation(member.name) : nullptr;
        if (aggregation != nullptr) {
            addAggregationOrder(context, model, *aggregation, member.value, orders);
            continue;
        }
        if (field != nullptr && field->isRelation() && !field->isIgnored && of == OrderOf::Rows) {
            Path longer = path;
            longer.push_back(&context.links.of(*field));
            if (field->isList()) {
                addCountOrder(context, member.value, longer, orders);
            } else {
                addOrder(context, *longer.back()->related, member.value, longer, of, orders);
            }
            continue;
        }
        if (field == nullptr || !field->isUsableColumn()) {
            context.failUnknownField(member, orderNames(model));
        }
        orders.push_back(orderOf(context, *field, member.value));
        orders.back().path = path;
    }
}

/// Only the first mention of a value orders.
void removeRepeated(std::vector<Order>& orders) {
    for (auto order = orders.begin(); order != orders.end();) {
        const bool isRepeated = std::any_of(orders.begin(), order, [&](const Order& earlier) {
            return earlier.field == order->field && earlier.path == order->path &&
                   earlier.aggregation == order->aggregation;
        });
        order = isRepeated ? orders.erase(order) : order + 1;
    }
}

}  // namespace

std::vector<Order>
ordersOf(Context& context, const Model& model, const Value& orderBy, OrderOf of) {
    std::vector<Order> orders;
    for (const Value* element : elementsOf(orderBy)) {
        if (orderBy.kind == Value::Kind::List && element->members().size() > 1) {
            context.failValue(orderBy, "Each object of the list takes exactly one field",
                model.name + "OrderByWith" +
                    (of == OrderOf::Rows ? "RelationInput" : "AggregationInput"));
        }
        addOrder(context, model, *element, {}, of, orders);
    }
    removeRepeated(orders);
    return orders;
}

}  // namespace loam::runtime::plan
