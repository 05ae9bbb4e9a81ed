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

InputType sortOrder() { return InputBuilder::enumeration("SortOrder"); }

InputType atMostOne(InputType type, std::size_t fewest) {
    type.fewest = fewest;
    type.most = 1;
    return type;
}

/// The order in which the operators of filters are listed.
constexpr std::array<std::string_view, 11> operatorOrder{
    "equals", "in", "notIn", "lt", "lte", "gt", "gte", "contains", "startsWith", "endsWith", "not"};

const schema::FilterOperatorRow& operatorRow(std::string_view name) {
    return *std::find_if(schema::filterOperators.begin(), schema::filterOperators.end(),
        [&](const schema::FilterOperatorRow& row) { return row.name == name; });
}

bool hasNumbers(const schema::Model& model) {
    return std::any_of(model.fields.begin(), model.fields.end(), [](const schema::Field& field) {
        return field.isUsableColumn() && isNumeric(field);
    });
}

}  // namespace

InputType InputBuilder::scalar(std::string name, bool isList) {
    return {.kind = InputType::Kind::Plain, .name = std::move(name), .isList = isList};
}

InputType InputBuilder::enumeration(std::string name) {
    return {.kind = InputType::Kind::Enum, .name = std::move(name)};
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

InputType InputBuilder::columnType(const Field& field) const {
    return field.kind == schema::FieldKind::Enum
               ? enumeration(schema_->enums[field.enumIndex].name)
               : scalar(std::string(schema::toString(field.scalar)));
}

InputType InputBuilder::columnNames(const Model& model) const {
    return enumeration(model.name + "ScalarFieldEnum");
}

InputType InputBuilder::where(const Model& model) const {
    return object(model.name + "WhereInput", [self = *this, &model] {
        const InputType own = self.where(model);
        Fields fields{{"AND", oneOrMany(own)}, {"OR", {list(own)}}, {"NOT", oneOrMany(own)}};
        self.addConditions(fields, model, {});
        return fields;
    });
}

/// Without relations, as deleteMany and updateMany of related records take it.
InputType InputBuilder::scalarWhere(const Model& model) const {
    return object(model.name + "ScalarWhereInput", [self = *this, &model] {
        const InputType own = self.scalarWhere(model);
        Fields fields{{"AND", oneOrMany(own)}, {"OR", {list(own)}}, {"NOT", oneOrMany(own)}};
        Fields conditions;
        self.addConditions(conditions, model, {});
        for (InputField& condition : conditions) {
            if (!model.findField(condition.name)->isRelation()) {
                fields.push_back(std::move(condition));
            }
        }
        return fields;
    });
}

InputType InputBuilder::whereUnique(const Model& model) const {
    InputType type = object(model.name + "WhereUniqueInput", [self = *this, &model] {
        Fields fields;
        std::vector<std::string_view> single;
        for (const Key* key : uniqueKeys(model)) {
            if (!key->isCompound()) {
                const Field& field = model.fields[key->fields.front().field];
                single.push_back(field.name);
                fields.push_back({field.name, {self.columnType(field)}});
                continue;
            }
            fields.push_back({key->name,
                {object(compoundName(model, *key), [self, &model, key] {
                    Fields parts;
                    for (const schema::KeyField& part : key->fields) {
                        const Field& field = model.fields[part.field];
                        parts.push_back({field.name, {self.columnType(field)}, true});
                    }
                    return parts;
                })}});
        }
        const InputType logic = self.where(model);
        fields.push_back({"AND", oneOrMany(logic)});
        fields.push_back({"OR", {list(logic)}});
        fields.push_back({"NOT", oneOrMany(logic)});
        self.addConditions(fields, model, single);
        return fields;
    });
    type.fewest = 1;
    for (const Key* key : uniqueKeys(model)) {
        type.oneOf.push_back(key->name);
    }
    return type;
}

void InputBuilder::addConditions(
    Fields& fields, const Model& model, const std::vector<std::string_view>& without) const {
    for (const Field* each : fieldsOf(model)) {
        const Field& field = *each;
        if (std::find(without.begin(), without.end(), field.name) != without.end()) {
            continue;
        }
        if (field.isRelation() && !field.isIgnored) {
            const Link& link = links_->of(field);
            Types types{relationFilter(link)};
            if (!field.isList()) {
                types.push_back(where(*link.related));
                if (!field.isRequired()) {
                    types.push_back(scalar("Null"));
                }
            }
            fields.push_back({field.name, std::move(types)});
        } else if (field.isUsableColumn()) {
            const bool isOptional = !field.isRequired();
            Types types{columnFilter(field, false, isOptional, false)};
            if (!isJson(field)) {
                types.push_back(columnType(field));
                if (isOptional) {
                    types.push_back(scalar("Null"));
                }
            }
            fields.push_back({field.name, std::move(types)});
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
    return object(related + (isRequired ? "ScalarRelationFilter" : "NullableScalarRelationFilter"),
        [self = *this, &link, isRequired]() -> Fields {
            Types types{self.where(*link.related)};
            if (!isRequired) {
                types.push_back(scalar("Null"));
            }
            return {{"is", types}, {"isNot", types}};
        });
}

InputType InputBuilder::columnFilter(
    const Field& field, bool isNested, bool isOptional, bool aggregates) const {
    const std::string name =
        (isNested ? "Nested" : "") + columnName(field) + (isOptional ? "Nullable" : "") +
        (aggregates ? "WithAggregatesFilter" : "Filter");
    return object(name, [self = *this, field, isOptional, aggregates] {
        Fields fields =
            isJson(field)
                ? self.jsonFilterFields(field, aggregates)
                : self.filterFields(field, isOptional, aggregates);
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
    const std::string reference =
        (field.kind == schema::FieldKind::Enum ? columnName(field) : type.name) + "FieldRefInput";
    for (const std::string_view name : operatorOrder) {
        const schema::FilterOperatorRow& row = operatorRow(name);
        if (!appliesTo(row, field)) {
            continue;
        }
        Types types{type};
        if (row.operand == schema::FilterOperand::List) {
            types = {list(type)};
        } else if (row.operand == schema::FilterOperand::ValueOrFilter) {
            types.push_back(columnFilter(field, true, isOptional, aggregates));
        } else {
            types.push_back(scalar(reference));
        }
        if (isOptional && row.acceptsNull) {
            types.push_back(scalar("Null"));
        }
        fields.push_back({std::string(name), std::move(types)});
    }
    return fields;
}

InputBuilder::Fields InputBuilder::jsonFilterFields(const Field&, bool) const {
    const Types value{
        scalar("Json"), scalar("JsonFieldRefInput"), enumeration("JsonNullValueFilter")};
    const Types text{scalar("String"), scalar("StringFieldRefInput")};
    const Types element{scalar("Json"), scalar("JsonFieldRefInput"), scalar("Null")};
    return {{"equals", value}, {"path", {scalar("String")}},
        {"mode", {enumeration("QueryMode"), scalar("EnumQueryModeFieldRefInput")}},
        {"string_contains", text}, {"string_starts_with", text}, {"string_ends_with", text},
        {"array_starts_with", element}, {"array_ends_with", element}, {"not", value}};
}

void InputBuilder::addAggregates(Fields& fields, const Field& field, bool isOptional) const {
    Field type = field;
    type.kind = schema::FieldKind::Scalar;
    type.scalar = schema::ScalarType::Int;
    fields.push_back({"_count", {columnFilter(type, true, isOptional, false)}});
    if (isNumeric(field)) {
        type.scalar =
            field.scalar == schema::ScalarType::Decimal ? field.scalar : schema::ScalarType::Float;
        fields.push_back({"_avg", {columnFilter(type, true, isOptional, false)}});
        fields.push_back({"_sum", {columnFilter(field, true, isOptional, false)}});
    }
    fields.push_back({"_min", {columnFilter(field, true, isOptional, false)}});
    fields.push_back({"_max", {columnFilter(field, true, isOptional, false)}});
}

InputType InputBuilder::having(const Model& model) const {
    return object(model.name + "ScalarWhereWithAggregatesInput", [self = *this, &model] {
        const InputType own = self.having(model);
        Fields fields{{"AND", oneOrMany(own)}, {"OR", {list(own)}}, {"NOT", oneOrMany(own)}};
        for (const Field& field : model.fields) {
            if (field.isUsableColumn()) {
                const bool isOptional = !field.isRequired();
                Types types{self.columnFilter(field, false, isOptional, true)};
                if (!isJson(field)) {
                    types.push_back(self.columnType(field));
                    if (isOptional) {
                        types.push_back(scalar("Null"));
                    }
                }
                fields.push_back({field.name, std::move(types)});
            }
        }
        return fields;
    });
}

namespace {

/// `asc`, and `{sort, nulls}` for columns that may be null.
InputField columnOrder(const schema::Field& field) {
    InputField order{field.name, {sortOrder()}};
    if (!field.isRequired()) {
        order.types.push_back(InputBuilder::object("SortOrderInput", [] {
            return InputBuilder::Fields{{"sort", {sortOrder()}, true},
                {"nulls", {InputBuilder::enumeration("NullsOrder")}}};
        }));
    }
    return order;
}

InputType relationCountOrder(const schema::Model& model) {
    return atMostOne(
        InputBuilder::object(model.name + "OrderByRelationAggregateInput",
            [] {
                return InputBuilder::Fields{{"_count", {sortOrder()}}};
            }),
        1);
}

}  // namespace

InputType InputBuilder::orderBy(const Model& model) const {
    return atMostOne(
        object(model.name + "OrderByWithRelationInput",
            [self = *this, &model] {
                Fields fields;
                for (const Field* each : fieldsOf(model)) {
                    const Field& field = *each;
                    if (field.isUsableColumn()) {
                        fields.push_back(columnOrder(field));
                    } else if (field.isRelation() && !field.isIgnored) {
                        const Model& related = self.schema_->related(field);
                        fields.push_back({field.name,
                            {field.isList() ? relationCountOrder(related)
                                            : self.orderBy(related)}});
                    }
                }
                return fields;
            }),
        0);
}

InputType InputBuilder::aggregateOrder(const Model& model, const AggregationRow& row) const {
    return atMostOne(
        object(model.name + std::string(row.word) + "OrderByAggregateInput",
            [&model, &row] {
                Fields fields;
                for (const Field& field : model.fields) {
                    if (canAggregate(row, field)) {
                        fields.push_back({field.name, {sortOrder()}});
                    }
                }
                return fields;
            }),
        1);
}

InputType InputBuilder::groupOrderBy(const Model& model) const {
    return atMostOne(
        object(model.name + "OrderByWithAggregationInput",
            [self = *this, &model] {
                Fields fields;
                for (const Field& field : model.fields) {
                    if (field.isUsableColumn()) {
                        fields.push_back(columnOrder(field));
                    }
                }
                for (const std::string_view name : {"_count", "_avg", "_max", "_min", "_sum"}) {
                    const AggregationRow& row = *findAggregation(name);
                    if (!row.needsNumber || hasNumbers(model)) {
                        fields.push_back({std::string(name), {self.aggregateOrder(model, row)}});
                    }
                }
                return fields;
            }),
        0);
}

}  // namespace loam::runtime::plan
