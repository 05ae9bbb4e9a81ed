#pragma once

// The pipeline in one place: body -> operations -> plans -> SQL -> rows -> body of the answer.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "runtime/graphql/introspection.hpp"
#include "runtime/plan/catalog.hpp"
#include "runtime/plan/generators.hpp"
#include "runtime/result/raw.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::engine {

/// What requests may do.
enum class Access : std::uint8_t { ReadOnly, ReadWrite };

/// What a client may ask of an engine.
struct Permissions {
    Access access = Access::ReadWrite;
    /// Whether queryRaw and executeRaw are answered.
    bool rawQueries = true;

    // Access alone says enough nearly everywhere, so the conversion is implicit.
    Permissions(Access granted, bool withRawQueries = true)
        : access(granted), rawQueries(withRawQueries) {}
};

/// What to send back, and what to count.
struct Answer {
    /// HTTP status: 200 also for requests that failed in the engine, 400 for a body that cannot be
    /// read, 413 for one that is too large.
    int status = 200;
    /// JSON text.
    std::string body = {};
    /// Whether the request contained a mutation.
    bool isWrite = false;
    /// Number of root fields that ran or were to run.
    std::size_t operations = 0;
    /// Whether the answer, or part of a batch, has errors.
    bool failed = false;
    /// Prisma's code of the first error; empty for errors without one.
    std::string errorCode = {};
};

/// Answers requests for one database with one schema. Use it from one thread at a time.
class Engine {
  public:
    /// The schema and the database must outlive the engine. The root fields are indexed here, once.
    Engine(const schema::Schema& schema, storage::Database& database, Permissions permissions);

    /// The same with other sources of time and randomness, for answers that can be repeated.
    Engine(const schema::Schema& schema, storage::Database& database, Permissions permissions,
        std::function<plan::Sources()> sources);

    /// Runs `{"query", "variables", "operationName"}`, or a batch `{"batch": [...], "transaction":
    /// bool}`.
    ///
    /// One request is one transaction; the elements of a batch have one each unless the batch asks
    /// for a common one. When a transaction of the caller is open on the database, a savepoint
    /// takes the place of each of them, so that a failed request leaves nothing. `rawForm` is the
    /// form of the rows of raw queries. Throws nothing: every failure is an answer.
    Answer execute(std::string_view body, result::RawForm rawForm = result::RawForm::Table);

    /// The operation, the plan and the SQL of a request, without running it. Throws RequestError.
    std::string explain(std::string_view body) const;

  private:
    const schema::Schema& schema_;
    storage::Database& database_;
    Permissions permissions_;
    std::function<plan::Sources()> sources_;
    plan::Catalog catalog_;
    graphql::Introspector introspector_;
};

/// Whether a body contains a mutation and so belongs to the writer. Raw queries that only read do
/// not count. A body that cannot be read
/// counts as a read: any engine can refuse it.
bool isWrite(std::string_view body);

}  // namespace loam::runtime::engine
