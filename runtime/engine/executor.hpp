#pragma once

#include <string>

#include "runtime/plan/catalog.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/result/raw.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::engine {

/// Runs the steps of a plan in order and appends their answer as one JSON object.
///
/// Does not open a transaction: the caller does, and rolls back what a failure leaves. Throws
/// RequestError, with the place of the step that failed.
void execute(const plan::Plan& plan, const plan::Catalog& catalog, storage::Database& database,
    result::RawForm rawForm, std::string& out);

}  // namespace loam::runtime::engine
