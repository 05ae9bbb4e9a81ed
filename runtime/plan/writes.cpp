#include "runtime/plan/writes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using schema::Field;
using schema::Model;

/// Null in a write has two alternative input types to fail against.
constexpr std::string_view writeCode = "P2009";

struct Operator {
    std::string_view name;
    AssignmentKind kind;
};

constexpr std::array operators{
    Operator{"set", AssignmentKind::Set},
    Operator{"increment", AssignmentKind::Increment},
    Operator{"decrement", AssignmentKind::Decrement},
    Operator{"multiply", AssignmentKind::Multiply},
    Operator{"divide", AssignmentKind::Divide},
};

bool isNumeric(const Field& field) {
    return field.kind == schema::FieldKind::Scalar &&
           (field.scalar == schema::ScalarType::Int || field.scalar == schema::ScalarType::BigInt ||
               field.scalar == schema::ScalarType::Float ||
               field.scalar == schema::ScalarType::Decimal);
}

bool isJson(const Field& field) {
    return field.kind == schema::FieldKind::Scalar && field.scalar == schema::ScalarType::Json;
}

const Field& columnOf(Context& context, const Model& model, const Member& member) {
    const Field* field = model.findField(member.name);
    if (field != nullptr && field->isRelation() && !field->isIgnored) {
        context.failUnsupported("Nested writes (`" + field->name + "`) are", member.location);
    }
    if (field == nullptr || !field->isUsableColumn()) {
        context.failUnknownField(member, columnNames(model));
    }
    return *field;
}

/// A value to store: null where the field may be null, DbNull and JsonNull for Json.
Scalar storedValue(const Context& context, const Field& field, const Value& value) {
    if (isJson(field) && value.kind == Value::Kind::Enum) {
        if (value.text == "JsonNull") {
            return Json{"null"};
        }
        if (value.text == "DbNull" && !field.isRequired()) {
            return {};
        }
        context.failValue(value,
            "`" + std::string(value.text) + "` is not a valid `" +
                (field.isRequired() ? "JsonNullValueInput" : "NullableJsonNullValueInput") + "`");
    }
    if (value.isNull()) {
        if (field.isRequired()) {
            context.failRequired(value.location, writeCode);
        }
        return {};
    }
    return scalarOf(context, field, value);
}

Assignment changeOf(Context& context, const Field& field, const Value& value) {
    if (value.kind != Value::Kind::Object) {
        return {&field, AssignmentKind::Set, storedValue(context, field, value)};
    }
    if (value.members().size() != 1) {
        context.fail("P2009", value.members().empty() ? "SomeFieldsMissing" : "TooManyFieldsGiven",
            "`" + context.argumentPath() + "` takes exactly one operation, such as `set`.",
            value.location);
    }
    const Member& member = value.members().front();
    const auto step = context.enterArgument(member.name);
    const std::size_t allowed = isNumeric(field) ? operators.size() : 1;
    const auto* const end = operators.begin() + allowed;
    const auto* found = std::find_if(operators.begin(), end, [&](const Operator& candidate) {
        return candidate.name == member.name;
    });
    if (found == end) {
        Names names;
        std::for_each(operators.begin(), end, [&](const Operator& candidate) {
            names.push_back(candidate.name);
        });
        context.failUnknownField(member, names);
    }
    if (found->kind != AssignmentKind::Set && member.value.isNull()) {
        context.failRequired(member.value.location, writeCode);
    }
    return {&field, found->kind, storedValue(context, field, member.value)};
}

bool hasAssignment(const std::vector<Assignment>& assignments, const Field& field) {
    return std::any_of(assignments.begin(), assignments.end(), [&](const Assignment& assignment) {
        return assignment.field == &field;
    });
}

/// Whether a missing value is a mistake: the database fills the others, with NULL at least.
bool mustBeGiven(const Field& field) {
    return field.isRequired() && !field.isIgnored && !field.defaultValue && !field.isUpdatedAt;
}

void addDefaults(Context& context, const Model& model, std::vector<Assignment>& assignments,
    request::Location location) {
    for (const Field& field : model.fields) {
        const bool isColumn =
            field.kind == schema::FieldKind::Scalar || field.kind == schema::FieldKind::Enum;
        if (!isColumn || hasAssignment(assignments, field)) {
            continue;
        }
        if (std::optional<Scalar> value = defaultValue(context.schema, field, context.sources)) {
            assignments.push_back({&field, AssignmentKind::Set, std::move(*value)});
        } else if (field.isUpdatedAt) {
            assignments.push_back(
                {&field, AssignmentKind::Set, DateTime{context.sources.nowMilliseconds}});
        } else if (mustBeGiven(field)) {
            const auto step = context.enterArgument(field.name);
            context.failRequired(location, writeCode);
        }
    }
}

/// The engine would have to carry a changed key over to the records that refer to it.
void checkKeys(const Context& context, const Model& model, const std::vector<Assignment>& changes,
    request::Location location) {
    if (context.schema.relationMode() != schema::RelationMode::Prisma) {
        return;
    }
    for (const Field& field : model.fields) {
        if (!field.isRelation() || field.relation->holdsForeignKey()) {
            continue;
        }
        const schema::Relation& other = *context.schema.opposite(field).relation;
        for (const std::size_t referenced : other.references) {
            if (hasAssignment(changes, model.fields[referenced])) {
                context.failUnsupported(
                    "Changing `" + model.fields[referenced].name +
                        "`, which other records refer to, with relationMode "
                        "\"prisma\" is",
                    location);
            }
        }
    }
}

}  // namespace

std::vector<Assignment> recordOf(Context& context, const Model& model, const Value* data) {
    std::vector<Assignment> assignments;
    request::Location location;
    if (data != nullptr) {
        location = data->location;
        for (const Member& member : membersOf(context, *data, model.name + "CreateInput")) {
            const auto step = context.enterArgument(member.name);
            const Field& field = columnOf(context, model, member);
            assignments.push_back(
                {&field, AssignmentKind::Set, storedValue(context, field, member.value)});
        }
    }
    addDefaults(context, model, assignments, location);
    return assignments;
}

std::vector<Assignment> changesOf(Context& context, const Model& model, const Value& data) {
    std::vector<Assignment> changes;
    for (const Member& member : membersOf(context, data, model.name + "UpdateInput")) {
        const auto step = context.enterArgument(member.name);
        changes.push_back(changeOf(context, columnOf(context, model, member), member.value));
    }
    checkKeys(context, model, changes, data.location);
    if (changes.empty()) {
        return changes;
    }
    for (const Field& field : model.fields) {
        if (field.isUpdatedAt && !hasAssignment(changes, field)) {
            changes.push_back(
                {&field, AssignmentKind::Set, DateTime{context.sources.nowMilliseconds}});
        }
    }
    return changes;
}

void checkDelete(const Context& context, const Model& model, request::Location location) {
    if (context.schema.relationMode() != schema::RelationMode::Prisma) {
        return;
    }
    for (const Field& field : model.fields) {
        if (field.isRelation() && !field.relation->holdsForeignKey()) {
            context.failUnsupported(
                "Deleting from `" + model.name +
                    "`, which other records refer to, with relationMode \"prisma\" is",
                location);
        }
    }
}

}  // namespace loam::runtime::plan
