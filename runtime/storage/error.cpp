#include "runtime/storage/error.hpp"

#include <sqlite3.h>
#include <utility>

namespace loam::runtime::storage {

StorageError::StorageError(
    const std::string& message, int code, std::string detail, std::string path)
    : std::runtime_error(message),
      code_(code),
      detail_(std::move(detail)),
      path_(std::move(path)) {}

bool StorageError::isBusy() const {
    return primaryCode() == SQLITE_BUSY || primaryCode() == SQLITE_LOCKED;
}

StorageError lastError(sqlite3* connection, const std::string& action, const std::string& path) {
    const int code = sqlite3_extended_errcode(connection);
    std::string detail = sqlite3_errmsg(connection);
    return {"could not " + action + " the database " + path + ": " + detail, code, detail, path};
}

}  // namespace loam::runtime::storage
