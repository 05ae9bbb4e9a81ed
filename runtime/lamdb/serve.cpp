#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

#include "runtime/contract/contract.hpp"
#include "runtime/functions/query/query_service.hpp"
#include "runtime/lambda/http_event.hpp"
#include "runtime/lamdb/commands.hpp"
#include "runtime/lamdb/http_server.hpp"
#include "runtime/lamdb/plan_routes.hpp"
#include "runtime/lamdb/service_pool.hpp"
#include "runtime/lamdb/transaction_path.hpp"
#include "runtime/lamdb/transactions.hpp"
#include "runtime/migrate/error.hpp"
#include "runtime/migrate/migrate.hpp"
#include "runtime/request/limits.hpp"
#include "runtime/request/text.hpp"
#include "runtime/schema/load.hpp"

namespace loam::runtime::lamdb {
namespace {

using lambda::Logger;

class Routes {
  public:
    explicit Routes(const ServeOptions& options)
        : options_(options),
          logger_(options.logLevel, "lamdb"),
          pool_(schema::parsePath(options.schema), options.database,
              {engine::Access::ReadWrite, options.rawQueries}),
          transactions_(pool_, std::chrono::steady_clock::now) {
        transactions_.startWorker();
    }

    HttpReply answer(const HttpRequest& request) {
        if (lambda::isQueryPath(request.path)) {
            return only("POST", request, [&] { return query(request); });
        }
        if (lambda::isSchemaPath(request.path)) {
            // The schema is known; the client goes on when its own is taken.
            return only("PUT", request, [] { return HttpReply{200, "{}", ""}; });
        }
        if (std::optional<HttpReply> reply = planRoutes_.answer(request)) {
            return std::move(*reply);
        }
        if (const auto path = parseTransactionPath(request.path)) {
            return only("POST", request, [&] { return transaction(request, *path); });
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

    void stop() { transactions_.stop(); }

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

    HttpReply query(const HttpRequest& request) {
        const result::RawForm rawForm = result::rawFormOf(request.path);
        if (const std::string id = request.header("x-transaction-id"); !id.empty()) {
            return transactions_.query(id, request.body, rawForm);
        }
        if (!engine::isWrite(request.body)) {
            return execute(request.body, rawForm);
        }
        return transactions_.write([this, body = request.body, rawForm] {
            return execute(body, rawForm);
        });
    }

    HttpReply transaction(const HttpRequest& request, const TransactionPath& path) {
        switch (path.call) {
            case TransactionPath::Call::Start:
                return transactions_.start(request.body, transactionEndpoint(request, path));
            case TransactionPath::Call::Query:
                return transactions_.query(path.id, request.body, result::rawFormOf(request.path));
            case TransactionPath::Call::Commit:
                return transactions_.commit(path.id);
            case TransactionPath::Call::Rollback:
                break;
        }
        return transactions_.rollback(path.id);
    }

    HttpReply execute(const std::string& body, result::RawForm rawForm) {
        logger_.debug("request", {{"body", body}});
        const auto start = std::chrono::steady_clock::now();
        std::unique_ptr<QueryService> service = pool_.take();
        engine::Answer answer = service->execute(body, rawForm);
        pool_.giveBack(std::move(service));
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
    Transactions transactions_;
    PlanRoutes planRoutes_{pool_, transactions_};
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
            .onStopping = [&routes] { routes.stop(); },
        },
        [&routes](const HttpRequest& request) { return routes.answer(request); });
    return 0;
}

}  // namespace loam::runtime::lamdb
