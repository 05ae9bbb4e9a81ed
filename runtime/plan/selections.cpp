#include "runtime/plan/selections.hpp"

#include <algorithm>
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

Names columnNames(const Model& model) {
    Names names;
    for (const Field& field : model.fields) {
        if (field.isUsableColumn()) {
            names.push_back(field.name);
        }
    }
    return names;
}

bool isUnsupportedField(const Field* field, std::string_view name) {
    return name == "_count" || (field != nullptr && field->isRelation() && !field->isIgnored);
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
    checkSelected(context, field, model.name, columnNames(model));
    Selection selection;
    selection.reserve(field.selection.size());
    for (const request::Field& child : field.selection) {
        const auto step = context.enterSelection(child);
        checkType(context, child, model.name);
        if (child.name == "__typename") {
            selection.push_back(typeNameOutput(context, child, model.name));
            continue;
        }
        const Field* column = model.findField(child.name);
        if (isUnsupportedField(column, child.name)) {
            context.failUnsupported(
                "The selection of relations (`" + std::string(child.name) + "`) is",
                child.location);
        }
        if (column == nullptr || !column->isUsableColumn()) {
            context.failUnknownSelection(child, model.name, columnNames(model));
        }
        checkLeaf(context, child);
        selection.push_back(output(Output::Kind::Column, child));
        selection.back().field = column;
    }
    return selection;
}

Selection countSelection(Context& context, const request::Field& field) {
    constexpr std::string_view type = "AffectedRowsOutput";
    checkSelected(context, field, type, {"count"});
    Selection selection;
    for (const request::Field& child : field.selection) {
        const auto step = context.enterSelection(child);
        checkType(context, child, type);
        if (child.name == "__typename") {
            selection.push_back(typeNameOutput(context, child, type));
            continue;
        }
        if (child.name != "count") {
            context.failUnknownSelection(child, type, {"count"});
        }
        checkLeaf(context, child);
        selection.push_back(output(Output::Kind::Count, child));
    }
    return selection;
}

namespace {

Selection columnCounts(Context& context, const Model& model, const request::Field& field) {
    const std::string type = model.name + "CountAggregateOutputType";
    Names names = columnNames(model);
    names.push_back("_all");
    checkSelected(context, field, type, names);
    Selection counts;
    for (const request::Field& child : field.selection) {
        const auto step = context.enterSelection(child);
        checkType(context, child, type);
        if (child.name == "__typename") {
            counts.push_back(typeNameOutput(context, child, type));
            continue;
        }
        const Field* column = model.findField(child.name);
        if (child.name != "_all" && (column == nullptr || !column->isUsableColumn())) {
            context.failUnknownSelection(child, type, names);
        }
        checkLeaf(context, child);
        counts.push_back(output(Output::Kind::Count, child));
        counts.back().field = column;
    }
    return counts;
}

}  // namespace

Selection aggregateSelection(Context& context, const Model& model, const request::Field& field) {
    const std::string type = "Aggregate" + model.name;
    checkSelected(context, field, type, {"_count"});
    Selection selection;
    for (const request::Field& child : field.selection) {
        const auto step = context.enterSelection(child);
        checkType(context, child, type);
        if (child.name == "__typename") {
            selection.push_back(typeNameOutput(context, child, type));
            continue;
        }
        constexpr std::array unsupported{"_sum", "_avg", "_min", "_max"};
        if (std::find(unsupported.begin(), unsupported.end(), child.name) != unsupported.end()) {
            context.failUnsupported(
                "The aggregation `" + std::string(child.name) + "` is", child.location);
        }
        if (child.name != "_count") {
            context.failUnknownSelection(child, type, {"_count"});
        }
        checkArguments(context, child, {});
        selection.push_back(output(Output::Kind::Object, child));
        selection.back().members = columnCounts(context, model, child);
    }
    return selection;
}

}  // namespace loam::runtime::plan
