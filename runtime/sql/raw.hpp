#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/request/error.hpp"
#include "runtime/sql/command.hpp"
#include "runtime/sql/cursor.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::sql {

/// The types that Prisma Client tells apart in the rows of raw queries.
enum class RawType : std::uint8_t {
    /// The column is an expression, or declared with a type that has no meaning here.
    Unknown,
    Int,
    BigInt,
    Float,
    Double,
    Decimal,
    Boolean,
    Text,
    Bytes,
    DateTime,
    Date,
    Time,
    Json,
};

/// A column of a raw query.
struct RawColumn {
    std::string name = {};
    /// Follows the type that the table declares.
    RawType type = RawType::Unknown;
};

/// A statement that a client wrote, with its values bound.
///
/// Only one statement is taken, and none that would outlive the request or reach another file:
/// transactions, ATTACH and settings of the connection belong to the server. Of PRAGMA those that
/// tell something, and those whose effect is kept in the file or ends with the transaction, are
/// run.
class RawStatement {
  public:
    /// Throws RequestError P2010 for what is not taken, for a wrong number of values and for
    /// mistakes in the statement. `written` must outlive the statement.
    RawStatement(storage::Database& database, const plan::Raw& written);

    /// Whether the statement changes data and answers rows, so that a failure while the rows are
    /// written comes after the change.
    bool writesAndReturns() const;

    std::vector<RawColumn> columns() const;

    /// Goes to the next row; false after the last. Throws RequestError: P2010 with SQLite's own
    /// code and words, P1008 for a database that stays locked.
    bool next();

    /// The row that next() has reached.
    const Cursor& row() const { return cursor_; }

    /// Runs the statement to its end and returns how many rows it wrote.
    std::int64_t run();

  private:
    storage::Database& database_;
    Command command_;
    Cursor cursor_;
};

/// A failure of a raw query that SQLite has no code for.
request::RequestError rawError(const std::string& message);

}  // namespace loam::runtime::sql
