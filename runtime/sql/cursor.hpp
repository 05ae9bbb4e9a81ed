#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/sql/command.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::sql {

/// The kinds of values that SQLite stores.
enum class StorageType : std::uint8_t { Null, Integer, Real, Text, Blob };

/// The rows of a command that runs, one at a time. The database and the command must outlive it.
class Cursor {
  public:
    /// Prepares the command or takes it from the cache, and binds its values. Throws StorageError,
    /// and RequestError P2029 for more values than a statement can take.
    Cursor(storage::Database& database, const Command& command);

    /// Goes to the next row; false after the last. A write has happened when the first call
    /// returns. Throws StorageError.
    bool next() { return statement_.step(); }

    StorageType type(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// Text or bytes, valid until the next row.
    std::string_view bytes(int column) const;

  private:
    storage::Statement statement_;
};

/// Runs a command that answers no rows and returns how many it wrote. Throws like Cursor.
std::int64_t run(storage::Database& database, const Command& command);

}  // namespace loam::runtime::sql
