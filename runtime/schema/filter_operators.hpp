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
};

/// What stands to the right of an operator.
enum class FilterOperand : std::uint8_t { Value, List, ValueOrFilter };

/// Kinds of fields that an operator applies to, as bits.
enum FieldKinds : std::uint8_t {
    text = 1,
    ordered = 2,
    listable = 4,
    any = 8,
};

/// One operator as clients write it.
struct FilterOperatorRow {
    std::string_view name;
    FilterOperator filterOperator;
    bool isNegated;
    FilterOperand operand;
    FieldKinds fields;
    /// Whether null may be given for an optional field.
    bool acceptsNull;
};

/// Every operator of scalar filters.
inline constexpr std::array filterOperators{
    FilterOperatorRow{"equals", FilterOperator::Equals, false, FilterOperand::Value, any, true},
    FilterOperatorRow{"not", FilterOperator::Equals, true, FilterOperand::ValueOrFilter, any, true},
    FilterOperatorRow{"in", FilterOperator::In, false, FilterOperand::List, listable, true},
    FilterOperatorRow{"notIn", FilterOperator::In, true, FilterOperand::List, listable, true},
    FilterOperatorRow{"lt", FilterOperator::LessThan, false, FilterOperand::Value, ordered, false},
    FilterOperatorRow{
        "lte", FilterOperator::LessOrEqual, false, FilterOperand::Value, ordered, false},
    FilterOperatorRow{
        "gt", FilterOperator::GreaterThan, false, FilterOperand::Value, ordered, false},
    FilterOperatorRow{
        "gte", FilterOperator::GreaterOrEqual, false, FilterOperand::Value, ordered, false},
    FilterOperatorRow{
        "contains", FilterOperator::Contains, false, FilterOperand::Value, text, false},
    FilterOperatorRow{
        "startsWith", FilterOperator::StartsWith, false, FilterOperand::Value, text, false},
    FilterOperatorRow{
        "endsWith", FilterOperator::EndsWith, false, FilterOperand::Value, text, false},
};

/// Whether the operator can be used on the field, which must be a scalar or an enum.
constexpr bool appliesTo(const FilterOperatorRow& row, const Field& field) {
    const bool isScalar = field.kind == FieldKind::Scalar;
    const ScalarType type = field.scalar;
    switch (row.fields) {
        case text:
            return isScalar && type == ScalarType::String;
        case ordered:
            return isScalar && type != ScalarType::Boolean && type != ScalarType::Bytes &&
                   type != ScalarType::Json;
        case listable:
            return !isScalar || (type != ScalarType::Boolean && type != ScalarType::Json);
        case any:
            return true;
    }
    return false;
}

}  // namespace loam::runtime::schema
