#include <algorithm>

#include "runtime/plan/catalog.hpp"
#include "runtime/sql/builder.hpp"

namespace loam::runtime::sql {
namespace {

using plan::Assignment;
using plan::AssignmentKind;

std::string_view arithmetic(AssignmentKind kind) {
    switch (kind) {
        case AssignmentKind::Increment:
            return " + ";
        case AssignmentKind::Decrement:
            return " - ";
        case AssignmentKind::Multiply:
            return " * ";
        case AssignmentKind::Divide:
            return " / ";
        case AssignmentKind::Set:
            break;
    }
    return "";
}

bool isInteger(const schema::Field& field) {
    return field.scalar == schema::ScalarType::Int || field.scalar == schema::ScalarType::BigInt;
}

void calculate(Builder& builder, const Assignment& assignment) {
    builder.column(*assignment.field).text(arithmetic(assignment.kind)).parameter(assignment.value);
}

/// The new value of a column. SQLite turns integers that overflow into floating point and knows no
/// 32 bit columns, so that a result out of range is made to fail: abs() of the smallest integer
/// does.
void newValue(Builder& builder, const Assignment& assignment) {
    if (assignment.kind == AssignmentKind::Set) {
        builder.parameter(assignment.value);
        return;
    }
    if (!isInteger(*assignment.field)) {
        calculate(builder, assignment);
        return;
    }
    const bool isInt = assignment.field->scalar == schema::ScalarType::Int;
    builder.text(isInt ? "CASE WHEN (" : "CASE WHEN typeof(");
    calculate(builder, assignment);
    builder.text(isInt ? ") NOT BETWEEN -2147483648 AND 2147483647" : ") = 'real'");
    builder.text(" THEN abs(-9223372036854775807 - 1) ELSE ");
    calculate(builder, assignment);
    builder.text(" END");
}

/// Whether a filter looks at other rows than the one that it is about.
bool isAboutOthers(const plan::Filter& filter) {
    return filter.kind == plan::Filter::Kind::Related ||
           std::any_of(filter.operands.begin(), filter.operands.end(), isAboutOthers);
}

/// The rows that a filter and a limit mean. SQLite (seen in 3.40.1) writes the first rows before it
/// runs a subquery that only later rows need, which then finds what was written; so such a filter
/// is put into one subquery as a whole, which is run before anything is written.
void whereLimited(Builder& builder, const schema::Model& model, const plan::Filter& filter,
    const std::optional<std::int64_t>& limit) {
    if (!limit && !isAboutOthers(filter)) {
        builder.where(filter);
        return;
    }
    // Not by rowid, which can be the name of a column.
    std::vector<const schema::Field*> key;
    for (const schema::KeyField& part : plan::identifierOf(model)->fields) {
        key.push_back(&model.fields[part.field]);
    }
    builder.text(" WHERE ").tuple(key).text(" IN (SELECT ").list(key).text(" FROM ").table();
    builder.where(filter);
    if (limit) {
        builder.text(" LIMIT ").parameter(*limit);
    }
    builder.text(")");
}

}  // namespace

Command insert(const schema::Model& model, const std::vector<Assignment>& record,
    const plan::Selection& selection, plan::Shape shape) {
    Builder builder(model);
    builder.text("INSERT INTO ").table();
    if (record.empty()) {
        builder.text(" DEFAULT VALUES");
    } else {
        std::string_view separator = " (";
        for (const Assignment& assignment : record) {
            builder.text(separator).identifier(assignment.field->databaseName);
            separator = ", ";
        }
        separator = ") VALUES (";
        for (const Assignment& assignment : record) {
            builder.text(separator).parameter(assignment.value);
            separator = ", ";
        }
        builder.text(")");
    }
    return builder.returning(selection, shape).finish();
}

Command update(const plan::Update& update) {
    Builder builder(*update.model);
    builder.text("UPDATE ").table();
    std::string_view separator = " SET ";
    for (const Assignment& assignment : update.data.assignments) {
        builder.text(separator).identifier(assignment.field->databaseName).text(" = ");
        newValue(builder, assignment);
        separator = ", ";
    }
    whereLimited(builder, *update.model, update.filter, update.limit);
    return builder.returning(update.selection, update.shape).finish();
}

Command connect(const plan::Link& link, const plan::Scalar& own, const plan::Scalar& other) {
    Builder builder(*link.model);
    builder.text("INSERT OR IGNORE INTO ").identifier(link.joinTable->name).text(" (");
    builder.identifier(link.joinTable->ownColumn).text(", ");
    builder.identifier(link.joinTable->otherColumn).text(") VALUES (");
    return builder.parameter(own).text(", ").parameter(other).text(")").finish();
}

Command disconnect(const plan::Link& link, const plan::Scalar& own, const plan::Scalar* other) {
    Builder builder(*link.model);
    builder.text("DELETE FROM ").identifier(link.joinTable->name).text(" WHERE ");
    builder.identifier(link.joinTable->ownColumn).text(" = ").parameter(own);
    if (other != nullptr) {
        builder.text(" AND ").identifier(link.joinTable->otherColumn).text(" = ");
        builder.parameter(*other);
    }
    return builder.finish();
}

Command reconnect(const plan::Link& link, const plan::Scalar& before, const plan::Scalar& after) {
    Builder builder(*link.model);
    builder.text("UPDATE ").identifier(link.joinTable->name).text(" SET ");
    builder.identifier(link.joinTable->ownColumn).text(" = ").parameter(after).text(" WHERE ");
    return builder.identifier(link.joinTable->ownColumn).text(" = ").parameter(before).finish();
}

Command remove(const plan::Delete& removal) {
    Builder builder(*removal.model);
    builder.text("DELETE FROM ").table();
    whereLimited(builder, *removal.model, removal.filter, removal.limit);
    return builder.returning(removal.selection, removal.shape).finish();
}

}  // namespace loam::runtime::sql
