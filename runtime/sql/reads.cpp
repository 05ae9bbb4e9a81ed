#include <algorithm>

#include "runtime/sql/builder.hpp"

namespace loam::runtime::sql {
namespace {

using plan::Order;
using plan::Output;
using plan::Rows;

/// How the rows are found.
enum class Access : std::uint8_t { Table, AutomaticIndex };

/// SQLite keeps names that begin like this for itself, so that no table has it.
constexpr std::string_view cursorName = "sqlite_cursor";

/// The order in which the rows are read: turned round for the last ones.
std::vector<Order> readOrder(const Rows& rows) {
    std::vector<Order> orders = rows.order;
    if (rows.take && *rows.take < 0) {
        for (Order& order : orders) {
            if (!order.isTieBreaker) {
                order.isDescending = !order.isDescending;
                order.nullsFirst = !order.nullsFirst;
            }
        }
    }
    return orders;
}

void orderBy(Builder& builder, const std::vector<Order>& orders) {
    std::string_view separator = " ORDER BY ";
    for (const Order& order : orders) {
        builder.text(separator).orderValue(order).text(order.isDescending ? " DESC" : " ASC");
        // SQLite takes NULL for the smallest value.
        if (order.nullsFirst == order.isDescending && order.mayBeNull()) {
            builder.text(order.nullsFirst ? " NULLS FIRST" : " NULLS LAST");
        }
        separator = ", ";
    }
}

void cursorColumn(Builder& builder, std::size_t index) {
    builder.identifier(cursorName).text(".\"c").text(std::to_string(index)).text("\"");
}

/// `WITH "sqlite_cursor" AS (...)`: the row that the page starts with, by its values in the order.
void defineCursor(Builder& builder, const Rows& rows, const std::vector<Order>& orders) {
    builder.text("WITH ").identifier(cursorName).text(" AS (SELECT ");
    for (std::size_t index = 0; index < orders.size(); ++index) {
        builder.text(index == 0 ? "" : ", ").orderValue(orders[index]).text(" AS \"c");
        builder.text(std::to_string(index)).text("\"");
    }
    builder.text(" FROM ").table().where(*rows.cursor);
    if (rows.link != nullptr) {
        builder.text(" AND ").isLinked(*rows.link);
    }
    builder.text(" LIMIT 1) ");
}

/// Whether the row stands behind the cursor in one column.
void isBehind(Builder& builder, const Order& order, std::size_t index) {
    builder.text("(").orderValue(order).text(order.isDescending ? " < " : " > ");
    cursorColumn(builder, index);
    if (order.mayBeNull()) {
        builder.text(" OR (");
        cursorColumn(builder, index);
        builder.text(order.nullsFirst ? " IS NULL AND " : " IS NOT NULL AND ").orderValue(order);
        builder.text(order.nullsFirst ? " IS NOT NULL)" : " IS NULL)");
    }
    builder.text(")");
}

/// Whether the row is the cursor or behind it: for each column, equal in those before and behind in
/// it.
void isFromCursor(Builder& builder, const std::vector<Order>& orders) {
    builder.text("(");
    for (std::size_t last = 0; last <= orders.size(); ++last) {
        builder.text(last == 0 ? "(" : " OR (");
        for (std::size_t index = 0; index < last; ++index) {
            builder.text(index == 0 ? "" : " AND ").orderValue(orders[index]).text(" IS ");
            cursorColumn(builder, index);
        }
        if (last < orders.size()) {
            builder.text(last == 0 ? "" : " AND ");
            isBehind(builder, orders[last], last);
        }
        builder.text(")");
    }
    builder.text(")");
}

/// ` WHERE` with everything that decides whether a row belongs to the answer.
void whereRows(Builder& builder, const Rows& rows, const std::vector<Order>* cursorOrders,
    Access access = Access::Table) {
    std::string_view separator = " WHERE ";
    if (rows.link != nullptr) {
        builder.text(separator).isLinked(*rows.link);
        separator = " AND ";
    }
    if (access == Access::AutomaticIndex) {
        builder.text(separator).isAmongRowids();
        separator = " AND ";
    }
    if (!rows.filter.isAlways()) {
        const bool isAlone = rows.link == nullptr && cursorOrders == nullptr;
        builder.text(separator).text(isAlone ? "" : "(").condition(rows.filter);
        builder.text(isAlone ? "" : ")");
        separator = " AND ";
    }
    if (cursorOrders != nullptr) {
        builder.text(separator);
        isFromCursor(builder, *cursorOrders);
    }
}

/// With `distinct` the rows of the page are known only when they are read.
void page(Builder& builder, const Rows& rows) {
    if (!rows.distinct.empty()) {
        return;
    }
    if (rows.take || rows.skip != 0) {
        const std::int64_t take = rows.take.value_or(-1);
        builder.text(" LIMIT ").parameter(rows.take && take < 0 ? -take : take);
        if (rows.skip != 0) {
            builder.text(" OFFSET ").parameter(rows.skip);
        }
    }
}

/// Everything of a SELECT from FROM on.
void fromRows(Builder& builder, const Rows& rows, const std::vector<Order>& orders,
    Access access = Access::Table) {
    builder.text(" FROM ").table();
    if (rows.cursor) {
        builder.text(", ").identifier(cursorName);
    }
    whereRows(builder, rows, rows.cursor ? &orders : nullptr, access);
    orderBy(builder, orders);
    page(builder, rows);
}

/// The Aggregate outputs in the order of the answer, objects included.
void collectAggregates(const plan::Selection& selection, std::vector<const Output*>& found) {
    for (const Output& output : selection) {
        if (output.kind == Output::Kind::Aggregate) {
            found.push_back(&output);
        }
        collectAggregates(output.members, found);
    }
}

/// Whether the filter demands a value of the field.
bool demands(const plan::Filter& filter, const schema::Field& field) {
    if (filter.kind == plan::Filter::Kind::And) {
        return std::any_of(filter.operands.begin(), filter.operands.end(),
            [&](const plan::Filter& operand) { return demands(operand, field); });
    }
    return filter.kind == plan::Filter::Kind::Condition && filter.field == &field &&
           filter.filterOperator == schema::FilterOperator::Equals && !filter.isNegated;
}

/// Whether a key in the filter allows one row only.
bool isUnique(const Rows& rows) {
    const schema::Model& model = *rows.model;
    const auto isGiven = [&](const schema::Key& key) {
        return std::all_of(key.fields.begin(), key.fields.end(), [&](const schema::KeyField& part) {
            return demands(rows.filter, model.fields[part.field]);
        });
    };
    return (model.primaryKey && isGiven(*model.primaryKey)) ||
           std::any_of(model.uniques.begin(), model.uniques.end(), isGiven);
}

/// Whether the statement counts related rows for more than one row. Those of a link are read for
/// one parent at a time, mostly few.
bool isOfManyRows(const Rows& rows) {
    const bool isOne = rows.take && (*rows.take == 1 || *rows.take == -1);
    const bool isOrderedByCount = std::any_of(rows.order.begin(), rows.order.end(),
        [](const Order& order) { return order.field == nullptr && !order.path.empty(); });
    return rows.link == nullptr && (!isOne || isOrderedByCount) && !isUnique(rows);
}

Command select(const Rows& rows, const plan::Selection& selection, Access access) {
    Builder builder(*rows.model);
    const std::vector<Order> orders = readOrder(rows);
    if (isOfManyRows(rows)) {
        builder.setOfManyRows();
    } else if (rows.link != nullptr) {
        builder.setRepeated();
    }
    if (rows.cursor) {
        defineCursor(builder, rows, orders);
    }
    builder.text("SELECT ").columns(selection);
    for (const schema::Field* field : rows.distinct) {
        builder.text(", ").column(*field);
    }
    fromRows(builder, rows, orders, access);
    return builder.finish();
}

}  // namespace

Command select(const Rows& rows, const plan::Selection& selection) {
    return select(rows, selection, Access::Table);
}

Command selectIndexed(const Rows& rows, const plan::Selection& selection) {
    return select(rows, selection, Access::AutomaticIndex);
}

Command aggregate(const Rows& rows, const plan::Selection& selection) {
    Builder builder(*rows.model);
    if (!rows.isPage()) {
        builder.text("SELECT ").columns(selection).text(" FROM ").table().where(rows.filter);
        return builder.finish();
    }
    std::vector<const Output*> outputs;
    collectAggregates(selection, outputs);
    const std::vector<Order> orders = readOrder(rows);
    if (rows.cursor) {
        defineCursor(builder, rows, orders);
    }
    builder.text("SELECT ");
    for (std::size_t index = 0; index < outputs.size(); ++index) {
        builder.text(index == 0 ? "" : ", ");
        if (outputs[index]->field == nullptr) {
            builder.text("COUNT(*)");
        } else {
            builder.text(functionOf(outputs[index]->aggregation)).text(R"("page"."v)");
            builder.text(std::to_string(index)).text("\")");
        }
    }
    builder.text(outputs.empty() ? "1" : "").text(" FROM (SELECT 1");
    for (std::size_t index = 0; index < outputs.size(); ++index) {
        if (outputs[index]->field != nullptr) {
            builder.text(", ").column(*outputs[index]->field).text(" AS \"v");
            builder.text(std::to_string(index)).text("\"");
        }
    }
    fromRows(builder, rows, orders);
    return builder.text(") AS \"page\"").finish();
}

Command groupBy(const plan::GroupBy& group) {
    Builder builder(*group.rows.model);
    builder.text("SELECT ").columns(group.selection).text(" FROM ").table();
    builder.where(group.rows.filter);
    std::string_view separator = " GROUP BY ";
    for (const schema::Field* field : group.by) {
        builder.text(separator).column(*field);
        separator = ", ";
    }
    if (!group.having.isAlways()) {
        builder.text(" HAVING ").condition(group.having);
    }
    orderBy(builder, readOrder(group.rows));
    page(builder, group.rows);
    return builder.finish();
}

}  // namespace loam::runtime::sql
