#include "runtime/functions/query/query_service.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "runtime/request/error.hpp"

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
    const schema::Schema& schema, std::string databasePath, engine::Access access)
    : schema_(schema), databasePath_(std::move(databasePath)), access_(access) {}

QueryService::Open& QueryService::open() {
    if (open_ && !open_->database.isCurrent()) {
        open_.reset();
    }
    if (!open_) {
        open_ = std::make_unique<Open>(schema_,
            access_ == engine::Access::ReadOnly
                ? storage::Database::openReader(databasePath_)
                : storage::Database::openWriter(databasePath_),
            access_);
    }
    return *open_;
}

engine::Answer QueryService::execute(std::string_view body) {
    try {
        return open().engine.execute(body);
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

std::string QueryService::explain(std::string_view body) { return open().engine.explain(body); }

std::string errorAnswer(const std::string& code, const std::string& message) {
    return R"({"errors":[)" + request::RequestError(code, message).toJson() + "]}";
}

}  // namespace loam::runtime
