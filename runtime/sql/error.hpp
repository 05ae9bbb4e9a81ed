#pragma once

#include "runtime/request/error.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/error.hpp"

namespace loam::runtime::sql {

/// A failure of SQLite in Prisma's words: constraints with the names of the model's fields, missing
/// tables and columns, a database that is busy, full, damaged or read-only.
request::RequestError translate(const storage::StorageError& error, const schema::Schema& schema);

}  // namespace loam::runtime::sql
