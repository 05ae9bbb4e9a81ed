#include "runtime/lambda/function.hpp"

#include <cstdlib>
#include <filesystem>

#include "runtime/lambda/runtime_client.hpp"

namespace loam::runtime::lambda {
namespace {

namespace variable = contract::environment;

std::string value(std::string_view name, std::string_view otherwise = {}) {
    const char* const text = std::getenv(std::string(name).c_str());
    return text == nullptr || *text == '\0' ? std::string(otherwise) : std::string(text);
}

bool flag(std::string_view name, bool otherwise) {
    const std::string text = value(name, otherwise ? "true" : "false");
    if (text != "true" && text != "false") {
        throw FunctionError("InvalidEnvironment",
            std::string(name) + R"( must be "true" or "false", got ")" + text + "\"");
    }
    return text == "true";
}

LogLevel level(std::string_view name) {
    const std::string text = value(name, "info");
    const std::optional<LogLevel> found = logLevel(text);
    if (!found) {
        throw FunctionError("InvalidEnvironment",
            std::string(name) + " must be trace, debug, info, warn, error or fatal, got \"" + text +
                "\"");
    }
    return *found;
}

/// "articles-writer" names the instance "articles".
std::string instanceOf(const std::string& functionName, const std::string& role) {
    const std::string suffix = "-" + role;
    return functionName.ends_with(suffix)
               ? functionName.substr(0, functionName.size() - suffix.size())
               : functionName;
}

void answer(
    RuntimeClient& client, Handler& handler, Context& context, const Invocation& invocation) {
    try {
        const std::string result = handler.handle(invocation);
        context.metrics.flush();
        const RuntimeClient::Delivery delivery = client.respond(invocation.requestId, result);
        if (delivery == RuntimeClient::Delivery::TooLarge) {
            context.logger.error("the answer is larger than Lambda allows");
            client.fail(invocation.requestId, "Function.ResponseSizeTooLarge",
                "the answer is larger than Lambda allows; ask for less");
        } else if (delivery == RuntimeClient::Delivery::Refused) {
            context.logger.warn("the platform no longer waits for the answer");
        }
    } catch (const FunctionError& error) {
        context.logger.error(error.what(), {{"errorType", error.type()}});
        client.fail(invocation.requestId, error.type(), error.what());
    } catch (const HttpError&) {
        throw;  // The platform is gone: nobody is left to tell.
    } catch (const std::exception& error) {
        context.logger.error("the invocation failed", {{"cause", error.what()}});
        client.fail(invocation.requestId, "InternalError",
            "the function failed; its log has the cause under request " + invocation.requestId);
    }
}

[[noreturn]] void serve(RuntimeClient& client, Handler& handler, Context& context) {
    while (true) {
        const Invocation invocation = client.next();
        context.logger.setRequestId(invocation.requestId);
        context.tracer.begin(invocation.traceId);
        // Libraries that trace by themselves look here.
        setenv("_X_AMZN_TRACE_ID", invocation.traceId.c_str(), 1);
        answer(client, handler, context, invocation);
        context.metrics.flush();
        context.logger.setRequestId({});
    }
}

int reportStartFailure(RuntimeClient& client, const std::string& type, const std::string& message) {
    Logger(LogLevel::Info).log(LogLevel::Fatal, message, {{"errorType", type}});
    client.failInit(type, message);
    return EXIT_FAILURE;
}

/// Makes the handler and serves; reports to the platform what keeps the function from starting.
int startAndServe(RuntimeClient& client, const MakeHandler& makeHandler) {
    std::unique_ptr<Context> context;
    std::unique_ptr<Handler> handler;
    try {
        context = std::make_unique<Context>(Environment::fromProcess());
        handler = makeHandler(*context);
    } catch (const FunctionError& error) {
        return reportStartFailure(client, error.type(), error.what());
    } catch (const std::exception& error) {
        return reportStartFailure(client, "InitializationError", error.what());
    }
    serve(client, *handler, *context);
}

}  // namespace

Environment Environment::fromProcess() {
    Environment result;
    result.runtimeApi = value("AWS_LAMBDA_RUNTIME_API");
    result.functionName = value("AWS_LAMBDA_FUNCTION_NAME");
    result.handler = value("_HANDLER");
    result.taskRoot = value("LAMBDA_TASK_ROOT", ".");
    result.tracingAddress = value("AWS_XRAY_DAEMON_ADDRESS");
    result.logLevel = level(variable::logLevel);
    result.metrics = flag(variable::enableMetrics, false);
    result.tracing = flag(variable::enableTracing, false);
    result.rawQueries = flag(variable::rawQueries, true);
    result.metricsNamespace = value(variable::metricsNamespace, contract::metric::defaultNamespace);
    result.instance =
        value(variable::instanceName, instanceOf(result.functionName, result.handler));
    const auto path = [&result](std::string_view name, std::string_view otherwise) {
        return (std::filesystem::path(result.taskRoot) / value(name, otherwise)).string();
    };
    result.databasePath = path(variable::databasePath,
        std::string(contract::mountPath) + "/" + std::string(contract::databaseFile));
    result.schemaPath = path(variable::prismaSchemaPath, contract::packagedSchema);
    result.migrationsPath = path(variable::migrationsPath, contract::packagedMigrations);
    return result;
}

Context::Context(Environment values)
    : environment(std::move(values)),
      logger(environment.logLevel, environment.functionName),
      metrics(environment.metrics, environment.metricsNamespace, environment.instance),
      tracer(environment.tracing, environment.tracingAddress) {}

int runFunction(const MakeHandler& makeHandler) {
    deferTermination();
    try {
        const std::string address = value("AWS_LAMBDA_RUNTIME_API");
        if (address.empty()) {
            throw HttpError(
                "AWS_LAMBDA_RUNTIME_API is not set: this program runs as a Lambda function");
        }
        RuntimeClient client(address);
        return startAndServe(client, makeHandler);
    } catch (const Terminated&) {
        return EXIT_SUCCESS;
    } catch (const HttpError& error) {
        Logger(LogLevel::Info).log(LogLevel::Fatal, error.what());
        return EXIT_FAILURE;
    }
}

}  // namespace loam::runtime::lambda
