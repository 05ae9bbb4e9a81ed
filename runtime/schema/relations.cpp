#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "runtime/schema/context.hpp"
#include "runtime/schema/relation_checks.hpp"

namespace loam::runtime::schema {

namespace {

/// The fields of one model that may belong to the same relation: same related model, same name
/// given.
using GroupKey = std::tuple<std::size_t, std::size_t, std::optional<std::string>>;
using Groups = std::map<GroupKey, std::vector<std::size_t>>;

Groups groupFields(const Context& context) {
    Groups groups;
    const auto& models = context.schema.models;
    for (std::size_t i = 0; i < models.size(); ++i) {
        for (std::size_t j = 0; j < models[i].fields.size(); ++j) {
            const auto& field = models[i].fields[j];
            if (!field.isRelation()) continue;
            groups[{i, field.relation->model, context.relations[i][j].name}].push_back(j);
        }
    }
    return groups;
}

/// A relation has two fields; a group with more of them needs names to tell the relations apart.
bool isAmbiguous(Context& context, const GroupKey& key, const std::vector<std::size_t>& fields) {
    const auto& [model, related, name] = key;
    const bool isSelf = model == related;
    if (fields.size() < 2 || (isSelf && name && fields.size() == 2)) return false;
    const auto& from = context.schema.models[model];
    std::vector<std::string> names;
    for (const auto field : fields) names.push_back(from.fields[field].name);
    const auto& position = context.document.models[model].fields[fields.back()].name.position;
    std::string message = "the fields " + listed(names) + " of the model " + from.name;
    if (name) {
        message +=
            " have the same relation name \"" + *name + "\"; give each relation a name of its own";
    } else if (isSelf) {
        message +=
            " refer to the model itself without a relation name; give the two sides of each "
            "relation "
            "the same @relation(\"name\")";
    } else {
        message +=
            " all refer to " + context.schema.models[related].name +
            "; give each relation a name, the same on both sides: @relation(\"name\")";
    }
    context.diagnostics.report(position, message);
    return true;
}

std::optional<FieldId> findOpposite(const Groups& groups, const GroupKey& key, const FieldId& id) {
    const auto& [model, related, name] = key;
    const auto found = groups.find({related, model, name});
    if (found == groups.end()) return std::nullopt;
    for (const auto field : found->second) {
        const FieldId other{related, field};
        if (!(other == id)) return other;
    }
    return std::nullopt;
}

void reportMissing(Context& context, const FieldId& id) {
    const auto& models = context.schema.models;
    const auto& declaration = context.document.models[id.model].fields[id.field];
    const auto& field = models[id.model].fields[id.field];
    const auto& related = models[field.relation->model];
    const auto& name = context.relations[id.model][id.field].name;
    context.diagnostics.report(declaration.name.position,
        "the relation field " + field.name + " of the model " + models[id.model].name +
            " has no opposite field on the model " + related.name + "; add one of type " +
            models[id.model].name + (name ? " with @relation(\"" + *name + "\")" : "") + " there");
}

/// Whether `left` is the side that holds the key, or that should hold it.
bool isForward(const Context& context, const FieldId& left, const FieldId& right) {
    const auto& models = context.schema.models;
    const auto& a = models[left.model].fields[left.field];
    const auto& b = models[right.model].fields[right.field];
    if (a.isList() != b.isList()) return b.isList();
    // Of the two sides of a one-to-one relation, the required one holds the key.
    if (a.isRequired() != b.isRequired()) return a.isRequired();
    const bool aHasFields = context.relations[left.model][left.field].fields.has_value();
    const bool bHasFields = context.relations[right.model][right.field].fields.has_value();
    if (aHasFields != bHasFields) return aHasFields;
    return std::tie(models[left.model].name, a.name) < std::tie(models[right.model].name, b.name);
}

std::string relationName(const Context& context, const FieldId& left, const FieldId& right) {
    if (const auto& name = context.relations[left.model][left.field].name) return *name;
    const auto& a = context.schema.models[left.model].name;
    const auto& b = context.schema.models[right.model].name;
    return std::min(a, b) + "To" + std::max(a, b);
}

/// Columns of the join table: A for the model whose name comes first. When both are the same model,
/// the field whose name comes first has its own record in A.
JoinTable joinTable(const Model& own, const Field& field, const Model& other, const Field& opposite,
    const std::string& name) {
    const bool first = std::tie(own.name, field.name) < std::tie(other.name, opposite.name);
    return {.name = "_" + name, .ownColumn = first ? "A" : "B", .otherColumn = first ? "B" : "A"};
}

ReferentialAction defaultOnDelete(const Model& model, const std::vector<std::size_t>& fields) {
    const bool optional = std::none_of(fields.begin(), fields.end(), [&](std::size_t field) {
        return model.fields[field].isRequired();
    });
    return optional ? ReferentialAction::SetNull : ReferentialAction::Restrict;
}

void complete(Context& context, const FieldId& forward, const FieldId& back) {
    auto& from = context.schema.models[forward.model];
    auto& to = context.schema.models[back.model];
    auto& relation = from.fields[forward.field].relation.value();
    auto& other = to.fields[back.field].relation.value();
    const auto name = relationName(context, forward, back);
    relation.name = name;
    other.name = name;
    relation.opposite = back.field;
    other.opposite = forward.field;
    if (from.fields[forward.field].isList()) {
        checkManyToMany(context, forward, back);
        relation.joinTable =
            joinTable(from, from.fields[forward.field], to, to.fields[back.field], name);
        other.joinTable =
            joinTable(to, to.fields[back.field], from, from.fields[forward.field], name);
        return;
    }
    const auto& arguments = context.relations[forward.model][forward.field];
    relation.fields = arguments.fields.value_or(std::vector<std::size_t>{});
    relation.references = arguments.references.value_or(std::vector<std::size_t>{});
    relation.onDelete =
        arguments.onDelete ? arguments.onDelete->action : defaultOnDelete(from, relation.fields);
    if (arguments.onUpdate) relation.onUpdate = arguments.onUpdate->action;
    other.onDelete = relation.onDelete;
    other.onUpdate = relation.onUpdate;
    checkForeignKey(context, forward, back);
}

}  // namespace

void resolveRelations(Context& context) {
    const auto groups = groupFields(context);
    std::map<GroupKey, bool> ambiguous;
    for (const auto& [key, fields] : groups) ambiguous[key] = isAmbiguous(context, key, fields);
    for (const auto& [key, fields] : groups) {
        const auto& [model, related, name] = key;
        const auto opposite = ambiguous.find({related, model, name});
        if (ambiguous[key] || (opposite != ambiguous.end() && opposite->second)) continue;
        for (const auto field : fields) {
            const FieldId id{model, field};
            const auto other = findOpposite(groups, key, id);
            if (!other) {
                // A name that could not be read would make its other side look missing.
                if (!context.relations[model][field].isBroken) reportMissing(context, id);
            } else if (isForward(context, id, *other)) {
                complete(context, id, *other);
            }
        }
    }
}

}  // namespace loam::runtime::schema
