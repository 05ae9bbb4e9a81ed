#pragma once

#include <optional>
#include <string>

#include "runtime/lamdb/http_server.hpp"
#include "runtime/lamdb/service_pool.hpp"
#include "runtime/lamdb/transactions.hpp"

namespace loam::runtime::lamdb {

/// The paths of Prisma Client 7, which sends query plans: `GET /connection-info`, `POST /query` and
/// `POST /transaction/{id}/query`, `commit` or `rollback`. `POST /transaction/start` is that of the
/// older clients too.
class PlanRoutes {
  public:
    /// Both must outlive this.
    PlanRoutes(ServicePool& pool, Transactions& transactions)
        : pool_(pool), transactions_(transactions) {}

    /// The answer, or nothing for other paths.
    std::optional<HttpReply> answer(const HttpRequest& request);

  private:
    HttpReply query(const std::string& body);

    ServicePool& pool_;
    Transactions& transactions_;
};

}  // namespace loam::runtime::lamdb
