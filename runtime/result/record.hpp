#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "runtime/plan/plan.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/sql/row.hpp"

namespace loam::runtime::result {

/// Appends the value of a Related output; the row's columns of the link begin at `column`.
using AppendRelated = std::function<void(const plan::Output& output, int column)>;

/// Appends the current row as an object; its columns are those that sql::select() names, in order.
/// Throws RequestError for a value that does not fit its field.
void appendRecord(std::string& out, const schema::Schema& schema, const schema::Model& model,
    const plan::Selection& selection, const sql::Row& row, const AppendRelated& appendRelated);

/// Appends an object in which every Count output is `count`.
void appendCount(std::string& out, const plan::Selection& selection, std::int64_t count);

/// The number of columns that sql::select() makes for a selection.
int columnCount(const plan::Selection& selection);

/// Turns round the elements of a list, which start at the offsets and reach to the end of the text.
void reverse(std::string& out, const std::vector<std::size_t>& starts);

}  // namespace loam::runtime::result
