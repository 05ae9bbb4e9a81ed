#include "runtime/migrate/script.hpp"

#include <algorithm>
#include <cctype>
#include <memory>
#include <sqlite3.h>

namespace loam::runtime::migrate {
namespace {

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

/// The line, from 1, of the first character at or after `position` that is not white space.
std::ptrdiff_t lineOf(const std::string& script, const char* position) {
    const char* const end = script.data() + script.size();
    position = std::find_if(position, end, [](unsigned char c) { return std::isspace(c) == 0; });
    return std::count(script.data(), position, '\n') + 1;
}

ScriptFailure failure(sqlite3* connection, const std::string& script, const char* statement) {
    return {sqlite3_extended_errcode(connection),
        std::string(sqlite3_errmsg(connection)) + " (in the statement on line " +
            std::to_string(lineOf(script, statement)) + ")"};
}

std::optional<ScriptFailure> runStatements(sqlite3* connection, const std::string& script) {
    const char* position = script.c_str();
    const char* const end = position + script.size();
    while (position < end) {
        const char* const start = position;
        sqlite3_stmt* prepared = nullptr;
        int code = sqlite3_prepare_v2(
            connection, start, static_cast<int>(end - start) + 1, &prepared, &position);
        const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);
        if (code != SQLITE_OK) {
            return failure(connection, script, start);
        }
        while (prepared != nullptr && (code = sqlite3_step(prepared)) == SQLITE_ROW) {
        }
        if (prepared != nullptr && code != SQLITE_DONE) {
            return failure(connection, script, start);
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<ScriptFailure> runScript(storage::Database& database, const std::string& script) {
    // SQLite takes NUL for the end and would skip the rest without a word.
    if (const std::size_t nul = script.find('\0'); nul != std::string::npos) {
        return ScriptFailure{SQLITE_ERROR,
            "the script holds a NUL byte on line " +
                std::to_string(lineOf(script, script.data() + nul)) + "; save it as UTF-8 text"};
    }
    sqlite3* const connection = database.handle();
    // A script may change the journal mode; a log file that stays would turn the change back.
    int keepLog = 0;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &keepLog);
    std::optional<ScriptFailure> result = runStatements(connection, script);
    if (sqlite3_get_autocommit(connection) == 0) {
        database.execute("ROLLBACK");
        if (!result) {
            result = ScriptFailure{SQLITE_ERROR,
                "the script begins a transaction and does not end it; it was rolled back"};
        }
    }
    return result;
}

}  // namespace loam::runtime::migrate
