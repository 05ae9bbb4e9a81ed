#include <catch2/catch.hpp>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGTERM is all of it.

#include "runtime/lambda/connection.hpp"
#include "runtime/lambda/function.hpp"
#include "tests/support/runtime/child_process.hpp"
#include "tests/support/runtime/fake_runtime_api.hpp"

// Runs the loop in a child process against a fake Runtime API.

using namespace loam::runtime::lambda;
using loam::testing::ChildProcess;
using loam::testing::FakeRuntimeApi;

using Style = FakeRuntimeApi::Style;

namespace {

/// Answers with what it was asked; some payloads make it fail.
class EchoHandler : public Handler {
  public:
    explicit EchoHandler(Context& context) : context_(context) {}

    std::string handle(const Invocation& invocation) override {
        if (invocation.payload == "\"refuse\"") {
            throw FunctionError("Refused", "not \"that\"");
        }
        if (invocation.payload == "\"crash\"") {
            throw std::runtime_error("a detail that stays inside");
        }
        const auto deadline = std::chrono::duration_cast<std::chrono::milliseconds>(
            invocation.deadline.time_since_epoch());
        return R"({"payload":)" + invocation.payload + R"(,"id":")" + invocation.requestId +
               R"(","deadline":)" + std::to_string(deadline.count()) + R"(,"trace":")" +
               invocation.traceId + R"(","traced":)" +
               (context_.tracer.isSampled() ? "true" : "false") + "}";
    }

  private:
    Context& context_;
};

/// The loop with the EchoHandler, in a child.
class EchoFunction {
  public:
    explicit EchoFunction(const FakeRuntimeApi& api)
        : child_([&api] {
              setenv("AWS_LAMBDA_RUNTIME_API", api.address().c_str(), 1);
              setenv("LOG_LEVEL", "fatal", 1);
              _exit(runFunction([](Context& context) {
                  return std::make_unique<EchoHandler>(context);
              }));
          }) {}

    int stop() {
        child_.signal(SIGTERM);
        return child_.wait();
    }

    int wait() { return child_.wait(); }

  private:
    ChildProcess child_;
};

}  // namespace

TEST_CASE("invocations are answered one after the other, however the platform sends them") {
    for (const Style style :
        {Style::Whole, Style::ByteByByte, Style::Chunked, Style::ClosingConnection}) {
        FakeRuntimeApi api(style);
        EchoFunction function(api);
        api.invoke("id-1", R"({"a":1})",
            "Lambda-Runtime-Deadline-Ms: 1700000000123\r\nLambda-Runtime-Trace-Id: "
            "Root=1;Sampled=0\r\n");
        api.invoke("id-2", "2");

        const auto reports = api.waitForReports(2);

        INFO("style " << static_cast<int>(style));
        REQUIRE(reports.size() == 2);
        CHECK(reports[0].path == "/2018-06-01/runtime/invocation/id-1/response");
        CHECK(
            reports[0].body ==
            R"({"payload":{"a":1},"id":"id-1","deadline":1700000000123,"trace":"Root=1;Sampled=0","traced":false})");
        CHECK(reports[1].path == "/2018-06-01/runtime/invocation/id-2/response");
        CHECK((api.connections() == 1) == (style != Style::ClosingConnection));
        CHECK(function.stop() == 0);
    }
}

TEST_CASE("errors are reported with their type, and the function goes on") {
    FakeRuntimeApi api;
    EchoFunction function(api);
    api.invoke("id-1", "\"refuse\"");
    api.invoke("id-2", "\"crash\"");
    api.invoke("id-3", "3");

    const auto reports = api.waitForReports(3);

    REQUIRE(reports.size() == 3);
    CHECK(reports[0].path == "/2018-06-01/runtime/invocation/id-1/error");
    CHECK(reports[0].body ==
          R"({"errorMessage":"not \"that\"","errorType":"Refused","stackTrace":[]})");
    CHECK_THAT(
        reports[0].headers, Catch::Contains("Lambda-Runtime-Function-Error-Type: Refused\r\n"));
    CHECK(reports[1].body ==
          R"({"errorMessage":"the function failed; its log has the cause under request id-2",)"
          R"("errorType":"InternalError","stackTrace":[]})");
    CHECK(reports[2].path == "/2018-06-01/runtime/invocation/id-3/response");
}

TEST_CASE("an answer that the platform finds too large becomes an error") {
    FakeRuntimeApi api;
    api.answerResponsesWith(413);
    EchoFunction function(api);
    api.invoke("id-1", "1");

    const auto reports = api.waitForReports(2);

    REQUIRE(reports.size() == 2);
    CHECK(reports[1].path == "/2018-06-01/runtime/invocation/id-1/error");
    CHECK_THAT(reports[1].body, Catch::Contains("Function.ResponseSizeTooLarge"));
}

TEST_CASE("an answer that comes too late is dropped, and the function goes on") {
    FakeRuntimeApi api;
    api.answerResponsesWith(400);
    EchoFunction function(api);
    api.invoke("id-1", "1");
    api.invoke("id-2", "2");

    CHECK(api.waitForReports(2).size() == 2);

    CHECK(function.stop() == 0);
}

TEST_CASE("the function ends when the platform says that it is beyond repair") {
    FakeRuntimeApi api;
    api.answerResponsesWith(500);
    EchoFunction function(api);

    api.invoke("id-1", "1");

    CHECK(function.wait() == 1);
}

TEST_CASE("SIGTERM ends an idle function with success") {
    FakeRuntimeApi api;
    EchoFunction function(api);
    REQUIRE(api.waitUntilIdle());

    CHECK(function.stop() == 0);
}

TEST_CASE("what keeps a function from starting is an initialization error") {
    FakeRuntimeApi api;
    ChildProcess child([&api] {
        setenv("AWS_LAMBDA_RUNTIME_API", api.address().c_str(), 1);
        setenv("LOG_LEVEL", "loud", 1);
        _exit(runFunction([](Context&) -> std::unique_ptr<Handler> { return nullptr; }));
    });

    const auto reports = api.waitForReports(1);

    REQUIRE(reports.size() == 1);
    CHECK(reports[0].path == "/2018-06-01/runtime/init/error");
    CHECK(
        reports[0].body ==
        R"({"errorMessage":"LOG_LEVEL must be trace, debug, info, warn, error or fatal, got \"loud\"",)"
        R"("errorType":"InvalidEnvironment","stackTrace":[]})");
    CHECK(child.wait() == 1);
}

TEST_CASE("rejects addresses that are none") {
    for (const char* address :
        {"", "127.0.0.1", "example.com:80", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:80x"}) {
        INFO(address);
        CHECK_THROWS_AS(Connection(address), HttpError);
    }
}
