#include <catch2/catch.hpp>

#include "tests/runtime/serve_fixture.hpp"

// The paths of Prisma Client 7.

using loam::runtime::lambda::Connection;
using loam::runtime::lambda::HttpResponse;
using loam::testing::Program;
using loam::testing::Server;

namespace {

std::string plan(const std::string& type, const std::string& sql) {
    return R"({"operation":"queryRaw","params":{},"plan":{"type":")" + type +
           R"(","args":{"type":"rawSql","sql":")" + sql + R"(","args":[],"argTypes":[]}}})";
}

const std::string insert = plan("execute", "INSERT INTO Article (title) VALUES ('a')");
const std::string count = plan("query", "SELECT title FROM Article");

std::string titles(const std::string& rows) {
    return R"({"data":{"columns":["title"],"types":["string"],"rows":)" + rows + "}}";
}

/// The id of a transaction that was started.
std::string start(const Server& server) {
    const HttpResponse started =
        server.post("/transaction/start", R"({"maxWait":100,"timeout":5000})");
    REQUIRE(started.status == 200);
    const std::string mark = R"({"id":")";
    REQUIRE(started.body.starts_with(mark));
    return started.body.substr(mark.size(), started.body.find('"', mark.size()) - mark.size());
}

}  // namespace

TEST_CASE("plans run on the database of the server") {
    const Program program;
    Server server(program, {"--push"});

    CHECK(Connection(server.address()).request("GET", "/connection-info", "", "").body ==
          R"({"provider":"sqlite","connectionInfo":)"
          R"({"supportsRelationJoins":false,"maxBindValues":32766}})");
    CHECK(server.post("/query", insert).body == R"({"data":1})");
    CHECK(server.post("/query", count).body == titles(R"([["a"]])"));
    const HttpResponse failed = server.post("/query", plan("query", "SELEC"));
    CHECK(failed.status == 400);
    CHECK_THAT(failed.body, Catch::StartsWith(R"({"code":"P2010")"));
    CHECK(server.stop() == 0);
}

TEST_CASE("plans in a transaction are kept by its commit and undone by its rollback") {
    const Program program;
    Server server(program, {"--push"});

    const std::string first = "/transaction/" + start(server);
    CHECK(server.post(first + "/query", insert).body == R"({"data":1})");
    CHECK(server.post("/query", count).body == titles("[]"));
    CHECK(server.post(first + "/rollback", "").body == "{}");
    const std::string second = "/transaction/" + start(server);
    CHECK(server.post(second + "/query", insert).body == R"({"data":1})");
    CHECK(server.post(second + "/commit", "").body == "{}");

    CHECK(server.post("/query", count).body == titles(R"([["a"]])"));
    CHECK(server.stop() == 0);
}

TEST_CASE("rejects plans in transactions that are closed or unknown with P2028") {
    const Program program;
    Server server(program, {"--push"});
    const std::string path = "/transaction/" + start(server);
    server.post(path + "/commit", "");

    for (const std::string& call :
        {path + "/query", path + "/commit", std::string("/transaction/none/query")}) {
        const HttpResponse answer = server.post(call, count);
        CHECK(answer.status == 409);
        CHECK_THAT(
            answer.body, Catch::Contains(R"("code":"P2028","error":"Transaction API error)"));
    }
    CHECK(server.stop() == 0);
}

TEST_CASE("rejects plans when raw queries are turned off") {
    const Program program;
    Server server(program, {"--push", "--no-raw"});

    const HttpResponse answer = server.post("/query", count);

    CHECK(answer.status == 400);
    CHECK_THAT(answer.body, Catch::Contains("raw queries are turned off here"));
    CHECK(server.stop() == 0);
}

TEST_CASE("rejects other methods at the paths of plans") {
    const Program program;
    Server server(program, {"--push"});

    CHECK(Connection(server.address()).request("GET", "/query", "", "").status == 405);
    CHECK(server.post("/connection-info", "").status == 405);
    CHECK(server.stop() == 0);
}
