#include "runtime/plan/input_types.hpp"

#include <algorithm>

#include "runtime/plan/input_builder.hpp"
#include "runtime/plan/values.hpp"
#include "runtime/plan/writes.hpp"

namespace loam::runtime::plan {
namespace {

using Names = std::vector<std::string_view>;
using Fields = std::vector<InputField>;
using Types = std::vector<InputType>;

const RootField* findRoot(const Catalog& catalog, std::string_view name) {
    const RootField* root = catalog.find(request::OperationKind::Query, name);
    return root != nullptr ? root : catalog.find(request::OperationKind::Mutation, name);
}

Fields rowsArguments(const InputBuilder& types, const schema::Model& model) {
    const InputType order = types.orderBy(model);
    const InputType names = types.columnNames(model);
    Fields fields{{"where", {types.where(model)}}, {"orderBy", {InputBuilder::list(order), order}}};
    if (!uniqueKeys(model).empty()) {
        fields.push_back({"cursor", {types.whereUnique(model)}});
    }
    fields.push_back({"take", {InputBuilder::scalar("Int")}});
    fields.push_back({"skip", {InputBuilder::scalar("Int")}});
    fields.push_back({"distinct", InputBuilder::oneOrMany(names)});
    return fields;
}

Fields groupArguments(const InputBuilder& types, const schema::Model& model) {
    const InputType order = types.groupOrderBy(model);
    const InputType names = types.columnNames(model);
    return {{"where", {types.where(model)}}, {"orderBy", {InputBuilder::list(order), order}},
        {"by", {InputBuilder::list(names), names}, true}, {"having", {types.having(model)}},
        {"take", {InputBuilder::scalar("Int")}}, {"skip", {InputBuilder::scalar("Int")}}};
}

/// Whether a new record needs any content.
bool needsData(const schema::Model& model) {
    return std::any_of(model.fields.begin(), model.fields.end(), [](const schema::Field& field) {
        return field.isUsableColumn() && mustBeGiven(field);
    });
}

/// A place, and how much of the path leads to its parent.
struct Found {
    InputPlace place = {};
    std::size_t depth = 0;

    bool isBetterThan(const Found& other) const {
        return depth > other.depth ||
               (depth == other.depth && other.place.parent && other.place.parent->isEnvelope);
    }
};

/// Follows the path from `index` on, through the first of the alternatives that leads on. Where
/// none does, the one that leads farthest is the best guess.
Found follow(const Fields& fields, const std::optional<InputType>& parent, const Names& path,
    std::size_t index) {
    const InputField* field = findField(fields, path[index]);
    if (field == nullptr) {
        return {{parent, std::nullopt}, index};
    }
    if (index + 1 == path.size()) {
        return {{parent, *field}, index};
    }
    Found best{{parent, std::nullopt}, index};
    for (const InputType& type : field->types) {
        if (type.kind != InputType::Kind::Object) {
            continue;
        }
        InputType element = type;
        element.isList = false;
        Found found = follow(type.fields(), element, path, index + 1);
        if (found.place.field) {
            return found;
        }
        if (found.isBetterThan(best)) {
            best = std::move(found);
        }
    }
    return best;
}

/// The model that the relation fields of the path lead to from the root field; null when one does
/// not exist.
const schema::Model* follow(const Catalog& catalog, const Names& path, std::size_t length) {
    const RootField* root = path.empty() ? nullptr : findRoot(catalog, path.front());
    const schema::Model* model = root == nullptr ? nullptr : root->model;
    for (std::size_t index = 1; index < length && model != nullptr; ++index) {
        const schema::Field* field = model->findField(path[index]);
        if (field != nullptr && field->isRelation()) {
            model = &catalog.schema().related(*field);
        } else if (findAggregation(path[index]) == nullptr) {
            return nullptr;
        }
    }
    return model;
}

}  // namespace

const InputField* findField(const Fields& fields, std::string_view name) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const InputField& field) {
        return field.name == name;
    });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<InputField> rootArguments(const Catalog& catalog, const RootField& root) {
    const InputBuilder types(catalog.schema(), catalog.links());
    if (root.model == nullptr) {
        return {{"query", {InputBuilder::scalar("String")}, true},
            {"parameters", {InputBuilder::scalar("Json")}}};
    }
    const schema::Model& model = *root.model;
    const InputField where{"where", {types.where(model)}};
    const InputField unique{"where", {types.whereUnique(model)}, true};
    const InputField limit{"limit", {InputBuilder::scalar("Int")}};
    switch (root.action) {
        case Action::FindUnique:
        case Action::FindUniqueOrThrow:
        case Action::DeleteOne:
            return {unique};
        case Action::FindFirst:
        case Action::FindFirstOrThrow:
        case Action::FindMany:
            return rowsArguments(types, model);
        case Action::Aggregate: {
            Fields fields = rowsArguments(types, model);
            fields.pop_back();  // distinct
            return fields;
        }
        case Action::GroupBy:
            return groupArguments(types, model);
        case Action::CreateOne:
            return {{"data", types.create(model), needsData(model)}};
        case Action::CreateMany:
        case Action::CreateManyAndReturn:
            return {{"data", InputBuilder::oneOrMany(types.createMany(model)), true}};
        case Action::UpdateOne:
            return {{"data", types.update(model), true}, unique};
        case Action::UpdateMany:
        case Action::UpdateManyAndReturn:
            return {{"data", types.updateMany(model), true}, where, limit};
        case Action::UpsertOne:
            return {unique, {"create", types.create(model), true},
                {"update", types.update(model), true}};
        case Action::DeleteMany:
            return {where, limit};
        case Action::QueryRaw:
        case Action::ExecuteRaw:
            break;
    }
    return {};
}

std::vector<InputField> relationArguments(const Catalog& catalog, const schema::Field& field) {
    const InputBuilder types(catalog.schema(), catalog.links());
    const schema::Model& related = catalog.schema().related(field);
    if (field.isList()) {
        return rowsArguments(types, related);
    }
    return field.isRequired() ? Fields{} : Fields{{"where", {types.where(related)}}};
}

std::vector<InputField> countArguments(const Catalog& catalog, const schema::Field& field) {
    const InputBuilder types(catalog.schema(), catalog.links());
    return {{"where", {types.where(catalog.schema().related(field))}}};
}

std::vector<InputField> argumentsOf(const Catalog& catalog, const Names& selectionPath) {
    if (selectionPath.size() == 1) {
        const RootField* root = findRoot(catalog, selectionPath.front());
        return root == nullptr ? Fields{} : rootArguments(catalog, *root);
    }
    const schema::Model* model =
        selectionPath.empty() ? nullptr : follow(catalog, selectionPath, selectionPath.size() - 1);
    const schema::Field* field =
        model == nullptr ? nullptr : model->findField(selectionPath.back());
    if (field == nullptr || !field->isRelation()) {
        return {};
    }
    const bool isCount = selectionPath[selectionPath.size() - 2] == "_count";
    return isCount ? countArguments(catalog, *field) : relationArguments(catalog, *field);
}

InputPlace
findInput(const Catalog& catalog, const Names& selectionPath, const Names& argumentPath) {
    if (argumentPath.empty()) {
        return {};
    }
    return follow(argumentsOf(catalog, selectionPath), std::nullopt, argumentPath, 0).place;
}

const schema::Model* selectedModel(const Catalog& catalog, const Names& selectionPath) {
    return follow(catalog, selectionPath, selectionPath.size());
}

}  // namespace loam::runtime::plan
