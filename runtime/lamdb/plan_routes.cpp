#include "runtime/lamdb/plan_routes.hpp"

#include <memory>
#include <string_view>
#include <utility>

#include "runtime/queryplan/plan_request.hpp"

namespace loam::runtime::lamdb {
namespace {

/// The body and what was read from it, which points into it.
struct ReadPlan {
    explicit ReadPlan(std::string text) : body(std::move(text)), request(body) {}

    const std::string body;
    const queryplan::PlanRequest request;
};

HttpReply toReply(queryplan::Answer answer) {
    return {.status = answer.status, .body = std::move(answer.body)};
}

/// `{id}` and the call of `/transaction/{id}/{call}`.
std::optional<std::pair<std::string, std::string_view>> parseTransaction(std::string_view path) {
    constexpr std::string_view start = "/transaction/";
    const std::size_t slash = path.rfind('/');
    if (!path.starts_with(start) || slash <= start.size()) {
        return std::nullopt;
    }
    const std::string_view id = path.substr(start.size(), slash - start.size());
    const std::string_view call = path.substr(slash + 1);
    if (id.find('/') != std::string_view::npos ||
        (call != "query" && call != "commit" && call != "rollback")) {
        return std::nullopt;
    }
    return std::pair(std::string(id), call);
}

}  // namespace

std::optional<HttpReply> PlanRoutes::answer(const HttpRequest& request) {
    const bool isInfo = request.path == "/connection-info";
    const auto transaction = parseTransaction(request.path);
    if (!isInfo && request.path != "/query" && !transaction) {
        return std::nullopt;
    }
    const std::string method = isInfo ? "GET" : "POST";
    if (request.method != method) {
        const request::RequestError error("", request.path + " is asked with " + method + ".");
        constexpr int notAllowed = 405;
        return HttpReply{
            .status = notAllowed, .body = queryplan::refuse(error).body, .allow = method};
    }
    if (isInfo) {
        return HttpReply{.body = queryplan::connectionInfo()};
    }
    if (!transaction) {
        return query(request.body);
    }
    const auto& [id, call] = *transaction;
    if (call == "query") {
        return transactions_.plan(id, request.body);
    }
    return call == "commit" ? transactions_.commit(id) : transactions_.rollback(id);
}

HttpReply PlanRoutes::query(const std::string& body) {
    std::shared_ptr<const ReadPlan> plan;
    try {
        plan = std::make_shared<const ReadPlan>(body);
    } catch (const request::RequestError& error) {
        return toReply(queryplan::refuse(error));
    }
    const auto execute = [this, plan] {
        std::unique_ptr<QueryService> service = pool_.take();
        queryplan::Answer answer = service->executePlan(plan->request);
        pool_.giveBack(std::move(service));
        return toReply(std::move(answer));
    };
    if (!plan->request.isWrite()) {
        return execute();
    }
    return transactions_.write(execute,
        toReply(queryplan::refuse({"P1008",
            "Operations timed out: a transaction kept the database locked for too long. Nothing "
            "was changed; try again."})));
}

}  // namespace loam::runtime::lamdb
