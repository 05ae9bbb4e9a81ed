#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/storage/error.hpp"
#include "runtime/storage/statement.hpp"

struct sqlite3;

namespace loam::runtime::storage {

/// One connection to the database file: the only place in the product that opens SQLite, so that
/// how hosts share the file is decided here alone.
///
/// Every connection enforces foreign keys, waits up to five seconds for a lock, syncs each commit
/// before it is acknowledged, checks cell sizes, does not trust functions in the schema and cannot
/// load extensions. It leaves the journal mode as the file has it. Movable; use it from one thread
/// at a time, and let every Statement go before it.
class Database {
  public:
    /// Opens for reading only. What a writer that was cut off left behind is put right first, which
    /// needs the right to write. Throws StorageError when the file is missing or not a database.
    static Database openReader(const std::string& path);

    /// Opens for reading and writing. Throws StorageError when the file is missing.
    static Database openWriter(const std::string& path);

    /// Like openWriter, but makes the file when it is missing (its directory must exist).
    static Database openOrCreate(const std::string& path);

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// Whether there is something at the path. Throws StorageError when that cannot be told, such
    /// as for want of permission.
    static bool exists(const std::string& path);

    /// For SQLite functions that this class has no word for.
    sqlite3* handle() const;

    const std::string& path() const;

    /// The prepared statement for `sql`, from the cache when it was used before.
    /// Throws StorageError.
    Statement statement(std::string_view sql);

    /// The same for a statement that is not worth keeping. `rest` becomes what stands after the
    /// first statement in `sql`. Throws StorageError.
    Statement prepareOnce(std::string_view sql, std::string_view& rest);

    /// Runs every statement of `script` in order, ignoring rows; those before a failing one stay
    /// applied unless a transaction is open. Throws StorageError.
    void execute(const std::string& script);

    /// Rows changed by the last insert, update or delete.
    std::int64_t changes() const;

    /// False when the file at the path was removed or replaced since it was opened, as a reset
    /// does.
    bool isCurrent() const;

  private:
    struct Connection;
    static Database open(const std::string& path, int flags);
    explicit Database(std::unique_ptr<Connection> connection);

    std::unique_ptr<Connection> connection_;
};

}  // namespace loam::runtime::storage
