#include "runtime/functions/query/query_service.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"
#include "runtime/sql/error.hpp"

namespace loam::runtime {
namespace {

/// Prisma's code for a database file that does not exist.
constexpr const char* noDatabase = "P1003";

bool isMissing(const std::string& path) {
    std::error_code error;
    return !std::filesystem::exists(path, error) && !error;
}

}  // namespace

QueryService::QueryService(
    const schema::Schema& schema, std::string databasePath, engine::Permissions permissions)
    : schema_(schema), databasePath_(std::move(databasePath)), permissions_(permissions) {}

QueryService::Open& QueryService::open() {
    if (open_ && !open_->transaction && !open_->database.isCurrent()) {
        open_.reset();
    }
    if (!open_) {
        open_ = std::make_unique<Open>(schema_,
            permissions_.access == engine::Access::ReadOnly
                ? storage::Database::openReader(databasePath_)
                : storage::Database::openWriter(databasePath_),
            permissions_);
    }
    return *open_;
}

engine::Answer QueryService::execute(std::string_view body, result::RawForm rawForm) {
    try {
        return open().engine.execute(body, rawForm);
    } catch (const storage::StorageError& error) {
        // Nothing was executed, and trying again would not help: 200, as for errors of a query.
        const std::string code = isMissing(databasePath_) ? noDatabase : "";
        return {
            .body = errorAnswer(code, error.what()),
            .isWrite = engine::isWrite(body),
            .failed = true,
            .errorCode = code,
        };
    }
}

queryplan::Answer QueryService::executePlan(const queryplan::PlanRequest& request) {
    if (!permissions_.rawQueries) {
        return queryplan::refuse({"P2010",
            "Raw query failed. Code: `N/A`. Message: `raw queries are turned off here, and with "
            "them the query plans of Prisma Client 7, which are SQL of the client; use Prisma "
            "Client 6 or GraphQL`"});
    }
    try {
        return queryplan::run(request, open().database,
            permissions_.access == engine::Access::ReadOnly
                ? queryplan::Access::ReadOnly
                : queryplan::Access::ReadWrite,
            plan::systemSources());
    } catch (const storage::StorageError& error) {
        return queryplan::refuse({isMissing(databasePath_) ? noDatabase : "", error.what()});
    }
}

queryplan::Answer QueryService::executePlan(std::string_view body) {
    try {
        return executePlan(queryplan::PlanRequest(body));
    } catch (const request::RequestError& error) {
        return queryplan::refuse(error);
    }
}

std::string QueryService::explain(std::string_view body) { return open().engine.explain(body); }

void QueryService::begin() {
    Open& connection = open();
    connection.transaction.emplace(connection.database, engine::Transaction::Kind::Write);
}

bool QueryService::isInTransaction() const {
    return open_ && open_->transaction && open_->transaction->goesOn();
}

void QueryService::commit() {
    try {
        open_->transaction->commit();
    } catch (const storage::StorageError& error) {
        rollback();
        throw sql::translate(error, schema_);
    }
    open_->transaction.reset();
}

void QueryService::rollback() {
    if (open_) {
        open_->transaction.reset();
    }
}

std::string callErrorBody(const request::RequestError& error) {
    std::string body = error.toUserFacingJson();
    body.pop_back();
    return body + ",\"code\":" + request::jsonString(error.code()) +
           ",\"error\":" + request::jsonString(error.message()) + "}";
}

std::string errorAnswer(const std::string& code, const std::string& message) {
    return R"({"errors":[)" + request::RequestError(code, message).toJson() + "]}";
}

}  // namespace loam::runtime
