#include "runtime/plan/planner.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "runtime/plan/arguments.hpp"
#include "runtime/plan/context.hpp"
#include "runtime/plan/filters.hpp"
#include "runtime/plan/groups.hpp"
#include "runtime/plan/raw.hpp"
#include "runtime/plan/selections.hpp"
#include "runtime/plan/values.hpp"
#include "runtime/plan/writes.hpp"

namespace loam::runtime::plan {
namespace {

using schema::Model;

Filter uniqueWhere(Context& context, const Model& model, const request::Field& field) {
    const request::Value& where = requiredArgument(context, field, "where");
    const auto step = context.enterArgument("where");
    return uniqueFilterOf(context, model, where);
}

Filter manyWhere(Context& context, const Model& model, const request::Field& field) {
    const request::Value* where = field.argument("where");
    if (where == nullptr || where->isNull()) {
        return {};
    }
    const auto step = context.enterArgument("where");
    return filterOf(context, model, *where);
}

Data changes(
    Context& context, const Model& model, const request::Field& field, std::string_view name) {
    const request::Value& data = requiredArgument(context, field, name);
    const auto step = context.enterArgument(name);
    return changesOf(context, model, data);
}

Data record(
    Context& context, const Model& model, const request::Field& field, std::string_view name) {
    const request::Value* data = field.argument(name);
    const auto step = context.enterArgument(name);
    if (data == nullptr && std::any_of(model.fields.begin(), model.fields.end(), mustBeGiven)) {
        context.failMissing(field.location);
    }
    return recordOf(context, model, data == nullptr || data->isNull() ? nullptr : data);
}

Selection
selectionFor(Context& context, const Model& model, const request::Field& field, Shape shape) {
    return shape == Shape::Count
               ? countSelection(context, field)
               : recordSelection(context, model, field);
}

Read findUnique(Context& context, const Model& model, const request::Field& field, Shape shape) {
    checkArguments(context, field, {"where"});
    Read read;
    read.rows.model = &model;
    read.rows.filter = uniqueWhere(context, model, field);
    read.shape = shape;
    read.selection = recordSelection(context, model, field);
    return read;
}

Read findMany(Context& context, const Model& model, const request::Field& field, Shape shape) {
    Read read;
    read.rows = manyRows(context, model, field);
    read.shape = shape;
    if (shape != Shape::Many) {
        const bool fromEnd = read.rows.take && *read.rows.take < 0;
        const bool isNone = read.rows.take && *read.rows.take == 0;
        read.rows.take = fromEnd ? -1 : (isNone ? 0 : 1);
    }
    read.selection = recordSelection(context, model, field);
    return read;
}

Create create(Context& context, const Model& model, const request::Field& field, Shape shape) {
    checkArguments(context, field, {"data"});
    Create result;
    result.model = &model;
    result.shape = shape;
    if (shape == Shape::One) {
        result.records.push_back(record(context, model, field, "data"));
    } else {
        const request::Value& data = requiredArgument(context, field, "data");
        const auto step = context.enterArgument("data");
        for (const request::Value* element : elementsOf(data)) {
            refuseRelations(context, model, *element);
            result.records.push_back(recordOf(context, model, element));
        }
    }
    result.selection = selectionFor(context, model, field, shape);
    return result;
}

Update update(Context& context, const Model& model, const request::Field& field, Shape shape) {
    Update result;
    result.model = &model;
    result.shape = shape;
    if (shape == Shape::One) {
        checkArguments(context, field, {"where", "data"});
        result.filter = uniqueWhere(context, model, field);
    } else {
        checkArguments(context, field, {"where", "data", "limit"});
        result.filter = manyWhere(context, model, field);
        result.limit = limitOf(context, field);
    }
    if (const request::Value* data = field.argument("data");
        shape != Shape::One && data != nullptr) {
        const auto step = context.enterArgument("data");
        refuseRelations(context, model, *data);
    }
    result.data = changes(context, model, field, "data");
    result.selection = selectionFor(context, model, field, shape);
    return result;
}

Delete remove(Context& context, const Model& model, const request::Field& field, Shape shape) {
    Delete result;
    result.model = &model;
    result.shape = shape;
    if (shape == Shape::One) {
        checkArguments(context, field, {"where"});
        result.filter = uniqueWhere(context, model, field);
    } else {
        checkArguments(context, field, {"where", "limit"});
        result.filter = manyWhere(context, model, field);
        result.limit = limitOf(context, field);
    }
    result.selection = selectionFor(context, model, field, shape);
    return result;
}

Upsert upsert(Context& context, const Model& model, const request::Field& field) {
    checkArguments(context, field, {"where", "create", "update"});
    Upsert result;
    result.update.model = result.create.model = &model;
    result.update.filter = uniqueWhere(context, model, field);
    requiredArgument(context, field, "create");
    result.create.records.push_back(record(context, model, field, "create"));
    result.update.data = changes(context, model, field, "update");
    result.update.shape = Shape::OneOrNull;
    result.update.selection = result.create.selection = recordSelection(context, model, field);
    return result;
}

Aggregate aggregate(Context& context, const Model& model, const request::Field& field) {
    Aggregate result;
    checkArguments(context, field, {"where", "orderBy", "cursor", "take", "skip"});
    result.rows = rowsOf(context, model, field);
    result.selection = aggregateSelection(context, model, field);
    return result;
}

decltype(Step::action)
action(Context& context, const RootField& root, const request::Field& field) {
    const Model* const model = root.model;  // Only raw statements have none.
    switch (root.action) {
        case Action::FindUnique:
            return findUnique(context, *model, field, Shape::OneOrNull);
        case Action::FindUniqueOrThrow:
            return findUnique(context, *model, field, Shape::One);
        case Action::FindFirst:
            return findMany(context, *model, field, Shape::OneOrNull);
        case Action::FindFirstOrThrow:
            return findMany(context, *model, field, Shape::One);
        case Action::FindMany:
            return findMany(context, *model, field, Shape::Many);
        case Action::Aggregate:
            return aggregate(context, *model, field);
        case Action::CreateOne:
            return create(context, *model, field, Shape::One);
        case Action::CreateMany:
            return create(context, *model, field, Shape::Count);
        case Action::CreateManyAndReturn:
            return create(context, *model, field, Shape::Many);
        case Action::UpdateOne:
            return update(context, *model, field, Shape::One);
        case Action::UpdateMany:
            return update(context, *model, field, Shape::Count);
        case Action::UpdateManyAndReturn:
            return update(context, *model, field, Shape::Many);
        case Action::UpsertOne:
            return upsert(context, *model, field);
        case Action::DeleteOne:
            return remove(context, *model, field, Shape::One);
        case Action::DeleteMany:
            return remove(context, *model, field, Shape::Count);
        case Action::GroupBy:
            return groupByOf(context, *model, field);
        case Action::QueryRaw:
        case Action::ExecuteRaw:
            break;
    }
    return rawOf(context, field, root.action == Action::QueryRaw);
}

Step planField(const Catalog& catalog, const request::Operation& operation,
    const request::Field& field, const Sources& sources) {
    const request::OperationKind kind = operation.kind;
    const std::string_view type = catalog.rootType(kind);
    Context context(catalog, sources, operation.notation);
    const auto step = context.enterSelection(field);
    checkType(context, field, type);
    if (field.name == "__typename") {
        return {std::string(field.key), field.location, TypeName{std::string(type)}};
    }
    const bool isIntrospection = field.name == "__schema" || field.name == "__type";
    if (isIntrospection && kind == request::OperationKind::Query) {
        return {std::string(field.key), field.location, Introspection{field, {}}};
    }
    const RootField* root = catalog.find(kind, field.name);
    if (root == nullptr) {
        const bool isQuery = kind == request::OperationKind::Query;
        const auto other =
            isQuery ? request::OperationKind::Mutation : request::OperationKind::Query;
        if (catalog.find(other, field.name) != nullptr) {
            context.fail("P2009", "UnknownSelectionField",
                "Field '" + std::string(field.name) + "' not found in enclosing type '" +
                    std::string(type) + "'; send it as a " + (isQuery ? "mutation" : "query") + ".",
                field.location);
        }
        context.failUnknownSelection(field, type, catalog.names(kind));
    }
    return {std::string(field.key), field.location, action(context, *root, field)};
}

}  // namespace

Plan plan(const Catalog& catalog, const request::Operation& operation, const Sources& sources) {
    Plan result;
    result.kind = operation.kind;
    result.steps.reserve(operation.fields.size());
    for (const request::Field& field : operation.fields) {
        try {
            result.steps.push_back(planField(catalog, operation, field, sources));
        } catch (request::RequestError& error) {
            throw error.under({std::string(field.key)});
        }
    }
    return result;
}

}  // namespace loam::runtime::plan
