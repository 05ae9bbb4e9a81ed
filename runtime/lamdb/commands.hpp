#pragma once

#include <stdexcept>
#include <string>

#include "runtime/lambda/log.hpp"

namespace loam::runtime::lamdb {

/// What a user did wrong, or what failed, in one line for standard error.
class CommandError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// `lamdb serve`: answers requests over HTTP.
struct ServeOptions {
    std::string schema;
    std::string database;
    /// Applied before the first request and at POST /migrate. Default: none.
    std::string migrations = {};
    /// Make the tables of the schema when the database has none.
    bool push = false;
    std::string host = "127.0.0.1";
    /// 0 takes a free port.
    unsigned short port = 4000;
    /// Whether queryRaw and executeRaw are answered.
    bool rawQueries = true;
    lambda::LogLevel logLevel = lambda::LogLevel::Info;
};

/// `lamdb migrate`: applies migrations, or one of the other tasks.
struct MigrateOptions {
    std::string database;
    std::string migrations;
    bool reset = false;
    /// Only report how database and migrations compare.
    bool status = false;
    /// Name of a migration to record as applied, or empty.
    std::string resolveApplied = {};
    /// Name of a failed migration to record as rolled back, or empty.
    std::string resolveRolledBack = {};
};

/// `lamdb push`: makes the tables of the schema in an empty database.
struct PushOptions {
    std::string schema;
    std::string database;
};

/// `lamdb query`: runs one GraphQL document.
struct QueryOptions {
    std::string schema;
    std::string database;
    std::string query;
    /// JSON object, or empty.
    std::string variables = {};
    /// Print the plan instead of running it.
    bool explain = false;
};

/// `lamdb schema`: shows what a schema offers.
struct SchemaOptions {
    std::string schema;
    /// Print the types of GraphQL.
    bool sdl = false;
};

/// Each command prints its result to standard output and returns the exit code, 0 or 1. Throws
/// CommandError, or an error of the stage that failed.
int serve(const ServeOptions& options);
int migrateDatabase(const MigrateOptions& options);
int push(const PushOptions& options);
int query(const QueryOptions& options);
int printSchema(const SchemaOptions& options);

/// Makes the tables of the schema. Throws CommandError when the database has tables.
void pushSchema(const PushOptions& options);

/// Whether the database has tables of its own.
bool hasTables(const std::string& database);

}  // namespace loam::runtime::lamdb
