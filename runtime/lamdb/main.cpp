#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "runtime/contract/contract.hpp"
#include "runtime/lamdb/commands.hpp"
#include "runtime/lamdb/http_server.hpp"
#include "runtime/migrate/error.hpp"
#include "runtime/request/error.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/error.hpp"

// The lamdb program: the database on one machine, without Lambda. Exit codes: 0 success, 1 failure,
// 2 wrong usage.

namespace loam::runtime::lamdb {
namespace {

constexpr int usageError = 2;

void addSchema(CLI::App& command, std::string& value) {
    command.add_option("--schema", value, "Prisma schema: a file, or a folder of .prisma files")
        ->envname(std::string(contract::environment::prismaSchemaPath))
        ->required();
}

void addDatabase(CLI::App& command, std::string& value) {
    command.add_option("--database", value, "database file")
        ->check([](const std::string& path) {
            return path.empty() || path == ":memory:" ? "must name a file" : "";
        })
        ->envname(std::string(contract::environment::databasePath))
        ->required();
}

CLI::Option* addMigrations(CLI::App& command, std::string& value) {
    return command.add_option("--migrations", value, "directory with the migrations")
        ->envname(std::string(contract::environment::migrationsPath));
}

void addServe(CLI::App& app, ServeOptions& options) {
    CLI::App* const command = app.add_subcommand("serve", "Answer GraphQL requests over HTTP");
    addSchema(*command, options.schema);
    addDatabase(*command, options.database);
    addMigrations(*command, options.migrations)
        ->description("directory with the migrations; applied at the start and at POST /migrate");
    command->add_flag("--push", options.push, "make the tables of the schema if there are none");
    command->add_flag("!--no-raw", options.rawQueries, "refuse raw queries");
    command->add_option("--host", options.host, "IP address to listen on")->capture_default_str();
    command->add_option("--port", options.port, "port to listen on; 0 takes a free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    command
        ->add_option_function<std::string>(
            "--log-level",
            [&options](const std::string& name) {
                const auto level = lambda::logLevel(name);
                if (!level) {
                    throw CLI::ValidationError(
                        "--log-level", "must be trace, debug, info, warn, error or fatal");
                }
                options.logLevel = *level;
            },
            "trace, debug, info, warn, error or fatal; info unless told otherwise")
        ->envname(std::string(contract::environment::logLevel));
}

void addMigrate(CLI::App& app, MigrateOptions& options) {
    CLI::App* const command = app.add_subcommand("migrate", "Apply pending migrations");
    addDatabase(*command, options.database);
    addMigrations(*command, options.migrations)->required();
    CLI::Option_group* const task = command->add_option_group("task", "at most one of these");
    task->add_flag("--reset", options.reset, "remove the database first");
    task->add_flag("--status", options.status, "only compare; exit code 1 if something is pending");
    const auto isName = [](const std::string& name) {
        return name.empty() ? "must name a migration" : "";
    };
    task->add_option("--resolve-applied", options.resolveApplied,
            "record a migration as applied without running it")
        ->check(isName);
    task->add_option("--resolve-rolled-back", options.resolveRolledBack,
            "record a failed migration as undone, so that it runs again")
        ->check(isName);
    task->require_option(0, 1);
}

void addPush(CLI::App& app, PushOptions& options) {
    CLI::App* const command =
        app.add_subcommand("push", "Make the tables of the schema in an empty database");
    addSchema(*command, options.schema);
    addDatabase(*command, options.database);
}

void addQuery(CLI::App& app, QueryOptions& options) {
    CLI::App* const command = app.add_subcommand("query", "Run one GraphQL document");
    addSchema(*command, options.schema);
    addDatabase(*command, options.database);
    command->add_option("--variables", options.variables, "variables, a JSON object");
    command->add_flag("--explain", options.explain, "print the plan instead of running it");
    command->add_option("document", options.query, "such as '{ findManyArticle { id } }'")
        ->required();
}

void addSchemaCommand(CLI::App& app, SchemaOptions& options) {
    CLI::App* const command = app.add_subcommand("schema", "Print what the schema offers");
    addSchema(*command, options.schema);
    command->add_flag("--sdl", options.sdl, "the types of GraphQL, in its schema language")
        ->required();
}

/// One line, whatever an error has to say.
int fail(std::string message, int code) {
    while (!message.empty() && message.back() == '\n') {
        message.pop_back();
    }
    std::cerr << "lamdb: " << message << "\n";
    return code;
}

int run(int argc, char** argv) {
    CLI::App app("A Prisma-compatible database on SQLite", "lamdb");
    app.set_version_flag("--version", "lamdb " LOAM_VERSION);
    app.require_subcommand(1);
    ServeOptions serveOptions;
    MigrateOptions migrateOptions;
    PushOptions pushOptions;
    QueryOptions queryOptions;
    SchemaOptions schemaOptions;
    addServe(app, serveOptions);
    addMigrate(app, migrateOptions);
    addPush(app, pushOptions);
    addQuery(app, queryOptions);
    addSchemaCommand(app, schemaOptions);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& wish) {
        return app.exit(wish);
    } catch (const CLI::RequiredError& error) {
        // What is unknown says more about the mistake than what is missing for it.
        const std::vector<std::string> unknown = app.remaining(true);
        const std::string problem =
            unknown.empty() ? error.what() : CLI::ExtrasError(unknown).what();
        return fail(problem + "; see lamdb --help", usageError);
    } catch (const CLI::ParseError& error) {
        return fail(std::string(error.what()) + "; see lamdb --help", usageError);
    }
    if (app.got_subcommand("serve")) {
        return serve(serveOptions);
    }
    if (app.got_subcommand("migrate")) {
        return migrateDatabase(migrateOptions);
    }
    if (app.got_subcommand("schema")) {
        return printSchema(schemaOptions);
    }
    return app.got_subcommand("push") ? push(pushOptions) : query(queryOptions);
}

}  // namespace
}  // namespace loam::runtime::lamdb

int main(int argc, char** argv) {
    using namespace loam::runtime;
    try {
        return lamdb::run(argc, argv);
    } catch (const migrate::MigrationError& error) {
        return lamdb::fail(error.code() + ": " + error.what(), EXIT_FAILURE);
    } catch (const storage::StorageError& error) {
        return lamdb::fail(error.what(), EXIT_FAILURE);
    } catch (const schema::SchemaError& error) {
        return lamdb::fail(error.what(), EXIT_FAILURE);
    } catch (const request::RequestError& error) {
        return lamdb::fail(error.message(), EXIT_FAILURE);
    } catch (const lamdb::ServerError& error) {
        return lamdb::fail(error.what(), EXIT_FAILURE);
    } catch (const lamdb::CommandError& error) {
        return lamdb::fail(error.what(), EXIT_FAILURE);
    } catch (const std::exception&) {
        return lamdb::fail(
            "the command failed, perhaps for lack of memory or disk space", EXIT_FAILURE);
    }
}
