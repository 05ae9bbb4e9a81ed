#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/lamdb/http_server.hpp"

namespace loam::runtime::lamdb {

/// A path that is about interactive transactions. It may begin with the client's version and the
/// hash of its schema.
struct TransactionPath {
    enum class Call : std::uint8_t { Start, Query, Commit, Rollback };

    Call call = Call::Start;
    /// "/4.16.2/hash", or nothing.
    std::string prefix = {};
    std::string id = {};
};

/// Reads `transaction/start`, `itx/{id}/graphql`, `itx/{id}/commit` or `itx/{id}/rollback`.
std::optional<TransactionPath> parseTransactionPath(std::string_view path);

/// The URL of the transactions to which an id is added, with the scheme and the host that the
/// client sees. Clients before version 6 speak only https.
std::string transactionEndpoint(const HttpRequest& request, const TransactionPath& path);

}  // namespace loam::runtime::lamdb
