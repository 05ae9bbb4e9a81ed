#include "runtime/graphql/builder.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::graphql {

const Type* Builder::columnOrder(const SchemaField& field) {
    if (field.isRequired()) {
        return sortOrder();
    }
    make(TypeKind::Enum, "NullsOrder", [](Type& type) {
        type.values = {{"first", {}}, {"last", {}}};
    });
    return makeScalar("SortOrderInput",
        "The order of a field that may be null: `asc`, `desc`, or an object "
        "`{sort: SortOrder!, nulls: NullsOrder}`.");
}

const Type* Builder::orderBy(const Model& model) {
    const std::string name = model.name + "OrderByWithRelationInput";
    return make(TypeKind::InputObject, name, [this, &model](Type& type) {
        type.description = "Takes one field; use a list to order by several.";
        for (const SchemaField& field : model.fields) {
            if (field.isUsableColumn()) {
                type.inputs.push_back({field.name, {columnOrder(field)}, {}, {}});
            } else if (field.isRelation() && !field.isIgnored) {
                const Model& related = schema_.related(field);
                const Type* order = orderBy(related);
                if (field.isList()) {
                    order = make(TypeKind::InputObject,
                        related.name + "OrderByRelationAggregateInput", [this](Type& counts) {
                            counts.inputs.push_back({"_count", {sortOrder()}, {}, {}});
                        });
                }
                type.inputs.push_back({field.name, {order}, {}, {}});
            }
        }
    });
}

const Type* Builder::groupOrderBy(const Model& model) {
    const std::string name = model.name + "OrderByWithAggregationInput";
    return make(TypeKind::InputObject, name, [this, &model](Type& type) {
        type.description = "Takes one field; use a list to order by several.";
        for (const SchemaField& field : model.fields) {
            if (field.isUsableColumn()) {
                type.inputs.push_back({field.name, {columnOrder(field)}, {}, {}});
            }
        }
        for (const plan::AggregationRow& row : plan::aggregations) {
            const std::string part = model.name + std::string(row.word) + "OrderByAggregateInput";
            const Type* order =
                make(TypeKind::InputObject, part, [this, &model, &row](Type& aggregated) {
                    for (const SchemaField& field : model.fields) {
                        if (plan::canAggregate(row, field)) {
                            aggregated.inputs.push_back({field.name, {sortOrder()}, {}, {}});
                        }
                    }
                });
            type.inputs.push_back({row.name, {order}, {}, {}});
        }
    });
}

}  // namespace loam::runtime::graphql
