#include "runtime/schema/schema.hpp"

#include <algorithm>
#include <array>

#include "runtime/schema/context.hpp"
#include "runtime/schema/parser.hpp"

namespace loam::runtime::schema {

namespace {

template <typename Item>
std::optional<std::size_t>
indexOf(const std::vector<Item>& items, std::string Item::*name, std::string_view wanted) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) {
        return item.*name == wanted;
    });
    if (found == items.end()) return std::nullopt;
    return static_cast<std::size_t>(found - items.begin());
}

template <typename Item>
const Item* find(const std::vector<Item>& items, std::string Item::*name, std::string_view wanted) {
    const auto index = indexOf(items, name, wanted);
    return index ? &items[*index] : nullptr;
}

}  // namespace

std::string_view toString(ScalarType type) {
    constexpr std::array<std::string_view, 9> names{
        "Int", "BigInt", "Float", "Decimal", "Boolean", "String", "DateTime", "Bytes", "Json"};
    return names.at(static_cast<std::size_t>(type));
}

std::string_view toString(ReferentialAction action) {
    constexpr std::array<std::string_view, 5> names{
        "Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"};
    return names.at(static_cast<std::size_t>(action));
}

const Field* Model::findField(std::string_view fieldName) const {
    return find(fields, &Field::name, fieldName);
}

std::optional<std::size_t> Model::fieldIndex(std::string_view fieldName) const {
    return indexOf(fields, &Field::name, fieldName);
}

const Field* Model::findColumn(std::string_view columnName) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
        return !field.isRelation() && field.databaseName == columnName;
    });
    return found == fields.end() ? nullptr : &*found;
}

const EnumValue* Enum::findValue(std::string_view valueName) const {
    return find(values, &EnumValue::name, valueName);
}

const EnumValue* Enum::findStored(std::string_view stored) const {
    return find(values, &EnumValue::databaseName, stored);
}

const Model* Schema::findModel(std::string_view name) const {
    return find(models, &Model::name, name);
}

std::optional<std::size_t> Schema::modelIndex(std::string_view name) const {
    return indexOf(models, &Model::name, name);
}

const Enum* Schema::findEnum(std::string_view name) const { return find(enums, &Enum::name, name); }

const Model& Schema::related(const Field& field) const {
    return models.at(field.relation.value().model);
}

const Field& Schema::opposite(const Field& field) const {
    return related(field).fields.at(field.relation.value().opposite);
}

RelationMode Schema::relationMode() const {
    return datasource ? datasource->relationMode : RelationMode::ForeignKeys;
}

Schema parse(std::string_view text, std::string_view file) {
    return parse(std::vector<SourceFile>{{std::string(file), std::string(text)}});
}

Schema parse(const std::vector<SourceFile>& files) {
    std::vector<std::string> paths;
    for (const auto& file : files) paths.push_back(file.path);
    Diagnostics diagnostics(std::move(paths));

    Document document;
    for (std::size_t i = 0; i < files.size(); ++i) {
        parseTokens(tokenize(files[i].text, i, diagnostics), document, diagnostics);
    }
    // What could not be read, and names that mean nothing, would only cause a second row of
    // mistakes.
    diagnostics.throwIfAny();

    Schema schema;
    Context context{.document = document, .schema = schema, .diagnostics = diagnostics};
    readConfiguration(context);
    declare(context);
    diagnostics.throwIfAny();
    readFieldAttributes(context);
    readBlockAttributes(context);
    resolveRelations(context);
    checkModels(context);
    diagnostics.throwIfAny();
    return schema;
}

}  // namespace loam::runtime::schema
