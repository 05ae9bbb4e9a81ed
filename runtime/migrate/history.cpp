#include "runtime/migrate/history.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <sys/random.h>

#include "runtime/migrate/error.hpp"

namespace loam::runtime::migrate {
namespace {

// The text is Prisma's, since SQLite keeps it and tools compare it.
constexpr const char* createTable = R"(CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);)";

std::int64_t now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

/// A random UUID, version 4, in lower case.
std::string randomUuid() {
    std::array<unsigned char, 16> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw MigrationError("NoRandomness", "the system gives no random numbers");
    }
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text.append(i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "");
        text.append({hex[bytes[i] >> 4U], hex[bytes[i] & 15U]});
    }
    return text;
}

std::string dateText(std::int64_t milliseconds) {
    const std::time_t seconds = milliseconds / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
    std::snprintf(
        text.data() + size, text.size() - size, ".%03d UTC", static_cast<int>(milliseconds % 1000));
    return text.data();
}

bool hasOtherTables(storage::Database& database) {
    return database
        .statement(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' AND name <> '_prisma_migrations' LIMIT 1")
        .step();
}

}  // namespace

bool hasHistory(storage::Database& database) {
    return database
        .statement(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_prisma_migrations'")
        .step();
}

void prepareHistory(storage::Database& database) {
    if (hasHistory(database)) {
        return;
    }
    if (hasOtherTables(database)) {
        throw MigrationError("P3005",
            "The database schema is not empty. Read more about how to baseline an existing "
            "production database: https://pris.ly/d/migrate-baseline");
    }
    createHistory(database);
}

void createHistory(storage::Database& database) { database.execute(createTable); }

std::vector<Record> readHistory(storage::Database& database) {
    std::vector<Record> records;
    if (!hasHistory(database)) {
        return records;
    }
    storage::Statement rows = database.statement(
        "SELECT id, migration_name, started_at, typeof(started_at), finished_at, rolled_back_at "
        "FROM _prisma_migrations ORDER BY rowid");
    while (rows.step()) {
        const bool isNumber = rows.text(3) == "integer";
        records.push_back({
            .id = std::string(rows.text(0)),
            .name = std::string(rows.text(1)),
            .startedAt = isNumber ? dateText(rows.integer(2)) : std::string(rows.text(2)),
            .isFinished = !rows.isNull(4),
            .isRolledBack = !rows.isNull(5),
        });
    }
    return records;
}

std::string
recordStart(storage::Database& database, const std::string& name, const std::string& checksum) {
    std::string id = randomUuid();
    storage::Statement insert = database.statement(
        "INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name) "
        "VALUES (?, ?, ?, ?)");
    insert.bind(1, std::string_view(id));
    insert.bind(2, std::string_view(checksum));
    insert.bind(3, now());
    insert.bind(4, std::string_view(name));
    insert.run();
    return id;
}

void recordFinish(storage::Database& database, const std::string& id) {
    storage::Statement update = database.statement(
        "UPDATE _prisma_migrations SET applied_steps_count = applied_steps_count + 1, "
        "finished_at = ? WHERE id = ?");
    update.bind(1, now());
    update.bind(2, std::string_view(id));
    update.run();
    if (database.changes() != 1) {
        throw MigrationError("HistoryDamaged",
            "the script removed its own row from _prisma_migrations; a migration must leave that "
            "table alone");
    }
}

void recordFailure(storage::Database& database, const std::string& id, const std::string& error) {
    storage::Statement update =
        database.statement("UPDATE _prisma_migrations SET logs = ? WHERE id = ?");
    update.bind(1, std::string_view(error));
    update.bind(2, std::string_view(id));
    update.run();
}

void recordRollback(storage::Database& database, const std::string& name) {
    storage::Statement update = database.statement(
        "UPDATE _prisma_migrations SET rolled_back_at = ? "
        "WHERE migration_name = ? AND finished_at IS NULL AND rolled_back_at IS NULL");
    update.bind(1, now());
    update.bind(2, std::string_view(name));
    update.run();
}

void recordApplied(
    storage::Database& database, const std::string& name, const std::string& checksum) {
    const std::int64_t time = now();
    storage::Statement insert = database.statement(
        "INSERT INTO _prisma_migrations "
        "(id, checksum, started_at, finished_at, migration_name, logs, applied_steps_count) "
        "VALUES (?, ?, ?, ?, ?, '', 0)");
    insert.bind(1, std::string_view(randomUuid()));
    insert.bind(2, std::string_view(checksum));
    insert.bind(3, time);
    insert.bind(4, time);
    insert.bind(5, std::string_view(name));
    insert.run();
}

}  // namespace loam::runtime::migrate
