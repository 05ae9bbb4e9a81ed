#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/plan/scalar.hpp"

namespace loam::runtime::plan {

/// The type of a scalar or enum field as errors name it, such as "Int" or the name of the enum.
std::string_view typeName(const Context& context, const schema::Field& field);

/// A literal of the client as a value of the field. It must not be null, and for Json it must be
/// text unless the notation has documents in place. Throws RequestError: P2009 for a literal of
/// another type, P2033 for a number beyond 64 bits, P2020 for one that is too large for Int.
Scalar scalarOf(const Context& context, const schema::Field& field, const request::Value& value);

/// The same for a value to compare with: for an Int it may be any number of 64 bits.
Scalar operandOf(const Context& context, const schema::Field& field, const request::Value& value);

/// Whether the field holds an Int, a BigInt, a Float or a Decimal.
bool isNumeric(const schema::Field& field);

bool isJson(const schema::Field& field);

/// Whether the values of the field are documents that the client writes in place, null too.
bool isDocument(const Context& context, const schema::Field& field);

/// The aggregation that clients call by that name, or null.
const AggregationRow* findAggregation(std::string_view name);

/// Whether the aggregation applies to the field.
bool canAggregate(const AggregationRow& row, const schema::Field& field);

/// An integer argument such as take or limit. Throws RequestError P2009.
std::int64_t integerOf(const Context& context, const request::Value& value);

/// The word of an enumeration, written bare or as a text; empty for other values.
std::string_view wordOf(const request::Value& value);

}  // namespace loam::runtime::plan
