#include <catch2/catch.hpp>

#include "runtime/lambda/function.hpp"
#include "runtime/lambda/http_event.hpp"

using namespace loam::runtime::lambda;

namespace {

std::string event(const std::string& body, bool isBase64, const std::string& stage = "$default") {
    return R"({"version":"2.0","routeKey":"POST /graphql","rawPath":"/graphql","headers":{"a":"b"},)"
           R"("requestContext":{"http":{"method":"POST","path":"/graphql"},"stage":")" +
           stage + R"("},"body":)" + body + R"(,"isBase64Encoded":)" +
           (isBase64 ? "true" : "false") + "}";
}

}  // namespace

TEST_CASE("an HTTP API event has method, path and body") {
    const HttpEvent result = parseHttpEvent(event(R"("{\"query\":\"\\u00e9\"}")", false));

    CHECK(result.method == "POST");
    CHECK(result.path == "/graphql");
    CHECK(result.body == R"({"query":"\u00e9"})");
}

TEST_CASE("a body may be base64, empty, null or absent") {
    CHECK(parseHttpEvent(event(R"("eyJhIjoi8J+YgCJ9")", true)).body ==
          "{\"a\":\"\xF0\x9F\x98\x80\"}");
    CHECK(parseHttpEvent(event(R"("")", false)).body.empty());
    CHECK(parseHttpEvent(event("null", false)).body.empty());
    CHECK(parseHttpEvent(R"({"rawPath":"/","requestContext":{"http":{"method":"GET"}}})")
              .body.empty());
}

TEST_CASE("a body with NUL is handed on, so that the client gets an answer") {
    CHECK(parseHttpEvent(event(R"("{\u0000}")", false)).body == std::string("{\0}", 3));
}

TEST_CASE("the stage is not part of the path") {
    std::string text = event("null", false, "prod");
    text.replace(text.find("\"/graphql\""), 10, "\"/prod/graphql\"");

    CHECK(parseHttpEvent(text).path == "/graphql");
    CHECK(parseHttpEvent(event("null", false, "graph")).path == "/graphql");
}

TEST_CASE("rejects events of another kind") {
    for (const std::string& text :
        {std::string("{}"), std::string("[]"), std::string("null"), std::string("{"),
            std::string(R"({"httpMethod":"POST","path":"/graphql","body":"{}"})"),
            event("7", false), event(R"("a*b=")", true), event(R"("abcde")", true)}) {
        INFO(text);
        CHECK_THROWS_AS(parseHttpEvent(text), FunctionError);
    }
}

TEST_CASE("an answer carries its body as text") {
    CHECK(httpAnswer(200, "{\"data\":\"x\ny\"}") ==
          R"({"statusCode":200,"headers":{"content-type":"application/json"},)"
          R"("body":"{\"data\":\"x\ny\"}","isBase64Encoded":false})");
}

TEST_CASE("queries are taken at the two paths of the guide") {
    CHECK(isQueryPath("/graphql"));
    CHECK(isQueryPath("/6.19.3/d49bf87e/graphql"));
    CHECK(isSchemaPath("/6.19.3/d49bf87e/schema"));
    CHECK_FALSE(isSchemaPath("/schema"));
    CHECK_FALSE(isSchemaPath("/6.19.3/d49bf87e/graphql"));
    for (const char* path : {"", "/", "/graphql/", "/a/graphql", "/a/b/c/graphql", "//b/graphql",
             "/a/b/graphqlx", "/migrate"}) {
        INFO(path);
        CHECK_FALSE(isQueryPath(path));
    }
}
