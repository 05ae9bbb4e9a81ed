#pragma once

#include "runtime/schema/schema.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::engine {

/// Whether records of the model may refer to others of it, over a foreign key that the database
/// checks.
bool mayReferToEachOther(const schema::Schema& schema, const schema::Model& model);

/// Lets several statements count as one for foreign keys: rows may refer to rows that come after
/// them. Must live inside of a transaction and not inside of another one.
class Deferral {
  public:
    /// Does nothing unless it is needed, nor where a foreign key is broken that waits for the
    /// commit. SQLite takes RESTRICT for NO ACTION meanwhile, so that it is for new rows only.
    Deferral(storage::Database& database, bool isNeeded);
    ~Deferral();
    Deferral(const Deferral&) = delete;
    Deferral& operator=(const Deferral&) = delete;

    /// Call it after the last statement. Throws StorageError when a row refers to none.
    void check();

  private:
    storage::Database& database_;
    bool isActive_;
};

}  // namespace loam::runtime::engine
