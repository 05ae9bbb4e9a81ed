#pragma once

#include <string>

#include "runtime/plan/plan.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::engine {

/// Runs the steps of a plan in order and appends their answer as one JSON object.
///
/// Does not open a transaction: the caller does, and rolls back what a failure leaves. Throws
/// RequestError, with the place of the step that failed.
void execute(const plan::Plan& plan, const schema::Schema& schema, storage::Database& database,
    std::string& out);

/// The rows that an update without changes means: it reads them instead.
plan::Rows unchangedRows(const plan::Update& update);

}  // namespace loam::runtime::engine
