#pragma once

// The operators of scalar filters in one table: the planner reads a filter with it, and whatever
// lists the operators of a field does so from it.

#include <array>
#include <cstdint>
#include <string_view>

#include "runtime/schema/schema.hpp"

namespace loam::runtime::schema {

/// What a condition compares with. Each can be negated; `not` and `notIn` are negations.
enum class FilterOperator : std::uint8_t {
    Equals,
    In,
    LessThan,
    LessOrEqual,
    GreaterThan,
    GreaterOrEqual,
    Contains,
    StartsWith,
    EndsWith,
    /// Of Json only, here and below: the array has these elements, or begins or ends with one.
    ArrayContains,
    ArrayStartsWith,
    ArrayEndsWith,
};

/// What stands to the right of an operator.
enum class FilterOperand : std::uint8_t { Value, List, ValueOrFilter };

/// Which fields an operator applies to.
enum class OperandFields : std::uint8_t { Text, Ordered, Listable, Any };

/// One operator as clients write it.
struct FilterOperatorRow {
    std::string_view name;
    FilterOperator filterOperator;
    bool isNegated;
    FilterOperand operand;
    OperandFields fields;
    /// Whether null may be given for an optional field.
    bool acceptsNull;

    /// Whether it looks for a part of a text.
    constexpr bool isTextual() const {
        return filterOperator == FilterOperator::Contains ||
               filterOperator == FilterOperator::StartsWith ||
               filterOperator == FilterOperator::EndsWith;
    }
};

/// Every operator of scalar filters.
inline constexpr std::array filterOperators{
    FilterOperatorRow{
        "equals", FilterOperator::Equals, false, FilterOperand::Value, OperandFields::Any, true},
    FilterOperatorRow{"not", FilterOperator::Equals, true, FilterOperand::ValueOrFilter,
        OperandFields::Any, true},
    FilterOperatorRow{
        "in", FilterOperator::In, false, FilterOperand::List, OperandFields::Listable, true},
    FilterOperatorRow{
        "notIn", FilterOperator::In, true, FilterOperand::List, OperandFields::Listable, true},
    FilterOperatorRow{
        "lt", FilterOperator::LessThan, false, FilterOperand::Value, OperandFields::Ordered, false},
    FilterOperatorRow{"lte", FilterOperator::LessOrEqual, false, FilterOperand::Value,
        OperandFields::Ordered, false},
    FilterOperatorRow{"gt", FilterOperator::GreaterThan, false, FilterOperand::Value,
        OperandFields::Ordered, false},
    FilterOperatorRow{"gte", FilterOperator::GreaterOrEqual, false, FilterOperand::Value,
        OperandFields::Ordered, false},
    FilterOperatorRow{"contains", FilterOperator::Contains, false, FilterOperand::Value,
        OperandFields::Text, false},
    FilterOperatorRow{"startsWith", FilterOperator::StartsWith, false, FilterOperand::Value,
        OperandFields::Text, false},
    FilterOperatorRow{"endsWith", FilterOperator::EndsWith, false, FilterOperand::Value,
        OperandFields::Text, false},
};

/// The operators that Json fields have beside `equals` and `not`.
inline constexpr std::array jsonOperators{
    FilterOperatorRow{"string_contains", FilterOperator::Contains, false, FilterOperand::Value,
        OperandFields::Any, false},
    FilterOperatorRow{"string_starts_with", FilterOperator::StartsWith, false, FilterOperand::Value,
        OperandFields::Any, false},
    FilterOperatorRow{"string_ends_with", FilterOperator::EndsWith, false, FilterOperand::Value,
        OperandFields::Any, false},
    FilterOperatorRow{"array_contains", FilterOperator::ArrayContains, false, FilterOperand::Value,
        OperandFields::Any, false},
    FilterOperatorRow{"array_starts_with", FilterOperator::ArrayStartsWith, false,
        FilterOperand::Value, OperandFields::Any, false},
    FilterOperatorRow{"array_ends_with", FilterOperator::ArrayEndsWith, false, FilterOperand::Value,
        OperandFields::Any, false},
    FilterOperatorRow{
        "lt", FilterOperator::LessThan, false, FilterOperand::Value, OperandFields::Any, false},
    FilterOperatorRow{
        "lte", FilterOperator::LessOrEqual, false, FilterOperand::Value, OperandFields::Any, false},
    FilterOperatorRow{
        "gt", FilterOperator::GreaterThan, false, FilterOperand::Value, OperandFields::Any, false},
    FilterOperatorRow{"gte", FilterOperator::GreaterOrEqual, false, FilterOperand::Value,
        OperandFields::Any, false},
};

/// Whether the operator can be used on the field, which must be a scalar or an enum.
constexpr bool appliesTo(const FilterOperatorRow& row, const Field& field) {
    const bool isScalar = field.kind == FieldKind::Scalar;
    const ScalarType type = field.scalar;
    switch (row.fields) {
        case OperandFields::Text:
            return isScalar && type == ScalarType::String;
        case OperandFields::Ordered:
            return isScalar && type != ScalarType::Boolean && type != ScalarType::Bytes &&
                   type != ScalarType::Json;
        case OperandFields::Listable:
            return !isScalar || (type != ScalarType::Boolean && type != ScalarType::Json);
        case OperandFields::Any:
            return true;
    }
    return false;
}

}  // namespace loam::runtime::schema
