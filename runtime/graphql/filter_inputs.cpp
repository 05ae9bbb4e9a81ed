#include <algorithm>
#include <array>
#include <string>

#include "runtime/graphql/builder.hpp"
#include "runtime/plan/values.hpp"
#include "runtime/schema/filter_operators.hpp"

namespace loam::runtime::graphql {
namespace {

constexpr std::array logicNames{"AND", "OR", "NOT"};
constexpr std::array quantifiers{"is", "isNot"};

bool has(const Type& type, std::string_view name) {
    return std::any_of(type.inputs.begin(), type.inputs.end(), [&](const InputValue& input) {
        return input.name == name;
    });
}

void add(Type& type, std::string_view name, const Type* of, bool isList = false) {
    if (!has(type, name)) {
        type.inputs.push_back({name, {of, isList, false}, {}, {}});
    }
}

/// `asc` and `asc?`: the article of a type's name in a sentence.
std::string_view article(std::string_view name) {
    return std::string_view("AEIOUaeiou").find(name.front()) == std::string_view::npos
               ? "A "
               : "An ";
}

}  // namespace

/// AND, OR and NOT take conditions of the type itself.
void Builder::addLogic(Type& type) {
    for (const std::string_view name : logicNames) {
        add(type, name, &type, true);
    }
}

/// A condition for every field that is not there yet.
void Builder::addConditions(Type& type, const Model& model) {
    for (const SchemaField& field : model.fields) {
        if (field.isUsableColumn()) {
            add(type, field.name, columnFilter(field, false));
        } else if (field.isRelation() && !field.isIgnored) {
            add(type, field.name, relationFilter(catalog_.links().of(field)));
        }
    }
}

const Type* Builder::where(const Model& model) {
    return make(TypeKind::InputObject, model.name + "WhereInput", [this, &model](Type& type) {
        addLogic(type);
        addConditions(type, model);
    });
}

const Type* Builder::whereUnique(const Model& model) {
    return make(TypeKind::InputObject, model.name + "WhereUniqueInput", [this, &model](Type& type) {
        type.description = "Needs at least one of the unique fields or keys.";
        for (const schema::Key* key : plan::uniqueKeys(model)) {
            add(type, key->name,
                key->isCompound()
                    ? compoundKey(model, *key)
                    : columnType(model.fields[key->fields.front().field]));
        }
        for (const std::string_view name : logicNames) {
            add(type, name, where(model), true);
        }
        addConditions(type, model);
    });
}

const Type* Builder::compoundKey(const Model& model, const schema::Key& key) {
    const std::string name = model.name + key.name + "CompoundUniqueInput";
    return make(TypeKind::InputObject, name, [this, &model, &key](Type& type) {
        for (const schema::KeyField& part : key.fields) {
            const SchemaField& field = model.fields[part.field];
            type.inputs.push_back({field.name, {columnType(field), false, true}, {}, {}});
        }
    });
}

const Type* Builder::having(const Model& model) {
    const std::string name = model.name + "ScalarWhereWithAggregatesInput";
    return make(TypeKind::InputObject, name, [this, &model](Type& type) {
        addLogic(type);
        for (const SchemaField& field : model.fields) {
            if (field.isUsableColumn()) {
                add(type, field.name, columnFilter(field, true));
            }
        }
    });
}

/// The operators of a column in the notation of GraphQL, such as "equals: Int, in: [Int!]".
std::string Builder::operatorsOf(const SchemaField& field) const {
    const std::string name = columnTypeName(field);
    std::string text;
    for (const schema::FilterOperatorRow& row : schema::filterOperators) {
        if (!schema::appliesTo(row, field)) {
            continue;
        }
        text += text.empty() ? "" : ", ";
        text += std::string(row.name) + ": ";
        switch (row.operand) {
            case schema::FilterOperand::List:
                text += "[" + name + "!]";
                break;
            case schema::FilterOperand::Value:
                text += name;
                break;
            case schema::FilterOperand::ValueOrFilter:
                text += name + " or such an object";
                break;
        }
    }
    return text;
}

const Type* Builder::columnFilter(const SchemaField& field, bool ofGroups) {
    if (plan::isJson(field)) {
        return jsonFilter(ofGroups);
    }
    columnType(field);
    const std::string type = columnTypeName(field);
    const std::string prefix = field.kind == schema::FieldKind::Enum ? "Enum" : "";
    std::string text =
        std::string(article(type)) + "`" + type +
        "` to be equal to, or an object of conditions: `{" + operatorsOf(field) +
        "}`. An operand may also be another field of the same record: "
        "`{_ref: \"field\", _container: \"Model\"}`.";
    if (ofGroups) {
        for (const plan::AggregationRow& row : plan::aggregations) {
            if (plan::canAggregate(row, field)) {
                text += " `" + std::string(row.name) + "` takes conditions on that aggregation.";
            }
        }
    }
    return makeScalar(prefix + type + (ofGroups ? "WithAggregatesFilter" : "Filter"), text);
}

const Type* Builder::jsonFilter(bool ofGroups) {
    const std::string name = ofGroups ? "JsonWithAggregatesFilter" : "JsonFilter";
    return make(TypeKind::InputObject, name, [this, ofGroups](Type& type) {
        SchemaField document;
        document.scalar = schema::ScalarType::Json;
        for (const schema::FilterOperatorRow& row : schema::filterOperators) {
            if (schema::appliesTo(row, document)) {
                add(type, row.name, scalar("Json"));
            }
        }
        add(type, "path", scalar("String"));
        add(type, "mode",
            makeScalar("QueryMode",
                "`default` or `insensitive`; ASCII letters match in both cases either way."));
        for (const schema::FilterOperatorRow& row : schema::jsonOperators) {
            add(type, row.name, scalar("Json"));
        }
        if (ofGroups) {
            SchemaField count;
            add(type, "_count", columnFilter(count, false));
        }
    });
}

/// A to-one relation takes the conditions of the related record beside `is` and `isNot`.
const Type* Builder::relationFilter(const plan::Link& link) {
    const Model& related = *link.related;
    if (link.isList()) {
        return make(TypeKind::InputObject, related.name + "ListRelationFilter",
            [this, &related](Type& type) {
                for (const std::string_view name : {"some", "every", "none"}) {
                    add(type, name, where(related));
                }
            });
    }
    return make(
        TypeKind::InputObject, related.name + "RelationFilter", [this, &related](Type& type) {
            type.description =
                "Either `is` and `isNot`, or the conditions of the related record themselves.";
            for (const std::string_view name : quantifiers) {
                add(type, name, where(related));
            }
            for (const std::string_view name : logicNames) {
                add(type, name, where(related), true);
            }
            addConditions(type, related);
        });
}

}  // namespace loam::runtime::graphql
