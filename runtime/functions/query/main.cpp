#include <chrono>
#include <filesystem>

#include "runtime/contract/contract.hpp"
#include "runtime/functions/query/query_service.hpp"
#include "runtime/lambda/function.hpp"
#include "runtime/lambda/http_event.hpp"
#include "runtime/request/error.hpp"
#include "runtime/schema/load.hpp"

// The query function: answers GraphQL requests of the HTTP API, as reader or as writer.

namespace loam::runtime {
namespace {

namespace metric = contract::metric;
using engine::Access;
using engine::Answer;

Access accessOf(const std::string& role) {
    if (role == contract::handler::reader) {
        return Access::ReadOnly;
    }
    if (role == contract::handler::writer) {
        return Access::ReadWrite;
    }
    throw lambda::FunctionError("InvalidHandler",
        R"(the handler of this function must be "reader" or "writer", got ")" + role + "\"");
}

schema::Schema readSchema(const std::string& path) {
    try {
        return schema::parsePath(path);
    } catch (const schema::SchemaError& error) {
        throw lambda::FunctionError("InvalidSchema", error.what());
    }
}

bool isServed(std::string_view path) {
    return lambda::isQueryPath(path) || path == contract::route::reader ||
           path == contract::route::writer || path == contract::route::plan;
}

class QueryHandler : public lambda::Handler {
  public:
    explicit QueryHandler(lambda::Context& context)
        : context_(context),
          schema_(readSchema(context.environment.schemaPath)),
          service_(schema_, context.environment.databasePath,
              {accessOf(context.environment.handler), context.environment.rawQueries}) {}

    std::string handle(const lambda::Invocation& invocation) override {
        const lambda::HttpEvent event = lambda::parseHttpEvent(invocation.payload);
        if (event.path.ends_with(contract::route::transactionStart) ||
            event.path.starts_with(contract::route::transaction)) {
            return refuseTransaction();
        }
        if (event.path == contract::route::connectionInfo && event.method == "GET") {
            return lambda::httpAnswer(200, queryplan::connectionInfo());
        }
        if (lambda::isSchemaPath(event.path) && event.method == "PUT") {
            return lambda::httpAnswer(200, "{}");  // The schema is known.
        }
        if (!isServed(event.path)) {
            return refuse(404,
                "there is nothing at " + event.path + "; queries go to POST " +
                    std::string(contract::route::graphql));
        }
        if (event.method != "POST") {
            return refuse(405, "queries are sent with POST, not " + event.method);
        }
        return answer(event);
    }

  private:
    std::string refuse(int status, const std::string& message) {
        context_.metrics.add(metric::operationErrors, 1);
        context_.logger.info(message);
        return lambda::httpAnswer(status, errorAnswer("", message));
    }

    /// The connection would have to outlive the request, but a function is frozen between requests,
    /// and the next one may reach another instance.
    std::string refuseTransaction() {
        context_.metrics.add(metric::operationErrors, 1);
        const request::RequestError error = request::transactionError(
            "Interactive transactions are not available here: the database is served by functions, "
            "which keep no connection between requests. Use $transaction([...]) with a list of "
            "queries, which run in one transaction up to Prisma Client 6.");
        context_.logger.info(error.message());
        return lambda::httpAnswer(409, callErrorBody(error));
    }

    std::string answer(const lambda::HttpEvent& event) {
        using namespace std::chrono;
        context_.logger.debug("request", {{"body", event.body}});
        lambda::Span span(context_.tracer, "query engine");
        const auto start = steady_clock::now();
        const bool isPlan = event.path == contract::route::plan;
        Answer result =
            isPlan ? executePlan(event.body)
                   : service_.execute(event.body, result::rawFormOf(event.path));
        const duration<double, std::milli> latency = steady_clock::now() - start;
        span.annotate("kind", result.isWrite ? "write" : "read");
        std::string reply = lambda::httpAnswer(result.status, result.body);
        if (reply.size() > lambda::maxAnswerBytes) {
            result.failed = true;
            result.errorCode.clear();
            const std::string problem = tooLarge(reply.size(), result);
            reply = isPlan ? lambda::httpAnswer(422, queryplan::refuse({"", problem}).body)
                           : lambda::httpAnswer(200, errorAnswer("", problem));
        }
        if (result.failed) {
            span.fail();
        }
        report(result, latency.count());
        return reply;
    }

    /// A query plan of Prisma Client 7.
    Answer executePlan(const std::string& body) {
        queryplan::Answer answer = service_.executePlan(body);
        return {
            .status = answer.status,
            .body = std::move(answer.body),
            .isWrite = answer.isWrite,
            .operations = 1,
            .failed = answer.failed,
            .errorCode = std::move(answer.errorCode),
        };
    }

    static std::string tooLarge(std::size_t size, const Answer& result) {
        return "the answer has " + std::to_string(size) + " bytes, more than the " +
               std::to_string(lambda::maxAnswerBytes) +
               " that a function can return; select fewer fields or ask for fewer records with "
               "take" +
               (result.isWrite ? "; the changes were made" : "");
    }

    void report(const Answer& result, double latency) {
        lambda::Metrics& metrics = context_.metrics;
        if (result.failed) {
            metrics.add(metric::operationErrors, 1);
            context_.logger.info("the request failed", {{"errorCode", result.errorCode}});
        } else {
            metrics.add(result.isWrite ? metric::writeOperations : metric::readOperations, 1);
            metrics.add(result.isWrite ? metric::writeThroughput : metric::readThroughput,
                static_cast<double>(result.body.size()));
            metrics.add(result.isWrite ? metric::writeLatency : metric::readLatency, latency);
        }
        std::error_code missing;
        const auto size = std::filesystem::file_size(context_.environment.databasePath, missing);
        if (!missing) {
            metrics.add(metric::databaseSize, static_cast<double>(size));
        }
        context_.logger.debug("answered",
            {{"kind", result.isWrite ? "write" : "read"},
                {"milliseconds", std::to_string(latency)}});
    }

    lambda::Context& context_;
    schema::Schema schema_;
    QueryService service_;
};

}  // namespace
}  // namespace loam::runtime

int main() {
    using namespace loam::runtime;
    return lambda::runFunction([](lambda::Context& context) -> std::unique_ptr<lambda::Handler> {
        return std::make_unique<QueryHandler>(context);
    });
}
