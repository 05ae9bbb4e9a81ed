#include "runtime/sql/builder.hpp"

namespace loam::runtime::sql {
namespace {

using plan::Order;
using plan::Output;
using plan::Rows;

constexpr std::string_view cursorName = "cursor";

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
        builder.text(separator).column(*order.field).text(order.isDescending ? " DESC" : " ASC");
        // SQLite takes NULL for the smallest value.
        if (order.nullsFirst == order.isDescending && !order.field->isRequired()) {
            builder.text(order.nullsFirst ? " NULLS FIRST" : " NULLS LAST");
        }
        separator = ", ";
    }
}

void cursorColumn(Builder& builder, std::size_t index) {
    builder.text(R"("cursor"."c)").text(std::to_string(index)).text("\"");
}

/// `WITH "cursor" AS (...)`: the row that the page starts with, by its values in the order.
void defineCursor(Builder& builder, const Rows& rows, const std::vector<Order>& orders) {
    builder.text("WITH ").identifier(cursorName).text(" AS (SELECT ");
    for (std::size_t index = 0; index < orders.size(); ++index) {
        builder.text(index == 0 ? "" : ", ").column(*orders[index].field).text(" AS \"c");
        builder.text(std::to_string(index)).text("\"");
    }
    builder.text(" FROM ").table().where(*rows.cursor).text(" LIMIT 1) ");
}

/// Whether the row stands behind the cursor in one column.
void isBehind(Builder& builder, const Order& order, std::size_t index) {
    builder.text("(").column(*order.field).text(order.isDescending ? " < " : " > ");
    cursorColumn(builder, index);
    if (!order.field->isRequired()) {
        builder.text(" OR (");
        cursorColumn(builder, index);
        builder.text(order.nullsFirst ? " IS NULL AND " : " IS NOT NULL AND ").column(*order.field);
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
            builder.text(index == 0 ? "" : " AND ").column(*orders[index].field).text(" IS ");
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

/// Everything of a SELECT from FROM on.
void fromRows(Builder& builder, const Rows& rows, const std::vector<Order>& orders) {
    builder.text(" FROM ").table();
    if (rows.cursor) {
        builder.text(", ").identifier(cursorName).text(" WHERE ");
        if (!rows.filter.isAlways()) {
            builder.text("(").condition(rows.filter).text(") AND ");
        }
        isFromCursor(builder, orders);
    } else {
        builder.where(rows.filter);
    }
    orderBy(builder, orders);
    if (rows.take || rows.skip != 0) {
        const std::int64_t take = rows.take.value_or(-1);
        builder.text(" LIMIT ").parameter(rows.take && take < 0 ? -take : take);
        if (rows.skip != 0) {
            builder.text(" OFFSET ").parameter(rows.skip);
        }
    }
}

/// The Count outputs in the order of the answer, objects included.
void collectCounts(const plan::Selection& selection, std::vector<const Output*>& counts) {
    for (const Output& output : selection) {
        if (output.kind == Output::Kind::Count) {
            counts.push_back(&output);
        }
        collectCounts(output.members, counts);
    }
}

}  // namespace

Command select(const Rows& rows, const plan::Selection& selection) {
    Builder builder(*rows.model);
    const std::vector<Order> orders = readOrder(rows);
    if (rows.cursor) {
        defineCursor(builder, rows, orders);
    }
    builder.text("SELECT ").columns(selection);
    fromRows(builder, rows, orders);
    return builder.finish();
}

Command count(const Rows& rows, const plan::Selection& selection) {
    Builder builder(*rows.model);
    std::vector<const Output*> counts;
    collectCounts(selection, counts);
    const std::vector<Order> orders = readOrder(rows);
    const bool isPage = rows.take || rows.skip != 0 || rows.cursor;
    if (rows.cursor) {
        defineCursor(builder, rows, orders);
    }
    builder.text("SELECT ");
    for (std::size_t index = 0; index < counts.size(); ++index) {
        builder.text(index == 0 ? "" : ", ");
        if (counts[index]->field == nullptr) {
            builder.text("COUNT(*)");
        } else if (isPage) {
            builder.text(R"(COUNT("page"."v)").text(std::to_string(index)).text("\")");
        } else {
            builder.text("COUNT(").column(*counts[index]->field).text(")");
        }
    }
    builder.text(counts.empty() ? "COUNT(*)" : "");
    if (!isPage) {
        builder.text(" FROM ").table().where(rows.filter);
        return builder.finish();
    }
    builder.text(" FROM (SELECT 1");
    for (std::size_t index = 0; index < counts.size(); ++index) {
        if (counts[index]->field != nullptr) {
            builder.text(", ").column(*counts[index]->field).text(" AS \"v");
            builder.text(std::to_string(index)).text("\"");
        }
    }
    fromRows(builder, rows, orders);
    return builder.text(") AS \"page\"").finish();
}

}  // namespace loam::runtime::sql
