#include "runtime/engine/rows.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

#include "runtime/engine/missing.hpp"
#include "runtime/plan/catalog.hpp"
#include "runtime/sql/command.hpp"
#include "runtime/sql/cursor.hpp"

namespace loam::runtime::engine {
namespace {

using plan::Assignment;
using plan::AssignmentKind;
using plan::Filter;
using plan::Link;
using plan::Scalar;
using schema::Field;
using schema::Model;

/// A stored value as it is, so that it can be bound again.
Scalar storedValue(const sql::Cursor& row, int column) {
    switch (row.type(column)) {
        case sql::StorageType::Null:
            return {};
        case sql::StorageType::Integer:
            return row.integer(column);
        case sql::StorageType::Real:
            return row.real(column);
        case sql::StorageType::Text:
            return std::string(row.bytes(column));
        case sql::StorageType::Blob:
            return plan::Bytes{std::string(row.bytes(column))};
    }
    return {};
}

plan::Selection selectionOf(const std::vector<const Field*>& fields) {
    plan::Selection selection;
    for (const Field* field : fields) {
        selection.push_back({.kind = plan::Output::Kind::Column, .field = field});
    }
    return selection;
}

Row rowOf(const Model& model, const std::vector<const Field*>& fields, const sql::Cursor& cursor) {
    Row row{&model, {}};
    int column = 0;
    for (const Field* field : fields) {
        row.values.emplace_back(field, storedValue(cursor, column++));
    }
    return row;
}

void add(std::vector<const Field*>& fields, const Field* field) {
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
        fields.push_back(field);
    }
}

/// A text that differs for different stored values.
void appendKey(std::string& key, const Scalar& value) {
    key += static_cast<char>('a' + static_cast<int>(value.index()));
    if (const auto* text = std::get_if<std::string>(&value)) {
        key.append(std::to_string(text->size())).append(":").append(*text);
    } else if (const auto* bytes = std::get_if<plan::Bytes>(&value)) {
        key.append(std::to_string(bytes->data.size())).append(":").append(bytes->data);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
        key += std::to_string(*number);
    } else if (const auto* real = std::get_if<double>(&value)) {
        key += std::to_string(std::bit_cast<std::uint64_t>(*real));
    }
}

/// What tells the record from others of its model.
std::string keyOf(const Row& row) {
    std::string key;
    for (const schema::KeyField& part : plan::identifierOf(*row.model)->fields) {
        appendKey(key, row.of(row.model->fields[part.field]));
    }
    return key;
}

}  // namespace

const Scalar& Row::of(const Field& field) const {
    const auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) {
        return value.first == &field;
    });
    if (found == values.end()) {
        throw std::logic_error("a record lacks the column " + field.name);
    }
    return found->second;
}

bool isSame(const Row& left, const Row& right) {
    return left.model == right.model && keyOf(left) == keyOf(right);
}

RowSet::RowSet(const std::vector<Row>& rows) : model_(rows.empty() ? nullptr : rows.front().model) {
    for (const Row& row : rows) {
        keys_.insert(keyOf(row));
    }
}

bool RowSet::contains(const Row& row) const {
    return row.model == model_ && keys_.find(keyOf(row)) != keys_.end();
}

bool isOneToOne(const Link& link) { return !link.isList() && !link.isOppositeList; }

void copyKey(const Link& link, const Row& other, Row& row) {
    for (std::size_t index = 0; index < link.columns.size(); ++index) {
        for (auto& [field, value] : row.values) {
            if (field == link.columns[index]) {
                value = other.of(*link.relatedColumns[index]);
            }
        }
    }
}

Filter both(Filter left, Filter right) {
    if (right.isAlways()) {
        return left;
    }
    Filter filter;
    filter.operands.push_back(std::move(left));
    filter.operands.push_back(std::move(right));
    return filter;
}

Filter equals(const Field& field, Scalar value) {
    Filter filter;
    filter.kind = Filter::Kind::Condition;
    filter.field = &field;
    filter.values.push_back(std::move(value));
    return filter;
}

std::vector<const Field*> keyColumns(const Model& model, const plan::Links& links) {
    std::vector<const Field*> fields;
    for (const schema::KeyField& part : plan::identifierOf(model)->fields) {
        add(fields, &model.fields[part.field]);
    }
    for (const Field& field : model.fields) {
        if (field.isRelation()) {
            for (const Field* column : links.of(field).columns) {
                add(fields, column);
            }
        }
    }
    return fields;
}

