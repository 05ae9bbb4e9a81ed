#pragma once

#include <string>

namespace loam::runtime::migrate {

/// Removes a database and the files that SQLite keeps beside it. The caller holds the
/// MigrationLock. Throws MigrationError "ResetFailed" when a file cannot be removed.
void removeDatabase(const std::string& databasePath);

/// Finishes a removal that was interrupted: side files without a database belong to nothing. The
/// caller holds the MigrationLock.
void removeLeftovers(const std::string& databasePath);

}  // namespace loam::runtime::migrate
