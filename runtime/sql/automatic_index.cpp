#include "runtime/sql/automatic_index.hpp"

#include <algorithm>
#include <functional>
#include <sqlite3.h>
#include <string_view>

#include "runtime/sql/builder.hpp"
#include "runtime/sql/cursor.hpp"

namespace loam::runtime::sql {
namespace {

using schema::Field;

/// Whether the column is compared by the bytes of its texts.
bool isBinary(storage::Database& database, const schema::Model& model, const char* column) {
    const char* collation = nullptr;
    return sqlite3_table_column_metadata(database.handle(), "main", model.databaseName.c_str(),
               column, nullptr, &collation, nullptr, nullptr, nullptr) == SQLITE_OK &&
           std::string_view(collation) == "BINARY";
}

/// The values from `first` on. Equal values of one kind have equal hashes.
std::uint64_t hashOf(const Row& row, int first, std::size_t count) {
    std::uint64_t hash = 0;
    for (std::size_t index = 0; index < count; ++index) {
        const int column = first + static_cast<int>(index);
        const std::uint64_t value =
            row.type(column) == StorageType::Integer
                ? std::hash<std::int64_t>()(row.integer(column))
                : std::hash<std::string_view>()(row.bytes(column));
        constexpr std::uint64_t spread = 0x9e3779b97f4a7c15;
        hash = (hash ^ value) * spread;
    }
    return hash;
}

bool isKind(StorageType type) {
    return type == StorageType::Integer || type == StorageType::Text || type == StorageType::Blob;
}

}  // namespace

bool AutomaticIndex::isPossible(storage::Database& database, const plan::Link& link) {
    const schema::Model& model = *link.related;
    return link.joinTable == nullptr && isBinary(database, model, "rowid") &&
           std::all_of(
               link.relatedColumns.begin(), link.relatedColumns.end(), [&](const Field* field) {
                   return isBinary(database, model, field->databaseName.c_str());
               });
}

std::optional<AutomaticIndex>
AutomaticIndex::make(storage::Database& database, const plan::Link& link, std::uint64_t most) {
    Builder builder(*link.related);
    const Command command =
        builder.text("SELECT ")
            .rowid()
            .text(", ")
            .list(link.relatedColumns)
            .text(" FROM ")
            .table()
            .finish();
    const std::size_t count = link.relatedColumns.size();
    AutomaticIndex index;
    index.types_.resize(count, StorageType::Null);
    Cursor cursor(database, command);
    for (std::uint64_t walked = 0; cursor.next(); ++walked) {
        if (walked == most) {
            return std::nullopt;
        }
        bool hasNull = false;
        for (std::size_t column = 0; column < count; ++column) {
            const StorageType type = cursor.type(1 + static_cast<int>(column));
            StorageType& known = index.types_[column];
            hasNull = hasNull || type == StorageType::Null;
            if (type == StorageType::Null) {
                continue;
            }
            if (!isKind(type) || (known != StorageType::Null && known != type)) {
                return std::nullopt;
            }
            known = type;
        }
        if (hasNull) {
            continue;
        }
        if (index.rows_.size() == capacity || cursor.type(0) != StorageType::Integer) {
            return std::nullopt;
        }
        index.rows_.emplace_back(hashOf(cursor, 1, count), cursor.integer(0));
    }
    std::sort(index.rows_.begin(), index.rows_.end());
    return index;
}

std::optional<std::string>
AutomaticIndex::find(const Row& parent, int column, std::uint64_t most) const {
    for (std::size_t index = 0; index < types_.size(); ++index) {
        if (types_[index] != StorageType::Null &&
            types_[index] != parent.type(column + static_cast<int>(index))) {
            return std::nullopt;
        }
    }
    const std::uint64_t hash = hashOf(parent, column, types_.size());
    const auto first = std::lower_bound(rows_.begin(), rows_.end(), std::pair(hash, INT64_MIN));
    const auto last = std::upper_bound(first, rows_.end(), std::pair(hash, INT64_MAX));
    if (static_cast<std::uint64_t>(last - first) > most) {
        return std::nullopt;
    }
    std::string rowids = "[";
    for (auto row = first; row != last; ++row) {
        rowids += rowids.size() == 1 ? "" : ",";
        rowids += std::to_string(row->second);
    }
    return rowids += "]";
}

}  // namespace loam::runtime::sql
