#include "runtime/plan/arguments.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "runtime/plan/catalog.hpp"
#include "runtime/plan/filters.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using schema::Field;
using schema::Model;

bool isDescending(const Context& context, const Value& value) {
    const std::string_view word = wordOf(value);
    if (word != "asc" && word != "desc") {
        context.failType(value, {"SortOrder (asc or desc)"});
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
        if (word != "first" && word != "last") {
            context.failType(*nulls, {"NullsOrder (first or last)"});
        }
        order.nullsFirst = word == "first";
    }
    return order;
}

bool isOrderedBy(const std::vector<Order>& orders, const Field& field) {
    return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
        return order.field == &field;
    });
}

void addOrder(
    Context& context, const Model& model, const Value& element, std::vector<Order>& orders) {
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
        if (field != nullptr && field->isRelation() && !field->isIgnored) {
            context.failUnsupported(
                "Ordering by relations (`" + field->name + "`) is", member.location);
        }
        if (field == nullptr || !field->isUsableColumn()) {
            context.failUnknownField(member, columnNames(model));
        }
        const Order order = orderOf(context, *field, member.value);
        // Rows that are equal in a field cannot be told apart by naming it again.
        if (!isOrderedBy(orders, *field)) {
            orders.push_back(order);
        }
    }
}

/// Makes the order total, so that every page is the same each time it is asked for.
void completeOrder(const Model& model, std::vector<Order>& orders) {
    const std::vector<const schema::Key*> keys = uniqueKeys(model);
    if (keys.empty()) {
        return;
    }
    const bool isTieBreaker = !orders.empty();
    for (const schema::KeyField& part : keys.front()->fields) {
        const Field* field = &model.fields[part.field];
        if (!isOrderedBy(orders, *field)) {
            orders.push_back({field, false, true, isTieBreaker});
        }
    }
}

/// Views have no key that could order their rows, so that pages need an order of the client.
void checkOrder(
    Context& context, const Model& model, const request::Field& field, const Rows& rows) {
    if (!uniqueKeys(model).empty() || !rows.order.empty()) {
        return;
    }
    for (const std::string_view name : {"take", "skip"}) {
        const Value* page = field.argument(name);
        if (page == nullptr || page->isNull()) {
            continue;
        }
        const auto step = context.enterArgument("orderBy");
        if (field.argument("orderBy") != nullptr) {
            context.fail("P2019", "",
                "Input error. `orderBy` definition must not be empty when querying views without "
                "unique "
                "fields",
                field.location);
        }
        context.failRequired(field.location, "P2012",
            " It is required because `" + std::string(name) + "` was provided.");
    }
}

const Value* argumentOf(const request::Field& field, std::string_view name) {
    const Value* value = field.argument(name);
    return value == nullptr || value->isNull() ? nullptr : value;
}

}  // namespace

void checkArguments(const Context& context, const request::Field& field,
    std::initializer_list<std::string_view> allowed) {
    for (const Member& argument : field.arguments) {
        if (std::find(allowed.begin(), allowed.end(), argument.name) == allowed.end()) {
            context.failUnknownArgument(argument, allowed);
        }
    }
}

const Value&
requiredArgument(Context& context, const request::Field& field, std::string_view name) {
    const Value* value = argumentOf(field, name);
    if (value == nullptr) {
        const auto step = context.enterArgument(name);
        context.failRequired(field.location);
    }
    return *value;
}

Rows rowsOf(Context& context, const Model& model, const request::Field& field) {
    Rows rows;
    rows.model = &model;
    if (const Value* where = argumentOf(field, "where")) {
        const auto step = context.enterArgument("where");
        rows.filter = filterOf(context, model, *where);
    }
    if (const Value* order = argumentOf(field, "orderBy")) {
        const auto step = context.enterArgument("orderBy");
        for (const Value* element : elementsOf(*order)) {
            addOrder(context, model, *element, rows.order);
        }
    }
    if (const Value* cursor = argumentOf(field, "cursor")) {
        const auto step = context.enterArgument("cursor");
        rows.cursor = uniqueFilterOf(context, model, *cursor);
    }
    if (const Value* take = argumentOf(field, "take")) {
        const auto step = context.enterArgument("take");
        rows.take = integerOf(context, *take);
        if (*rows.take == std::numeric_limits<std::int64_t>::min()) {
            context.failValue(*take, "The number is too large");
        }
    }
    if (const Value* skip = argumentOf(field, "skip")) {
        const auto step = context.enterArgument("skip");
        rows.skip = integerOf(context, *skip);
        if (rows.skip < 0) {
            context.fail("", "",
                "Invalid value for skip argument: Value can only be positive, found: " +
                    std::to_string(rows.skip),
                skip->location);
        }
    }
    checkOrder(context, model, field, rows);
    if (rows.take || rows.skip != 0 || rows.cursor) {
        completeOrder(model, rows.order);
    }
    return rows;
}

std::optional<std::int64_t> limitOf(Context& context, const request::Field& field) {
    const Value* value = argumentOf(field, "limit");
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto step = context.enterArgument("limit");
    const std::int64_t limit = integerOf(context, *value);
    if (limit < 0) {
        context.fail("P2019", "",
            "Input error. Provided limit (" + std::to_string(limit) +
                ") must be a positive integer.",
            value->location);
    }
    return limit;
}

}  // namespace loam::runtime::plan
