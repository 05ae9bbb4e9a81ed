#include "runtime/storage/statement.hpp"

#include <sqlite3.h>
#include <utility>

#include "runtime/storage/error.hpp"

namespace loam::runtime::storage {

Statement::Statement(Statement&& other) noexcept
    : cache_(other.cache_), handle_(std::exchange(other.handle_, nullptr)), inUse_(other.inUse_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    if (this != &other) {
        giveBack();
        cache_ = other.cache_;
        handle_ = std::exchange(other.handle_, nullptr);
        inUse_ = other.inUse_;
    }
    return *this;
}

Statement::~Statement() { giveBack(); }

void Statement::giveBack() {
    sqlite3_stmt* const handle = std::exchange(handle_, nullptr);
    if (handle == nullptr) {
        return;
    }
    if (inUse_ == nullptr) {
        sqlite3_finalize(handle);
        return;
    }
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    *inUse_ = false;
}

void Statement::check(int code) {
    if (code != SQLITE_OK) {
        throw lastError(cache_->connection_, "run a statement on", cache_->path_);
    }
}

bool Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    // Resetting keeps the code and the text of the failure, and lets go of the locks.
    sqlite3_reset(handle_);
    throw lastError(cache_->connection_, "run a statement on", cache_->path_);
}

void Statement::run() {
    while (step()) {
    }
}

void Statement::reset() { sqlite3_reset(handle_); }

void Statement::bindNull(int parameter) { check(sqlite3_bind_null(handle_, parameter)); }

void Statement::bind(int parameter, std::int64_t value) {
    check(sqlite3_bind_int64(handle_, parameter, value));
}

void Statement::bind(int parameter, double value) {
    check(sqlite3_bind_double(handle_, parameter, value));
}

void Statement::bind(int parameter, std::string_view text) {
    const char* data = text.data() == nullptr ? "" : text.data();
    check(
        sqlite3_bind_text64(handle_, parameter, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindBytes(int parameter, std::span<const std::byte> bytes) {
    if (bytes.empty()) {
        check(sqlite3_bind_zeroblob(handle_, parameter, 0));
        return;
    }
    check(sqlite3_bind_blob64(handle_, parameter, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    const int size = sqlite3_column_bytes(handle_, column);
    return data == nullptr
               ? std::string_view{}
               : std::string_view(data, static_cast<std::size_t>(size));
}

StatementCache::StatementCache(sqlite3* connection, std::string path)
    : connection_(connection), path_(std::move(path)) {}

StatementCache::~StatementCache() {
    for (const Entry& entry : entries_) {
        sqlite3_finalize(entry.handle);
    }
}

Statement StatementCache::take(std::string_view sql) {
    if (const auto found = byText_.find(sql); found != byText_.end()) {
        const auto entry = found->second;
        if (entry->inUse) {
            return {*this, prepare(sql, SQLITE_PREPARE_PERSISTENT), nullptr};
        }
        entries_.splice(entries_.begin(), entries_, entry);
        entry->inUse = true;
        return {*this, entry->handle, &entry->inUse};
    }
    sqlite3_stmt* handle = prepare(sql, SQLITE_PREPARE_PERSISTENT);
    if (sql.size() > longest) {
        return {*this, handle, nullptr};
    }
    entries_.push_front({std::string(sql), handle, true});
    byText_.emplace(entries_.front().sql, entries_.begin());
    shrink();
    return {*this, handle, &entries_.front().inUse};
}

Statement StatementCache::prepareOnce(std::string_view sql, std::string_view& rest) {
    return {*this, prepare(sql, 0, &rest), nullptr};
}

sqlite3_stmt*
StatementCache::prepare(std::string_view sql, unsigned flags, std::string_view* rest) {
    sqlite3_stmt* handle = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(
        connection_, sql.data(), static_cast<int>(sql.size()), flags, &handle, &tail);
    if (code != SQLITE_OK) {
        throw lastError(connection_, "prepare a statement for", path_);
    }
    if (handle == nullptr) {
        throw StorageError(
            "could not prepare a statement for the database " + path_ +
                ": the text holds no statement",
            SQLITE_MISUSE, "the text holds no statement", path_);
    }
    if (rest != nullptr) {
        *rest = sql.substr(static_cast<std::size_t>(tail - sql.data()));
    }
    return handle;
}

void StatementCache::shrink() {
    for (auto entry = entries_.end(); entries_.size() > capacity && entry != entries_.begin();) {
        --entry;
        if (!entry->inUse) {
            byText_.erase(entry->sql);
            sqlite3_finalize(entry->handle);
            entry = entries_.erase(entry);
        }
    }
}

void StatementCache::clear() {
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        if (entry->inUse) {
            ++entry;
            continue;
        }
        byText_.erase(entry->sql);
        sqlite3_finalize(entry->handle);
        entry = entries_.erase(entry);
    }
}

}  // namespace loam::runtime::storage
