#include "runtime/graphql/builder.hpp"

namespace loam::runtime::graphql {

using plan::Action;

void Builder::addArgument(
    Field& field, std::string_view name, const Type* type, bool isRequired, bool isList) {
    field.arguments.push_back({name, {type, isList, isRequired}, {}, {}});
}

void Builder::addRowsArguments(Field& field, const Model& model) {
    addArgument(field, "where", where(model));
    addArgument(field, "orderBy", orderBy(model), false, true);
    if (!plan::uniqueKeys(model).empty()) {
        addArgument(field, "cursor", whereUnique(model));
    }
    addArgument(field, "take", scalar("Int"));
    addArgument(field, "skip", scalar("Int"));
    addArgument(field, "distinct", fieldNames(model), false, true);
}

void Builder::addGroupArguments(Field& field, const Model& model) {
    addArgument(field, "where", where(model));
    addArgument(field, "orderBy", groupOrderBy(model), false, true);
    addArgument(field, "by", fieldNames(model), true, true);
    addArgument(field, "having", having(model));
    addArgument(field, "take", scalar("Int"));
    addArgument(field, "skip", scalar("Int"));
}

/// The root type; null when it would have no fields.
const Type* Builder::root(request::OperationKind kind) {
    const std::vector<std::string_view> names = catalog_.names(kind);
    if (names.empty()) {
        return nullptr;
    }
    return makeNamed(
        TypeKind::Object, std::string(catalog_.rootType(kind)), [this, names, kind](Type& type) {
            for (const std::string_view field : names) {
                type.fields.push_back(rootField(field, *catalog_.find(kind, field)));
            }
        });
}

Field Builder::rootField(std::string_view name, const plan::RootField& root) {
    Field field;
    field.name = name;
    if (root.model == nullptr) {
        addRawField(field, root.action);
    } else {
        addModelField(field, root);
    }
    return field;
}

void Builder::addRawField(Field& field, Action action) {
    addArgument(field, "query", scalar("String"), true);
    addArgument(field, "parameters", scalar("Json"));
    field.type = {scalar(action == Action::QueryRaw ? "Json" : "Int"), false, true};
}

void Builder::addModelField(Field& field, const plan::RootField& root) {
    const Model& model = *root.model;
    const auto answers = [&](const Type* type, bool isRequired, bool isList = false) {
        field.type = {type, isList, isRequired};
    };
    const auto addLimited = [&](const Type* data) {
        addArgument(field, "where", where(model));
        if (data != nullptr) {
            addArgument(field, "data", data, true);
        }
        addArgument(field, "limit", scalar("Int"));
    };
    switch (root.action) {
        case Action::FindUnique:
        case Action::FindUniqueOrThrow:
            addArgument(field, "where", whereUnique(model), true);
            return answers(record(model), root.action == Action::FindUniqueOrThrow);
        case Action::FindFirst:
        case Action::FindFirstOrThrow:
            addRowsArguments(field, model);
            return answers(record(model), root.action == Action::FindFirstOrThrow);
        case Action::FindMany:
            addRowsArguments(field, model);
            return answers(record(model), true, true);
        case Action::Aggregate:
            addRowsArguments(field, model);
            field.arguments.pop_back();
            return answers(aggregate(model), true);
        case Action::GroupBy:
            addGroupArguments(field, model);
            return answers(group(model), true, true);
        case Action::CreateOne:
            addArgument(field, "data", createInput(model, nullptr, Content::WithRelations),
                needsData(model));
            return answers(record(model), true);
        case Action::CreateMany:
        case Action::CreateManyAndReturn:
            addArgument(
                field, "data", createInput(model, nullptr, Content::ColumnsOnly), true, true);
            return root.action == Action::CreateMany
                       ? answers(affectedRows(), true)
                       : answers(record(model), true, true);
        case Action::UpdateOne:
            addArgument(field, "where", whereUnique(model), true);
            addArgument(field, "data", updateInput(model, nullptr, Content::WithRelations), true);
            return answers(record(model), true);
        case Action::UpdateMany:
        case Action::UpdateManyAndReturn:
            addLimited(updateInput(model, nullptr, Content::ColumnsOnly));
            return root.action == Action::UpdateMany
                       ? answers(affectedRows(), true)
                       : answers(record(model), true, true);
        case Action::UpsertOne:
            addArgument(field, "where", whereUnique(model), true);
            addArgument(field, "create", createInput(model, nullptr, Content::WithRelations), true);
            addArgument(field, "update", updateInput(model, nullptr, Content::WithRelations), true);
            return answers(record(model), true);
        case Action::DeleteOne:
            addArgument(field, "where", whereUnique(model), true);
            return answers(record(model), true);
        case Action::DeleteMany:
            addLimited(nullptr);
            return answers(affectedRows(), true);
        case Action::QueryRaw:
        case Action::ExecuteRaw:
            break;
    }
}

}  // namespace loam::runtime::graphql
