#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "tests/runtime/serve_fixture.hpp"

// Interactive transactions and raw queries as a client of the server meets them.

using loam::runtime::lambda::HttpResponse;
using loam::testing::Program;
using loam::testing::Server;

namespace {

std::string createNamed(const std::string& title) {
    return R"({"query":"mutation { createOneArticle(data: {title: \")" + title +
           R"(\"}) { id } }"})";
}

const std::string findMany = R"({"query":"{ findManyArticle { title } }"})";

/// The path of the endpoint that a start answers.
std::string startedPath(const Server& server) {
    const HttpResponse started = server.post("/6.19.3/hash/transaction/start", "{}");
    REQUIRE(started.status == 200);
    const std::string mark = R"("endpoint":"http://)" + server.address();
    const std::size_t at = started.body.find(mark);
    REQUIRE(at != std::string::npos);
    const std::size_t start = at + mark.size();
    return started.body.substr(start, started.body.find('"', start) - start);
}

}  // namespace

TEST_CASE("requests to the endpoint of a transaction run in it") {
    const Program program;
    Server server(program, {"--push"});
    const std::string path = startedPath(server);
    CHECK(path.starts_with("/6.19.3/hash/itx/"));

    CHECK_THAT(
        server.post(path + "/graphql", createNamed("a")).body, Catch::StartsWith(R"({"data")"));
    CHECK(server.post("/graphql", findMany).body == R"({"data":{"findManyArticle":[]}})");
    CHECK(server.post(path + "/commit", "").body == "{}");

    CHECK(server.post("/graphql", findMany).body ==
          R"({"data":{"findManyArticle":[{"title":"a"}]}})");
    CHECK(server.post(path + "/rollback", "").status == 409);
    CHECK(server.stop() == 0);
}

TEST_CASE("more writers than threads wait for a transaction, which goes on") {
    const Program program;
    Server server(program, {"--push"});
    const std::string path = startedPath(server);
    std::vector<std::thread> writers;
    constexpr std::size_t count = 12;
    std::vector<std::string> answers(count);
    for (std::size_t index = 0; index < count; ++index) {
        writers.emplace_back([&server, &answers, index] {
            answers[index] = server.post("/graphql", createNamed("w" + std::to_string(index))).body;
        });
    }

    CHECK_THAT(
        server.post(path + "/graphql", createNamed("a")).body, Catch::StartsWith(R"({"data")"));
    CHECK(server.post(path + "/commit", "").status == 200);
    for (std::thread& writer : writers) {
        writer.join();
    }

    for (const std::string& answer : answers) {
        CHECK_THAT(answer, Catch::StartsWith(R"({"data":{"createOneArticle":{"id":)"));
    }
    CHECK(server.stop() == 0);
}

TEST_CASE("a stop rolls back a transaction and answers those that wait for it") {
    const Program program;
    {
        Server server(program, {"--push"});
        const std::string path = startedPath(server);
        server.post(path + "/graphql", createNamed("a"));
        std::string waiting;
        std::thread writer([&server, &waiting] {
            try {
                waiting = server.post("/graphql", createNamed("b")).body;
            } catch (const std::exception&) {
                // It may come after the stop.
            }
        });
        CHECK(server.stop() == 0);
        writer.join();
        CHECK((waiting.empty() || waiting.starts_with(R"({"data")")));
    }
    Server server(program, {});

    const std::string titles = server.post("/graphql", findMany).body;

    CHECK_THAT(titles, !Catch::Contains("\"a\""));
}

TEST_CASE("rejects raw queries of a server without them") {
    const Program program;
    const Server server(program, {"--push", "--no-raw"});
    const std::string raw = R"({"query":"mutation { queryRaw(query: \"SELECT 1\") }"})";

    CHECK_THAT(
        server.post("/graphql", raw).body, Catch::Contains("raw queries are turned off here"));
    CHECK_THAT(server.post(startedPath(server) + "/graphql", raw).body,
        Catch::Contains("raw queries are turned off here"));
}

TEST_CASE("old clients get the rows of raw queries in their own form") {
    const Program program;
    const Server server(program, {"--push"});
    const std::string raw = R"({"query":"mutation { queryRaw(query: \"SELECT 1 AS a\") }"})";

    CHECK(server.post("/4.16.2/hash/graphql", raw).body ==
          R"({"data":{"queryRaw":[{"a":{"prisma__type":"bigint","prisma__value":"1"}}]}})");
    CHECK(server.post("/graphql", raw).body ==
          R"({"data":{"queryRaw":{"columns":["a"],"types":["bigint"],"rows":[["1"]]}}})");
}
