#include "runtime/storage/database.hpp"

#include <cerrno>
#include <filesystem>
#include <sqlite3.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace loam::runtime::storage {
namespace {

constexpr int busyTimeoutMs = 5000;
constexpr std::string_view inMemory = ":memory:";

StorageError cannotOpen(const std::string& path, const std::string& cause) {
    return {"could not open the database " + path + ": " + cause, SQLITE_CANTOPEN, cause, path};
}

/// Says why a file cannot be opened before SQLite would only say "unable to open database file".
void checkFile(const std::string& path, bool mayCreate) {
    if (path.empty()) {
        throw StorageError("the path of the database is empty", SQLITE_CANTOPEN, "", path);
    }
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        throw cannotOpen(path, "it is a directory");
    }
    if (Database::exists(path)) {
        return;
    }
    const std::filesystem::path directory = std::filesystem::path(path).parent_path();
    if (!directory.empty() && !std::filesystem::is_directory(directory, ignored)) {
        throw cannotOpen(path, "there is no directory " + directory.string());
    }
    // SQLite would go on to look for a file to read, and report that there is none.
    if (mayCreate && access(directory.empty() ? "." : directory.c_str(), W_OK | X_OK) != 0) {
        throw cannotOpen(path,
            "the directory " + (directory.empty() ? "." : directory.string()) +
                " cannot be written to: " + std::generic_category().message(errno));
    }
    if (!mayCreate) {
        throw StorageError(
            "the database " + path + " does not exist yet; apply the migrations, which create it",
            SQLITE_CANTOPEN, "no such file", path);
    }
}

/// A writer was cut off in the middle of a commit.
bool needsRecovery(const StorageError& error) {
    return error.code() == SQLITE_READONLY_ROLLBACK || error.code() == SQLITE_READONLY_RECOVERY;
}

/// Nobody asks how much memory SQLite uses, and to count it takes a lock that all connections share
/// at every allocation. Without effect when the program has used SQLite before.
void useSQLite() {
    [[maybe_unused]] static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

void configure(sqlite3* connection, bool isReader) {
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, busyTimeoutMs);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    if (!isReader) {
        // A reader without the right to write cannot make these files, so the last writer to leave
        // must not remove them.
        int keepLog = 1;
        sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &keepLog);
    }
}

}  // namespace

struct Database::Connection {
    Connection(sqlite3* opened, std::string file)
        : handle(opened), path(std::move(file)), statements(opened, path) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        statements.clear();
        sqlite3_close_v2(handle);
    }

    sqlite3* handle;
    std::string path;
    StatementCache statements;
    dev_t device = 0;
    ino_t inode = 0;
};

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::openReader(const std::string& path) {
    checkFile(path, false);
    try {
        return open(path, SQLITE_OPEN_READONLY);
    } catch (const StorageError& error) {
        if (!needsRecovery(error)) {
            throw;
        }
    }
    // Reading is what makes SQLite undo or redo; a reader only may not.
    open(path, SQLITE_OPEN_READWRITE);
    return open(path, SQLITE_OPEN_READONLY);
}

Database Database::openWriter(const std::string& path) {
    checkFile(path, false);
    return open(path, SQLITE_OPEN_READWRITE);
}

Database Database::openOrCreate(const std::string& path) {
    if (path != inMemory) {
        checkFile(path, true);
    }
    return open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

Database Database::open(const std::string& path, int flags) {
    useSQLite();
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    // Also a connection that could not be opened has to be closed.
    Database database(std::make_unique<Connection>(handle, path));
    if (const int cause = handle == nullptr ? 0 : sqlite3_system_errno(handle);
        code == SQLITE_CANTOPEN && cause != 0) {
        throw cannotOpen(path, std::generic_category().message(cause));
    }
    if (code != SQLITE_OK) {
        throw lastError(handle, "open", path);
    }
    configure(handle, (flags & SQLITE_OPEN_READONLY) != 0);
    struct stat status {};
    if (stat(path.c_str(), &status) == 0) {
        database.connection_->device = status.st_dev;
        database.connection_->inode = status.st_ino;
    }
    try {
        database.execute("PRAGMA synchronous=FULL; PRAGMA cell_size_check=ON;");
        // The first read of the file: tells now, and not at the first request, that it is none.
        database.execute("SELECT 1 FROM sqlite_schema LIMIT 1;");
    } catch (const StorageError& error) {
        throw StorageError("could not open the database " + path + ": " + error.detail(),
            error.code(), error.detail(), path);
    }
    return database;
}

sqlite3* Database::handle() const { return connection_->handle; }

const std::string& Database::path() const { return connection_->path; }

Statement Database::statement(std::string_view sql) { return connection_->statements.take(sql); }

Statement Database::prepareOnce(std::string_view sql, std::string_view& rest) {
    return connection_->statements.prepareOnce(sql, rest);
}

void Database::execute(const std::string& script) {
    if (sqlite3_exec(handle(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw lastError(handle(), "run a script on", path());
    }
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle()); }

bool Database::exists(const std::string& path) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::none) {
        throw cannotOpen(path, error.message());
    }
    return std::filesystem::exists(status);
}

bool Database::isCurrent() const {
    if (path() == inMemory) {
        return true;
    }
    struct stat status {};
    return stat(path().c_str(), &status) == 0 && status.st_dev == connection_->device &&
           status.st_ino == connection_->inode;
}

}  // namespace loam::runtime::storage
