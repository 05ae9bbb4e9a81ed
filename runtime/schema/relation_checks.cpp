#include "runtime/schema/relation_checks.hpp"

#include <algorithm>
#include <string>

namespace loam::runtime::schema {

namespace {

/// One side of a relation with all that a check of it looks at.
struct Side {
    const Model& model;
    const Field& field;
    const RelationArguments& arguments;
    const Position& position;

    bool hasKey() const { return arguments.fields.has_value() || arguments.references.has_value(); }
    std::string name() const { return model.name + "." + field.name; }
};

Side sideOf(const Context& context, const FieldId& id) {
    const auto& model = context.schema.models[id.model];
    return {model, model.fields[id.field], context.relations[id.model][id.field],
        context.document.models[id.model].fields[id.field].name.position};
}

std::vector<std::string> fieldNames(const Model& model, const std::vector<std::size_t>& fields) {
    std::vector<std::string> names;
    for (const auto field : fields) names.push_back(model.fields[field].name);
    return names;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// Whether a key of the model covers exactly these fields, in any order.
bool isUniqueCriterion(const Model& model, std::vector<std::size_t> fields) {
    std::sort(fields.begin(), fields.end());
    const auto covers = [&](const Key& key) {
        std::vector<std::size_t> covered;
        for (const auto& field : key.fields) covered.push_back(field.field);
        std::sort(covered.begin(), covered.end());
        return covered == fields;
    };
    return (model.primaryKey && covers(*model.primaryKey)) ||
           std::any_of(model.uniques.begin(), model.uniques.end(), covers);
}

/// What to write to make fields unique: "@unique to the field a" or "@@unique([a, b]) to the model
/// X".
std::string uniqueAdvice(const Model& model, const std::vector<std::string>& names) {
    if (names.size() == 1)
        return "add @unique to the field " + names[0] + " of the model " + model.name;
    return "add @@unique([" + joined(names) + "]) to the model " + model.name;
}

bool sameType(const Field& left, const Field& right) {
    if (left.kind != right.kind) return false;
    if (left.kind == FieldKind::Scalar) return left.scalar == right.scalar;
    if (left.kind == FieldKind::Enum) return left.enumIndex == right.enumIndex;
    return left.unsupportedType == right.unsupportedType;
}

/// `fields` and `references` stand together, on the forward side, and are equally long.
bool checkKeyIsWritten(Context& context, const Side& forward, const Side& back) {
    auto& diagnostics = context.diagnostics;
    if (back.hasKey()) {
        const bool both = forward.hasKey();
        diagnostics.report(back.position,
            "fields and references must stand on one side of a relation only, on " +
                forward.name() + (both ? "; remove them from " : "; move them there from ") +
                back.name());
        return false;
    }
    const auto& fields = forward.arguments.fields;
    const auto& references = forward.arguments.references;
    const bool hasFields = fields && !fields->empty();
    const bool hasReferences = references && !references->empty();
    if (!hasFields || !hasReferences) {
        const std::string missing =
            hasFields ? "references"
            : hasReferences
                ? "fields"
                : "fields and references";
        diagnostics.report(forward.position,
            "the relation field " + forward.name() + " must say " + missing +
                ", as in @relation(fields: [columns of " + forward.model.name +
                "], references: [columns of " + back.model.name + "])");
        return false;
    }
    if (fields->size() != references->size()) {
        diagnostics.report(forward.position,
            "fields and references must have the same number of fields, got " +
                std::to_string(fields->size()) + " and " + std::to_string(references->size()));
        return false;
    }
    return true;
}

void checkColumns(Context& context, const Side& forward, const Side& back) {
    auto& diagnostics = context.diagnostics;
    const auto& fields = *forward.arguments.fields;
    const auto& references = *forward.arguments.references;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& from = forward.model.fields[fields[i]];
        const auto& to = back.model.fields[references[i]];
        if (sameType(from, to)) continue;
        diagnostics.report(forward.position,
            "the type of the field " + forward.model.name + "." + from.name +
                " must be that of the field it refers to, " + back.model.name + "." + to.name);
    }
    if (!isUniqueCriterion(back.model, references)) {
        diagnostics.report(forward.position,
            "references must name a unique criterion of the model " + back.model.name + "; " +
                uniqueAdvice(back.model, fieldNames(back.model, references)));
    }
    std::vector<std::string> optional;
    for (const auto field : fields) {
        if (!forward.model.fields[field].isRequired())
            optional.push_back(forward.model.fields[field].name);
    }
    if (forward.field.isRequired() && !optional.empty()) {
        diagnostics.report(forward.position,
            "the relation field " + forward.name() + " is required, but " + listed(optional) +
                (optional.size() == 1 ? " is" : " are") + " optional; make them agree");
    }
}

void checkActions(Context& context, const Side& forward, const Side& back) {
    auto& diagnostics = context.diagnostics;
    for (const auto& action : {back.arguments.onDelete, back.arguments.onUpdate}) {
        if (!action) continue;
        diagnostics.report(action->position,
            "onDelete and onUpdate must stand on the side that holds the key, " + forward.name());
    }
    if (!forward.arguments.fields) return;
    for (const auto& action : {forward.arguments.onDelete, forward.arguments.onUpdate}) {
        if (!action || action->action != ReferentialAction::SetNull) continue;
        for (const auto field : *forward.arguments.fields) {
            const auto& column = forward.model.fields[field];
            if (!column.isRequired()) continue;
            diagnostics.report(action->position,
                "SetNull needs optional fields, but " + forward.model.name + "." + column.name +
                    " is required");
        }
    }
}

void checkOneToOne(Context& context, const Side& forward, const Side& back) {
    auto& diagnostics = context.diagnostics;
    if (back.field.isRequired()) {
        diagnostics.report(back.position,
            "the relation field " + back.name() +
                " must be optional, since nothing can enforce it; write " + forward.model.name +
                "?");
    }
    const auto& fields = *forward.arguments.fields;
    if (isUniqueCriterion(forward.model, fields)) return;
    diagnostics.report(forward.position,
        "a one-to-one relation needs unique fields on the side of its key; " +
            uniqueAdvice(forward.model, fieldNames(forward.model, fields)) +
            ", or make it one-to-many with " + forward.model.name + "[] on " + back.name());
}

void checkIgnored(Context& context, const Side& side, const Side& other) {
    if (!other.model.isIgnored || side.field.isIgnored || side.model.isIgnored) return;
    context.diagnostics.report(side.position,
        "the relation field " + side.name() + " must have @ignore, since the model " +
            other.model.name + " is ignored");
}

bool changesRecords(const Relation& relation) {
    const auto changes = [](ReferentialAction action) {
        return action != ReferentialAction::NoAction && action != ReferentialAction::Restrict;
    };
    return changes(relation.onDelete) || changes(relation.onUpdate);
}

/// The models that a model refers to by relations that change records.
std::vector<std::size_t> changedBy(const Model& model) {
    std::vector<std::size_t> models;
    for (const auto& field : model.fields) {
        if (field.isRelation() && field.relation->holdsForeignKey() &&
            changesRecords(*field.relation)) {
            models.push_back(field.relation->model);
        }
    }
    return models;
}

/// Whether following such relations from one model leads to another.
bool reaches(const Schema& schema, std::size_t from, std::size_t to) {
    std::vector<bool> seen(schema.models.size(), false);
    std::vector<std::size_t> open{from};
    while (!open.empty()) {
        const auto model = open.back();
        open.pop_back();
        if (model == to) return true;
        if (seen[model]) continue;
        seen[model] = true;
        for (const auto next : changedBy(schema.models[model])) open.push_back(next);
    }
    return false;
}

}  // namespace

void checkManyToMany(Context& context, const FieldId& left, const FieldId& right) {
    for (const auto& [id, otherId] : {std::pair(left, right), std::pair(right, left)}) {
        const auto side = sideOf(context, id);
        const auto other = sideOf(context, otherId);
        checkIgnored(context, side, other);
        const auto& key = other.model.primaryKey;
        if (side.model.isView || other.model.isView) {
            context.diagnostics.report(side.position,
                "the relation " + side.name() + " is many-to-many, which views cannot be part of");
        } else if (!key || key->isCompound()) {
            context.diagnostics.report(side.position,
                "the relation field " + side.name() + " lists " + other.model.name +
                    ", which has no single field with @id; write the many-to-many relation with a "
                    "model of its own");
        }
        if (side.hasKey()) {
            context.diagnostics.report(side.position,
                "the relation " + side.name() +
                    " is many-to-many on both sides and takes no fields "
                    "and references; remove them, or make one side a single record");
        }
        for (const auto& action : {side.arguments.onDelete, side.arguments.onUpdate}) {
            if (!action) continue;
            context.diagnostics.report(action->position,
                "an implicit many-to-many relation takes no onDelete and onUpdate; its rows always "
                "cascade");
        }
    }
}

void checkForeignKey(Context& context, const FieldId& forwardId, const FieldId& backId) {
    const auto forward = sideOf(context, forwardId);
    const auto back = sideOf(context, backId);
    checkIgnored(context, forward, back);
    checkIgnored(context, back, forward);
    if (forward.arguments.isBroken || back.arguments.isBroken) return;
    checkActions(context, forward, back);
    if (!checkKeyIsWritten(context, forward, back)) return;
    checkColumns(context, forward, back);
    if (!back.field.isList()) checkOneToOne(context, forward, back);
}

void checkCycles(Context& context) {
    const auto& schema = context.schema;
    if (schema.relationMode() != RelationMode::Prisma) return;
    for (std::size_t i = 0; i < schema.models.size(); ++i) {
        for (std::size_t j = 0; j < schema.models[i].fields.size(); ++j) {
            const auto& field = schema.models[i].fields[j];
            if (!field.isRelation() || !field.relation->holdsForeignKey()) continue;
            if (!changesRecords(*field.relation) || !reaches(schema, field.relation->model, i))
                continue;
            context.diagnostics.report(sideOf(context, {i, j}).position,
                "the relation " + schema.models[i].name + "." + field.name +
                    " is part of a cycle of relations that change records, which relationMode = "
                    "\"prisma\" "
                    "cannot follow; set onDelete: Restrict and onUpdate: Restrict on one of them");
        }
    }
}

}  // namespace loam::runtime::schema
