#include <catch2/catch.hpp>

#include "runtime/request/body.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/limits.hpp"

using namespace loam::runtime::request;

namespace {

RequestError refusal(std::string_view body) {
    try {
        parseBody(body);
    } catch (const RequestError& error) {
        return error;
    }
    return {"", ""};
}

}  // namespace

TEST_CASE("a body holds a query, variables and the operation's name", "[body]") {
    const Body body =
        parseBody(R"({"query": "{ a }", "variables": {"x": 1}, "operationName": null})");

    REQUIRE(body.operations.size() == 1);
    CHECK_FALSE(body.isBatch);
    CHECK(body.operations[0].query == "{ a }");
    CHECK(body.operations[0].operationName.empty());
    CHECK(body.operations[0].variables.find("x")->text == "1");
}

TEST_CASE("a body may be a batch, with or without a transaction", "[body]") {
    const Body apart = parseBody(R"({"batch": [{"query": "{ a }"}, {"query": "{ b }"}]})");
    const Body together = parseBody(
        R"({"batch": [{"query": "{ a }"}], "transaction": {"isolationLevel": "Serializable"}})");

    CHECK(apart.operations.size() == 2);
    CHECK_FALSE(apart.isTransaction);
    CHECK(together.isTransaction);
}

TEST_CASE("rejects bodies that are no GraphQL request", "[body]") {
    const auto [body, status, expected] = GENERATE(table<std::string, int, std::string>({
        {"", 400, "Invalid JSON"},
        {"[]", 400, "must be a JSON object"},
        {"{}", 400, "needs a text named `query`"},
        {R"({"query": 1})", 400, "needs a text named `query`"},
        {R"({"query": "{a}", "variables": []})", 400, "`variables` must be an object or null"},
        {R"({"query": "{a}", "operationName": 1})", 400, "`operationName` must be a text"},
        {R"({"batch": 1})", 400, "`batch` must be a list"},
        {R"({"batch": [1]})", 400, "must be an object"},
        {R"({"batch": [], "transaction": 1})", 400, "`transaction` must be"},
    }));

    const RequestError error = refusal(body);

    CHECK(error.status() == status);
    CHECK_THAT(error.message(), Catch::Contains(expected));
}

TEST_CASE("rejects bodies above the limit", "[body]") {
    const RequestError error = refusal(std::string(limits::bodyBytes + 1, ' '));

    CHECK(error.status() == 413);
    CHECK_THAT(error.message(), Catch::Contains("the limit is 10485760 bytes"));
}

TEST_CASE("an error becomes JSON with code, meta, place and path", "[body]") {
    RequestError error("P2002", "It is \"there\"");
    error.withMeta(R"({"target":["a"]})").at({2, 5}).under({"createOneA"}).inBatch(3);

    CHECK(
        error.toJson() ==
        R"({"error":"It is \"there\"","user_facing_error":{"is_panic":false,"message":"It is \"there\"",)"
        R"("meta":{"target":["a"]},"error_code":"P2002","batch_request_idx":3},)"
        R"("message":"It is \"there\"","locations":[{"line":2,"column":5}],"path":["createOneA"],)"
        R"("extensions":{"code":"P2002"}})");
    CHECK(RequestError("", "x").toJson() ==
          R"({"error":"x","user_facing_error":{"is_panic":false,"message":"x"},"message":"x"})");
}
