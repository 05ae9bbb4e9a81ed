#include <iostream>

#include "runtime/lamdb/commands.hpp"
#include "runtime/schema/ddl.hpp"
#include "runtime/schema/load.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::lamdb {

bool hasTables(const std::string& database) {
    if (!storage::Database::exists(database)) {
        return false;
    }
    storage::Database opened = storage::Database::openReader(database);
    return opened
        .statement(
            "SELECT 1 FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' LIMIT 1")
        .step();
}

void pushSchema(const PushOptions& options) {
    const schema::Schema schema = schema::parsePath(options.schema);
    if (hasTables(options.database)) {
        throw CommandError(
            "the database " + options.database +
            " is not empty; push makes tables only in an empty one, migrations "
            "change those that are there");
    }
    storage::Database database = storage::Database::openOrCreate(options.database);
    // Readers and the writer do not wait for each other then, and a commit costs one sync.
    database.execute("PRAGMA journal_mode=WAL");
    // All tables or none.
    database.execute("BEGIN IMMEDIATE");
    for (const std::string& statement : schema::createStatements(schema)) {
        database.execute(statement);
    }
    database.execute("COMMIT");
}

int push(const PushOptions& options) {
    pushSchema(options);
    std::cout
        << "The database " << options.database << " has the tables of " << options.schema << ".\n";
    return 0;
}

}  // namespace loam::runtime::lamdb
