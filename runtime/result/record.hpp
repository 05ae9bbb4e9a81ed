#pragma once

#include <cstdint>
#include <string>

#include "runtime/plan/plan.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/sql/cursor.hpp"

namespace loam::runtime::result {

/// Appends the current row as an object; its columns are the Column outputs in order. Throws
/// RequestError for a value that does not fit its field.
void appendRecord(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const plan::Selection& selection, const sql::Cursor& row);

/// Appends every row as an element of a list, the last one first when `isReversed`. Throws like
/// appendRecord, and StorageError.
void appendRecords(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const plan::Selection& selection, sql::Cursor& rows, bool isReversed);

/// Appends an object in which every Count output is `count`.
void appendCount(std::string& out, const plan::Selection& selection, std::int64_t count);

/// Appends the one row of an aggregation; its columns are the Count outputs, those in objects
/// included.
void appendAggregate(std::string& out, const plan::Selection& selection, const sql::Cursor& row);

}  // namespace loam::runtime::result
