#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/engine/engine.hpp"
#include "runtime/engine/transaction.hpp"
#include "runtime/queryplan/plan_request.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime {

/// An engine whose database is opened at the first request, and anew after a reset has replaced
/// the file; until there is a file, requests are answered with an error that says so. Use it from
/// one thread at a time.
class QueryService {
  public:
    /// The schema must outlive the service.
    QueryService(
        const schema::Schema& schema, std::string databasePath, engine::Permissions permissions);

    /// Answers the body of a request. Throws nothing but for lack of memory.
    engine::Answer execute(std::string_view body, result::RawForm rawForm = result::RawForm::Table);

    /// Answers a plan request of Prisma Client 7, which is refused where raw queries are: a plan is
    /// SQL of the client. Throws nothing but for lack of memory.
    queryplan::Answer executePlan(const queryplan::PlanRequest& request);
    /// The same for the body of one.
    queryplan::Answer executePlan(std::string_view body);

    /// The plan of a request, without running it. Throws request::RequestError or
    /// storage::StorageError.
    std::string explain(std::string_view body);

    /// Starts a transaction in which requests run until commit() or rollback(). Throws
    /// StorageError.
    void begin();
    /// Whether it goes on; SQLite may roll it back by itself.
    bool isInTransaction() const;
    /// Ends it. Throws RequestError; it is rolled back then.
    void commit();
    /// Ends it if it was not committed.
    void rollback();

  private:
    struct Open {
        storage::Database database;
        engine::Engine engine;
        std::optional<engine::Transaction> transaction = {};

        Open(
            const schema::Schema& schema, storage::Database opened, engine::Permissions permissions)
            : database(std::move(opened)), engine(schema, database, permissions) {}
    };

    Open& open();

    const schema::Schema& schema_;
    std::string databasePath_;
    engine::Permissions permissions_;
    std::unique_ptr<Open> open_;
};

/// The body of an answer to the start or the end of a transaction that failed: Prisma Client 7
/// reads `code` and `error`, older ones the rest.
std::string callErrorBody(const request::RequestError& error);

/// The body of an answer that holds one error and no data.
std::string errorAnswer(const std::string& code, const std::string& message);

}  // namespace loam::runtime
