#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "runtime/schema/attributes.hpp"
#include "runtime/schema/context.hpp"

namespace loam::runtime::schema {

namespace {

/// The columns of a model that a list names.
std::vector<std::size_t> columns(
    const Model& model, std::string_view argument, const Expression& list, ArgumentReader& reader) {
    std::vector<std::size_t> indexes;
    for (const auto* item : listItems(list)) {
        if (item->kind != ExpressionKind::Constant) {
            reader.report(item->position,
                std::string(argument) + " must be a list of field names, got " + describe(*item));
            continue;
        }
        const auto index = model.fieldIndex(item->text);
        if (!index) {
            std::vector<std::string_view> names;
            for (const auto& field : model.fields) names.push_back(field.name);
            reader.report(item->position,
                std::string(argument) + ": the model " + model.name + " has no field " +
                    item->text + "." + suggestion(item->text, names));
        } else if (model.fields[*index].isRelation()) {
            reader.report(item->position,
                std::string(argument) + " must name columns, but " + item->text +
                    " is a relation field of the model " + model.name);
        } else if (std::find(indexes.begin(), indexes.end(), *index) != indexes.end()) {
            reader.report(item->position,
                std::string(argument) + " lists the field " + item->text + " twice");
        } else {
            indexes.push_back(*index);
        }
    }
    return indexes;
}

std::optional<RelationArguments::Action>
readAction(Context& context, std::string_view name, ArgumentReader& reader) {
    const auto* value = reader.named(name);
    if (value == nullptr) return std::nullopt;
    const bool prisma = context.schema.relationMode() == RelationMode::Prisma;
    std::vector<ReferentialAction> allowed{
        ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::SetNull};
    if (!prisma) {
        allowed.push_back(ReferentialAction::NoAction);
        allowed.push_back(ReferentialAction::SetDefault);
    }
    for (const auto action : allowed) {
        if (value->kind == ExpressionKind::Constant && value->text == toString(action)) {
            return RelationArguments::Action{action, value->position};
        }
    }
    std::vector<std::string> names;
    for (const auto action : allowed) names.emplace_back(toString(action));
    reader.report(value->position,
        std::string(name) + " must be one of " + listed(names) +
            (prisma ? " with relationMode = \"prisma\"" : "") + ", got " + describe(*value));
    return std::nullopt;
}

}  // namespace

void readRelation(Context& context, const FieldId& id, const Attribute& attribute) {
    const auto& model = context.schema.models[id.model];
    const auto& related = context.schema.models[model.fields[id.field].relation.value().model];
    auto& arguments = context.relations[id.model][id.field];
    const auto before = context.diagnostics.count();

    ArgumentReader reader(
        attribute.arguments, "@relation", attribute.position, context.diagnostics);
    arguments.name = reader.text(reader.unnamed("name"), "name");
    if (const auto* list = reader.named("fields")) {
        arguments.fields = columns(model, "fields", *list, reader);
    }
    if (const auto* list = reader.named("references")) {
        arguments.references = columns(related, "references", *list, reader);
    }
    arguments.onDelete = readAction(context, "onDelete", reader);
    arguments.onUpdate = readAction(context, "onUpdate", reader);
    if (const auto* map = reader.named("map")) {
        reader.report(map->position, "SQLite has no named foreign keys; remove map");
    }
    reader.finish();
    arguments.isBroken = context.diagnostics.count() != before;
}

}  // namespace loam::runtime::schema
