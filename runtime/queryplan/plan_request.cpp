#include "runtime/queryplan/plan_request.hpp"

#include <exception>
#include <new>
#include <optional>
#include <sqlite3.h>

#include "runtime/queryplan/error.hpp"
#include "runtime/queryplan/interpreter.hpp"
#include "runtime/queryplan/limits.hpp"
#include "runtime/queryplan/parser.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/limits.hpp"
#include "runtime/storage/error.hpp"

namespace loam::runtime::queryplan {
namespace {

using request::RequestError;

constexpr int badRequest = 400;

/// A transaction, or a part of one that is open, which is undone unless it is kept.
class Scope {
  public:
    Scope(storage::Database& database, bool isWrite)
        : database_(database), isPart_(sqlite3_get_autocommit(database.handle()) == 0) {
        database_
            .statement(
                isPart_   ? "SAVEPOINT request"
                : isWrite ? "BEGIN IMMEDIATE"
                          : "BEGIN")
            .run();
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() {
        if (!isOpen_) {
            return;
        }
        try {
            if (isPart_) {
                database_.statement("ROLLBACK TO request").run();
                database_.statement("RELEASE request").run();
            } else {
                database_.statement("ROLLBACK").run();
            }
        } catch (const storage::StorageError&) {
            // SQLite has rolled back by itself; the failure that led here is the one to report.
        }
    }

    void keep() {
        database_.statement(isPart_ ? "RELEASE request" : "COMMIT").run();
        isOpen_ = false;
    }

  private:
    storage::Database& database_;
    bool isPart_;
    bool isOpen_ = true;
};

/// The user's own statement alone needs no transaction, and some statements work only without one.
bool needsTransaction(const PlanRequest& request, storage::Database& database) {
    const Plan& plan = request.plan();
    const bool isOpen = sqlite3_get_autocommit(database.handle()) == 0;
    if (plan.isRaw && !isOpen) {
        return false;
    }
    return plan.isWrite || !plan.isOneStatement;
}

std::string runInTransaction(
    const PlanRequest& request, storage::Database& database, const plan::Sources& sources) {
    std::optional<Scope> scope;
    if (needsTransaction(request, database)) {
        scope.emplace(database, request.isWrite());
    }
    std::string data = interpret(request.plan(), request.parameters(), database, sources);
    if (scope) {
        scope->keep();
    }
    return data;
}

}  // namespace

PlanRequest::PlanRequest(std::string_view body) {
    if (body.size() > request::limits::bodyBytes) {
        constexpr int tooLarge = 413;
        throw RequestError("P2009",
            "The request has " + std::to_string(body.size()) + " bytes, more than the limit of " +
                std::to_string(request::limits::bodyBytes) + ".")
            .withStatus(tooLarge);
    }
    try {
        document_ = request::parseJson(body, texts_, limits::depth);
    } catch (RequestError& error) {
        throw error.withStatus(badRequest);
    }
    const Reader reader(document_);
    for (const std::string_view name : {"model", "operation"}) {
        if (reader.has(name)) {
            static_cast<void>(reader.member(name).text());
        }
    }
    Names names;
    if (reader.has("params")) {
        const Reader parameters = reader.member("params");
        for (const request::Member& parameter : parameters.members()) {
            names.add(parameter.name);
        }
        parameters_ = &parameters.value();
    }
    if (reader.has("comments")) {
        const Reader comments = reader.member("comments");
        for (const request::Member& comment : comments.members()) {
            static_cast<void>(comments.member(comment).text());
        }
    }
    plan_ = parsePlan(reader.member("plan"), names);
}

Answer refuse(const RequestError& error) {
    return {
        .status = error.status() < badRequest ? badRequest : error.status(),
        .body = errorBody(error),
        .failed = true,
        .errorCode = error.code(),
    };
}

Answer run(const PlanRequest& request, storage::Database& database, Access access,
    const plan::Sources& sources) {
    constexpr int internalError = 500;
    Answer answer;
    try {
        if (access == Access::ReadOnly && request.isWrite()) {
            throw RequestError("",
                "Writes are refused here, where the database can only be read; send them to the "
                "writer.");
        }
        answer.body = "{\"data\":" + runInTransaction(request, database, sources) + "}";
    } catch (const RequestError& error) {
        answer = refuse(error);
    } catch (const storage::StorageError& error) {
        answer = refuse(translate(error, false));
    } catch (const std::bad_alloc&) {
        answer = refuse(
            RequestError("", "There is not enough memory for the request; nothing was changed.")
                .withStatus(internalError));
    } catch (const std::exception&) {
        answer = refuse(
            RequestError("", "The request failed for an unexpected reason; nothing was changed.")
                .withStatus(internalError));
    }
    answer.isWrite = request.isWrite();
    return answer;
}

Answer run(std::string_view body, storage::Database& database, Access access,
    const plan::Sources& sources) {
    try {
        return run(PlanRequest(body), database, access, sources);
    } catch (const RequestError& error) {
        return refuse(error);
    }
}

std::string connectionInfo() {
    return R"({"provider":"sqlite","connectionInfo":{"supportsRelationJoins":false,"maxBindValues":)" +
           std::to_string(limits::bindValues) + "}}";
}

}  // namespace loam::runtime::queryplan
