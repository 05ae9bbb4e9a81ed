#pragma once

#include <string>

#include "runtime/plan/plan.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/sql/row.hpp"

namespace loam::runtime::result {

/// Appends a column of the current row as JSON: BigInt and Decimal as texts, times in ISO form,
/// bytes in base64, Json as a text, enums by their name in the schema. In the JSON protocol the
/// values of these types but enums are objects with a `$type`.
///
/// Throws RequestError P2023 for a stored value that does not fit the field's type, P2032 for NULL
/// in a required field: nothing is rounded or guessed.
void appendColumn(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const plan::Output& output, const sql::Row& row, int column);

/// Appends what an aggregation made of a column, in the same forms: a sum in the form of its field,
/// an average as a Float, or as a Decimal for Decimal fields. Throws like appendColumn.
void appendAggregate(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const plan::Output& output, const sql::Row& row, int column);

}  // namespace loam::runtime::result
