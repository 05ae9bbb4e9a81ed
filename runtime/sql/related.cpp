#include <algorithm>
#include <sqlite3.h>
#include <utility>

#include "runtime/sql/builder.hpp"

// Conditions and values that reach over relations. Conditions are `IN (subquery)`, which SQLite
// evaluates once, so that they stay quick where the foreign key has no index. What runs again for
// every record of another model looks by an index instead, where there is one.

namespace loam::runtime::sql {
namespace {

using plan::Filter;
using plan::Link;
using schema::Field;

bool mayBeNull(const Field* field) { return !field->isRequired(); }

/// Whether the schema has an index that begins with one of the related columns.
bool hasIndex(const Link& link) {
    const schema::Model& model = *link.related;
    const auto leads = [&](const schema::Key& key) {
        return std::find(link.relatedColumns.begin(), link.relatedColumns.end(),
                   &model.fields[key.fields.front().field]) != link.relatedColumns.end();
    };
    return (model.primaryKey && leads(*model.primaryKey)) ||
           std::any_of(model.uniques.begin(), model.uniques.end(), leads) ||
           std::any_of(model.indexes.begin(), model.indexes.end(), leads);
}

}  // namespace

/// Names that no table of the outermost query has; tables of subqueries are known by these alone.
/// SQLite does not tell `T1` from `t1`.
std::string Builder::nextAlias() {
    std::string alias;
    do {
        alias = "t" + std::to_string(++aliases_);
    } while (sqlite3_stricmp(alias.c_str(), root_->databaseName.c_str()) == 0);
    return alias;
}

Builder& Builder::list(const std::vector<const Field*>& fields) {
    std::string_view separator;
    for (const Field* field : fields) {
        text(separator).column(*field);
        separator = ", ";
    }
    return *this;
}

Builder& Builder::tuple(const std::vector<const Field*>& fields) {
    return fields.size() == 1 ? list(fields) : text("(").list(fields).text(")");
}

void Builder::whereNotNull(const std::vector<const Field*>& fields, const Filter& filter) {
    std::string_view separator = " WHERE ";
    for (const Field* field : fields) {
        if (mayBeNull(field)) {
            text(separator).column(*field).text(" IS NOT NULL");
            separator = " AND ";
        }
    }
    if (!filter.isAlways()) {
        text(separator).text("(").condition(filter).text(")");
    }
}

/// Never NULL itself, so that it can be negated.
void Builder::related(const Filter& filter) {
    const Link& link = *filter.link;
    std::vector<const Field*> nullable;
    std::copy_if(link.columns.begin(), link.columns.end(), std::back_inserter(nullable), mayBeNull);
    const bool isNullAlone =
        link.holdsForeignKey() && !link.mayDangle && filter.operands.front().isAlways();
    if (isNullAlone && nullable.empty()) {
        text(filter.isNegated ? "1 = 0" : "1 = 1");
        return;
    }
    if (isRepeated_ && !isNullAlone && (link.joinTable != nullptr || hasIndex(link))) {
        relatedExists(filter);
        return;
    }
    std::string_view separator = "(";
    for (const Field* field : nullable) {
        text(separator).column(*field).text(filter.isNegated ? " IS NULL" : " IS NOT NULL");
        separator = filter.isNegated ? " OR " : " AND ";
    }
    if (!isNullAlone) {
        text(nullable.empty() ? "" : separator);
        tuple(link.columns);
        text(filter.isNegated ? " NOT IN (" : " IN (");
        const bool wasRepeated = std::exchange(isRepeated_, false);
        relatedKeys(filter);
        isRepeated_ = wasRepeated;
        text(")");
    }
    text(nullable.empty() ? "" : ")");
}

void Builder::relatedExists(const Filter& filter) {
    const Filter& operand = filter.operands.front();
    const Subquery subquery(*this, *filter.link->related);
    text(filter.isNegated ? "NOT EXISTS (SELECT 1" : "EXISTS (SELECT 1").fromSubquery();
    text(" WHERE ").isRelated(*filter.link, subquery.outer());
    if (!operand.isAlways()) {
        text(" AND (").condition(operand).text(")");
    }
    text(")");
}

/// SELECT of what `link.columns` must be equal to.
void Builder::relatedKeys(const Filter& filter) {
    const Link& link = *filter.link;
    const Filter& operand = filter.operands.front();
    if (link.joinTable == nullptr) {
        const Subquery subquery(*this, *link.related);
        text("SELECT ")
            .list(link.relatedColumns)
            .fromSubquery()
            .whereNotNull(link.relatedColumns, operand);
        return;
    }
    text("SELECT ").identifier(link.joinTable->ownColumn).text(" FROM ");
    identifier(link.joinTable->name);
    if (!operand.isAlways()) {
        text(" WHERE ").identifier(link.joinTable->otherColumn).text(" IN (SELECT ");
        const Subquery subquery(*this, *link.related);
        column(*link.relatedColumns.front()).fromSubquery().where(operand).text(")");
    }
}

Builder& Builder::isLinked(const Link& link) {
    const auto parentValue = [&](std::size_t column) {
        command_.linkParameters.push_back({command_.parameters.size(), column});
        command_.parameters.emplace_back();
        text(" = ?");
    };
    if (link.joinTable != nullptr) {
        column(*link.relatedColumns.front()).text(" IN (SELECT ");
        identifier(link.joinTable->otherColumn).text(" FROM ").identifier(link.joinTable->name);
        text(" WHERE ").identifier(link.joinTable->ownColumn);
        parentValue(0);
        return text(")");
    }
    for (std::size_t index = 0; index < link.relatedColumns.size(); ++index) {
        text(index == 0 ? "" : " AND ").column(*link.relatedColumns[index]);
        parentValue(index);
    }
    return *this;
}

Builder& Builder::isAmongRowids() {
    command_.rowidsParameter = command_.parameters.size();
    command_.parameters.emplace_back();
    return rowid().text(" IN (SELECT value FROM json_each(?))");
}

/// Whether a row of the subquery is related to the current row of the query around it.
Builder& Builder::isRelated(const Link& link, std::string_view from) {
    const auto outer = [&](const Field& field) -> Builder& {
        return identifier(from).text(".").identifier(field.databaseName);
    };
    if (link.joinTable != nullptr) {
        column(*link.relatedColumns.front()).text(" IN (SELECT ");
        identifier(link.joinTable->otherColumn).text(" FROM ").identifier(link.joinTable->name);
        text(" WHERE ").identifier(link.joinTable->ownColumn).text(" = ");
        return outer(*link.columns.front()).text(")");
    }
    for (std::size_t index = 0; index < link.relatedColumns.size(); ++index) {
        text(index == 0 ? "" : " AND ").column(*link.relatedColumns[index]).text(" = ");
        outer(*link.columns[index]);
    }
    return *this;
}

Builder& Builder::relatedCount(const plan::Rows& rows) {
    const Link& link = *rows.link;
    if (link.joinTable != nullptr && rows.filter.isAlways()) {
        text("(SELECT COUNT(*) FROM ").identifier(link.joinTable->name).text(" WHERE ");
        identifier(link.joinTable->ownColumn).text(" = ").column(*link.columns.front());
        return text(")");
    }
    if (isOfManyRows_ && link.joinTable == nullptr && !hasIndex(link)) {
        return relatedCountOfGroups(rows);
    }
    const Subquery subquery(*this, *link.related);
    text("(SELECT COUNT(*)").fromSubquery().text(" WHERE ");
    isRelated(link, subquery.outer());
    if (!rows.filter.isAlways()) {
        const bool wasRepeated = std::exchange(isRepeated_, isRepeated_ || isOfManyRows_);
        text(" AND (").condition(rows.filter).text(")");
        isRepeated_ = wasRepeated;
    }
    return text(")");
}

/// All counts in one walk through the related table, among which SQLite looks by an automatic
/// index.
Builder& Builder::relatedCountOfGroups(const plan::Rows& rows) {
    // SQLite keeps names that begin like this for itself, so that no table has it.
    constexpr std::string_view counts = "sqlite_counts";
    const Link& link = *rows.link;
    text("IFNULL((WITH ").identifier(counts).text(" AS MATERIALIZED (SELECT COUNT(*) AS \"n\"");
    {
        const Subquery subquery(*this, *link.related);
        for (std::size_t index = 0; index < link.relatedColumns.size(); ++index) {
            text(", ").column(*link.relatedColumns[index]).text(" AS \"k");
            text(std::to_string(index)).text("\"");
        }
        fromSubquery().whereNotNull(link.relatedColumns, rows.filter);
        text(" GROUP BY ").list(link.relatedColumns);
    }
    text(") SELECT SUM(\"n\") FROM ").identifier(counts);
    for (std::size_t index = 0; index < link.columns.size(); ++index) {
        text(index == 0 ? " WHERE \"k" : " AND \"k").text(std::to_string(index)).text("\" = ");
        column(*link.columns[index]);
    }
    return text("), 0)");
}

Builder& Builder::orderValue(const plan::Order& order) {
    orderValue(order, 0);
    return *this;
}

void Builder::orderValue(const plan::Order& order, std::size_t depth) {
    if (depth == order.path.size()) {
        if (order.aggregation == plan::Aggregation::None) {
            column(*order.field);
        } else {
            aggregate(order.aggregation, order.field);
        }
        return;
    }
    const Link& link = *order.path[depth];
    if (order.field == nullptr && depth + 1 == order.path.size()) {
        plan::Rows rows;
        rows.link = &link;
        relatedCount(rows);
        return;
    }
    const Subquery subquery(*this, *link.related);
    text("(SELECT ");
    orderValue(order, depth + 1);
    fromSubquery().text(" WHERE ");
    isRelated(link, subquery.outer());
    text(")");
}

}  // namespace loam::runtime::sql
