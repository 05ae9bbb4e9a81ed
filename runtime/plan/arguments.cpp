#include "runtime/plan/arguments.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "runtime/plan/catalog.hpp"
#include "runtime/plan/filters.hpp"
#include "runtime/plan/orders.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using schema::Field;
using schema::Model;

/// Makes the order total, so that every page is the same each time it is asked for.
void completeOrder(const Model& model, std::vector<Order>& orders) {
    const schema::Key* identifier = identifierOf(model);
    if (identifier == nullptr) {
        return;
    }
    const bool isTieBreaker = !orders.empty();
    for (const schema::KeyField& part : identifier->fields) {
        const Field* field = &model.fields[part.field];
        const bool isThere = std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
            return order.field == field && order.path.empty();
        });
        if (!isThere) {
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
            context.failInput(
                "`orderBy` definition must not be empty when querying views without "
                "unique fields",
                field.location);
        }
        context.failRequired(
            field.location, " It is required because `" + std::string(name) + "` was provided.");
    }
}

const Field& columnOf(Context& context, const Model& model, const Value& value) {
    const std::string_view word = wordOf(value);
    const Field* field = model.findField(word);
    if (field == nullptr || !field->isUsableColumn()) {
        Names names;
        for (const Field& candidate : model.fields) {
            if (candidate.isUsableColumn()) {
                names.push_back(candidate.name);
            }
        }
        if (word.empty()) {
            context.failType(value, {model.name + "ScalarFieldEnum"});
        }
        context.failValue(value,
            "`" + std::string(word) + "` is not a scalar field of " + model.name + "." +
                suggestion(word, names),
            model.name + "ScalarFieldEnum");
    }
    return *field;
}

const Value* argumentOf(const request::Field& field, std::string_view name) {
    const Value* value = field.argument(name);
    return value == nullptr || value->isNull() ? nullptr : value;
}

Rows read(Context& context, const Model& model, const request::Field& field, OrderOf of) {
    Rows rows;
    rows.model = &model;
    if (const Value* where = argumentOf(field, "where")) {
        const auto step = context.enterArgument("where");
        rows.filter = filterOf(context, model, *where);
    }
    if (const Value* order = argumentOf(field, "orderBy")) {
        const auto step = context.enterArgument("orderBy");
        rows.order = ordersOf(context, model, *order, of);
    }
    if (const Value* distinct = argumentOf(field, "distinct")) {
        const auto step = context.enterArgument("distinct");
        rows.distinct = columnsOf(context, model, *distinct);
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
    return rows;
}

}  // namespace

void checkArguments(const Context& context, const request::Field& field,
    std::initializer_list<std::string_view> allowed) {
    for (const Member& argument : field.arguments) {
        if (std::find(allowed.begin(), allowed.end(), argument.name) == allowed.end()) {
            context.failUnknownArgument(argument, allowed);
        }
        if (argument.value.isNull() && context.notation == request::Notation::Json) {
            // GraphQL clients write null for variables that they do not set.
            Context here = context;
            const auto step = here.enterArgument(argument.name);
            here.failRequired(argument.location);
        }
    }
}

const Value&
requiredArgument(Context& context, const request::Field& field, std::string_view name) {
    const Value* value = field.argument(name);
    if (value == nullptr || value->isNull()) {
        const auto step = context.enterArgument(name);
        if (value == nullptr) {
            context.failMissing(field.location);
        }
        context.failRequired(value->location);
    }
    return *value;
}

std::vector<const Field*>
columnsOf(Context& context, const Model& model, const request::Value& names) {
    std::vector<const Field*> fields;
    for (const Value* element : elementsOf(names)) {
        const Field* field = &columnOf(context, model, *element);
        if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
            fields.push_back(field);
        }
    }
    return fields;
}

Rows rowsOf(Context& context, const Model& model, const request::Field& field) {
    Rows rows = read(context, model, field, OrderOf::Rows);
    if (rows.isPage() || !rows.distinct.empty()) {
        completeOrder(model, rows.order);
    }
    return rows;
}

Rows groupRowsOf(Context& context, const Model& model, const request::Field& field) {
    return read(context, model, field, OrderOf::Groups);
}

Rows manyRows(Context& context, const Model& model, const request::Field& field) {
    if (uniqueKeys(model).empty()) {
        checkArguments(context, field, {"where", "orderBy", "take", "skip", "distinct"});
    } else {
        checkArguments(context, field, {"where", "orderBy", "cursor", "take", "skip", "distinct"});
    }
    return rowsOf(context, model, field);
}

std::optional<std::int64_t> limitOf(Context& context, const request::Field& field) {
    const Value* value = argumentOf(field, "limit");
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto step = context.enterArgument("limit");
    const std::int64_t limit = integerOf(context, *value);
    if (limit < 0) {
        context.failInput(
            "Provided limit (" + std::to_string(limit) + ") must be a positive integer.",
            value->location);
    }
    return limit;
}

}  // namespace loam::runtime::plan
