#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/plan/links.hpp"
#include "runtime/sql/row.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::sql {

/// What an index on the columns of a link would tell, made in one walk through the table and kept
/// for as long as one read lasts. Prisma makes no index for a foreign key unless the schema asks
/// for one, and without it every record of a read costs a walk through the table of its related
/// records.
///
/// It tells which rows may be related, all of those that are and perhaps some more, so that a
/// statement still has to compare them.
class AutomaticIndex {
  public:
    /// At most this many rows are indexed, at 16 bytes each.
    static constexpr std::size_t capacity = 1'000'000;

    /// Whether the rows of the table that `link` leads to can be indexed: not those of a table
    /// without rowids, of a view, or with keys that are not compared byte by byte.
    static bool isPossible(storage::Database& database, const plan::Link& link);

    /// Reads the table that `link` leads to, for which isPossible() must hold. Nothing for a table
    /// of more than `most` rows, for more than `capacity` keys, and where a column stores several
    /// kinds of values, which SQLite may take for equal. Throws StorageError.
    static std::optional<AutomaticIndex>
    make(storage::Database& database, const plan::Link& link, std::uint64_t most);

    /// The rowids of the rows that may be related to a row, whose values of the link begin at
    /// `column`, as a JSON array. Nothing when the index cannot tell or there are more than `most`.
    std::optional<std::string> find(const Row& parent, int column, std::uint64_t most) const;

  private:
    /// The kind of the values in each column; Null for a column without a value.
    std::vector<StorageType> types_;
    /// Hashes of values and the rows that have them, in order.
    std::vector<std::pair<std::uint64_t, std::int64_t>> rows_;
};

}  // namespace loam::runtime::sql
