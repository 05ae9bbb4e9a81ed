#include "runtime/plan/groups.hpp"

#include <algorithm>
#include <string>

#include "runtime/plan/arguments.hpp"
#include "runtime/plan/filters.hpp"
#include "runtime/plan/selections.hpp"

namespace loam::runtime::plan {
namespace {

using Fields = std::vector<const schema::Field*>;

bool contains(const Fields& fields, const schema::Field* field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

void addMissing(Fields& missing, const Fields& by, const schema::Field* field) {
    if (field != nullptr && !contains(by, field) && !contains(missing, field)) {
        missing.push_back(field);
    }
}

/// Refuses columns that the groups do not have.
void refuse(const Context& context, const std::string& rule, const Fields& missing,
    request::Location location) {
    if (missing.empty()) {
        return;
    }
    std::string names;
    for (const schema::Field* field : missing) {
        names += (names.empty() ? "" : ", ") + field->name;
    }
    context.failInput(rule + " Missing fields: " + names, location);
}

void collectMissing(const Filter& having, const Fields& by, Fields& missing) {
    if (having.kind == Filter::Kind::Condition) {
        if (having.aggregation == Aggregation::None) {
            addMissing(missing, by, having.field);
        }
        addMissing(missing, by, having.reference);
    }
    for (const Filter& operand : having.operands) {
        collectMissing(operand, by, missing);
    }
}

void check(const Context& context, const GroupBy& group, request::Location location) {
    if (group.by.empty()) {
        context.failInput("At least one selection is required for the `by` argument.", location);
    }
    Fields missing;
    for (const Order& order : group.rows.order) {
        if (order.aggregation == Aggregation::None) {
            addMissing(missing, group.by, order.field);
        }
    }
    refuse(context,
        "Every field used for orderBy must be included in the by-arguments of the query.", missing,
        location);
    for (const Output& output : group.selection) {
        addMissing(missing, group.by, output.field);
    }
    refuse(context,
        "Every selected scalar field that is not part of an aggregation must be included in the "
        "by-arguments of the query.",
        missing, location);
    collectMissing(group.having, group.by, missing);
    refuse(context,
        "Every field used in `having` filters must either be an aggregation filter or be included "
        "in the selection of the query.",
        missing, location);
}

Fields usableColumns(const schema::Model& model) {
    Fields fields;
    for (const schema::Field& field : model.fields) {
        if (field.isUsableColumn()) {
            fields.push_back(&field);
        }
    }
    return fields;
}

}  // namespace

GroupBy groupByOf(Context& context, const schema::Model& model, const request::Field& field) {
    checkArguments(context, field, {"where", "orderBy", "by", "having", "take", "skip"});
    GroupBy group;
    {
        const request::Value& by = requiredArgument(context, field, "by");
        const auto step = context.enterArgument("by");
        group.by = columnsOf(context, model, by);
    }
    group.rows = groupRowsOf(context, model, field);
    const request::Value* having = field.argument("having");
    if (having != nullptr && !having->isNull()) {
        const auto step = context.enterArgument("having");
        group.having = havingOf(context, model, *having);
    }
    group.selection = groupSelection(context, model, field, usableColumns(model));
    check(context, group, field.location);
    return group;
}

}  // namespace loam::runtime::plan
