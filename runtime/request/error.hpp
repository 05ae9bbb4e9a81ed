#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// A request that is refused or that failed, in the words of Prisma's error answers.
class RequestError : public std::exception {
  public:
    /// Bytes of a message, and of a name in a path; what a client wrote may be longer and is cut.
    static constexpr std::size_t longestMessage = 4000;
    static constexpr std::size_t longestName = 200;

    /// `code` is Prisma's, such as "P2009", or empty for failures that have none; `message` is for
    /// users.
    RequestError(std::string code, const std::string& message);

    const char* what() const noexcept override { return message_.c_str(); }
    const std::string& code() const { return code_; }
    const std::string& message() const { return message_; }

    /// JSON text of the `meta` object. Default: `{}`.
    const std::string& meta() const { return meta_; }
    RequestError& withMeta(std::string json);
    /// Where in the GraphQL text; unknown places are left out of the answer.
    RequestError& at(Location location);
    /// Response keys from the root to the field that failed; set only when none is set yet.
    RequestError& under(std::vector<std::string> path);
    /// The place of the failed operation in a transactional batch, from 0.
    RequestError& inBatch(std::size_t index);
    /// HTTP status of the answer. Default: 200, as clients of Prisma expect of query errors.
    RequestError& withStatus(int status);
    int status() const { return status_; }

    /// One element of the `errors` list as JSON text.
    std::string toJson() const;

    /// The error alone, as Prisma Client reads it from answers that are not about queries: the
    /// members `is_panic`, `message`, `meta` and `error_code`.
    std::string toUserFacingJson() const;

  private:
    std::string code_;
    std::string message_;
    std::string meta_ = "{}";
    Location location_ = {};
    std::vector<std::string> path_ = {};
    std::optional<std::size_t> batchIndex_ = {};
    int status_ = 200;
};

/// P2028: something is wrong with an interactive transaction.
RequestError transactionError(const std::string& problem);

}  // namespace loam::runtime::request