Filter Writer::only(const Row& row) const {
    Filter filter;
    for (const schema::KeyField& part : plan::identifierOf(*row.model)->fields) {
        const Field& field = row.model->fields[part.field];
        filter.operands.push_back(equals(field, row.of(field)));
    }
    return filter;
}

Filter Writer::relatedTo(const Link& link, const Row& row) const {
    Filter filter;
    if (link.joinTable != nullptr) {
        filter.kind = Filter::Kind::Related;
        filter.link = &links_.opposite(link);
        filter.operands.push_back(only(row));
        return filter;
    }
    for (std::size_t index = 0; index < link.columns.size(); ++index) {
        const Scalar& value = row.of(*link.columns[index]);
        if (plan::isNull(value)) {
            filter.kind = Filter::Kind::Or;
            filter.operands.clear();
            return filter;
        }
        filter.operands.push_back(equals(*link.relatedColumns[index], value));
    }
    return filter;
}

std::vector<Row>
Writer::findAll(const Model& model, const Filter& filter, std::optional<std::int64_t> limit) {
    const std::vector<const Field*> fields = keyColumns(model, links_);
    const plan::Selection selection = selectionOf(fields);
    plan::Rows rows;
    rows.model = &model;
    rows.filter = filter;
    rows.take = limit;
    const sql::Command command = sql::select(rows, selection);
    sql::Cursor cursor(database_, command);
    std::vector<Row> found;
    while (cursor.next()) {
        found.push_back(rowOf(model, fields, cursor));
    }
    return found;
}

std::optional<Row> Writer::find(const Model& model, const Filter& filter) {
    std::vector<Row> rows = findAll(model, filter, 1);
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

Row Writer::insert(const Model& model, const Assignments& assignments) {
    const std::vector<const Field*> fields = keyColumns(model, links_);
    const plan::Selection selection = selectionOf(fields);
    const sql::Command command = sql::insert(model, assignments, selection, plan::Shape::One);
    sql::Cursor cursor(database_, command);
    if (!cursor.next()) {
        throw missingRecord(model, "a create");
    }
    Row row = rowOf(model, fields, cursor);
    while (cursor.next()) {
    }
    return row;
}

Row Writer::set(const Row& row, const Assignments& changes) {
    return set(row, changes, restrictingLinks(row, changes));
}

Row Writer::set(
    const Row& row, const Assignments& changes, const std::vector<const Link*>& restricting) {
    const std::vector<const Field*> fields = keyColumns(*row.model, links_);
    plan::Update update;
    update.model = row.model;
    update.filter = only(row);
    update.data.assignments = changes;
    update.selection = selectionOf(fields);
    const sql::Command command = sql::update(update);
    sql::Cursor cursor(database_, command);
    if (!cursor.next()) {
        throw missingRecord(*row.model, "an update");
    }
    Row after = rowOf(*row.model, fields, cursor);
    while (cursor.next()) {
    }
    return afterUpdate(row, std::move(after), restricting);
}

std::vector<Row> Writer::updateAll(const std::vector<Row>& rows, const Assignments& changes) {
    if (changes.empty()) {
        return rows;
    }
    // Who refers to a row is asked before the first one changes: the answer must not depend on the
    // order of the rows.
    std::vector<std::vector<const Link*>> restricting;
    restricting.reserve(rows.size());
    for (const Row& row : rows) {
        restricting.push_back(restrictingLinks(row, changes));
    }
    std::vector<Row> changed;
    changed.reserve(rows.size());
    for (std::size_t index = 0; index < rows.size(); ++index) {
        changed.push_back(set(rows[index], changes, restricting[index]));
    }
    return changed;
}

void Writer::removeAll(const std::vector<Row>& rows) {
    beforeRemove(rows);
    for (const Row& row : rows) {
        plan::Delete removal;
        removal.model = row.model;
        removal.filter = only(row);
        removal.shape = plan::Shape::Count;
        sql::run(database_, sql::remove(removal));
    }
}

std::vector<Assignment> Writer::foreignKey(const Link& link, const Row& referenced) const {
    Assignments assignments;
    for (std::size_t index = 0; index < link.columns.size(); ++index) {
        assignments.push_back(
            {link.columns[index], AssignmentKind::Set, referenced.of(*link.relatedColumns[index])});
    }
    return assignments;
}

std::vector<Assignment> Writer::noForeignKey(const Link& link) const {
    Assignments assignments;
    for (const Field* column : link.columns) {
        if (!column->isRequired()) {
            assignments.push_back({column, AssignmentKind::Set, Scalar{}});
        }
    }
    return assignments;
}

}  // namespace loam::runtime::engine
