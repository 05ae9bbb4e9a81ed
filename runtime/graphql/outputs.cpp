#include <algorithm>

#include "runtime/graphql/builder.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::graphql {
namespace {

bool isUsableRelation(const schema::Field& field) { return field.isRelation() && !field.isIgnored; }

bool isCounted(const schema::Field& field) { return isUsableRelation(field) && field.isList(); }

}  // namespace

/// A record of the model.
const Type* Builder::record(const Model& model) {
    return makeNamed(TypeKind::Object, model.name, [this, &model](Type& type) {
        type.description = model.documentation;
        for (const SchemaField& source : model.fields) {
            Field field{source.name, {}, source.documentation, {}};
            if (source.isUsableColumn()) {
                field.type = {columnType(source), source.isList(), source.isRequired()};
            } else if (isUsableRelation(source)) {
                const Model& related = schema_.related(source);
                field.type = {
                    record(related), source.isList(), !(source.arity == schema::Arity::Optional)};
                field.arguments = inputs(plan::relationArguments(catalog_, source));
            } else {
                continue;
            }
            type.fields.push_back(std::move(field));
        }
        if (std::any_of(model.fields.begin(), model.fields.end(), isCounted)) {
            type.fields.push_back({"_count", {relationCounts(model), false, true},
                "How many records each relation leads to.", {}});
        }
    });
}

const Type* Builder::relationCounts(const Model& model) {
    return make(TypeKind::Object, model.name + "CountOutputType", [this, &model](Type& type) {
        for (const SchemaField& source : model.fields) {
            if (isCounted(source)) {
                type.fields.push_back({source.name, {scalar("Int"), false, true}, {},
                    inputs(plan::countArguments(catalog_, source))});
            }
        }
    });
}

const Type* Builder::affectedRows() {
    return make(TypeKind::Object, "AffectedRowsOutput", [this](Type& type) {
        type.fields.push_back(
            {"count", {scalar("Int"), false, true}, "How many records were written.", {}});
    });
}

const Type* Builder::aggregate(const Model& model) {
    return make(TypeKind::Object, "Aggregate" + model.name, [this, &model](Type& type) {
        addAggregations(type, model);
    });
}

const Type* Builder::group(const Model& model) {
    return make(TypeKind::Object, model.name + "GroupByOutputType", [this, &model](Type& type) {
        for (const SchemaField& source : model.fields) {
            if (source.isUsableColumn()) {
                type.fields.push_back({source.name,
                    {columnType(source), false, source.isRequired()}, source.documentation, {}});
            }
        }
        addAggregations(type, model);
    });
}

/// `_count`, `_sum` and so on, as far as the model has fields for them.
void Builder::addAggregations(Type& type, const Model& model) {
    for (const plan::AggregationRow& row : plan::aggregations) {
        const bool isCount = row.aggregation == plan::Aggregation::Count;
        const bool applies =
            isCount ||
            std::any_of(model.fields.begin(), model.fields.end(), [&](const SchemaField& field) {
                return plan::canAggregate(row, field);
            });
        if (applies) {
            type.fields.push_back({row.name, {aggregated(model, row), false, true}, {}, {}});
        }
    }
}

const Type* Builder::aggregated(const Model& model, const plan::AggregationRow& row) {
    const std::string name = model.name + std::string(row.word) + "AggregateOutputType";
    return make(TypeKind::Object, name, [this, &model, &row](Type& type) {
        const bool isCount = row.aggregation == plan::Aggregation::Count;
        for (const SchemaField& source : model.fields) {
            if (plan::canAggregate(row, source)) {
                type.fields.push_back(
                    {source.name, {aggregatedType(row, source), false, isCount}, {}, {}});
            }
        }
        if (isCount) {
            type.fields.push_back(
                {"_all", {scalar("Int"), false, true}, "The number of records.", {}});
        }
    });
}

const Type* Builder::aggregatedType(const plan::AggregationRow& row, const SchemaField& field) {
    if (row.aggregation == plan::Aggregation::Count) {
        return scalar("Int");
    }
    const bool isDecimal = field.scalar == schema::ScalarType::Decimal;
    return row.aggregation == plan::Aggregation::Average && !isDecimal
               ? scalar("Float")
               : columnType(field);
}

}  // namespace loam::runtime::graphql
