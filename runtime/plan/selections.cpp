#include "runtime/plan/selections.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "runtime/plan/arguments.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

using schema::Field;
using schema::Model;

/// Refuses a selection below a field that has none.
void checkNoSelection(const Context& context, const request::Field& field) {
    if (!field.selection.empty()) {
        context.fail("P2009", "SelectionSetOnScalar",
            "The field `" + std::string(field.name) +
                "` is a single value and has no fields to select.",
            field.location);
    }
}

/// Refuses a selection below a field that has none, and arguments of a field that takes none.
void checkLeaf(const Context& context, const request::Field& field) {
    checkArguments(context, field, {});
    checkNoSelection(context, field);
}

Output output(const Context& context, Output::Kind kind, const request::Field& field) {
    Output result;
    result.kind = kind;
    result.key = field.key;
    result.notation = context.notation;
    return result;
}

Output typeNameOutput(const Context& context, const request::Field& field, std::string_view type) {
    checkLeaf(context, field);
    Output result = output(context, Output::Kind::TypeName, field);
    result.typeName = type;
    return result;
}

bool contains(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether the selection names the field itself.
bool isSelected(const request::Field& field, std::string_view name) {
    return std::any_of(field.selection.begin(), field.selection.end(),
        [&](const request::Field& child) { return child.name == name; });
}

/// A field as if the client had named it alone.
request::Field namedField(std::string_view name, request::Location location) {
    request::Field field;
    field.name = field.key = name;
    field.location = location;
    return field;
}

/// What an object can be asked for. The names are functions, since most requests need none.
template <typename Allowed, typename Scalars>
struct ObjectFields {
    std::string_view type;
    /// All fields, for messages.
    const Allowed& allowed;
    /// Those that `allScalars` stands for.
    const Scalars& scalars;
};

template <typename Allowed, typename Scalars>
ObjectFields(std::string_view, const Allowed&, const Scalars&) -> ObjectFields<Allowed, Scalars>;

constexpr auto noScalars = [] { return Names(); };

/// Refuses to leave out what does not exist.
void checkOmitted(
    Context& context, const request::Field& field, std::string_view type, const Names& allowed) {
    for (const std::string_view name : field.omitted) {
        if (!contains(allowed, name)) {
            const request::Field omitted = namedField(name, {});
            const auto step = context.enterSelection(omitted);
            context.failUnknownSelection(omitted, type, allowed);
        }
    }
}

/// Reads the selection of an object: `add` gets every field but `__typename`, inside of its step.
template <typename Fields, typename Add>
Selection
objectSelection(Context& context, const request::Field& field, const Fields& of, const Add& add) {
    if (!field.omitted.empty()) {
        checkOmitted(context, field, of.type, of.allowed());
    }
    Selection selection;
    selection.reserve(field.selection.size());
    if (field.allScalars) {
        for (const std::string_view name : of.scalars()) {
            if (!contains(field.omitted, name) && !isSelected(field, name)) {
                selection.push_back(add(namedField(name, field.location)));
            }
        }
    }
    for (const request::Field& child : field.selection) {
        const auto step = context.enterSelection(child);
        checkType(context, child, of.type);
        if (child.name == "__typename") {
            selection.push_back(typeNameOutput(context, child, of.type));
        } else {
            selection.push_back(add(child));
        }
    }
    if (selection.empty()) {
        context.failEmptySelection(field, of.type, of.allowed());
    }
    return selection;
}

bool isUsableRelation(const Field* field) {
    return field != nullptr && field->isRelation() && !field->isIgnored;
}

/// The usable fields of the model that meet the condition.
template <typename Condition>
Names namesOf(const Model& model, const Condition& condition) {
    Names names;
    for (const Field& field : model.fields) {
        if (!field.isIgnored && condition(field)) {
            names.push_back(field.name);
        }
    }
    return names;
}

bool isListRelation(const Field& field) { return field.isRelation() && field.isList(); }

/// `posts(where: ..., take: 3) { title }`
Output relatedOutput(Context& context, const Link& link, const request::Field& field) {
    Output result = output(context, Output::Kind::Related, field);
    if (link.isList()) {
        result.rows.push_back(manyRows(context, *link.related, field));
        result.shape = Shape::Many;
    } else {
        if (link.field->isRequired()) {
            checkArguments(context, field, {});
        } else {
            checkArguments(context, field, {"where"});
        }
        result.rows.push_back(rowsOf(context, *link.related, field));
        result.shape = Shape::OneOrNull;
    }
    result.rows.front().link = &link;
    result.members = recordSelection(context, *link.related, field);
    return result;
}

/// `_count { posts(where: ...) }`
Output countsOutput(Context& context, const Model& model, const request::Field& field) {
    checkArguments(context, field, {});
    Output result = output(context, Output::Kind::Object, field);
    const std::string type = model.name + "CountOutputType";
    const auto names = [&] { return namesOf(model, isListRelation); };
    const ObjectFields of{std::string_view(type), names, names};
    result.members = objectSelection(context, field, of, [&](const request::Field& child) {
        const Field* relation = model.findField(child.name);
        if (!isUsableRelation(relation) || !relation->isList()) {
            context.failUnknownSelection(child, type, names());
        }
        const Link& link = context.links.of(*relation);
        checkArguments(context, child, {"where"});
        checkNoSelection(context, child);
        Output count = output(context, Output::Kind::RelatedCount, child);
        count.rows.push_back(rowsOf(context, *link.related, child));
        count.rows.front().link = &link;
        return count;
    });
    return result;
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
    const bool hasLists = std::any_of(model.fields.begin(), model.fields.end(), isListRelation);
    const auto scalars = [&] {
        return namesOf(model, [](const Field& candidate) { return candidate.isUsableColumn(); });
    };
    // Prisma Client offers what can be selected in this order.
    const auto names = [&] {
        Names all = scalars();
        for (const std::string_view relation :
            namesOf(model, [](const Field& candidate) { return candidate.isRelation(); })) {
            all.push_back(relation);
        }
        if (hasLists) {
            all.push_back("_count");
        }
        return all;
    };
    const ObjectFields of{std::string_view(model.name), names, scalars};
    return objectSelection(context, field, of, [&](const request::Field& child) {
        if (child.name == "_count" && hasLists) {
            return countsOutput(context, model, child);
        }
        const Field* selected = model.findField(child.name);
        if (isUsableRelation(selected)) {
            return relatedOutput(context, context.links.of(*selected), child);
        }
        if (selected == nullptr || !selected->isUsableColumn()) {
            context.failUnknownSelection(child, model.name, names());
        }
        checkLeaf(context, child);
        Output result = output(context, Output::Kind::Column, child);
        result.field = selected;
        return result;
    });
}

Selection countSelection(Context& context, const request::Field& field) {
    constexpr std::string_view type = "AffectedRowsOutput";
    const auto names = [] { return Names{"count"}; };
    const ObjectFields of{type, names, names};
    return objectSelection(context, field, of, [&](const request::Field& child) {
        if (child.name != "count") {
            context.failUnknownSelection(child, type, names());
        }
        checkLeaf(context, child);
        return output(context, Output::Kind::Count, child);
    });
}

namespace {

/// `_sum { age likes }`
Output aggregationOutput(
    Context& context, const Model& model, const AggregationRow& row, const request::Field& field) {
    checkArguments(context, field, {});
    const std::string type = model.name + std::string(row.word) + "AggregateOutputType";
    const bool isCount = row.aggregation == Aggregation::Count;
    const auto names = [&] {
        Names all = namesOf(model, [&](const Field& candidate) {
            return canAggregate(row, candidate);
        });
        if (isCount) {
            all.push_back("_all");
        }
        return all;
    };
    const ObjectFields of{std::string_view(type), names, names};
    Output result = output(context, Output::Kind::Object, field);
    result.members = objectSelection(context, field, of, [&](const request::Field& child) {
        const bool isAll = isCount && child.name == "_all";
        const Field* column = isAll ? nullptr : model.findField(child.name);
        if (!isAll && (column == nullptr || !canAggregate(row, *column))) {
            context.failUnknownSelection(child, type, names());
        }
        checkLeaf(context, child);
        Output value = output(context, Output::Kind::Aggregate, child);
        value.field = column;
        value.aggregation = row.aggregation;
        return value;
    });
    return result;
}

Selection aggregationSelection(Context& context, const Model& model, const request::Field& field,
    std::string_view type, const std::vector<const Field*>& columns) {
    const auto names = [&] {
        Names all;
        for (const Field* column : columns) {
            all.push_back(column->name);
        }
        for (const AggregationRow& row : aggregations) {
            all.push_back(row.name);
        }
        return all;
    };
    const ObjectFields of{type, names, noScalars};
    return objectSelection(context, field, of, [&](const request::Field& child) {
        if (const AggregationRow* row = findAggregation(child.name)) {
            return aggregationOutput(context, model, *row, child);
        }
        const auto column = std::find_if(columns.begin(), columns.end(),
            [&](const Field* candidate) { return candidate->name == child.name; });
        if (column == columns.end()) {
            context.failUnknownSelection(child, type, names());
        }
        checkLeaf(context, child);
        Output result = output(context, Output::Kind::Column, child);
        result.field = *column;
        return result;
    });
}

}  // namespace

Selection aggregateSelection(Context& context, const Model& model, const request::Field& field) {
    return aggregationSelection(context, model, field, "Aggregate" + model.name, {});
}

Selection groupSelection(Context& context, const Model& model, const request::Field& field,
    const std::vector<const schema::Field*>& columns) {
    return aggregationSelection(context, model, field, model.name + "GroupByOutputType", columns);
}

}  // namespace loam::runtime::plan
