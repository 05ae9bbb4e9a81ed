// Conditions of random requests.

#include "tests/runtime/model/request_maker.hpp"
#include "tests/runtime/model/value.hpp"

namespace loam::modeltest {
namespace {

std::vector<std::string> operatorsOf(Type type) {
    if (type == Type::Boolean) {
        return {"equals", "not"};
    }
    if (type == Type::Enum || type == Type::Bytes) {
        return {"equals", "not", "in", "notIn"};
    }
    std::vector<std::string> found = {"equals", "not", "in", "notIn", "lt", "lte", "gt", "gte"};
    if (type == Type::String) {
        found.insert(found.end(), {"contains", "startsWith", "endsWith"});
    }
    return found;
}

}  // namespace

/// Another column of the same type, or the same.
Node RequestMaker::reference(const Column& column, const Model& model) {
    std::vector<std::string> names;
    for (const Column& other : model.columns) {
        if (other.type == column.type) {
            names.push_back(other.name);
        }
    }
    return object({{"_ref", quoted(random_.pick(names))}, {"_container", quoted(model.name)}});
}

Node RequestMaker::condition(const Column& column, const Model* model, bool mayNest) {
    if (random_.chance(25)) {
        return value(column);
    }
    Node condition = object();
    for (std::size_t count = 1 + random_.below(2); count > 0; --count) {
        const std::string name = random_.pick(operatorsOf(column.type));
        if (condition.find(name) != nullptr) {
            continue;
        }
        if (name == "in" || name == "notIn") {
            Node items = list();
            for (std::size_t size = random_.below(4); size > 0; --size) {
                items.add("", someValue(column));
            }
            condition.add(name, std::move(items));
        } else if (name == "not" && mayNest && random_.chance(40)) {
            Node inner = this->condition(column, model, false);
            condition.add(name, std::move(inner));
        } else if (model != nullptr && random_.chance(10)) {
            condition.add(name, reference(column, *model));
        } else {
            const bool takesNull = name == "equals" || name == "not";
            condition.add(name, takesNull ? value(column) : someValue(column));
        }
    }
    return condition;
}

void RequestMaker::addScalarCondition(const Model& model, Node& where) {
    const Column& column = random_.pick(model.columns);
    if (column.type != Type::Json && where.find(column.name) == nullptr) {
        where.add(column.name, condition(column, &model));
    }
}

void RequestMaker::addRelationCondition(std::size_t model, int depth, Node& where) {
    const std::vector<End> ends = shape_.ends(model);
    if (ends.empty()) {
        return;
    }
    const End& end = random_.pick(ends);
    if (where.find(end.name) != nullptr) {
        return;
    }
    Node inner = this->where(end.other, depth - 1);
    if (end.isList) {
        const std::vector<std::string> names = {"some", "every", "none"};
        where.add(end.name, object({{random_.pick(names), std::move(inner)}}));
        return;
    }
    const bool mayBeNull = !end.isHolder || !shape_.relations[end.relation].isRequired;
    if (mayBeNull && random_.chance(20)) {
        inner = {};
    }
    if (random_.chance(30) && !inner.members.empty()) {
        where.add(end.name, std::move(inner));
    } else {
        where.add(end.name, object({{random_.chance(50) ? "is" : "isNot", std::move(inner)}}));
    }
}

void RequestMaker::addCombination(std::size_t model, int depth, Node& where) {
    const std::vector<std::string> names = {"AND", "OR", "NOT"};
    const std::string& name = random_.pick(names);
    if (where.find(name) != nullptr) {
        return;
    }
    Node items = list();
    for (std::size_t count = 1 + random_.below(2); count > 0; --count) {
        Node item = this->where(model, depth - 1);
        if (!item.members.empty()) {
            items.add("", std::move(item));
        }
    }
    // An empty list below the top says nothing, as in Prisma; OR says so at the top only.
    if (!items.members.empty()) {
        where.add(name, std::move(items));
    }
}

Node RequestMaker::where(std::size_t model, int depth) {
    Node where = object();
    for (std::size_t count = 1 + random_.below(2); count > 0; --count) {
        const std::size_t kind = random_.below(100);
        if (depth > 0 && kind < 25) {
            addRelationCondition(model, depth, where);
        } else if (depth > 0 && kind < 45) {
            addCombination(model, depth, where);
        } else if (kind < 95) {
            addScalarCondition(shape_.models[model], where);
        }
    }
    return where;
}

}  // namespace loam::modeltest
