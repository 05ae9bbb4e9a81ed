#pragma once

// The names that the constructs and the functions agree on. A construct writes them into a
// template, a function reads them when it runs, so both sides take them from this one header and
// nothing else.

#include <array>
#include <string_view>

namespace loam::contract {

/// Environment variables that the constructs set on every function of a LamDB.
namespace environment {
/// Absolute path of the database file, on the mounted file system.
inline constexpr std::string_view databasePath = "DATABASE_PATH";
/// Path of schema.prisma, relative to the function package or absolute.
inline constexpr std::string_view prismaSchemaPath = "PRISMA_SCHEMA_PATH";
/// Path of the migrations directory, relative to the function package or absolute.
inline constexpr std::string_view migrationsPath = "MIGRATIONS_PATH";
/// trace, debug, info, warn, error or fatal.
inline constexpr std::string_view logLevel = "LOG_LEVEL";
/// "true" or "false": whether metrics are written to the log in the embedded metric format.
inline constexpr std::string_view enableMetrics = "ENABLE_METRICS";
/// "true" or "false": whether trace segments are sent to the X-Ray daemon.
inline constexpr std::string_view enableTracing = "ENABLE_TRACING";
/// "true" or "false": whether raw queries are answered. Default: true.
inline constexpr std::string_view rawQueries = "RAW_QUERIES";
/// Namespace of the metrics in CloudWatch.
inline constexpr std::string_view metricsNamespace = "METRICS_NAMESPACE";
/// Name of the LamDB instance; the value of the metrics' one dimension.
inline constexpr std::string_view instanceName = "LAMDB_NAME";
}  // namespace environment

/// Handler names of the function configuration: they tell a binary which role it plays.
namespace handler {
inline constexpr std::string_view reader = "reader";
inline constexpr std::string_view writer = "writer";
inline constexpr std::string_view migrate = "migrate";
}  // namespace handler

/// Metrics, as the operation guide lists them. Units are those of CloudWatch.
namespace metric {
struct Metric {
    std::string_view name;
    std::string_view unit;
};
inline constexpr std::string_view defaultNamespace = "LamDB";
/// The one dimension that every metric carries: the name of the LamDB instance.
inline constexpr std::string_view dimension = "LamDBName";

inline constexpr Metric readOperations{"ReadOperations", "Count"};
inline constexpr Metric writeOperations{"WriteOperations", "Count"};
inline constexpr Metric readThroughput{"ReadThroughput", "Bytes"};
inline constexpr Metric writeThroughput{"WriteThroughput", "Bytes"};
inline constexpr Metric readLatency{"ReadLatency", "Milliseconds"};
inline constexpr Metric writeLatency{"WriteLatency", "Milliseconds"};
inline constexpr Metric operationErrors{"OperationErrors", "Count"};
inline constexpr Metric databaseSize{"DatabaseSize", "Bytes"};
inline constexpr Metric migrationsApplied{"MigrationsApplied", "Count"};

inline constexpr std::array all{readOperations, writeOperations, readThroughput, writeThroughput,
    readLatency, writeLatency, operationErrors, databaseSize, migrationsApplied};
}  // namespace metric

/// Keys of the migrate function's payload; both are booleans.
namespace payload {
/// Remove the database files before migrating. Default: false.
inline constexpr std::string_view reset = "reset";
/// Apply pending migrations. Default: true.
inline constexpr std::string_view migrate = "migrate";
}  // namespace payload

/// Routes of the HTTP API.
namespace route {
inline constexpr std::string_view graphql = "/graphql";
/// Prisma Client's own path; both parts are accepted whatever their value.
inline constexpr std::string_view client = "/{clientVersion}/{schemaHash}/graphql";
/// Where Prisma Client starts an interactive transaction; the functions say there why they have
/// none.
inline constexpr std::string_view transactionStart = "/transaction/start";
inline constexpr std::string_view clientTransactionStart =
    "/{clientVersion}/{schemaHash}/transaction/start";
/// Where Prisma Client 7 asks what it talks to, and where it sends its query plans.
inline constexpr std::string_view connectionInfo = "/connection-info";
inline constexpr std::string_view plan = "/query";
/// Start of the paths of its transactions.
inline constexpr std::string_view transaction = "/transaction/";
inline constexpr std::string_view reader = "/reader";
inline constexpr std::string_view writer = "/writer";
}  // namespace route

/// Where the file system is mounted in a function.
inline constexpr std::string_view mountPath = "/mnt/database";
/// File name of the database in that directory.
inline constexpr std::string_view databaseFile = "database.db";
/// Names inside a function package.
inline constexpr std::string_view packagedSchema = "schema.prisma";
inline constexpr std::string_view packagedMigrations = "migrations";

}  // namespace loam::contract
