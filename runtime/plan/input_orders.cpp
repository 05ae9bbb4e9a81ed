#include <algorithm>

#include "runtime/plan/input_builder.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

InputType sortOrder() {
    return InputBuilder::enumeration(
        "SortOrder", {{"asc", "Smallest first."}, {"desc", "Largest first."}});
}

InputType atMostOne(InputType type, std::size_t fewest) {
    type.fewest = fewest;
    type.most = 1;
    return type;
}

/// An order of records or groups.
InputType fullOrder(InputType type) {
    type.meaning = "Takes one field; use a list to order by several.";
    return atMostOne(std::move(type), 0);
}

bool hasNumbers(const schema::Model& model) {
    return std::any_of(model.fields.begin(), model.fields.end(), [](const schema::Field& field) {
        return field.isUsableColumn() && isNumeric(field);
    });
}

/// `asc`, and `{sort, nulls}` for columns that may be null.
InputField columnOrder(const schema::Field& field) {
    InputField order{field.name, {sortOrder()}};
    if (!field.isRequired()) {
        InputType withNulls = InputBuilder::object("SortOrderInput", [] {
            return InputBuilder::Fields{{"sort", {sortOrder()}, true},
                {"nulls", {InputBuilder::enumeration("NullsOrder", {{"first"}, {"last"}})}}};
        });
        withNulls.meaning = "of a field that may be null, or an object:";
        order.types.push_back(std::move(withNulls));
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
    return fullOrder(object(model.name + "OrderByWithRelationInput", [self = *this, &model] {
        Fields fields;
        for (const Field* each : fieldsOf(model)) {
            const Field& field = *each;
            if (field.isUsableColumn()) {
                fields.push_back(columnOrder(field));
            } else if (field.isRelation() && !field.isIgnored) {
                const Model& related = self.schema_->related(field);
                fields.push_back({field.name,
                    {field.isList() ? relationCountOrder(related) : self.orderBy(related)}});
            }
        }
        return fields;
    }));
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
    return fullOrder(object(model.name + "OrderByWithAggregationInput", [self = *this, &model] {
        Fields fields;
        for (const Field& field : model.fields) {
            if (field.isUsableColumn()) {
                fields.push_back(columnOrder(field));
            }
        }
        for (const std::string_view name : {"_count", "_avg", "_max", "_min", "_sum"}) {
            const AggregationRow& row = *findAggregation(name);
            if (!row.needsNumber || hasNumbers(model)) {
                fields.push_back({row.name, {self.aggregateOrder(model, row)}});
            }
        }
        return fields;
    }));
}

}  // namespace loam::runtime::plan
