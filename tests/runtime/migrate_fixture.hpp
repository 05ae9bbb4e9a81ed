#pragma once

#include <chrono>
#include <sqlite3.h>
#include <string>
#include <vector>

#include "runtime/migrate/error.hpp"
#include "runtime/migrate/migrate.hpp"
#include "runtime/storage/database.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

namespace loam::testing {

/// A database that does not exist yet and an empty migrations directory.
struct MigrateFixture {
    TemporaryDirectory directory;
    runtime::migrate::Target target{
        .databasePath = directory / "database.db",
        .migrationsPath = directory / "migrations",
        .patience = std::chrono::milliseconds(0),
    };

    MigrateFixture() {
        directory.write("migrations/migration_lock.toml", "provider = \"sqlite\"\n");
    }

    void add(const std::string& name, const std::string& script) const {
        directory.write("migrations/" + name + "/migration.sql", script);
    }

    std::vector<std::string> deploy() const {
        return runtime::migrate::run(target, runtime::migrate::Request{});
    }

    /// The code of the MigrationError that the action ends with; empty when there is none.
    template <typename Action>
    std::string codeOf(const Action& action) const {
        try {
            action();
        } catch (const runtime::migrate::MigrationError& error) {
            return error.code();
        }
        return "";
    }

    std::string deployCode() const {
        return codeOf([this] { deploy(); });
    }

    /// The rows of a query, columns joined by "|"; NULL is "-".
    std::vector<std::string> rows(const std::string& sql) const {
        using runtime::storage::Database;
        Database database = Database::openReader(target.databasePath);
        runtime::storage::Statement statement = database.statement(sql);
        std::vector<std::string> result;
        while (statement.step()) {
            std::string row;
            for (int i = 0; i < sqlite3_column_count(statement.handle()); ++i) {
                row += (i == 0 ? "" : "|") +
                       (statement.isNull(i) ? "-" : std::string(statement.text(i)));
            }
            result.push_back(row);
        }
        return result;
    }

    /// Names of the tables that migrations made.
    std::vector<std::string> tables() const {
        return rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE "
            "'\\' AND name NOT LIKE 'sqlite%' ORDER BY name");
    }
};

}  // namespace loam::testing
