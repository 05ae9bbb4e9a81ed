#include <algorithm>
#include <array>
#include <cctype>

#include "runtime/plan/input_builder.hpp"
#include "runtime/plan/values.hpp"
#include "runtime/schema/filter_operators.hpp"

namespace loam::runtime::plan {
namespace {

using schema::Key;

std::string capitalized(std::string_view name) {
    std::string text(name);
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

/// MembershipUserIdGroupIdCompoundUniqueInput, or with the name that the schema gives the key.
std::string compoundName(const schema::Model& model, const Key& key) {
    std::string joined;
    std::string name = model.name;
    for (const schema::KeyField& part : key.fields) {
        const std::string& field = model.fields[part.field].name;
        joined += (joined.empty() ? "" : "_") + field;
        name += capitalized(field);
    }
    return (joined == key.name ? name : model.name + capitalized(key.name)) + "CompoundUniqueInput";
}

/// The order in which the operators of filters are listed.
constexpr std::array<std::string_view, 11> operatorOrder{
    "equals", "in", "notIn", "lt", "lte", "gt", "gte", "contains", "startsWith", "endsWith", "not"};

const schema::FilterOperatorRow& operatorRow(std::string_view name) {
    return *std::find_if(schema::filterOperators.begin(), schema::filterOperators.end(),
        [&](const schema::FilterOperatorRow& row) { return row.name == name; });
}

}  // namespace

InputType InputBuilder::scalar(std::string name, bool isList) {
    return {.kind = InputType::Kind::Plain, .name = std::move(name), .isList = isList};
}

InputType InputBuilder::null() { return {.kind = InputType::Kind::Null, .name = "Null"}; }

InputType InputBuilder::fieldReference(const std::string& type) {
    return {.kind = InputType::Kind::FieldReference, .name = type + "FieldRefInput"};
}

InputType InputBuilder::enumeration(std::string name, std::vector<InputWord> words) {
    return {.kind = InputType::Kind::Enum, .name = std::move(name), .words = std::move(words)};
}

InputType InputBuilder::object(std::string name, std::function<Fields()> fields) {
    return {.kind = InputType::Kind::Object, .name = std::move(name), .fields = std::move(fields)};
}

InputType InputBuilder::list(InputType type) {
    type.isList = true;
    return type;
}

InputBuilder::Types InputBuilder::oneOrMany(const InputType& type) { return {type, list(type)}; }

std::vector<const schema::Field*> InputBuilder::fieldsOf(const Model& model) {
    std::vector<const Field*> fields;
    for (const Field& field : model.fields) {
        fields.push_back(&field);
    }
    std::stable_partition(fields.begin(), fields.end(), [](const Field* field) {
        return !field->isRelation();
    });
    return fields;
}

/// "Int", "Bool" or "EnumRole", as part of a name.
std::string InputBuilder::columnName(const Field& field) const {
    if (field.kind == schema::FieldKind::Enum) {
        return "Enum" + schema_->enums[field.enumIndex].name;
    }
    return field.scalar == schema::ScalarType::Boolean
               ? "Bool"
               : std::string(schema::toString(field.scalar));
}

/// The same, but "Boolean" for "Bool".
std::string InputBuilder::typeName(const Field& field) const {
    return field.kind == schema::FieldKind::Enum ? columnName(field) : columnType(field).name;
}

InputType InputBuilder::columnType(const Field& field) const {
    if (field.kind != schema::FieldKind::Enum) {
        return scalar(std::string(schema::toString(field.scalar)));
    }
    const schema::Enum& source = schema_->enums[field.enumIndex];
    InputType type = enumeration(source.name);
    type.source = &source;
    return type;
}

InputType InputBuilder::columnNames(const Model& model) const {
    std::vector<InputWord> words;
    for (const Field& field : model.fields) {
        if (field.isUsableColumn()) {
            words.push_back({field.name});
        }
    }
    return enumeration(model.name + "ScalarFieldEnum", std::move(words));
}

/// AND, OR and NOT of conditions.
InputBuilder::Fields InputBuilder::logic(const InputType& type) {
    return {{"AND", oneOrMany(type)}, {"OR", {list(type)}}, {"NOT", oneOrMany(type)}};
}

InputType InputBuilder::where(const Model& model) const {
    return object(model.name + "WhereInput", [self = *this, &model] {
        Fields fields = logic(self.where(model));
        self.addConditions(fields, model);
        return fields;
    });
}

/// Without relations, as deleteMany and updateMany of related records take it.
InputType InputBuilder::scalarWhere(const Model& model) const {
    return object(model.name + "ScalarWhereInput", [self = *this, &model] {
        Fields fields = logic(self.scalarWhere(model));
        self.addConditions(fields, model);
        std::erase_if(fields, [&](const InputField& condition) {
            const Field* field = model.findField(condition.name);
            return field != nullptr && field->isRelation();
        });
        return fields;
    });
}

InputType InputBuilder::whereUnique(const Model& model) const {
    InputType type = object(model.name + "WhereUniqueInput", [self = *this, &model] {
        Fields fields;
        for (const Key* key : uniqueKeys(model)) {
            if (findField(fields, key->name) == nullptr) {
                const Field& first = model.fields[key->fields.front().field];
                fields.push_back({key->name,
                    {key->isCompound() ? self.compoundKey(model, *key) : self.columnType(first)}});
            }
        }
        for (InputField& field : logic(self.where(model))) {
            fields.push_back(std::move(field));
        }
        self.addConditions(fields, model);
        return fields;
    });
    type.meaning = "Needs at least one of the unique fields or keys.";
    type.fewest = 1;
    for (const Key* key : uniqueKeys(model)) {
        type.oneOf.push_back(key->name);
    }
    return type;
}

InputType InputBuilder::compoundKey(const Model& model, const Key& key) const {
    InputType type = object(compoundName(model, key), [self = *this, &model, &key] {
        Fields parts;
        for (const schema::KeyField& part : key.fields) {
            const Field& field = model.fields[part.field];
            parts.push_back({field.name, {self.columnType(field)}, true});
        }
        return parts;
    });
    type.family = model.name + key.name + "CompoundUniqueInput";
    return type;
}

/// A condition for every field that is not there yet.
void InputBuilder::addConditions(Fields& fields, const Model& model) const {
    for (const Field* each : fieldsOf(model)) {
        const Field& field = *each;
        if (findField(fields, field.name) != nullptr) {
            continue;
        }
        if (field.isRelation() && !field.isIgnored) {
            const Link& link = links_->of(field);
            Types types{relationFilter(link)};
            if (!field.isList()) {
                types.push_back(where(*link.related));
                if (!field.isRequired()) {
                    types.push_back(null());
                }
            }
            fields.push_back({field.name, std::move(types)});
        } else if (field.isUsableColumn()) {
            fields.push_back({field.name, conditions(field, false)});
        }
    }
}

InputType InputBuilder::relationFilter(const Link& link) const {
    const std::string& related = link.related->name;
    if (link.isList()) {
        return object(related + "ListRelationFilter", [self = *this, &link]() -> Fields {
            const Types types{self.where(*link.related)};
            return {{"every", types}, {"some", types}, {"none", types}};
        });
    }
    const bool isRequired = link.field->isRequired();
    InputType type = object(
        related + (isRequired ? "ScalarRelationFilter" : "NullableScalarRelationFilter"),
        [self = *this, &link, isRequired]() -> Fields {
            Types types{self.where(*link.related)};
            if (!isRequired) {
                types.push_back(null());
            }
            return {{"is", types}, {"isNot", types}};
        });
    type.family = related + "RelationFilter";
    type.meaning = "Either `is` and `isNot`, or the conditions of the related record themselves.";
    return type;
}

/// What stands under the name of a column: the filter, and but for Json the value itself.
InputBuilder::Types InputBuilder::conditions(const Field& field, bool aggregates) const {
    const bool isOptional = !field.isRequired();
    InputType filter = columnFilter(field, false, isOptional, aggregates);
    if (isJson(field)) {
        return {std::move(filter)};
    }
    Types types{besideValue(std::move(filter), field, aggregates), columnType(field)};
    if (isOptional) {
        types.push_back(null());
    }
    return types;
}

InputType InputBuilder::besideValue(InputType filter, const Field& field, bool aggregates) const {
    filter.family = typeName(field) + (aggregates ? "WithAggregatesFilter" : "Filter");
    filter.meaning = "to be equal to, or an object of conditions:";
    return filter;
}

InputType InputBuilder::columnFilter(
    const Field& field, bool isNested, bool isOptional, bool aggregates) const {
    const std::string name =
        (isNested ? "Nested" : "") + columnName(field) + (isOptional ? "Nullable" : "") +
        (aggregates ? "WithAggregatesFilter" : "Filter");
    return object(name, [self = *this, field, isOptional, aggregates] {
        Fields fields =
            isJson(field) ? jsonFilterFields() : self.filterFields(field, isOptional, aggregates);
        if (aggregates) {
            self.addAggregates(fields, field, isOptional);
        }
        return fields;
    });
}

InputBuilder::Fields
InputBuilder::filterFields(const Field& field, bool isOptional, bool aggregates) const {
    Fields fields;
    const InputType type = columnType(field);
    for (const std::string_view name : operatorOrder) {
        const schema::FilterOperatorRow& row = operatorRow(name);
        if (!appliesTo(row, field)) {
            continue;
        }
        Types types{type};
        if (row.operand == schema::FilterOperand::List) {
            types = {list(type)};
        } else if (row.operand == schema::FilterOperand::ValueOrFilter) {
            types.push_back(
                besideValue(columnFilter(field, true, isOptional, aggregates), field, aggregates));
        } else {
            types.push_back(fieldReference(typeName(field)));
        }
        if (isOptional && row.acceptsNull) {
            types.push_back(null());
        }
        fields.push_back({name, std::move(types)});
    }
    return fields;
}

InputBuilder::Fields InputBuilder::jsonFilterFields() {
    const Types document{scalar("Json"), fieldReference("Json")};
    const Types text{scalar("String"), fieldReference("String")};
    const Types element{scalar("Json"), fieldReference("Json"), null()};
    Types value = document;
    value.push_back(enumeration("JsonNullValueFilter"));
    Fields fields{{"equals", value}, {"path", {scalar("String")}},
        {"mode", {enumeration("QueryMode", {{"default"}, {"insensitive"}}),
                     fieldReference("EnumQueryMode")}}};
    for (const schema::FilterOperatorRow& row : schema::jsonOperators) {
        const bool isText = row.name.starts_with("string_");
        const bool isArray = row.name.starts_with("array_");
        fields.push_back({row.name, isText ? text : (isArray ? element : document)});
    }
    fields.push_back({"not", value});
    return fields;
}

void InputBuilder::addAggregates(Fields& fields, const Field& field, bool isOptional) const {
    for (const std::string_view name : {"_count", "_avg", "_sum", "_min", "_max"}) {
        const AggregationRow& row = *findAggregation(name);
        if (!canAggregate(row, field)) {
            continue;
        }
        Field type = field;
        if (row.aggregation == Aggregation::Count) {
            type.kind = schema::FieldKind::Scalar;
            type.scalar = schema::ScalarType::Int;
        } else if (row.aggregation == Aggregation::Average &&
                   field.scalar != schema::ScalarType::Decimal) {
            type.scalar = schema::ScalarType::Float;
        }
        fields.push_back({row.name, {columnFilter(type, true, isOptional, false)}});
    }
}

InputType InputBuilder::having(const Model& model) const {
    return object(model.name + "ScalarWhereWithAggregatesInput", [self = *this, &model] {
        Fields fields = logic(self.having(model));
        for (const Field& field : model.fields) {
            if (field.isUsableColumn()) {
                fields.push_back({field.name, self.conditions(field, true)});
            }
        }
        return fields;
    });
}

}  // namespace loam::runtime::plan
