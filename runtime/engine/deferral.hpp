#pragma once

#include "runtime/storage/database.hpp"

namespace loam::runtime::engine {

/// Lets several statements count as one for foreign keys: rows may refer to rows that come after
/// them. Must live inside of a transaction.
class Deferral {
  public:
    /// Does nothing unless it is needed, nor where foreign keys wait for the commit already.
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
