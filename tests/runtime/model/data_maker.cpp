// What random requests write.

#include <algorithm>

#include "tests/runtime/model/request_maker.hpp"
#include "tests/runtime/model/value.hpp"

namespace loam::modeltest {

/// Whether the column is part of the foreign key of the relation.
bool RequestMaker::belongsTo(std::size_t model, std::size_t column, MaybeRelation parent) const {
    if (!parent || shape_.relations[*parent].holder != model) {
        return false;
    }
    const auto& columns = shape_.relations[*parent].columns;
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// The scalars of a new record; with foreign keys and counted identifiers or without.
Node RequestMaker::createRow(std::size_t model, MaybeRelation parent, bool hasForeign) {
    const Model& shape = shape_.models[model];
    Node data = object();
    for (std::size_t index = 0; index < shape.columns.size(); ++index) {
        const Column& column = shape.columns[index];
        const bool isCounted = shape.isGenerated && shape.isId(index);
        if (belongsTo(model, index, parent) || ((column.isForeign || isCounted) && !hasForeign)) {
            continue;
        }
        const bool mayLack = column.isOptional || column.preset;
        if ((mayLack && random_.chance(30)) || (isCounted && random_.chance(60))) {
            continue;
        }
        data.add(column.name, value(column));
    }
    return data;
}

Node RequestMaker::createData(std::size_t model, int depth, MaybeRelation parent) {
    const bool hasForeign = random_.chance(50);
    Node data = createRow(model, parent, hasForeign);
    for (const End& end : shape_.ends(model)) {
        const bool holds = end.isHolder && !end.isManyToMany;
        if (parent == end.relation || (holds && hasForeign)) {
            continue;
        }
        if ((holds && shape_.relations[end.relation].isRequired) ||
            (depth > 0 && random_.chance(30))) {
            data.add(end.name, nestedCreate(end, depth));
        }
    }
    return data;
}

Node RequestMaker::connectOrCreate(const End& end, int depth) {
    return object({{"where", uniqueWhere(end.other)},
        {"create", createData(end.other, depth - 1, end.relation)}});
}

Node RequestMaker::nestedCreate(const End& end, int depth) {
    if (end.isList && !end.isManyToMany && depth > 0 && random_.chance(15)) {
        Node rows = list();
        for (std::size_t count = 1 + random_.below(2); count > 0; --count) {
            rows.add("", createRow(end.other, end.relation, true));
        }
        return object({{"createMany", object({{"data", std::move(rows)}})}});
    }
    const std::size_t kind = depth > 0 ? random_.below(3) : 1;
    Node items = list();
    const std::vector<std::string> names = {"create", "connect", "connectOrCreate"};
    for (std::size_t count = end.isList ? 1 + random_.below(2) : 1; count > 0; --count) {
        if (kind == 0) {
            items.add("", createData(end.other, depth - 1, end.relation));
        } else {
            items.add("", kind == 1 ? uniqueWhere(end.other) : connectOrCreate(end, depth));
        }
    }
    return object({{names[kind], end.isList ? std::move(items) : items.members.front().second}});
}

/// Changes of scalars; `isMany` avoids what depends on the order of rows.
Node RequestMaker::updateScalars(
    std::size_t model, MaybeRelation parent, bool hasForeign, bool isMany) {
    const Model& shape = shape_.models[model];
    Node data = object();
    for (std::size_t index = 0; index < shape.columns.size(); ++index) {
        const Column& column = shape.columns[index];
        const bool isCounted = shape.isGenerated && shape.isId(index);
        if (belongsTo(model, index, parent) || ((column.isForeign || isCounted) && !hasForeign) ||
            !random_.chance(column.isKey ? 12 : 40)) {
            continue;
        }
        const bool isNumber =
            column.type <= Type::Decimal && (!column.isKey || !isMany) && !column.isForeign;
        if (isNumber && random_.chance(40)) {
            const std::vector<std::string> names = {"increment", "decrement"};
            data.add(column.name, object({{random_.pick(names), someValue(column)}}));
        } else if (random_.chance(30)) {
            data.add(column.name, object({{"set", value(column)}}));
        } else {
            data.add(column.name, value(column));
        }
    }
    return data;
}

Node RequestMaker::updateData(std::size_t model, int depth, MaybeRelation parent) {
    const bool hasForeign = random_.chance(40);
    Node data = updateScalars(model, parent, hasForeign, false);
    for (const End& end : shape_.ends(model)) {
        const bool holds = end.isHolder && !end.isManyToMany;
        if (parent == end.relation || (holds && hasForeign)) {
            continue;
        }
        if (depth > 0 && random_.chance(40)) {
            data.add(end.name, nestedUpdate(end, depth));
        }
    }
    return data;
}

Node RequestMaker::nestedUpdate(const End& end, int depth) {
    if (end.isList) {
        return nestedListUpdate(end, depth);
    }
    const bool isRequired = end.isHolder && shape_.relations[end.relation].isRequired;
    switch (random_.below(isRequired ? 3 : 5)) {
        case 0:
            return nestedCreate(end, depth);
        case 1:
            return object({{"update", updateData(end.other, depth - 1, end.relation)}});
        case 2:
            return object({{"upsert",
                object({{"update", updateData(end.other, depth - 1, end.relation)},
                    {"create", createData(end.other, depth - 1, end.relation)}})}});
        case 3:
            return object({{"disconnect", word("true")}});
        default:
            return object({{"delete", word("true")}});
    }
}

Node RequestMaker::nestedListUpdate(const End& end, int depth) {
    const std::size_t other = end.other;
    const std::vector<std::string> names = {
        "create", "set", "disconnect", "delete", "update", "updateMany", "upsert", "deleteMany"};
    const std::string& name = random_.pick(names);
    if (name == "create") {
        return nestedCreate(end, depth);
    }
    Node items = list();
    for (std::size_t count = 1 + random_.below(2); count > 0; --count) {
        if (name == "set" || name == "disconnect" || name == "delete") {
            items.add("", uniqueWhere(other));
        } else if (name == "deleteMany") {
            items.add("", where(other, 1));
        } else if (name == "updateMany") {
            items.add("",
                object({{"where", where(other, 1)},
                    {"data", updateScalars(other, end.relation, false, true)}}));
        } else {
            Node item = object({{"where", uniqueWhere(other)}});
            item.add(
                name == "update" ? "data" : "update", updateData(other, depth - 1, end.relation));
            if (name == "upsert") {
                item.add("create", createData(other, depth - 1, end.relation));
            }
            items.add("", std::move(item));
        }
    }
    return object({{name, std::move(items)}});
}

}  // namespace loam::modeltest
