#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/sql/command.hpp"
#include "runtime/sql/row.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::sql {

/// The rows of a command that runs, one at a time. The database and the command must outlive it.
/// Parameters of a link are NULL until restart().
class Cursor final : public Row {
  public:
    /// Prepares the command or takes it from the cache, and binds its values. Throws StorageError,
    /// and RequestError P2029 for more values than a statement can take.
    Cursor(storage::Database& database, const Command& command);
    /// The same with a statement that was prepared from the command's text.
    Cursor(storage::Database& database, storage::Statement statement, const Command& command);

    /// Goes to the next row; false after the last. A write has happened when the first call
    /// returns. Throws StorageError.
    bool next() { return statement_.step(); }

    /// Makes the command ready to run again for another parent, whose row holds the values of the
    /// link from `column` on. False without a look at the database when one of them is NULL:
    /// nothing is related then. Throws StorageError.
    bool restart(const Cursor& parent, int column, const Command& command);

    /// Lets the rows be among those of a JSON array of rowids, which must live until the next
    /// restart. The command must be one of selectIndexed(). Throws StorageError.
    void lookAmong(std::string_view rowids, const Command& command);

    /// How many rows were walked through without an index since the statement was prepared.
    std::uint32_t walked() const;

    const storage::Statement& statement() const { return statement_; }

    StorageType type(int column) const override;
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    std::string_view bytes(int column) const override;

  private:
    storage::Database* database_;
    storage::Statement statement_;
};

/// Runs a command that answers no rows and returns how many it wrote. Throws like Cursor.
std::int64_t run(storage::Database& database, const Command& command);

}  // namespace loam::runtime::sql
