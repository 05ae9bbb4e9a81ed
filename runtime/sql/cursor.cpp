#include "runtime/sql/cursor.hpp"

#include <sqlite3.h>
#include <string>
#include <type_traits>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/storage/error.hpp"

namespace loam::runtime::sql {
namespace {

void checkLimit(storage::Database& database, const Command& command) {
    const int limit = sqlite3_limit(database.handle(), SQLITE_LIMIT_VARIABLE_NUMBER, -1);
    if (command.parameters.size() > static_cast<std::size_t>(limit)) {
        const std::string detail =
            "The query needs " + std::to_string(command.parameters.size()) +
            " parameters; the limit of the database is " + std::to_string(limit) + ".";
        throw request::RequestError("P2029", "Query parameter limit exceeded error: " + detail)
            .withMeta(R"({"message":")" + detail + "\"}");
    }
}

/// Binds without copying: the values outlive the statement's run.
int bind(sqlite3_stmt* statement, int index, const Parameter& parameter) {
    return std::visit(
        [&](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::monostate>) {
                return sqlite3_bind_null(statement, index);
            } else if constexpr (std::is_same_v<Held, std::int64_t>) {
                return sqlite3_bind_int64(statement, index, held);
            } else if constexpr (std::is_same_v<Held, double>) {
                return sqlite3_bind_double(statement, index, held);
            } else if constexpr (std::is_same_v<Held, std::string_view>) {
                // A null pointer would bind NULL, here and below.
                const char* data = held.empty() ? "" : held.data();
                return sqlite3_bind_text64(
                    statement, index, data, held.size(), SQLITE_STATIC, SQLITE_UTF8);
            } else {
                const char* data = held.data.empty() ? "" : held.data.data();
                return sqlite3_bind_blob64(statement, index, data, held.data.size(), SQLITE_STATIC);
            }
        },
        parameter);
}

storage::Statement prepare(storage::Database& database, const Command& command) {
    checkLimit(database, command);
    return database.statement(command.text);
}

}  // namespace

Cursor::Cursor(storage::Database& database, const Command& command)
    : Cursor(database, prepare(database, command), command) {}

Cursor::Cursor(storage::Database& database, storage::Statement statement, const Command& command)
    : database_(&database), statement_(std::move(statement)) {
    int index = 0;
    for (const Parameter& parameter : command.parameters) {
        if (bind(statement_.handle(), ++index, parameter) != SQLITE_OK) {
            throw storage::lastError(database.handle(), "pass a value to", database.path());
        }
    }
}

bool Cursor::restart(const Cursor& parent, int column, const Command& command) {
    sqlite3_stmt* statement = statement_.handle();
    statement_.reset();
    for (const auto [parameter, linkColumn] : command.linkParameters) {
        const int from = column + static_cast<int>(linkColumn);
        if (parent.type(from) == StorageType::Null) {
            return false;
        }
        sqlite3_value* value = sqlite3_column_value(parent.statement_.handle(), from);
        if (sqlite3_bind_value(statement, static_cast<int>(parameter) + 1, value) != SQLITE_OK) {
            throw storage::lastError(database_->handle(), "pass a value to", database_->path());
        }
    }
    return true;
}

void Cursor::lookAmong(std::string_view rowids, const Command& command) {
    const int index = static_cast<int>(*command.rowidsParameter) + 1;
    if (bind(statement_.handle(), index, rowids) != SQLITE_OK) {
        throw storage::lastError(database_->handle(), "pass a value to", database_->path());
    }
}

std::uint32_t Cursor::walked() const {
    return static_cast<std::uint32_t>(
        sqlite3_stmt_status(statement_.handle(), SQLITE_STMTSTATUS_FULLSCAN_STEP, 0));
}

StorageType Cursor::type(int column) const {
    switch (sqlite3_column_type(statement_.handle(), column)) {
        case SQLITE_INTEGER:
            return StorageType::Integer;
        case SQLITE_FLOAT:
            return StorageType::Real;
        case SQLITE_TEXT:
            return StorageType::Text;
        case SQLITE_BLOB:
            return StorageType::Blob;
        default:
            return StorageType::Null;
    }
}

std::int64_t Cursor::integer(int column) const {
    return sqlite3_column_int64(statement_.handle(), column);
}

double Cursor::real(int column) const { return sqlite3_column_double(statement_.handle(), column); }

std::string_view Cursor::bytes(int column) const {
    sqlite3_stmt* const statement = statement_.handle();
    // As UTF-8, whatever the encoding of the database.
    const void* const data =
        sqlite3_column_type(statement, column) == SQLITE_TEXT
            ? static_cast<const void*>(sqlite3_column_text(statement, column))
            : sqlite3_column_blob(statement, column);
    const int size = sqlite3_column_bytes(statement, column);
    return data == nullptr
               ? std::string_view()
               : std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

std::int64_t run(storage::Database& database, const Command& command) {
    Cursor cursor(database, command);
    while (cursor.next()) {
    }
    return database.changes();
}

}  // namespace loam::runtime::sql
