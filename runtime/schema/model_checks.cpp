#include <algorithm>
#include <string>
#include <unordered_map>

#include "runtime/schema/attributes.hpp"
#include "runtime/schema/context.hpp"
#include "runtime/schema/relation_checks.hpp"

namespace loam::runtime::schema {

namespace {

const Position& mapPosition(const std::vector<Attribute>& attributes, const Identifier& name) {
    const auto* map = findAttribute(attributes, "map");
    return map == nullptr ? name.position : map->position;
}

/// A model needs a key by which each of its records can be told from all others; a view may do
/// without.
void checkUniqueCriterion(
    Context& context, const Model& model, const ModelDeclaration& declaration) {
    if (model.isIgnored || model.isView) return;
    const auto isStrict = [&](const Key& key) {
        return std::all_of(key.fields.begin(), key.fields.end(), [&](const KeyField& field) {
            const auto& column = model.fields[field.field];
            return column.isRequired() && column.kind != FieldKind::Unsupported;
        });
    };
    if (model.primaryKey && isStrict(*model.primaryKey)) return;
    if (std::any_of(model.uniques.begin(), model.uniques.end(), isStrict)) return;
    context.diagnostics.report(declaration.name.position,
        std::string("the ") + declaration.word() + " " + model.name +
            " has no unique criterion of required fields only; mark a field with @id or @unique, "
            "or add "
            "@@id([...]) or @@unique([...])");
}

void checkAutoincrement(Context& context, const Model& model, const ModelDeclaration& declaration) {
    for (std::size_t i = 0; i < model.fields.size(); ++i) {
        const auto& field = model.fields[i];
        if (!field.defaultValue || field.defaultValue->kind != DefaultKind::AutoIncrement ||
            field.isId)
            continue;
        context.diagnostics.report(declaration.fields[i].name.position,
            "autoincrement() needs a field that is the id on its own, and " + field.name +
                " is not; mark it with @id or choose another default");
    }
}

void checkColumnNames(Context& context, const Model& model, const ModelDeclaration& declaration) {
    std::unordered_map<std::string_view, const Field*> columns;
    for (std::size_t i = 0; i < model.fields.size(); ++i) {
        const auto& field = model.fields[i];
        if (field.isRelation()) continue;
        const auto [existing, isNew] = columns.try_emplace(field.databaseName, &field);
        if (isNew) continue;
        const auto& source = declaration.fields[i];
        context.diagnostics.report(mapPosition(source.attributes, source.name),
            "the column " + field.databaseName + " of the field " + field.name +
                " is that of the field " + existing->second->name + " already");
    }
}

/// Names by which clients tell the keys of a model apart. Two keys of the same fields are one to
/// them.
void checkKeyNames(Context& context, const Model& model, const ModelDeclaration& declaration) {
    std::vector<const Key*> keys;
    if (model.primaryKey) keys.push_back(&*model.primaryKey);
    for (const auto& key : model.uniques) keys.push_back(&key);
    std::unordered_map<std::string_view, const Key*> names;
    const auto sameField = [](const KeyField& left, const KeyField& right) {
        return left.field == right.field;
    };
    for (const auto* key : keys) {
        const auto [existing, isNew] = names.try_emplace(key->name, key);
        const auto& other = *existing->second;
        if (isNew || !key->isCompound() ||
            std::equal(key->fields.begin(), key->fields.end(), other.fields.begin(),
                other.fields.end(), sameField)) {
            continue;
        }
        context.diagnostics.report(declaration.name.position,
            std::string("two keys of the ") + declaration.word() + " " + model.name +
                " have the name " + key->name + "; give one another with name: \"...\"");
    }
}

void nameIndexes(Model& model) {
    const auto name = [&](Key& key, const char* suffix) {
        if (!key.databaseName.empty()) return;
        key.databaseName = model.databaseName;
        for (const auto& field : key.fields) {
            key.databaseName += '_' + model.fields[field.field].databaseName;
        }
        key.databaseName += suffix;
    };
    for (auto& key : model.uniques) name(key, "_key");
    for (auto& key : model.indexes) name(key, "_idx");
}

/// Names of indexes are shared by all tables of a SQLite database.
void checkIndexNames(Context& context) {
    std::unordered_map<std::string_view, const Model*> names;
    for (std::size_t i = 0; i < context.schema.models.size(); ++i) {
        const auto& model = context.schema.models[i];
        const auto check = [&](const Key& key) {
            const auto [existing, isNew] = names.try_emplace(key.databaseName, &model);
            if (isNew) return;
            context.diagnostics.report(context.document.models[i].name.position,
                "the index name " + key.databaseName + " of the model " + model.name +
                    " is used by an index of the model " + existing->second->name +
                    " already; give another with map: \"...\"");
        };
        for (const auto& key : model.uniques) check(key);
        for (const auto& key : model.indexes) check(key);
    }
}

void checkEnumNames(Context& context) {
    std::unordered_map<std::string_view, const Enum*> names;
    for (std::size_t i = 0; i < context.schema.enums.size(); ++i) {
        const auto& enumeration = context.schema.enums[i];
        const auto [existing, isNew] = names.try_emplace(enumeration.databaseName, &enumeration);
        if (isNew) continue;
        const auto& declaration = context.document.enums[i];
        context.diagnostics.report(mapPosition(declaration.attributes, declaration.name),
            "the database name " + enumeration.databaseName + " of the enum " + enumeration.name +
                " is that of the enum " + existing->second->name + " already");
    }
}

void checkTableNames(Context& context) {
    std::unordered_map<std::string_view, const Model*> tables;
    for (std::size_t i = 0; i < context.schema.models.size(); ++i) {
        const auto& model = context.schema.models[i];
        const auto [existing, isNew] = tables.try_emplace(model.databaseName, &model);
        if (isNew) continue;
        const auto& declaration = context.document.models[i];
        context.diagnostics.report(mapPosition(declaration.attributes, declaration.name),
            "the table " + model.databaseName + " of the " + declaration.word() + " " + model.name +
                " is that of " + existing->second->name + " already");
    }
}

}  // namespace

void checkModels(Context& context) {
    for (std::size_t i = 0; i < context.schema.models.size(); ++i) {
        auto& model = context.schema.models[i];
        const auto& declaration = context.document.models[i];
        checkUniqueCriterion(context, model, declaration);
        checkAutoincrement(context, model, declaration);
        checkColumnNames(context, model, declaration);
        checkKeyNames(context, model, declaration);
        nameIndexes(model);
    }
    checkTableNames(context);
    checkEnumNames(context);
    checkIndexNames(context);
    checkCycles(context);
}

}  // namespace loam::runtime::schema
