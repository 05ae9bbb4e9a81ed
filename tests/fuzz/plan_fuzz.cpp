// Feeds arbitrary bytes to the interpreter of query plans as the body of a request: whatever they
// are, the answer is one JSON document, no transaction stays open, and a reader has changed
// nothing.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sqlite3.h>
#include <string>
#include <string_view>

#include "runtime/queryplan/plan_request.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/storage/database.hpp"

namespace {

using namespace loam::runtime;

/// A database in memory that stops statements which do not end by themselves.
storage::Database makeDatabase() {
    storage::Database database = storage::Database::openOrCreate(":memory:");
    database.execute(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT UNIQUE, d DATETIME, n DECIMAL, j JSONB);"
        "INSERT INTO a VALUES (1, 'x', 0, 1.5, '[1]'), (2, 'y', NULL, NULL, NULL);");
    constexpr int steps = 100000;
    sqlite3_progress_handler(
        database.handle(), steps, [](void* /*unused*/) { return 1; }, nullptr);
    constexpr int bytes = 1000000;
    sqlite3_limit(database.handle(), SQLITE_LIMIT_LENGTH, bytes);
    // The statements are the fuzzer's own: they may do anything but reach files.
    sqlite3_set_authorizer(
        database.handle(),
        [](void* /*unused*/, int action, const char* name, const char*, const char*, const char*) {
            const bool isFile = action == SQLITE_ATTACH;
            const bool isSetting =
                action == SQLITE_PRAGMA && name != nullptr &&
                std::string_view(name) != "table_info";
            return isFile || isSetting ? SQLITE_DENY : SQLITE_OK;
        },
        nullptr);
    return database;
}

void check(const queryplan::Answer& answer, const storage::Database& database) {
    // Throws, and so ends the run, when the answer is no JSON. Texts within may repeat names.
    request::TextPool pool;
    constexpr std::size_t depth = 2000;
    static_cast<void>(request::parseJson(answer.body, pool, depth));
    if (sqlite3_get_autocommit(database.handle()) == 0) {
        std::abort();
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the engine calls it by this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const plan::Sources sources{
        0, [](std::span<std::uint8_t> bytes) {
            for (std::uint8_t& byte : bytes) {
                byte = 0;
            }
        }};
    storage::Database database = makeDatabase();

    check(queryplan::run(body, database, queryplan::Access::ReadWrite, sources), database);
    const std::int64_t before = sqlite3_total_changes64(database.handle());
    check(queryplan::run(body, database, queryplan::Access::ReadOnly, sources), database);
    if (sqlite3_total_changes64(database.handle()) != before) {
        std::abort();
    }
    return 0;
}
