#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "runtime/lambda/log.hpp"
#include "runtime/lambda/metrics.hpp"
#include "runtime/lambda/trace.hpp"

namespace loam::runtime::lambda {

/// What the platform and the constructs tell a function through its environment.
struct Environment {
    /// AWS_LAMBDA_RUNTIME_API, "IP:port".
    std::string runtimeApi;
    /// AWS_LAMBDA_FUNCTION_NAME.
    std::string functionName;
    /// _HANDLER: the role, one of contract::handler.
    std::string handler;
    /// LAMBDA_TASK_ROOT: where the package was unpacked; relative paths start there.
    std::string taskRoot;
    /// AWS_XRAY_DAEMON_ADDRESS, "IP:port".
    std::string tracingAddress;
    LogLevel logLevel = LogLevel::Info;
    bool metrics = false;
    bool tracing = false;
    /// Whether raw queries are answered.
    bool rawQueries = true;
    std::string metricsNamespace;
    /// Name of the LamDB instance. Default: the function's name without its role.
    std::string instance;
    /// Absolute path of the database file.
    std::string databasePath;
    /// Absolute path of the Prisma schema.
    std::string schemaPath;
    /// Absolute path of the migrations directory.
    std::string migrationsPath;

    /// Reads the process environment. Throws FunctionError when a value is not allowed.
    static Environment fromProcess();
};

/// One call of the function.
struct Invocation {
    std::string requestId;
    /// The event, JSON.
    std::string payload;
    std::string functionArn;
    std::string traceId;
    /// When the platform stops waiting.
    std::chrono::system_clock::time_point deadline;
};

/// Ends an invocation, or the start of a function, with an error that its caller is meant to see.
class FunctionError : public std::runtime_error {
  public:
    /// `type` is a word such as "MigrationFailed".
    FunctionError(std::string type, const std::string& message)
        : std::runtime_error(message), type_(std::move(type)) {}

    const std::string& type() const { return type_; }

  private:
    std::string type_;
};

/// What a function has at hand besides the event.
struct Context {
    Environment environment;
    Logger logger;
    Metrics metrics;
    Tracer tracer;

    explicit Context(Environment values);
};

/// The work of a function.
class Handler {
  public:
    Handler() = default;
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;
    virtual ~Handler() = default;

    /// Answers one invocation with JSON. A FunctionError reaches the caller as it is; of any other
    /// exception the caller sees only that the function failed.
    virtual std::string handle(const Invocation& invocation) = 0;
};

/// Makes the handler; what it throws is reported as an initialization error.
using MakeHandler = std::function<std::unique_ptr<Handler>(Context&)>;

/// Runs a function until the platform ends it: makes the handler, then answers invocations one
/// after the other. The exit code is 0 after SIGTERM and 1 after an error.
int runFunction(const MakeHandler& makeHandler);

}  // namespace loam::runtime::lambda
