#pragma once

#include "runtime/storage/database.hpp"

namespace loam::runtime::engine {

/// A transaction that is rolled back unless it is committed. Inside of another one it is a
/// savepoint: what it did goes with the outer one.
class Transaction {
  public:
    /// What the transaction may do; a write takes the writer's lock at once, so that it never fails
    /// half-way for want of it.
    enum class Kind { Read, Write };

    /// Throws StorageError when the database stays locked by others.
    Transaction(storage::Database& database, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Throws StorageError; the transaction is rolled back then.
    void commit();

    /// Whether it can be used; SQLite rolls back by itself when the disk is full.
    bool goesOn() const;

  private:
    storage::Database& database_;
    bool isNested_;
    bool isOpen_ = true;
};

}  // namespace loam::runtime::engine
