// What one statement does to the tables: keys, foreign keys and referential actions.

#include <algorithm>

#include "tests/runtime/model/oracle.hpp"

namespace loam::modeltest {
namespace {

using Place = std::pair<std::size_t, Number>;

Value computed(Type type, const std::string& operation, const Value& old, const Node& operand) {
    Value other = valueOf(type, operand);
    if (operation == "set") {
        return other;
    }
    if (isNull(old) || isNull(other)) {
        return {};
    }
    const auto apply = [&](auto left, auto right) {
        if (operation == "increment") {
            return left + right;
        }
        return operation == "decrement" ? left - right : left * right;
    };
    if (std::holds_alternative<Number>(old)) {
        return apply(std::get<Number>(old), std::get<Number>(other));
    }
    return apply(std::get<double>(old), std::get<double>(other));
}

Failure restricted(const Shape& shape) { return Failure{shape.isEmulated ? "P2014" : "P2003"}; }

}  // namespace

Record& Writer::record(std::size_t model, Number number) {
    // The state is ours to change; the reader looks at the same one.
    return const_cast<Record&>(reader_.record(model, number));
}

Writer::Changes Writer::changesOf(std::size_t model, const Node& data) const {
    Changes changes;
    for (const auto& [name, value] : data.members) {
        if (const auto column = shape_.models[model].column(name)) {
            changes.push_back(
                {*column, valueOf(shape_.models[model].columns[*column].type, value)});
        }
    }
    return changes;
}

Writer::Changes Writer::reference(const Relation& relation, Number target) {
    Changes changes;
    for (std::size_t index = 0; index < relation.columns.size(); ++index) {
        changes.push_back({relation.columns[index],
            record(relation.target, target).values[relation.references[index]]});
    }
    return changes;
}

Writer::Changes Writer::noReference(const Relation& relation) const {
    Changes changes;
    for (const std::size_t column : relation.columns) {
        changes.push_back({column, {}});
    }
    return changes;
}

void Writer::checkUnique(std::size_t model) const {
    for (const auto& key : shape_.models[model].keys()) {
        std::set<std::vector<Value>> seen;
        for (const Record& record : state_.tables[model].records) {
            std::vector<Value> values = valuesAt(record, key);
            if (!hasNull(values) && !seen.insert(std::move(values)).second) {
                throw Failure{"P2002"};
            }
        }
    }
}

/// Every foreign key without NULL names a record.
void Writer::checkReferences() const {
    if (areDeferred_) {
        return;
    }
    for (const Relation& relation : shape_.relations) {
        for (const Record& record : state_.tables[relation.holder].records) {
            const std::vector<Value> key = valuesAt(record, relation.columns);
            const auto& targets = state_.tables[relation.target].records;
            if (!key.empty() && !hasNull(key) &&
                std::none_of(targets.begin(), targets.end(), [&](const Record& target) {
                    return valuesAt(target, relation.references) == key;
                })) {
                if (shape_.isEmulated) {
                    // Nothing keeps the key from pointing nowhere, and nothing defines what then.
                    throw Unclear{};
                }
                throw Failure{"P2003"};
            }
        }
    }
}

Number Writer::insert(std::size_t model, const Changes& values) {
    const Number number = add(model, values);
    checkReferences();
    return number;
}

Number Writer::add(std::size_t model, const Changes& values) {
    const Model& shape = shape_.models[model];
    Table& table = state_.tables[model];
    Record record{++state_.lastNumber, std::vector<Value>(shape.columns.size())};
    for (std::size_t column = 0; column < shape.columns.size(); ++column) {
        if (const auto& preset = shape.columns[column].preset) {
            record.values[column] = valueOf(shape.columns[column].type, *preset);
        }
    }
    for (const Change& value : values) {
        record.values[value.column] = value.value;
    }
    if (shape.isGenerated) {
        Value& id = record.values[shape.id.front()];
        if (isNull(id)) {
            Number last = table.lastId;
            for (const Record& other : table.records) {
                last = std::max(last, std::get<Number>(other.values[shape.id.front()]));
            }
            id = last + 1;
        }
        table.lastId = std::max(table.lastId, std::get<Number>(id));
    }
    table.records.push_back(std::move(record));
    checkUnique(model);
    return state_.lastNumber;
}

void Writer::change(std::size_t model, const Numbers& numbers, const Node& data) {
    std::vector<Changes> changes;
    for (const Number number : numbers) {
        Changes& one = changes.emplace_back();
        for (const auto& [name, value] : data.members) {
            const auto column = shape_.models[model].column(name);
            if (!column) {
                continue;
            }
            const Type type = shape_.models[model].columns[*column].type;
            const Value& old = record(model, number).values[*column];
            one.push_back({*column,
                value.isObject()
                    ? computed(type, value.members.front().first, old, value.members.front().second)
                    : valueOf(type, value)});
        }
    }
    write(model, numbers, changes);
}

void Writer::change(std::size_t model, const Numbers& numbers, const Changes& changes) {
    write(model, numbers, std::vector<Changes>(numbers.size(), changes));
}

void Writer::write(std::size_t model, const Numbers& numbers, const std::vector<Changes>& changes) {
    if (numbers.empty() || changes.front().empty()) {
        return;
    }
    checkOrder(model, changes);
    try {
        const State past = state_;
        std::vector<Record> before;
        for (std::size_t index = 0; index < numbers.size(); ++index) {
            Record& target = record(model, numbers[index]);
            before.push_back(target);
            for (const Change& change : changes[index]) {
                target.values[change.column] = change.value;
            }
        }
        checkUnique(model);
        for (std::size_t index = 0; index < numbers.size(); ++index) {
            checkRestricted(model, before[index], record(model, numbers[index]), past);
        }
        for (std::size_t index = 0; index < numbers.size(); ++index) {
            carryOver(model, before[index], record(model, numbers[index]));
        }
        checkReferences();
    } catch (const Failure&) {
        if (numbers.size() > 1) {
            throw Failure{};
        }
        throw;
    }
}

/// The database goes through the rows one after the other, so that it depends on their order what a
/// row that both changes its key and refers to another of them comes to.
void Writer::checkOrder(std::size_t model, const std::vector<Changes>& changes) const {
    const auto isChanged = [&](std::size_t column) {
        return std::any_of(changes.front().begin(), changes.front().end(),
            [&](const Change& change) { return change.column == column; });
    };
    for (const Relation& relation : shape_.relations) {
        if (!shape_.isEmulated && changes.size() > 1 && relation.kind != Many::ManyToMany &&
            relation.holder == model && relation.target == model &&
            std::any_of(relation.columns.begin(), relation.columns.end(), isChanged) &&
            std::any_of(relation.references.begin(), relation.references.end(), isChanged)) {
            throw Unclear{};
        }
    }
}

/// Whether records that refer to a changed key forbid the change. The engine looks at them as they
/// were before the write, the database at how they are when it is done.
void Writer::checkRestricted(
    std::size_t model, const Record& before, const Record& after, const State& past) const {
    for (const Relation& relation : shape_.relations) {
        if (relation.target != model || relation.kind == Many::ManyToMany ||
            relation.onUpdate != Action::Restrict) {
            continue;
        }
        const std::vector<Value> key = valuesAt(before, relation.references);
        if (hasNull(key) || key == valuesAt(after, relation.references)) {
            continue;
        }
        const State& state = shape_.isEmulated ? past : state_;
        const auto& holders = state.tables[relation.holder].records;
        if (std::any_of(holders.begin(), holders.end(), [&](const Record& holder) {
                return valuesAt(holder, relation.columns) == key;
            })) {
            throw restricted(shape_);
        }
    }
}

/// What a changed key means for the records that refer to it.
void Writer::carryOver(std::size_t model, const Record& before, const Record& after) {
    // A record that refers to itself is changed below.
    const Record now = after;
    for (const Relation& relation : shape_.relations) {
        if (shape_.isEmulated && relation.kind == Many::ManyToMany &&
            (relation.holder == model || relation.target == model) &&
            valuesAt(before, shape_.models[model].id) != valuesAt(now, shape_.models[model].id)) {
            throw Unclear{};
        }
        if (relation.target != model || relation.kind == Many::ManyToMany ||
            relation.onUpdate == Action::NoAction || relation.onUpdate == Action::Restrict) {
            continue;
        }
        const std::vector<Value> key = valuesAt(before, relation.references);
        if (key == valuesAt(now, relation.references)) {
            continue;
        }
        for (Record& child : state_.tables[relation.holder].records) {
            if (valuesAt(child, relation.columns) != key) {
                continue;
            }
            for (std::size_t index = 0; index < relation.columns.size(); ++index) {
                child.values[relation.columns[index]] =
                    relation.onUpdate == Action::SetNull
                        ? Value{}
                        : now.values[relation.references[index]];
            }
        }
        checkUnique(relation.holder);
    }
}

void Writer::remove(std::size_t model, const Numbers& numbers) {
    std::set<Place> going;
    std::vector<Place> reached;
    for (const Number number : numbers) {
        reached.emplace_back(model, number);
    }
    while (!reached.empty()) {
        const Place place = reached.back();
        reached.pop_back();
        if (!going.insert(place).second) {
            continue;
        }
        const Record& gone = record(place.first, place.second);
        for (const End& end : shape_.ends(place.first)) {
            if (!end.isHolder && shape_.relations[end.relation].onDelete == Action::Cascade &&
                !end.isManyToMany) {
                for (const Record* child : reader_.related(end, place.first, gone)) {
                    // A record that goes with another before its turn comes is not counted.
                    if (end.other == model && child->number != place.second &&
                        std::find(numbers.begin(), numbers.end(), child->number) != numbers.end()) {
                        throw Unclear{};
                    }
                    reached.emplace_back(end.other, child->number);
                }
            }
        }
    }
    for (const auto& [table, number] : going) {
        removeOne(table, record(table, number), going);
    }
    for (const auto& [table, number] : going) {
        std::erase_if(state_.tables[table].records, [&, gone = number](const Record& record) {
            return record.number == gone;
        });
    }
    checkReferences();
}

/// What the end of a record means for the records that refer to it and stay.
void Writer::removeOne(std::size_t model, const Record& gone, const std::set<Place>& going) {
    for (const End& end : shape_.ends(model)) {
        const Relation& relation = shape_.relations[end.relation];
        if (end.isManyToMany) {
            std::erase_if(state_.links, [&](const auto& link) {
                return std::get<0>(link) == end.relation &&
                       (end.isHolder ? std::get<1>(link) : std::get<2>(link)) == gone.number;
            });
            continue;
        }
        if (end.isHolder) {
            continue;
        }
        for (const Record* child : reader_.related(end, model, gone)) {
            const bool isGoing = going.contains({end.other, child->number});
            if (relation.onDelete == Action::Restrict) {
                if (isGoing) {
                    throw Unclear{};
                }
                throw restricted(shape_);
            }
            if (relation.onDelete == Action::SetNull && !isGoing) {
                for (const std::size_t column : relation.columns) {
                    record(end.other, child->number).values[column] = {};
                }
            }
        }
    }
}

}  // namespace loam::modeltest
