#pragma once

#include <chrono>
#include <string>

namespace loam::runtime::migrate {

/// Keeps every other migration run, in this process or another, away from a database.
///
/// A lock on the empty file DATABASE-lock beside it. The kernel gives the lock up when its holder
/// ends in whatever way, so it never has to be removed by hand. The file itself stays, also after a
/// run that was refused: were it removed, a run that waits for the removed file and one that makes
/// a new one would both hold a lock. A reset leaves it for the same reason.
class MigrationLock {
  public:
    /// Waits at most `patience` for another run to end. Throws MigrationError "MigrationRunning"
    /// when that was not enough, "LockUnavailable" when the file cannot be made.
    MigrationLock(const std::string& databasePath, std::chrono::milliseconds patience);
    MigrationLock(const MigrationLock&) = delete;
    MigrationLock& operator=(const MigrationLock&) = delete;
    ~MigrationLock();

  private:
    int descriptor_;
};

}  // namespace loam::runtime::migrate
