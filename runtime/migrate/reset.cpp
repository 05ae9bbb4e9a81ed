#include "runtime/migrate/reset.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include "runtime/migrate/error.hpp"

// The order of the removals makes every point at which a run can be killed harmless:
//
// 1. before the database file is removed: nothing has happened, all files are there.
// 2. after it: there is no database. The side files belong to nothing. Taking them away first
//    would be wrong, since a database without its log can lack acknowledged writes and, after a
//    partly done checkpoint, be damaged.
// 3. between the side files: as 2. The next run, whether it resets or migrates, removes the rest
//    before it makes a new database (removeLeftovers), so that an old log or journal is never
//    applied to a new file.
// 4. after the last one: there is no database; the next migration makes one from the first script.
//
// The directory is synced before a new file is made, so that the order survives a power failure. A
// process that still has the old file open sees at its next request that the path names another
// file (storage::Database::isCurrent).

namespace loam::runtime::migrate {
namespace {

void removeFile(const std::string& path) {
    if (unlink(path.c_str()) != 0 && errno != ENOENT) {
        throw MigrationError(
            "ResetFailed", "could not remove " + path + ": " + std::strerror(errno));
    }
}

void syncDirectory(const std::string& databasePath) {
    const std::string parent = std::filesystem::path(databasePath).parent_path().string();
    const int directory =
        open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        fsync(directory);
        close(directory);
    }
}

void removeSideFiles(const std::string& databasePath) {
    for (const char* suffix : {"-journal", "-wal", "-shm"}) {
        removeFile(databasePath + suffix);
    }
    syncDirectory(databasePath);
}

}  // namespace

void removeDatabase(const std::string& databasePath) {
    removeFile(databasePath);
    syncDirectory(databasePath);
    removeSideFiles(databasePath);
}

void removeLeftovers(const std::string& databasePath) {
    if (access(databasePath.c_str(), F_OK) != 0 && errno == ENOENT) {
        removeSideFiles(databasePath);
    }
}

}  // namespace loam::runtime::migrate
