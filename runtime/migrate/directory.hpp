#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace loam::runtime::migrate {

/// A directory below the migrations directory.
struct Migration {
    /// Name of the directory, which is the name of the migration.
    std::string name;
    std::filesystem::path script;

    /// The bytes of migration.sql. Throws MigrationError P3015 when it cannot be read.
    std::string readScript() const;
};

/// The migrations in the order in which they are applied: by name, byte by byte. Files beside the
/// directories are ignored. Throws MigrationError when there is no such directory.
std::vector<Migration> listMigrations(const std::filesystem::path& directory);

/// Throws MigrationError P3019 when migration_lock.toml names another provider than sqlite. A
/// missing file is accepted, as Prisma accepts it.
void checkProvider(const std::filesystem::path& directory);

/// SHA-256 of the bytes, 64 hexadecimal digits in lower case.
std::string checksum(const std::string& bytes);

}  // namespace loam::runtime::migrate
