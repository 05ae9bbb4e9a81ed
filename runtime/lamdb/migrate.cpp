#include "runtime/migrate/migrate.hpp"

#include <iostream>

#include "runtime/lamdb/commands.hpp"

namespace loam::runtime::lamdb {
namespace {

void printNames(const char* title, const std::vector<std::string>& names) {
    if (names.empty()) {
        return;
    }
    std::cout << title << "\n";
    for (const std::string& name : names) {
        std::cout << "  " << name << "\n";
    }
}

int printStatus(const migrate::Status& status) {
    printNames("Failed migrations:", status.failed);
    printNames("Migrations that have not been applied:", status.pending);
    printNames("Applied migrations that are not in the migrations directory:", status.missing);
    if (!status.isUpToDate()) {
        return 1;
    }
    std::cout << "Database schema is up to date!\n";
    return 0;
}

}  // namespace

int migrateDatabase(const MigrateOptions& options) {
    const migrate::Target target{
        .databasePath = options.database, .migrationsPath = options.migrations};
    if (options.status) {
        return printStatus(migrate::status(target));
    }
    if (!options.resolveApplied.empty()) {
        migrate::resolveApplied(target, options.resolveApplied);
        std::cout << "Migration " << options.resolveApplied << " marked as applied.\n";
        return 0;
    }
    if (!options.resolveRolledBack.empty()) {
        migrate::resolveRolledBack(target, options.resolveRolledBack);
        std::cout << "Migration " << options.resolveRolledBack << " marked as rolled back.\n";
        return 0;
    }
    const auto applied = migrate::run(target, {.reset = options.reset},
        [](const std::string& name) { std::cout << "Applied migration " << name << std::endl; });
    std::cout
        << (applied.empty() ? "No pending migrations to apply.\n"
                            : "All migrations have been successfully applied.\n");
    return 0;
}

}  // namespace loam::runtime::lamdb
