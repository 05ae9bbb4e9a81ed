#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace loam::runtime::storage {

class StatementCache;

/// A prepared statement, handed out reset and without bindings, and given back when it goes.
///
/// Parameters count from 1, columns from 0, as in SQLite. Must not outlive its Database.
class Statement {
  public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    ~Statement();

    /// For SQLite functions that this class has no word for.
    sqlite3_stmt* handle() const { return handle_; }

    /// Goes to the next row; false after the last one. Throws StorageError.
    bool step();

    /// Steps to the end, ignoring rows. Throws StorageError.
    void run();

    /// Makes the statement ready to run again; bindings stay.
    void reset();

    /// Each bind throws StorageError when the statement has no such parameter. Text and bytes are
    /// copied.
    void bindNull(int parameter);
    void bind(int parameter, std::int64_t value);
    void bind(int parameter, double value);
    void bind(int parameter, std::string_view text);
    void bindBytes(int parameter, std::span<const std::byte> bytes);

    /// True when the column of the current row is NULL.
    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// The column as UTF-8 text, valid until the next step, reset or read of the same column.
    std::string_view text(int column) const;

  private:
    friend class StatementCache;
    /// `inUse` is null for a statement that is not kept.
    Statement(StatementCache& cache, sqlite3_stmt* handle, bool* inUse)
        : cache_(&cache), handle_(handle), inUse_(inUse) {}
    void check(int code);
    void giveBack();

    StatementCache* cache_;
    sqlite3_stmt* handle_;
    bool* inUse_;
};

/// Prepared statements of one connection by their text, the least recently used dropped first.
class StatementCache {
  public:
    /// At most this many statements are kept; preparing costs two thirds of a point read.
    static constexpr std::size_t capacity = 256;
    /// Longer texts are not kept: they rarely come again, and the memory of their statements grows
    /// with them.
    static constexpr std::size_t longest = 16UL * 1024;

    StatementCache(sqlite3* connection, std::string path);
    StatementCache(const StatementCache&) = delete;
    StatementCache& operator=(const StatementCache&) = delete;
    ~StatementCache();

    /// The first statement in `sql`. A second one with the same text is prepared apart while the
    /// first is in use. Throws StorageError.
    Statement take(std::string_view sql);

    /// The first statement in `sql`, which is not kept; `rest` becomes what stands after it. Throws
    /// StorageError.
    Statement prepareOnce(std::string_view sql, std::string_view& rest);

    /// Finalizes every statement that is not in use.
    void clear();

    std::size_t size() const { return entries_.size(); }

  private:
    friend class Statement;
    struct Entry {
        std::string sql;
        sqlite3_stmt* handle;
        bool inUse;
    };
    using Entries = std::list<Entry>;

    sqlite3_stmt* prepare(std::string_view sql, unsigned flags, std::string_view* rest = nullptr);
    void shrink();

    sqlite3* connection_;
    std::string path_;
    Entries entries_;  // Most recently used first.
    std::unordered_map<std::string_view, Entries::iterator> byText_;
};

}  // namespace loam::runtime::storage
