#include <chrono>
#include <filesystem>

#include "runtime/contract/contract.hpp"
#include "runtime/functions/query/query_service.hpp"
#include "runtime/lambda/function.hpp"
#include "runtime/lambda/http_event.hpp"
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
           path == contract::route::writer;
}

class QueryHandler : public lambda::Handler {
  public:
    explicit QueryHandler(lambda::Context& context)
        : context_(context),
          schema_(readSchema(context.environment.schemaPath)),
          service_(
              schema_, context.environment.databasePath, accessOf(context.environment.handler)) {}

    std::string handle(const lambda::Invocation& invocation) override {
        const lambda::HttpEvent event = lambda::parseHttpEvent(invocation.payload);
        if (!isServed(event.path)) {
            return refuse(404,
                "there is nothing at " + event.path + "; queries go to POST " +
                    std::string(contract::route::graphql));
        }
        if (event.method != "POST") {
            return refuse(405, "queries are sent with POST, not " + event.method);
        }
        return answer(event.body);
    }

  private:
    std::string refuse(int status, const std::string& message) {
        context_.metrics.add(metric::operationErrors, 1);
        context_.logger.info(message);
        return lambda::httpAnswer(status, errorAnswer("", message));
    }

    std::string answer(const std::string& body) {
        using namespace std::chrono;
        context_.logger.debug("request", {{"body", body}});
        lambda::Span span(context_.tracer, "query engine");
        const auto start = steady_clock::now();
        Answer result = service_.execute(body);
        const duration<double, std::milli> latency = steady_clock::now() - start;
        span.annotate("kind", result.isWrite ? "write" : "read");
        std::string reply = lambda::httpAnswer(result.status, result.body);
        if (reply.size() > lambda::maxAnswerBytes) {
            result.failed = true;
            result.errorCode.clear();
            reply = lambda::httpAnswer(200, errorAnswer("", tooLarge(reply.size(), result)));
        }
        if (result.failed) {
            span.fail();
        }
        report(result, latency.count());
        return reply;
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
