#include "runtime/migrate/migrate.hpp"

#include <algorithm>
#include <optional>

#include "runtime/migrate/directory.hpp"
#include "runtime/migrate/error.hpp"
#include "runtime/migrate/history.hpp"
#include "runtime/migrate/lock.hpp"
#include "runtime/migrate/reset.hpp"
#include "runtime/migrate/script.hpp"

namespace loam::runtime::migrate {
namespace {

using storage::Database;

bool isRecorded(const std::vector<Record>& history, const std::string& name) {
    return std::any_of(history.begin(), history.end(), [&name](const Record& record) {
        return record.name == name && !record.isRolledBack;
    });
}

/// Throws P3009 when an earlier run failed or was cut off.
void refuseAfterFailure(const std::vector<Record>& history) {
    std::string failures;
    for (const Record& record : history) {
        if (record.isFailed()) {
            failures +=
                "\nThe `" + record.name + "` migration started at " + record.startedAt + " failed";
        }
    }
    if (!failures.empty()) {
        throw MigrationError("P3009",
            "migrate found failed migrations in the target database, new migrations will not be "
            "applied. Read more about how to resolve migration issues in a production database: "
            "https://pris.ly/d/migrate-resolve" +
                failures);
    }
}

[[noreturn]] void reportFailure(const std::string& name, const ScriptFailure& failure) {
    throw MigrationError("P3018",
        "A migration failed to apply. New migrations cannot be applied before the error is "
        "recovered from. Read more about how to resolve migration issues in a production database: "
        "https://pris.ly/d/migrate-resolve\n\nMigration name: " +
            name + "\n\nDatabase error code: " + std::to_string(failure.code) +
            "\n\nDatabase error:\n" + failure.message);
}

std::vector<Migration> readDirectory(const Target& target) {
    checkProvider(target.migrationsPath);
    return listMigrations(target.migrationsPath);
}

/// Runs one script between its two records. The connection is made anew for each step: what a
/// script sets for its connection (foreign keys off, an exclusive lock, temporary tables) ends with
/// it, and changing the journal mode needs the file for itself.
void apply(const std::string& databasePath, const Migration& migration) {
    const std::string script = migration.readScript();
    std::optional<Database> database = Database::openWriter(databasePath);
    const std::string id = recordStart(*database, migration.name, checksum(script));
    const std::optional<ScriptFailure> failure = runScript(*database, script);
    database.reset();
    database = Database::openWriter(databasePath);
    if (failure) {
        recordFailure(*database, id, failure->message);
        reportFailure(migration.name, *failure);
    }
    recordFinish(*database, id);
}

std::vector<std::string> deploy(const Target& target, const OnApplied& onApplied) {
    const std::vector<Migration> migrations = readDirectory(target);
    removeLeftovers(target.databasePath);
    std::vector<Record> history;
    {
        Database database = Database::openOrCreate(target.databasePath);
        prepareHistory(database);
        history = readHistory(database);
    }
    refuseAfterFailure(history);
    std::vector<std::string> applied;
    for (const Migration& migration : migrations) {
        if (isRecorded(history, migration.name)) {
            continue;
        }
        apply(target.databasePath, migration);
        applied.push_back(migration.name);
        if (onApplied) {
            onApplied(migration.name);
        }
    }
    return applied;
}

}  // namespace

std::vector<std::string>
run(const Target& target, const Request& request, const OnApplied& onApplied) {
    if (request.migrate) {
        // Before anything is touched: a reset must not remove a database that no scripts can make
        // again.
        readDirectory(target);
    }
    const MigrationLock lock(target.databasePath, target.patience);
    if (request.reset) {
        removeDatabase(target.databasePath);
    }
    return request.migrate ? deploy(target, onApplied) : std::vector<std::string>{};
}

void resolveApplied(const Target& target, const std::string& name) {
    const std::vector<Migration> migrations = listMigrations(target.migrationsPath);
    const auto migration = std::find_if(migrations.begin(), migrations.end(),
        [&name](const Migration& candidate) { return candidate.name == name; });
    if (migration == migrations.end()) {
        throw MigrationError("P3017",
            "The migration " + name +
                " could not be found. Please make sure that the migration exists, and that you "
                "included the whole name of the directory. (example: "
                "\"20201207184859_initial_migration\")");
    }
    const std::string sum = checksum(migration->readScript());
    const MigrationLock lock(target.databasePath, target.patience);
    Database database = Database::openOrCreate(target.databasePath);
    createHistory(database);
    for (const Record& record : readHistory(database)) {
        if (record.name == name && record.isFinished && !record.isRolledBack) {
            throw MigrationError("P3008",
                "The migration `" + name + "` is already recorded as applied in the database.");
        }
    }
    // Both changes or none: when the process ends in between, SQLite rolls them back.
    database.execute("BEGIN IMMEDIATE");
    recordRollback(database, name);
    recordApplied(database, name, sum);
    database.execute("COMMIT");
}

void resolveRolledBack(const Target& target, const std::string& name) {
    const MigrationLock lock(target.databasePath, target.patience);
    Database database = Database::openWriter(target.databasePath);
    std::vector<Record> records = readHistory(database);
    std::erase_if(records, [&name](const Record& record) { return record.name != name; });
    if (records.empty()) {
        throw MigrationError("P3011",
            "Migration `" + name +
                "` cannot be rolled back because it was never applied to the database. Hint: did "
                "you pass in the whole migration name? (example: "
                "\"20201207184859_initial_migration\")");
    }
    if (std::none_of(records.begin(), records.end(), [](const Record& record) {
            return record.isFailed();
        })) {
        throw MigrationError("P3012",
            "Migration `" + name + "` cannot be rolled back because it is not in a failed state.");
    }
    recordRollback(database, name);
}

Status status(const Target& target) {
    const std::vector<Migration> migrations = readDirectory(target);
    std::vector<Record> history;
    if (Database::exists(target.databasePath)) {
        Database database = Database::openReader(target.databasePath);
        history = readHistory(database);
    }
    Status result;
    for (const Migration& migration : migrations) {
        if (!isRecorded(history, migration.name)) {
            result.pending.push_back(migration.name);
        }
    }
    for (const Record& record : history) {
        if (record.isRolledBack) {
            continue;
        }
        (record.isFailed() ? result.failed : result.applied).push_back(record.name);
        if (std::none_of(migrations.begin(), migrations.end(),
                [&record](const Migration& migration) { return migration.name == record.name; })) {
            result.missing.push_back(record.name);
        }
    }
    return result;
}

}  // namespace loam::runtime::migrate
