#pragma once

#include <string>

#include "runtime/schema/schema.hpp"
#include "runtime/sql/cursor.hpp"

namespace loam::runtime::result {

/// Appends a column of the current row as JSON in the form of the GraphQL API: BigInt and Decimal
/// as texts, times in ISO form, bytes in base64, Json as a text, enums by their name in the schema.
///
/// Throws RequestError P2023 for a stored value that does not fit the field's type, P2032 for NULL
/// in a required field: nothing is rounded or guessed.
void appendColumn(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const schema::Field& field, const sql::Cursor& row, int column);

}  // namespace loam::runtime::result
