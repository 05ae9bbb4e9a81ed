#include "runtime/migrate/lock.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

#include "runtime/migrate/error.hpp"

namespace loam::runtime::migrate {
namespace {

constexpr std::chrono::milliseconds interval{25};

}  // namespace

MigrationLock::MigrationLock(const std::string& databasePath, std::chrono::milliseconds patience)
    : descriptor_(-1) {
    const std::string path = databasePath + "-lock";
    // Open for writing: NFS turns this lock into a write lock of the whole file.
    descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor_ < 0) {
        throw MigrationError("LockUnavailable",
            "could not open the lock file " + path + ": " + std::strerror(errno) +
                "; its directory must exist and be writable");
    }
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const int cause = errno;
        const bool isHeld = cause == EWOULDBLOCK || cause == EINTR;
        if (isHeld && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(interval);
            continue;
        }
        close(descriptor_);
        if (isHeld) {
            throw MigrationError("MigrationRunning",
                "another migration of " + databasePath + " is running; try again when it is done");
        }
        throw MigrationError(
            "LockUnavailable", "could not lock " + path + ": " + std::strerror(cause));
    }
}

MigrationLock::~MigrationLock() { close(descriptor_); }

}  // namespace loam::runtime::migrate
