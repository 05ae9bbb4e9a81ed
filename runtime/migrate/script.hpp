#pragma once

#include <optional>
#include <string>

#include "runtime/storage/database.hpp"

namespace loam::runtime::migrate {

/// Why a script stopped.
struct ScriptFailure {
    /// SQLite's extended result code.
    int code = 0;
    /// SQLite's text and the line of the script on which the failing statement begins.
    std::string message;
};

/// Runs the statements of a script one after the other, outside of any transaction of ours; those
/// before a failing one stay applied unless the script began a transaction itself, which is then
/// rolled back. A script that leaves a transaction open fails.
std::optional<ScriptFailure> runScript(storage::Database& database, const std::string& script);

}  // namespace loam::runtime::migrate
