#include "runtime/sql/builder.hpp"

// Conditions on values in Json documents, with the JSON functions of SQLite. They are NULL, so that
// neither they nor their negation hold, where the document has no value of the kind.

namespace loam::runtime::sql {
namespace {

using plan::Filter;
using schema::FilterOperator;

std::string_view comparison(FilterOperator filterOperator) {
    switch (filterOperator) {
        case FilterOperator::LessThan:
            return " < ";
        case FilterOperator::LessOrEqual:
            return " <= ";
        case FilterOperator::GreaterThan:
            return " > ";
        case FilterOperator::GreaterOrEqual:
            return " >= ";
        default:
            return " = ";
    }
}

std::string pathOf(const Filter& filter) { return filter.path.empty() ? "$" : filter.path; }

}  // namespace

bool Builder::isInDocument(const Filter& filter) {
    const bool isJson =
        filter.aggregation == plan::Aggregation::None &&
        filter.field->kind == schema::FieldKind::Scalar &&
        filter.field->scalar == schema::ScalarType::Json;
    const bool isWhole = filter.path.empty() && filter.filterOperator == FilterOperator::Equals;
    return isJson && !isWhole;
}

/// `function(column, path)`
Builder& Builder::element(const Filter& filter, std::string_view function) {
    return text(function)
        .text("(")
        .column(*filter.field)
        .text(", ")
        .parameter(pathOf(filter))
        .text(")");
}

Builder& Builder::jsonOperand(const Filter& filter) {
    return filter.reference != nullptr
               ? column(*filter.reference)
               : parameter(filter.values.front());
}

void Builder::inDocument(const Filter& filter) {
    switch (filter.filterOperator) {
        case FilterOperator::Equals:
            text("(").column(*filter.field).text(" -> ").parameter(pathOf(filter)).text(")");
            if (filter.reference == nullptr && plan::isNull(filter.values.front())) {
                text(filter.isNegated ? " IS NOT NULL" : " IS NULL");
            } else {
                text(filter.isNegated ? " <> " : " = ").jsonOperand(filter);
            }
            return;
        case FilterOperator::Contains:
        case FilterOperator::StartsWith:
        case FilterOperator::EndsWith: {
            const bool openStart = filter.filterOperator != FilterOperator::StartsWith;
            const bool openEnd = filter.filterOperator != FilterOperator::EndsWith;
            text("CASE WHEN ").element(filter, "json_type").text(" = 'text' THEN ");
            element(filter, "json_extract").text(" LIKE ").text(openStart ? "'%' || " : "");
            jsonOperand(filter).text(openEnd ? " || '%'" : "").text(" END");
            return;
        }
        case FilterOperator::ArrayContains:
            arrayContains(filter);
            return;
        case FilterOperator::ArrayStartsWith:
        case FilterOperator::ArrayEndsWith: {
            const bool isStart = filter.filterOperator == FilterOperator::ArrayStartsWith;
            text("(").column(*filter.field).text(" -> ");
            parameter(pathOf(filter) + (isStart ? "[0]" : "[#-1]")).text(") = ");
            jsonOperand(filter);
            return;
        }
        default:
            break;
    }
    // Numbers compare with numbers and texts with texts.
    text("CASE WHEN ").element(filter, "json_type").text(" IN ('integer', 'real', 'text') AND (");
    element(filter, "json_type").text(" = 'text') = (json_type(").jsonOperand(filter);
    text(") = 'text') THEN ").element(filter, "json_extract");
    text(comparison(filter.filterOperator)).text("json_extract(").jsonOperand(filter);
    text(", '$') END");
}

/// A single value counts as an array of one.
void Builder::arrayContains(const Filter& filter) {
    const std::string wanted = nextAlias();
    const std::string present = nextAlias();
    text("CASE WHEN ").element(filter, "json_type").text(" = 'array' THEN NOT EXISTS (");
    text("SELECT 1 FROM json_each(").jsonOperand(filter).text(") AS ").identifier(wanted);
    text(" WHERE NOT EXISTS (SELECT 1 FROM ").element(filter, "json_each").text(" AS ");
    identifier(present).text(" WHERE ").identifier(present).text(".\"type\" = ");
    identifier(wanted).text(".\"type\" AND ").identifier(present).text(".\"value\" IS ");
    identifier(wanted).text(".\"value\")) END");
}

}  // namespace loam::runtime::sql
