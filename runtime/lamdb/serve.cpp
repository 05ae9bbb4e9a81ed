#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "runtime/contract/contract.hpp"
#include "runtime/functions/query/query_service.hpp"
#include "runtime/lambda/http_event.hpp"
#include "runtime/lamdb/commands.hpp"
#include "runtime/lamdb/http_server.hpp"
#include "runtime/migrate/error.hpp"
#include "runtime/migrate/migrate.hpp"
#include "runtime/request/limits.hpp"
#include "runtime/request/text.hpp"
#include "runtime/schema/load.hpp"

namespace loam::runtime::lamdb {
namespace {

using lambda::Logger;

/// Query services that are free; as many come into being as requests run at once.
class ServicePool {
  public:
    ServicePool(schema::Schema schema, std::string database)
        : schema_(std::move(schema)), database_(std::move(database)) {}

    engine::Answer execute(const std::string& body) {
        std::unique_ptr<QueryService> service = take();
        // SQLite has one writer at a time; waiting here is fair and does not sleep.
        std::unique_lock writer(writing_, std::defer_lock);
        if (engine::isWrite(body)) {
            writer.lock();
        }
        engine::Answer answer = service->execute(body);
        const std::lock_guard free(mutex_);
        free_.push_back(std::move(service));
        return answer;
    }

  private:
    std::unique_ptr<QueryService> take() {
        const std::lock_guard guard(mutex_);
        if (free_.empty()) {
            return std::make_unique<QueryService>(schema_, database_, engine::Access::ReadWrite);
        }
        std::unique_ptr<QueryService> service = std::move(free_.back());
        free_.pop_back();
        return service;
    }

    schema::Schema schema_;
    std::string database_;
    std::mutex writing_;
    std::mutex mutex_;  // Of free_.
    std::vector<std::unique_ptr<QueryService>> free_;
};

class Routes {
  public:
    explicit Routes(const ServeOptions& options)
        : options_(options),
          logger_(options.logLevel, "lamdb"),
          pool_(schema::parsePath(options.schema), options.database) {}

    HttpReply answer(const HttpRequest& request) {
        if (lambda::isQueryPath(request.path)) {
            return only("POST", request, [&] { return query(request.body); });
        }
        if (request.path == "/migrate") {
            return only("POST", request, [&] { return migrate(); });
        }
        if (request.path == "/health") {
            return only("GET", request, [] { return HttpReply{200, R"({"status":"ok"})", ""}; });
        }
        const bool isText = request::findInvalidUtf8(request.path) == std::string::npos;
        return {404,
            errorAnswer("",
                "there is nothing at " + (isText ? request.path : "this path") +
                    "; there are POST /graphql, POST /migrate and GET /health"),
            ""};
    }

    void applyMigrations() {
        migrate::run({.databasePath = options_.database, .migrationsPath = options_.migrations}, {},
            [this](const std::string& name) { noteApplied(name); });
    }

  private:
    template <typename Action>
    static HttpReply
    only(const std::string& method, const HttpRequest& request, const Action& action) {
        if (request.method == method) {
            return action();
        }
        return {405, errorAnswer("", request.path + " is asked with " + method), method};
    }

    void noteApplied(const std::string& name) {
        logger_.info("applied migration " + name, {{"migration", name}});
    }

    HttpReply query(const std::string& body) {
        logger_.debug("request", {{"body", body}});
        const auto start = std::chrono::steady_clock::now();
        engine::Answer answer = pool_.execute(body);
        const std::chrono::duration<double, std::milli> latency =
            std::chrono::steady_clock::now() - start;
        if (answer.failed) {
            logger_.info("the request failed", {{"errorCode", answer.errorCode}});
        }
        logger_.debug("answered", {{"milliseconds", std::to_string(latency.count())}});
        return {answer.status, std::move(answer.body), ""};
    }

    HttpReply migrate() {
        if (options_.migrations.empty()) {
            return {409,
                migrate::errorJson("NoMigrations",
                    "the server was started without --migrations, so there is nothing to apply"),
                ""};
        }
        try {
            const auto applied = migrate::run(
                {.databasePath = options_.database, .migrationsPath = options_.migrations}, {},
                [this](const std::string& name) { noteApplied(name); });
            return {200, migrate::toJson(applied), ""};
        } catch (const migrate::MigrationError& error) {
            logger_.error(error.what(), {{"errorCode", error.code()}});
            return {500, migrate::errorJson(error.code(), error.what()), ""};
        } catch (const storage::StorageError& error) {
            logger_.error(error.what());
            return {500, migrate::errorJson("DatabaseError", error.what()), ""};
        }
    }

    ServeOptions options_;
    Logger logger_;
    ServicePool pool_;
};

void prepareDatabase(const ServeOptions& options, Routes& routes) {
    if (options.push && !hasTables(options.database)) {
        pushSchema({.schema = options.schema, .database = options.database});
    }
    if (!options.migrations.empty()) {
        routes.applyMigrations();
    }
    if (!storage::Database::exists(options.database)) {
        throw CommandError(
            "the database " + options.database +
            " does not exist; make it with --migrations DIR or with --push");
    }
}

}  // namespace

int serve(const ServeOptions& options) {
    Routes routes(options);
    serveHttp(
        {
            .host = options.host,
            .port = options.port,
            .bodyBytes = request::limits::bodyBytes,
            .threads = std::max(2U, std::thread::hardware_concurrency()),
            .onListening =
                [&options, &routes](unsigned short port) {
                    // Not before: a server that cannot start leaves everything as it was.
                    prepareDatabase(options, routes);
                    const bool isV6 = options.host.find(':') != std::string::npos;
                    std::cout
                        << "listening on http://" << (isV6 ? "[" : "") << options.host
                        << (isV6 ? "]:" : ":") << port << std::endl;
                },
        },
        [&routes](const HttpRequest& request) { return routes.answer(request); });
    return 0;
}

}  // namespace loam::runtime::lamdb
