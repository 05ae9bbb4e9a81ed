#include <catch2/catch.hpp>
#include <cstdlib>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGTERM is all of it.
#include <sstream>

#include "tests/runtime/article_fixture.hpp"
#include "tests/support/runtime/child_process.hpp"
#include "tests/support/runtime/fake_runtime_api.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

// Runs the function packages as they are deployed. LOAM_FUNCTIONS names the folder with the
// packages, LOAM_WRAPPER a program that runs them, such as an emulator of another processor.

using loam::testing::ChildProcess;
using loam::testing::FakeRuntimeApi;
using loam::testing::readFile;
using loam::testing::TemporaryDirectory;
using loam::testing::writeArticles;

namespace {

std::string variable(const char* name, const char* otherwise) {
    const char* const value = std::getenv(name);
    return value == nullptr ? otherwise : value;
}

std::string event(const std::string& query, const std::string& path = "/graphql",
    const std::string& method = "POST") {
    return R"({"version":"2.0","rawPath":")" + path + R"(","requestContext":{"http":{"method":")" +
           method + R"("},"stage":"$default"},"isBase64Encoded":false,"body":"{\"query\":\")" +
           query + R"(\"}"})";
}

/// The packages of one LamDB on one file system.
struct Deployment {
    TemporaryDirectory directory;
    FakeRuntimeApi api;
    std::size_t reports = 0;

    Deployment() { writeArticles(directory); }

    std::string log() const { return readFile(directory / "log"); }

    /// Starts the package as the function "articles-ROLE". Default of the database: our own.
    ChildProcess start(const std::string& package, const std::string& role,
        const std::string& database = "", const std::string& rawQueries = "true") const {
        std::vector<std::string> command;
        std::istringstream wrapper(variable("LOAM_WRAPPER", ""));
        for (std::string word; wrapper >> word;) {
            command.push_back(word);
        }
        command.push_back(
            variable("LOAM_FUNCTIONS", LOAM_FUNCTIONS_DIRECTORY) + "/" + package + "/bootstrap");
        return {command,
            {
                {"AWS_LAMBDA_RUNTIME_API", api.address()},
                {"AWS_LAMBDA_FUNCTION_NAME", "articles-" + role},
                {"_HANDLER", role},
                {"LAMBDA_TASK_ROOT", directory / ""},
                {"DATABASE_PATH", database.empty() ? directory / "database.db" : database},
                {"ENABLE_METRICS", "true"},
                {"RAW_QUERIES", rawQueries},
            },
            directory / "log"};
    }

    /// Invokes the running function and returns what it posts.
    FakeRuntimeApi::Report invoke(const std::string& payload) {
        ++reports;
        api.invoke("id-" + std::to_string(reports), payload);
        const auto all = api.waitForReports(reports);
        REQUIRE(all.size() == reports);
        return all.back();
    }
};

std::string success(const std::string& body) {
    return R"({"statusCode":200,"headers":{"content-type":"application/json"},"body":")" + body +
           R"(","isBase64Encoded":false})";
}

}  // namespace

TEST_CASE("a database is migrated, written, read and reset through the packages") {
    Deployment deployment;
    {
        const ChildProcess migrate = deployment.start("migrate", "migrate");
        CHECK(deployment.invoke("{}").body ==
              R"({"success":true,"data":{"appliedMigrations":["1_wal","2_article"]}})");
        CHECK_THAT(deployment.log(),
            Catch::Contains(R"("message":"applied migration 2_article")") &&
                Catch::Contains(R"("MigrationsApplied":2)"));
    }
    {
        const ChildProcess writer = deployment.start("query", "writer");
        CHECK(
            deployment
                .invoke(event("mutation { createOneArticle(data: {title: \\\\\\\"a\\\\\\\"}) { id "
                              "title } }"))
                .body ==
            success(R"({\"data\":{\"createOneArticle\":{\"id\":1,\"title\":\"a\"}}})"));
        CHECK(
            deployment.invoke(event("{ findManyArticle { title } }", "/6.19.3/abc/graphql")).body ==
            success(R"({\"data\":{\"findManyArticle\":[{\"title\":\"a\"}]}})"));
        for (const char* name : {"WriteOperations", "WriteThroughput", "WriteLatency",
                 "ReadOperations", "ReadThroughput", "ReadLatency", "DatabaseSize"}) {
            CHECK_THAT(deployment.log(), Catch::Contains("\"" + std::string(name) + "\":"));
        }
        CHECK_THAT(deployment.log(), !Catch::Contains("createOneArticle"));
    }
    {
        const ChildProcess migrate = deployment.start("migrate", "migrate");
        CHECK(deployment.invoke(R"({"reset":true,"migrate":false})").body ==
              R"({"success":true,"data":{"appliedMigrations":[]}})");
    }
    CHECK_FALSE(deployment.directory.has("database.db"));
}

TEST_CASE("a query function without a database answers with a clear error") {
    Deployment deployment;
    ChildProcess writer = deployment.start("query", "writer");

    const std::string answer = deployment.invoke(event("{ findManyArticle { title } }")).body;

    CHECK_THAT(answer,
        Catch::Contains("P1003") && Catch::Contains("does not exist yet") &&
            Catch::Contains(R"("statusCode":200)"));
    CHECK_THAT(deployment.log(), Catch::Contains(R"("OperationErrors":1)"));
    writer.signal(SIGTERM);
    CHECK(writer.wait() == 0);
}

