#include <algorithm>
#include <string>
#include <utility>

#include "runtime/schema/attributes.hpp"
#include "runtime/schema/context.hpp"

namespace loam::runtime::schema {

namespace {

/// What reading the attributes of one model needs at hand.
struct ModelScope {
    Context& context;
    const ModelDeclaration& declaration;
    Model& model;

    ArgumentReader reader(const Attribute& attribute) const {
        return {
            attribute.arguments, "@@" + attribute.name, attribute.position, context.diagnostics};
    }
};

/// Views are read only, so nothing but unique criteria is declared on them.
bool refusedOnView(const ModelScope& scope, ArgumentReader& reader, const std::string& what) {
    if (scope.model.isView) reader.report(reader.position(), "a view cannot have " + what);
    return scope.model.isView;
}

void refuse(ArgumentReader& reader, const std::vector<std::string_view>& names) {
    for (const auto name : names) {
        if (const auto* value = reader.named(name)) {
            reader.report(value->position, std::string(name) + " is not supported on SQLite");
        }
    }
}

/// The names of columns that a relation field stands for, as a hint: ` Did you mean "authorId"?`.
std::string relationHint(const ModelScope& scope, std::size_t field) {
    const auto model = static_cast<std::size_t>(&scope.model - scope.context.schema.models.data());
    const auto& columns = scope.context.relations[model][field].fields;
    if (!columns || columns->empty()) return "";
    std::string names;
    for (const auto column : *columns) {
        names += (names.empty() ? "" : ", ") + scope.model.fields[column].name;
    }
    return " Did you mean " + names + "?";
}

/// One item of a field list: `name` or `name(sort: Desc)`.
std::optional<KeyField>
keyField(const ModelScope& scope, ArgumentReader& reader, const Expression& item) {
    if (item.kind != ExpressionKind::Constant && item.kind != ExpressionKind::Function) {
        reader.report(item.position, "fields must be a list of field names, got " + describe(item));
        return std::nullopt;
    }
    const auto index = scope.model.fieldIndex(item.text);
    if (!index) {
        std::vector<std::string_view> names;
        for (const auto& field : scope.model.fields) names.push_back(field.name);
        reader.report(item.position,
            std::string("the ") + scope.declaration.word() + " " + scope.model.name +
                " has no field " + item.text + "." + suggestion(item.text, names));
        return std::nullopt;
    }
    if (scope.model.fields[*index].isRelation()) {
        reader.report(item.position,
            item.text + " is a relation field, which has no column." + relationHint(scope, *index));
        return std::nullopt;
    }
    KeyField result{.field = *index};
    ArgumentReader options(item.arguments, item.text, item.position, scope.context.diagnostics);
    result.sort = readSort(options);
    refuse(options, {"length", "ops"});
    options.finish();
    return result;
}

std::vector<KeyField> keyFields(const ModelScope& scope, ArgumentReader& reader) {
    std::vector<KeyField> fields;
    const auto* list = reader.required("fields");
    if (list == nullptr) return fields;
    const auto items = listItems(*list);
    if (items.empty()) reader.report(list->position, "fields must name at least one field");
    for (const auto* item : items) {
        const auto field = keyField(scope, reader, *item);
        if (!field) continue;
        const bool twice = std::any_of(fields.begin(), fields.end(), [&](const KeyField& other) {
            return other.field == field->field;
        });
        if (twice) {
            reader.report(item->position, "the field " + item->text + " is listed twice");
        } else {
            fields.push_back(*field);
        }
    }
    return fields;
}

/// The name that clients use for a key: the one given, or the field names joined.
std::string
clientName(const ModelScope& scope, ArgumentReader& reader, const std::vector<KeyField>& fields) {
    const auto* value = reader.named("name");
    if (const auto name = reader.text(value, "name")) {
        const bool valid = std::all_of(name->begin(), name->end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '_';
        });
        if (!valid) {
            reader.report(value->position,
                R"(name must hold letters, digits and "_" only, got ")" + *name + '"');
        }
        if (scope.model.findField(*name) != nullptr) {
            reader.report(value->position, "the name " + *name + " is taken by a field");
        }
        // Clients know a key of one field by that field.
        if (fields.size() > 1) return *name;
    }
    std::string joined;
    for (const auto& field : fields) {
        joined += (joined.empty() ? "" : "_") + scope.model.fields[field.field].name;
    }
    return joined;
}

/// A compound key is an argument beside the fields, so its name must not be a field's.
void checkClientName(const ModelScope& scope, ArgumentReader& reader, const Key& key) {
    if (!key.isCompound() || scope.model.findField(key.name) == nullptr) return;
    reader.report(reader.position(),
        "the name " + key.name + " is taken by a field; give another with name: \"...\"");
}

void readId(const ModelScope& scope, const Attribute& attribute) {
    auto reader = scope.reader(attribute);
    Key key{.fields = keyFields(scope, reader)};
    key.name = clientName(scope, reader, key.fields);
    refuse(reader, {"map", "clustered"});
    reader.finish();
    checkClientName(scope, reader, key);
    if (scope.model.primaryKey) {
        reader.report(attribute.position,
            std::string("the ") + scope.declaration.word() + " " + scope.model.name +
                " has an id already");
        return;
    }
    if (key.fields.empty() || refusedOnView(scope, reader, "an id; use @@unique instead")) return;
    for (const auto& field : key.fields) {
        if (field.sort)
            reader.report(attribute.position, "sort is not supported in an id on SQLite");
        const auto& column = scope.model.fields[field.field];
        if (column.isRequired() || scope.model.isIgnored) continue;
        reader.report(attribute.position, "the id field " + column.name + " must be required");
    }
    if (!key.isCompound()) scope.model.fields[key.fields[0].field].isId = true;
    scope.model.primaryKey = std::move(key);
}

void readUnique(const ModelScope& scope, const Attribute& attribute) {
    auto reader = scope.reader(attribute);
    Key key{.fields = keyFields(scope, reader)};
    key.name = clientName(scope, reader, key.fields);
    key.databaseName = reader.mapped().value_or("");
    refuse(reader, {"clustered"});
    reader.finish();
    checkClientName(scope, reader, key);
    if (key.fields.empty()) return;
    if (!key.isCompound()) scope.model.fields[key.fields[0].field].isUnique = true;
    scope.model.uniques.push_back(std::move(key));
}

void readIndex(const ModelScope& scope, const Attribute& attribute) {
    auto reader = scope.reader(attribute);
    Key key{.fields = keyFields(scope, reader)};
    const auto* name = reader.named("name");
    const auto mapped = reader.mapped();
    if (name != nullptr && mapped) {
        reader.report(name->position, "name is the older word for map; give only map");
    }
    key.databaseName = mapped.value_or(reader.text(name, "name").value_or(""));
    if (const auto* type = reader.named("type")) {
        if (type->kind != ExpressionKind::Constant || type->text != "BTree") {
            reader.report(type->position, "type must be BTree on SQLite, got " + describe(*type));
        }
    }
    refuse(reader, {"clustered"});
    reader.finish();
    if (refusedOnView(scope, reader, "an index")) return;
    if (!key.fields.empty()) scope.model.indexes.push_back(std::move(key));
}

std::optional<std::string>
readMap(Context& context, const Attribute& attribute, const std::string& sign) {
    ArgumentReader reader(
        attribute.arguments, sign + "map", attribute.position, context.diagnostics);
    auto name = reader.text(reader.required("name"), "name");
    reader.finish();
    return name;
}

void readModel(const ModelScope& scope) {
    const auto& attributes = scope.declaration.attributes;
    const auto place = std::string("the ") + scope.declaration.word() + " " + scope.model.name;
    auto& diagnostics = scope.context.diagnostics;
    checkAttributes(
        attributes, "@@", {"id", "unique", "index", "map", "ignore"}, place, diagnostics);
    if (const auto* attribute = findAttribute(attributes, "map")) {
        if (const auto name = readMap(scope.context, *attribute, "@@"))
            scope.model.databaseName = *name;
    }
    if (const auto* attribute = findAttribute(attributes, "ignore")) {
        scope.reader(*attribute).finish();
        for (const auto& field : scope.declaration.fields) {
            const auto* ignored = findAttribute(field.attributes, "ignore");
            if (ignored == nullptr) continue;
            diagnostics.report(ignored->position,
                "the whole " + std::string(scope.declaration.word()) +
                    " is ignored; remove @ignore here");
        }
    }
    if (const auto* attribute = findAttribute(attributes, "id")) readId(scope, *attribute);
    for (const auto& attribute : attributes) {
        if (attribute.name == "unique") readUnique(scope, attribute);
        if (attribute.name == "index") readIndex(scope, attribute);
    }
}

void readEnum(Context& context, const EnumDeclaration& declaration, Enum& enumeration) {
    checkAttributes(
        declaration.attributes, "@@", {"map"}, "the enum " + enumeration.name, context.diagnostics);
    if (const auto* attribute = findAttribute(declaration.attributes, "map")) {
        if (const auto name = readMap(context, *attribute, "@@")) enumeration.databaseName = *name;
    }
    for (std::size_t i = 0; i < enumeration.values.size(); ++i) {
        const auto& attributes = declaration.values[i].attributes;
        auto& value = enumeration.values[i];
        checkAttributes(
            attributes, "@", {"map"}, "the enum value " + value.name, context.diagnostics);
        const auto* attribute = findAttribute(attributes, "map");
        if (attribute == nullptr) continue;
        if (const auto name = readMap(context, *attribute, "@")) value.databaseName = *name;
    }
}

}  // namespace

void readBlockAttributes(Context& context) {
    auto& schema = context.schema;
    for (std::size_t i = 0; i < schema.models.size(); ++i) {
        readModel({context, context.document.models[i], schema.models[i]});
    }
    for (std::size_t i = 0; i < schema.enums.size(); ++i) {
        readEnum(context, context.document.enums[i], schema.enums[i]);
    }
}

}  // namespace loam::runtime::schema
