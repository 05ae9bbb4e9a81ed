#include <algorithm>
#include <charconv>

#include "runtime/request/text.hpp"
#include "runtime/sql/builder.hpp"

namespace loam::runtime::sql {
namespace {

using plan::Filter;
using schema::FilterOperator;

std::string_view sign(const Filter& filter) {
    switch (filter.filterOperator) {
        case FilterOperator::Equals:
            return filter.isNegated ? " <> " : " = ";
        case FilterOperator::LessThan:
            return filter.isNegated ? " >= " : " < ";
        case FilterOperator::LessOrEqual:
            return filter.isNegated ? " > " : " <= ";
        case FilterOperator::GreaterThan:
            return filter.isNegated ? " <= " : " > ";
        case FilterOperator::GreaterOrEqual:
            return filter.isNegated ? " < " : " >= ";
        case FilterOperator::ArrayContains:
        case FilterOperator::ArrayStartsWith:
        case FilterOperator::ArrayEndsWith:
            break;
        case FilterOperator::In:
            return filter.isNegated ? " NOT IN (" : " IN (";
        case FilterOperator::Contains:
        case FilterOperator::StartsWith:
        case FilterOperator::EndsWith:
            return filter.isNegated ? " NOT LIKE " : " LIKE ";
    }
    return "";
}

bool isText(FilterOperator filterOperator) {
    return filterOperator == FilterOperator::Contains ||
           filterOperator == FilterOperator::StartsWith ||
           filterOperator == FilterOperator::EndsWith;
}

}  // namespace

Builder& Builder::where(const Filter& filter) {
    return filter.isAlways() ? *this : text(" WHERE ").condition(filter);
}

Builder& Builder::condition(const Filter& filter) {
    switch (filter.kind) {
        case Filter::Kind::And:
        case Filter::Kind::Or: {
            const bool isAnd = filter.kind == Filter::Kind::And;
            if (filter.operands.empty()) {
                return text(isAnd ? "1 = 1" : "1 = 0");
            }
            all(filter.operands, 0, filter.operands.size(), isAnd ? " AND " : " OR ");
            return *this;
        }
        case Filter::Kind::Not:
            return text("NOT (").condition(filter.operands.front()).text(")");
        case Filter::Kind::Related:
            related(filter);
            return *this;
        case Filter::Kind::Condition:
            break;
    }
    if (isInDocument(filter)) {
        inDocument(filter);
    } else if (filter.filterOperator == FilterOperator::In) {
        in(filter);
    } else if (isText(filter.filterOperator)) {
        like(filter);
    } else {
        compare(filter);
    }
    return *this;
}

/// Splits long lists in halves, since SQLite limits the depth of an expression and a plain chain is
/// as deep as it is long.
void Builder::all(const std::vector<Filter>& filters, std::size_t first, std::size_t last,
    std::string_view connective) {
    constexpr std::size_t longest = 50;
    if (last - first > longest) {
        const std::size_t middle = first + (last - first) / 2;
        text("(");
        all(filters, first, middle, connective);
        text(")").text(connective).text("(");
        all(filters, middle, last, connective);
        text(")");
        return;
    }
    for (std::size_t index = first; index < last; ++index) {
        text(index == first ? "" : connective);
        const bool needsParentheses =
            filters[index].kind == Filter::Kind::And || filters[index].kind == Filter::Kind::Or;
        text(needsParentheses ? "(" : "")
            .condition(filters[index])
            .text(needsParentheses ? ")" : "");
    }
}

void Builder::target(const Filter& filter) {
    if (filter.aggregation == plan::Aggregation::None) {
        column(*filter.field);
    } else {
        aggregate(filter.aggregation, filter.field);
    }
}

void Builder::compare(const Filter& filter) {
    target(filter);
    if (filter.reference != nullptr) {
        text(sign(filter)).column(*filter.reference);
    } else if (plan::isNull(filter.values.front())) {
        text(filter.isNegated ? " IS NOT NULL" : " IS NULL");
    } else {
        text(sign(filter)).parameter(filter.values.front());
    }
}

void Builder::like(const Filter& filter) {
    const bool openStart = filter.filterOperator != FilterOperator::StartsWith;
    const bool openEnd = filter.filterOperator != FilterOperator::EndsWith;
    target(filter);
    text(sign(filter));
    if (filter.reference != nullptr) {
        text(openStart ? "'%' || " : "").column(*filter.reference).text(openEnd ? " || '%'" : "");
        return;
    }
    std::string pattern = openStart ? "%" : "";
    pattern += std::get<std::string>(filter.values.front());
    pattern += openEnd ? "%" : "";
    parameter(std::move(pattern));
}

void Builder::in(const Filter& filter) {
    constexpr std::size_t fewest = 32;
    if (filter.values.empty()) {
        text(filter.isNegated ? "1 = 1" : "1 = 0");
        return;
    }
    if (filter.values.size() > fewest && inJson(filter)) {
        return;
    }
    target(filter);
    text(sign(filter));
    for (std::size_t index = 0; index < filter.values.size(); ++index) {
        text(index == 0 ? "" : ", ").parameter(filter.values[index]);
    }
    text(")");
}

/// Passes a long list as one JSON array, which has no limit and leaves the text the same whatever
/// the length. Only for values that survive it exactly: whole numbers and texts.
bool Builder::inJson(const Filter& filter) {
    std::string array = "[";
    for (const plan::Scalar& value : filter.values) {
        array += array.size() == 1 ? "" : ",";
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            array += std::to_string(*number);
        } else if (const auto* time = std::get_if<plan::DateTime>(&value)) {
            array += std::to_string(time->milliseconds);
        } else if (const auto* string = std::get_if<std::string>(&value)) {
            request::appendJsonString(array, *string);
        } else {
            return false;
        }
    }
    target(filter);
    text(sign(filter)).text("SELECT value FROM json_each(");
    parameter(array + "]").text("))");
    return true;
}

}  // namespace loam::runtime::sql
