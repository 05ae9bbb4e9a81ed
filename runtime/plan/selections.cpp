#include "runtime/plan/selections.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "runtime/plan/arguments.hpp"

namespace loam::runtime::plan {
namespace {

using schema::Field;
using schema::Model;

/// Refuses a field of objects without a selection.
void checkSelected(const Context& context, const request::Field& field, std::string_view type,
    const Names& allowed) {
    if (field.selection.empty()) {
        context.fail("P2009", "EmptySelection",
            "The field `" + std::string(field.name) + "` of type `" + std::string(type) +
                "` needs a selection of its fields." + suggestion("", allowed),
            field.location);
    }
}

/// Refuses a selection below a field that has none, and arguments of a field that takes none.
void checkLeaf(const Context& context, const request::Field& field) {
    checkArguments(context, field, {});
    if (!field.selection.empty()) {
        context.fail("P2009", "SelectionSetOnScalar",
            "The field `" + std::string(field.name) +
                "` is a single value and has no fields to select.",
            field.location);
    }
}

Output output(Output::Kind kind, const request::Field& field) {
    Output result;
    result.kind = kind;
    result.key = field.key;
    return result;
}

Output typeNameOutput(const Context& context, const request::Field& field, std::string_view type) {
    checkLeaf(context, field);
    Output result = output(Output::Kind::TypeName, field);
    result.typeName = type;
    return result;
}

bool isUnsupportedField(const Field* field, std::string_view name) {
    return name == "_count" || (field != nullptr && field->isRelation() && !field->isIgnored);
}

/// The outputs of an object: `__typename` here, every other field as `choose` says.
template <typename Choose>
Selection selectionOf(Context& context, const request::Field& field, std::string_view type,
    const Names& allowed, const Choose& choose) {
    checkSelected(context, field, type, allowed);
    Selection selection;
    selection.reserve(field.selection.size());
    for (const request::Field& child : field.selection) {
        const auto step = context.enterSelection(child);
        checkType(context, child, type);
        selection.push_back(
            child.name == "__typename" ? typeNameOutput(context, child, type) : choose(child));
    }
    return selection;
}

Output columnCounts(Context& context, const Model& model, const request::Field& field) {
    checkArguments(context, field, {});
    const std::string type = model.name + "CountAggregateOutputType";
    Names names = columnNames(model);
    names.push_back("_all");
    Output counts = output(Output::Kind::Object, field);
    counts.members =
        selectionOf(context, field, type, names, [&](const request::Field& child) -> Output {
            const Field* column = model.findField(child.name);
            if (child.name != "_all" && (column == nullptr || !column->isUsableColumn())) {
                context.failUnknownSelection(child, type, names);
            }
            checkLeaf(context, child);
            Output count = output(Output::Kind::Count, child);
            count.field = column;
            return count;
        });
    return counts;
}

}  // namespace

void checkType(const Context& context, const request::Field& field, std::string_view type) {
    for (const std::string_view condition : field.typeConditions) {
        if (condition != type) {
            context.fail("P2009", "",
                "A fragment on `" + std::string(condition) +
                    "` cannot be spread in an object of type `" + std::string(type) + "`.",
                field.location);
        }
    }
}

Selection recordSelection(Context& context, const Model& model, const request::Field& field) {
    const Names names = columnNames(model);
    return selectionOf(context, field, model.name, names, [&](const request::Field& child) {
        const Field* column = model.findField(child.name);
        if (isUnsupportedField(column, child.name)) {
            context.failUnsupported(
                "The selection of relations (`" + std::string(child.name) + "`) is",
                child.location);
        }
        if (column == nullptr || !column->isUsableColumn()) {
            context.failUnknownSelection(child, model.name, names);
        }
        checkLeaf(context, child);
        Output result = output(Output::Kind::Column, child);
        result.field = column;
        return result;
    });
}

Selection countSelection(Context& context, const request::Field& field) {
    constexpr std::string_view type = "AffectedRowsOutput";
    const Names names{"count"};
    return selectionOf(context, field, type, names, [&](const request::Field& child) {
        if (child.name != "count") {
            context.failUnknownSelection(child, type, names);
        }
        checkLeaf(context, child);
        return output(Output::Kind::Count, child);
    });
}

Selection aggregateSelection(Context& context, const Model& model, const request::Field& field) {
    const std::string type = "Aggregate" + model.name;
    const Names names{"_count"};
    return selectionOf(context, field, type, names, [&](const request::Field& child) {
        constexpr std::array unsupported{"_sum", "_avg", "_min", "_max"};
        if (std::find(unsupported.begin(), unsupported.end(), child.name) != unsupported.end()) {
            context.failUnsupported(
                "The aggregation `" + std::string(child.name) + "` is", child.location);
        }
        if (child.name != "_count") {
            context.failUnknownSelection(child, type, names);
        }
        return columnCounts(context, model, child);
    });
}

}  // namespace loam::runtime::plan
