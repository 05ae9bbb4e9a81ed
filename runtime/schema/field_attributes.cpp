#include <string>
#include <utility>

#include "runtime/schema/attributes.hpp"
#include "runtime/schema/context.hpp"

namespace loam::runtime::schema {

namespace {

/// What reading the attributes of one field needs at hand.
struct FieldScope {
    Context& context;
    FieldId id;
    const FieldDeclaration& declaration;
    Model& model;
    Field& field;

    ArgumentReader reader(const Attribute& attribute) const {
        return {attribute.arguments, "@" + attribute.name, attribute.position, context.diagnostics};
    }
};

void readId(const FieldScope& scope, const Attribute& attribute) {
    auto reader = scope.reader(attribute);
    for (const auto* name : {"map", "sort", "length", "clustered"}) {
        if (const auto* value = reader.named(name)) {
            reader.report(value->position, std::string(name) + " is not supported on SQLite");
        }
    }
    reader.finish();
    if (scope.model.primaryKey) {
        reader.report(attribute.position,
            "the model " + scope.model.name +
                " has an id already; for an id of several fields write @@id([a, b])");
        return;
    }
    if (scope.model.isView) {
        reader.report(attribute.position, "a view cannot have an id; use @unique instead");
    }
    if (!scope.field.isRequired() && !scope.model.isIgnored) {
        reader.report(attribute.position,
            "the id field " + scope.field.name + " must be required; remove \"" +
                (scope.field.isList() ? "[]" : "?") + "\" after its type");
    }
    scope.field.isId = true;
    scope.model.primaryKey = Key{.name = scope.field.name, .fields = {{.field = scope.id.field}}};
}

void readUnique(const FieldScope& scope, const Attribute& attribute) {
    auto reader = scope.reader(attribute);
    Key key{.name = scope.field.name, .fields = {{.field = scope.id.field}}};
    key.databaseName = reader.mapped().value_or("");
    key.fields[0].sort = readSort(reader);
    for (const auto* name : {"length", "clustered"}) {
        if (const auto* value = reader.named(name)) {
            reader.report(value->position, std::string(name) + " is not supported on SQLite");
        }
    }
    reader.finish();
    scope.field.isUnique = true;
    scope.model.uniques.push_back(std::move(key));
}

void readMap(const FieldScope& scope, const Attribute& attribute) {
    auto reader = scope.reader(attribute);
    const auto name = reader.text(reader.required("name"), "name");
    reader.finish();
    if (name) scope.field.databaseName = *name;
}

void readUpdatedAt(const FieldScope& scope, const Attribute& attribute) {
    auto reader = scope.reader(attribute);
    reader.finish();
    if (scope.field.kind != FieldKind::Scalar || scope.field.scalar != ScalarType::DateTime) {
        reader.report(
            attribute.position, "the field " + scope.field.name + " must be of type DateTime");
    }
    scope.field.isUpdatedAt = true;
}

void readIgnore(const FieldScope& scope, const Attribute& attribute) {
    auto reader = scope.reader(attribute);
    reader.finish();
    if (scope.field.kind == FieldKind::Unsupported) {
        reader.report(attribute.position,
            "fields of type Unsupported are ignored as they are; remove @ignore");
    }
    scope.field.isIgnored = true;
}

void readColumn(const FieldScope& scope) {
    const auto& attributes = scope.declaration.attributes;
    checkAttributes(attributes, "@",
        {"id", "unique", "default", "map", "updatedAt", "ignore", "relation"},
        "the field " + scope.field.name, scope.context.diagnostics);
    if (const auto* attribute = findAttribute(attributes, "map")) readMap(scope, *attribute);
    if (const auto* attribute = findAttribute(attributes, "ignore")) readIgnore(scope, *attribute);
    if (const auto* attribute = findAttribute(attributes, "id")) readId(scope, *attribute);
    if (const auto* attribute = findAttribute(attributes, "unique")) readUnique(scope, *attribute);
    if (const auto* attribute = findAttribute(attributes, "updatedAt"))
        readUpdatedAt(scope, *attribute);
    if (const auto* attribute = findAttribute(attributes, "default")) {
        readDefault(scope.context, scope.id, *attribute);
    }
    if (const auto* attribute = findAttribute(attributes, "relation")) {
        scope.context.diagnostics.report(attribute->position,
            "@relation: the type of the field " + scope.field.name + " must be a model, got " +
                scope.declaration.type.text);
    }
}

void readRelationField(const FieldScope& scope) {
    const auto& attributes = scope.declaration.attributes;
    checkAttributes(attributes, "@",
        {"relation", "ignore", "id", "unique", "default", "map", "updatedAt"},
        "the relation field " + scope.field.name, scope.context.diagnostics);
    for (const auto* name : {"id", "unique", "default", "map", "updatedAt"}) {
        const auto* attribute = findAttribute(attributes, name);
        if (attribute == nullptr) continue;
        scope.context.diagnostics.report(attribute->position,
            std::string("@") + name + " cannot stand on the relation field " + scope.field.name +
                ", which has no column; put it on the fields that hold its key");
    }
    if (const auto* attribute = findAttribute(attributes, "ignore")) readIgnore(scope, *attribute);
    if (const auto* attribute = findAttribute(attributes, "relation")) {
        readRelation(scope.context, scope.id, *attribute);
    }
}

}  // namespace

void readFieldAttributes(Context& context) {
    for (std::size_t i = 0; i < context.schema.models.size(); ++i) {
        auto& model = context.schema.models[i];
        const auto& declaration = context.document.models[i];
        model.isIgnored = findAttribute(declaration.attributes, "ignore") != nullptr;
        for (std::size_t j = 0; j < model.fields.size(); ++j) {
            const FieldScope scope{context, {i, j}, declaration.fields[j], model, model.fields[j]};
            if (scope.field.isRelation()) {
                readRelationField(scope);
            } else {
                readColumn(scope);
            }
        }
    }
}

}  // namespace loam::runtime::schema
