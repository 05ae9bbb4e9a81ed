#pragma once

#include <stdexcept>
#include <string>

struct sqlite3;

namespace loam::runtime::storage {

/// A database that could not be opened, or a statement that failed.
///
/// `what()` is one sentence for users that names the file.
class StorageError : public std::runtime_error {
  public:
    /// `code` is an SQLite extended result code, `detail` SQLite's own text.
    StorageError(const std::string& message, int code, std::string detail, std::string path);

    /// SQLite's extended result code, such as 2067 for a unique constraint.
    int code() const { return code_; }

    /// The primary part of the code, such as 19 for every kind of constraint.
    int primaryCode() const { return code_ & 0xff; }

    /// SQLite's own words, such as "UNIQUE constraint failed: Article.slug".
    const std::string& detail() const { return detail_; }

    /// The database file.
    const std::string& path() const { return path_; }

    /// True when another connection held the database for longer than the busy timeout.
    bool isBusy() const;

  private:
    int code_;
    std::string detail_;
    std::string path_;
};

/// The connection's last failure as an error; `action` completes "could not ...".
StorageError lastError(sqlite3* connection, const std::string& action, const std::string& path);

}  // namespace loam::runtime::storage