TEST_CASE("a query function notices that a reset replaced the database") {
    Deployment deployment;
    const auto migrate = [&deployment] {
        const ChildProcess function = deployment.start("migrate", "migrate");
        deployment.invoke(R"({"reset":true})");
    };
    migrate();
    Deployment queries;
    const ChildProcess writer =
        queries.start("query", "writer", deployment.directory / "database.db");
    queries.invoke(event(R"(mutation { createOneArticle(data: {title: \\\"a\\\"}) { id } })"));

    migrate();

    CHECK(queries.invoke(event("{ findManyArticle { title } }")).body ==
          success(R"({\"data\":{\"findManyArticle\":[]}})"));
}

TEST_CASE("rejects writes in the reader") {
    Deployment deployment;
    {
        const ChildProcess migrate = deployment.start("migrate", "migrate");
        deployment.invoke("");
    }
    const ChildProcess reader = deployment.start("query", "reader");

    const std::string refused =
        deployment
            .invoke(event(R"(mutation { createOneArticle(data: {title: \\\"a\\\"}) { id } })"))
            .body;

    CHECK_THAT(refused, Catch::Contains("send them to the writer"));
    CHECK(deployment.invoke(event("{ findManyArticle { title } }", "/reader")).body ==
          success(R"({\"data\":{\"findManyArticle\":[]}})"));
}

TEST_CASE("rejects the start of an interactive transaction, with what to use instead") {
    Deployment deployment;
    const ChildProcess writer = deployment.start("query", "writer");

    const std::string refused = deployment.invoke(event("", "/6.19.3/hash/transaction/start")).body;

    CHECK_THAT(refused,
        Catch::Contains(R"("statusCode":409)") && Catch::Contains(R"(\"error_code\":\"P2028\")") &&
            Catch::Contains("Use $transaction([...]) with a list of queries"));
}

TEST_CASE("query plans run in functions, and transactions of their clients are refused") {
    Deployment deployment;
    {
        const ChildProcess migrate = deployment.start("migrate", "migrate");
        deployment.invoke("");
    }
    const ChildProcess writer = deployment.start("query", "writer");
    const auto ask =
        [&deployment](const std::string& method, const std::string& path, const std::string& body) {
            return deployment
                .invoke(R"({"version":"2.0","rawPath":")" + path +
                        R"(","requestContext":{"http":{"method":")" + method +
                        R"("},"stage":"$default"},"isBase64Encoded":false,"body":")" + body + "\"}")
                .body;
        };

    CHECK_THAT(ask("GET", "/connection-info", ""), Catch::Contains(R"(\"provider\":\"sqlite\")"));
    CHECK_THAT(
        ask("POST", "/query", R"({\"plan\":{\"type\":\"value\",\"args\":[1]},\"params\":{}})"),
        Catch::Contains(R"({\"data\":[1]})"));
    CHECK_THAT(ask("POST", "/transaction/none/query", "{}"),
        Catch::Contains(R"("statusCode":409)") && Catch::Contains(R"(\"code\":\"P2028\")"));
}

TEST_CASE("rejects raw queries when the environment says so") {
    Deployment deployment;
    {
        const ChildProcess migrate = deployment.start("migrate", "migrate");
        deployment.invoke("");
    }
    const std::string raw = event(R"(mutation { queryRaw(query: \\\"SELECT 1 AS a\\\") })");
    {
        const ChildProcess writer = deployment.start("query", "writer", "", "false");
        CHECK_THAT(deployment.invoke(raw).body, Catch::Contains("raw queries are turned off here"));
    }
    const ChildProcess reader = deployment.start("query", "reader");

    CHECK_THAT(deployment.invoke(raw).body, Catch::Contains(R"(\"columns\":[\"a\"])"));
}

TEST_CASE("rejects other paths and methods, and events of another kind") {
    Deployment deployment;
    const ChildProcess writer = deployment.start("query", "writer");

    CHECK_THAT(
        deployment.invoke(event("{ a }", "/migrate")).body, Catch::Contains(R"("statusCode":404)"));
    CHECK_THAT(deployment.invoke(event("{ a }", "/graphql", "GET")).body,
        Catch::Contains(R"("statusCode":405)"));
    CHECK_THAT(deployment.invoke("{}").body, Catch::Contains(R"("errorType":"InvalidEvent")"));
}

TEST_CASE("rejects a schema with a mistake, a wrong role and a wrong payload") {
    Deployment deployment;
    {
        const ChildProcess migrate = deployment.start("migrate", "migrate");
        CHECK_THAT(deployment.invoke(R"({"rest":true})").body,
            Catch::Contains(R"("errorType":"InvalidPayload")"));
    }
    deployment.directory.write("schema.prisma", "model Article {");
    for (const char* role : {"writer", "driver"}) {
        ChildProcess function = deployment.start("query", role);
        const auto reports = deployment.api.waitForReports(++deployment.reports);
        REQUIRE(reports.size() == deployment.reports);
        CHECK(reports.back().path == "/2018-06-01/runtime/init/error");
        CHECK_THAT(reports.back().body,
            Catch::Contains("schema.prisma:1") || Catch::Contains("InvalidHandler"));
        CHECK(function.wait() == 1);
    }
}
