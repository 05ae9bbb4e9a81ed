#pragma once

#include <string>
#include <vector>

#include "runtime/storage/database.hpp"

namespace loam::runtime::migrate {

/// One row of _prisma_migrations.
struct Record {
    std::string id;
    std::string name;
    /// Such as "2026-11-20 15:53:29.128 UTC".
    std::string startedAt;
    bool isFinished = false;
    bool isRolledBack = false;

    /// Started and neither finished nor rolled back: new migrations are refused.
    bool isFailed() const { return !isFinished && !isRolledBack; }
};

/// Makes _prisma_migrations in an empty database. Throws MigrationError P3005 when the database has
/// tables but not this one.
void prepareHistory(storage::Database& database);

/// Makes _prisma_migrations when it is missing, whatever else the database holds.
void createHistory(storage::Database& database);

bool hasHistory(storage::Database& database);

/// The rows in the order in which they were written; none when there is no table.
std::vector<Record> readHistory(storage::Database& database);

/// Writes that a migration begins; returns the id of its row.
std::string
recordStart(storage::Database& database, const std::string& name, const std::string& checksum);

/// Writes that the migration of this row is done: one statement, so that the row is never half
/// finished.
void recordFinish(storage::Database& database, const std::string& id);

/// Keeps the text of the error in the row, which stays unfinished.
void recordFailure(storage::Database& database, const std::string& id, const std::string& error);

/// Marks the failed rows of that name as rolled back.
void recordRollback(storage::Database& database, const std::string& name);

/// Writes that a migration counts as applied although nothing ran.
void recordApplied(
    storage::Database& database, const std::string& name, const std::string& checksum);

}  // namespace loam::runtime::migrate
