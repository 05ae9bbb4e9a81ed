#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace loam::runtime::migrate {

/// The database and the migrations that a run works on.
struct Target {
    std::string databasePath;
    std::string migrationsPath;
    /// How long to wait for another run to end.
    std::chrono::milliseconds patience = std::chrono::seconds(30);
};

/// What a caller of the migrate function asks for.
struct Request {
    /// Remove the database files first.
    bool reset = false;
    /// Apply pending migrations.
    bool migrate = true;

    /// Reads the payload, a JSON object with the members of contract::payload; empty text and null
    /// ask for the defaults. Throws MigrationError "InvalidPayload" for anything else.
    static Request parse(std::string_view json);
};

/// Is told of each migration as soon as it is applied.
using OnApplied = std::function<void(const std::string& name)>;

/// Does what the request asks for and returns the names of the applied migrations, in order.
///
/// Works as `prisma migrate deploy`: each script runs without a surrounding transaction and is
/// recorded in _prisma_migrations before and after. A run that is killed leaves either no record, a
/// finished one, or a started one, which the next run reports as P3009.
/// Throws MigrationError or storage::StorageError.
std::vector<std::string>
run(const Target& target, const Request& request, const OnApplied& onApplied = {});

/// Records that a migration counts as applied without running it, as `migrate resolve --applied`.
/// Throws MigrationError P3008 when it is recorded as applied, P3017 when there is no such
/// directory.
void resolveApplied(const Target& target, const std::string& name);

/// Records that a failed migration was undone by hand, so that the next run tries it again, as
/// `migrate resolve --rolled-back`. Throws MigrationError P3011 when it was never applied, P3012
/// when it did not fail.
void resolveRolledBack(const Target& target, const std::string& name);

/// How database and migrations compare.
struct Status {
    std::vector<std::string> applied;
    /// Directories without a record.
    std::vector<std::string> pending;
    /// Records that were started and never finished.
    std::vector<std::string> failed;
    /// Records without a directory.
    std::vector<std::string> missing;

    bool isUpToDate() const { return pending.empty() && failed.empty(); }
};

/// Compares; a missing database has every migration pending. Throws like run.
Status status(const Target& target);

/// {"success":true,"data":{"appliedMigrations":[...]}}
std::string toJson(const std::vector<std::string>& appliedMigrations);

/// {"success":false,"error":{"code":"P3009","message":"..."}}
std::string errorJson(std::string_view code, std::string_view message);

}  // namespace loam::runtime::migrate
