#include "runtime/plan/catalog.hpp"

#include <algorithm>
#include <array>

namespace loam::runtime::plan {
namespace {

using request::OperationKind;

/// Who has a root field.
enum class Needs : std::uint8_t { Anything, UniqueKey, Table, TableWithUniqueKey };

struct Row {
    Action action;
    OperationKind kind;
    Needs needs;
    std::string_view prefix;
    std::string_view suffix;
};

constexpr std::array rows{
    Row{Action::FindUnique, OperationKind::Query, Needs::UniqueKey, "findUnique", ""},
    Row{Action::FindUniqueOrThrow, OperationKind::Query, Needs::UniqueKey, "findUnique", "OrThrow"},
    Row{Action::FindFirst, OperationKind::Query, Needs::Anything, "findFirst", ""},
    Row{Action::FindFirstOrThrow, OperationKind::Query, Needs::Anything, "findFirst", "OrThrow"},
    Row{Action::FindMany, OperationKind::Query, Needs::Anything, "findMany", ""},
    Row{Action::Aggregate, OperationKind::Query, Needs::Anything, "aggregate", ""},
    Row{Action::GroupBy, OperationKind::Query, Needs::Anything, "groupBy", ""},
    Row{Action::CreateOne, OperationKind::Mutation, Needs::Table, "createOne", ""},
    Row{Action::CreateMany, OperationKind::Mutation, Needs::Table, "createMany", ""},
    Row{Action::CreateManyAndReturn, OperationKind::Mutation, Needs::Table, "createMany",
        "AndReturn"},
    Row{Action::UpdateOne, OperationKind::Mutation, Needs::TableWithUniqueKey, "updateOne", ""},
    Row{Action::UpdateMany, OperationKind::Mutation, Needs::Table, "updateMany", ""},
    Row{Action::UpdateManyAndReturn, OperationKind::Mutation, Needs::Table, "updateMany",
        "AndReturn"},
    Row{Action::UpsertOne, OperationKind::Mutation, Needs::TableWithUniqueKey, "upsertOne", ""},
    Row{Action::DeleteOne, OperationKind::Mutation, Needs::TableWithUniqueKey, "deleteOne", ""},
    Row{Action::DeleteMany, OperationKind::Mutation, Needs::Table, "deleteMany", ""},
};

bool has(const schema::Model& model, Needs needs) {
    const bool hasKey = !uniqueKeys(model).empty();
    switch (needs) {
        case Needs::Anything:
            return true;
        case Needs::UniqueKey:
            return hasKey;
        case Needs::Table:
            return !model.isView;
        case Needs::TableWithUniqueKey:
            return hasKey && !model.isView;
    }
    return false;
}

/// The name, with a "_" for as long as a model or an enum has it.
std::string freeName(const schema::Schema& schema, std::string name) {
    while (schema.findModel(name) != nullptr || schema.findEnum(name) != nullptr) {
        name += "_";
    }
    return name;
}

}  // namespace

Catalog::Catalog(const schema::Schema& schema)
    : schema_(schema),
      links_(schema),
      queryType_(freeName(schema, "Query")),
      mutationType_(freeName(schema, "Mutation")) {
    named_.push_back({"queryRaw", OperationKind::Mutation, {Action::QueryRaw, nullptr}});
    named_.push_back({"executeRaw", OperationKind::Mutation, {Action::ExecuteRaw, nullptr}});
    for (const schema::Model& model : schema.models) {
        for (const Row& row : rows) {
            if (!model.isIgnored && has(model, row.needs)) {
                named_.push_back({std::string(row.prefix) + model.name + std::string(row.suffix),
                    row.kind, {row.action, &model}});
            }
        }
    }
    for (const Named& entry : named_) {
        (entry.kind == OperationKind::Query ? queries_ : mutations_)
            .emplace(entry.name, entry.field);
    }
}

const RootField* Catalog::find(OperationKind kind, std::string_view name) const {
    const Fields& candidates = fields(kind);
    const auto found = candidates.find(name);
    return found == candidates.end() ? nullptr : &found->second;
}

std::vector<std::string_view> Catalog::names(OperationKind kind) const {
    std::vector<std::string_view> names;
    for (const auto& [name, field] : fields(kind)) {
        names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

const schema::Key* identifierOf(const schema::Model& model) {
    if (model.primaryKey) {
        return &*model.primaryKey;
    }
    const auto found =
        std::find_if(model.uniques.begin(), model.uniques.end(), [&](const schema::Key& key) {
            return std::all_of(
                key.fields.begin(), key.fields.end(), [&](const schema::KeyField& part) {
                    return model.fields[part.field].isRequired();
                });
        });
    return found == model.uniques.end() ? nullptr : &*found;
}

std::vector<const schema::Key*> uniqueKeys(const schema::Model& model) {
    std::vector<const schema::Key*> keys;
    const auto add = [&](const schema::Key& key) {
        const bool usable =
            std::all_of(key.fields.begin(), key.fields.end(), [&](const schema::KeyField& part) {
                return model.fields[part.field].isUsableColumn();
            });
        if (usable) {
            keys.push_back(&key);
        }
    };
    if (model.primaryKey) {
        add(*model.primaryKey);
    }
    for (const schema::Key& key : model.uniques) {
        add(key);
    }
    return keys;
}

}  // namespace loam::runtime::plan
