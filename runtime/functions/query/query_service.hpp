#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "runtime/engine/engine.hpp"
#include "runtime/schema/schema.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime {

/// An engine whose database is opened at the first request, and anew after a reset has replaced
/// the file; until there is a file, requests are answered with an error that says so. Use it from
/// one thread at a time.
class QueryService {
  public:
    /// The schema must outlive the service.
    QueryService(const schema::Schema& schema, std::string databasePath, engine::Access access);

    /// Answers the body of a request. Throws nothing but for lack of memory.
    engine::Answer execute(std::string_view body);

    /// The plan of a request, without running it. Throws request::RequestError or
    /// storage::StorageError.
    std::string explain(std::string_view body);

  private:
    struct Open {
        storage::Database database;
        engine::Engine engine;

        Open(const schema::Schema& schema, storage::Database opened, engine::Access access)
            : database(std::move(opened)), engine(schema, database, access) {}
    };

    Open& open();

    const schema::Schema& schema_;
    std::string databasePath_;
    engine::Access access_;
    std::unique_ptr<Open> open_;
};

/// The body of an answer that holds one error and no data.
std::string errorAnswer(const std::string& code, const std::string& message);

}  // namespace loam::runtime
