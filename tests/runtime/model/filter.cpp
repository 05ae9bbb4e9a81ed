// Conditions, with the three truth values of SQL.

#include <algorithm>
#include <stdexcept>

#include "tests/runtime/model/oracle.hpp"

namespace loam::modeltest {
namespace {

Truth isIn(const Subject& subject, const Node& wanted) {
    Truth found = Truth::False;
    for (const Node* item : wanted.items()) {
        found = either(found,
            isNull(subject.value)
                ? Truth::Unknown
                : truthOf(subject.value == valueOf(subject.type, *item)));
    }
    return found;
}

bool isReference(const Node& node) { return node.find("_ref") != nullptr; }

/// The value that an operand means: its own, or that of the column it names.
Value operandOf(const Subject& subject, const Node& operand) {
    if (!isReference(operand)) {
        return valueOf(subject.type, operand);
    }
    return subject.record->values[*subject.model->column(operand.find("_ref")->text)];
}

Truth compares(const Subject& subject, const std::string& name, const Node& operand) {
    if (name == "in") {
        return isIn(subject, operand);
    }
    if (name == "notIn") {
        return negated(isIn(subject, operand));
    }
    const Value& value = subject.value;
    const Value other = operandOf(subject, operand);
    if (isNull(value) || isNull(other)) {
        return Truth::Unknown;
    }
    if (name == "equals") {
        return truthOf(value == other);
    }
    if (name == "lt" || name == "gte") {
        return truthOf((value < other) == (name == "lt"));
    }
    if (name == "lte" || name == "gt") {
        return truthOf((value <= other) == (name == "lte"));
    }
    const auto like = [&](const std::string& pattern) {
        return truthOf(isLike(std::get<std::string>(value), pattern));
    };
    const auto& text = std::get<std::string>(other);
    if (name == "contains") {
        return like("%" + text + "%");
    }
    if (name == "startsWith") {
        return like(text + "%");
    }
    if (name == "endsWith") {
        return like("%" + text);
    }
    throw std::logic_error("an unknown condition " + name);
}

}  // namespace

/// Inside of `not` every condition is turned round for itself, as in Prisma: `not: {gt: 1, lt: 5}`
/// is neither of them. A value after `not` is refused even there: `not: {not: 1}` is not 1.
Truth holds(const Subject& subject, const Node& condition, bool isReversed) {
    const auto turned = [&](Truth truth) { return isReversed ? negated(truth) : truth; };
    if (condition.isNull()) {
        return turned(truthOf(isNull(subject.value)));
    }
    if (!condition.isObject() || isReference(condition)) {
        return turned(compares(subject, "equals", condition));
    }
    Truth truth = Truth::True;
    for (const auto& [name, operand] : condition.members) {
        if (name == "equals" || name == "not") {
            const bool isNot = name == "not" && !operand.isObject();
            truth = both(truth, holds(subject, operand, isNot || (name == "not") != isReversed));
        } else {
            truth = both(truth, turned(compares(subject, name, operand)));
        }
    }
    return truth;
}

Truth Reader::related(
    const End& end, std::size_t model, const Record& record, const Node& condition) const {
    const std::vector<const Record*> others = related(end, model, record);
    const auto any = [&](const Node& where, Truth wanted) {
        return std::any_of(others.begin(), others.end(), [&](const Record* other) {
            return holds(end.other, *other, where) == wanted;
        });
    };
    // A foreign key of several columns counts as null when all of them are.
    const bool isHolder = end.isHolder && !end.isManyToMany;
    const auto& columns = shape_.relations[end.relation].columns;
    const bool isNone =
        isHolder
            ? std::all_of(columns.begin(), columns.end(),
                  [&](std::size_t column) { return isNull(record.values[column]); })
            : others.empty();
    if (condition.isNull()) {
        return truthOf(isNone);
    }
    Truth truth = Truth::True;
    bool isWrapped = false;
    for (const auto& [name, where] : condition.members) {
        if (name == "some") {
            truth = both(truth, truthOf(any(where, Truth::True)));
        } else if (name == "none") {
            truth = both(truth, truthOf(!any(where, Truth::True)));
        } else if (name == "every") {
            truth = both(truth, truthOf(!any(where, Truth::False)));
        } else if (name == "is") {
            truth = both(truth, truthOf(where.isNull() ? isNone : any(where, Truth::True)));
        } else if (name == "isNot") {
            // There is none, or one of which the condition does not hold; NULL is neither.
            truth = both(truth,
                truthOf(where.isNull() ? !isNone : others.empty() || any(where, Truth::False)));
        } else {
            continue;
        }
        isWrapped = true;
    }
    return isWrapped ? truth : truthOf(any(condition, Truth::True));
}

Truth Reader::member(
    std::size_t model, const Record& record, const std::string& name, const Node& condition) const {
    if (name == "AND" || name == "NOT") {
        Truth truth = Truth::True;
        for (const Node* item : condition.items()) {
            const Truth one = holds(model, record, *item);
            truth = both(truth, name == "AND" ? one : negated(one));
        }
        return truth;
    }
    if (name == "OR") {
        Truth truth = Truth::False;
        for (const Node* item : condition.items()) {
            truth = either(truth, holds(model, record, *item));
        }
        return truth;
    }
    const Model& shape = shape_.models[model];
    if (const auto column = shape.column(name)) {
        const Subject subject{shape.columns[*column].type, record.values[*column], &shape, &record};
        return modeltest::holds(subject, condition, false);
    }
    if (const auto end = shape_.end(model, name)) {
        return related(*end, model, record, condition);
    }
    // A compound key: its parts are columns.
    return holds(model, record, condition);
}

Truth Reader::holds(std::size_t model, const Record& record, const Node& where) const {
    Truth truth = Truth::True;
    for (const auto& [name, condition] : where.members) {
        truth = both(truth, member(model, record, name, condition));
    }
    return truth;
}

}  // namespace loam::modeltest
