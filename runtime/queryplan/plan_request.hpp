#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "runtime/plan/generators.hpp"
#include "runtime/queryplan/plan.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/value.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::queryplan {

/// A request `{"model"?, "operation", "plan", "params", "comments"?}` that was read and checked.
class PlanRequest {
  public:
    /// The body must outlive the request. Throws RequestError: P2009 with the place of what is
    /// wrong, status 413 for a body that is too large.
    explicit PlanRequest(std::string_view body);

    const Plan& plan() const { return plan_; }
    /// The parameters, an object, or null.
    const request::Value* parameters() const { return parameters_; }
    /// Whether the request belongs to the writer.
    bool isWrite() const { return plan_.isWrite; }

  private:
    request::TextPool texts_;
    request::Value document_;
    const request::Value* parameters_ = nullptr;
    Plan plan_;
};

/// What to send back, and what to count.
struct Answer {
    int status = 200;
    /// `{"data": ...}`, or `{"code", "error", "meta"}` with a status from 400 on.
    std::string body = {};
    bool isWrite = false;
    bool failed = false;
    /// Prisma's code; empty for errors without one.
    std::string errorCode = {};
};

/// Whether the connection may change the database.
enum class Access { ReadOnly, ReadWrite };

/// Runs the request on the database as one transaction; inside an open transaction, as one part of
/// it that is undone alone when it fails.
///
/// Throws nothing: every failure is an answer, with status 5xx only when nothing was changed.
Answer run(const PlanRequest& request, storage::Database& database, Access access,
    const plan::Sources& sources);

/// Reads, checks and runs the body of a request.
Answer run(std::string_view body, storage::Database& database, Access access,
    const plan::Sources& sources);

/// The answer for a request that is refused.
Answer refuse(const request::RequestError& error);

/// The answer to `GET /connection-info`.
std::string connectionInfo();

}  // namespace loam::runtime::queryplan
