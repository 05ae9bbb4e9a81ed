#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;
using loam::testing::everyType;

TEST_CASE("records are found by values inside of a document", "[json]") {
    EngineFixture db(everyType);
    db.run(R"(mutation { createManyThing(data: [
        {json: "{\"a\": {\"b\": \"Food\"}, \"n\": 5, \"list\": [1, \"x\", {\"k\": 2}]}"},
        {json: "{\"a\": {\"b\": [\"foo\"]}, \"n\": \"7\", \"list\": []}"},
        {json: "{\"n\": 9}"}, {}]) { count } })");
    const auto [filter, expected] = GENERATE(table<std::string, std::string>({
        {R"({path: "$.a.b", string_contains: "oo"})", R"([{"id":1}])"},
        {R"({path: "$.a.b", string_starts_with: "fo", mode: insensitive})", R"([{"id":1}])"},
        {R"({path: "$.a.b", string_ends_with: "x"})", "[]"},
        {R"({path: "$.n", gt: "4"})", R"([{"id":1},{"id":3}])"},
        {R"({path: "$.n", gte: "\"7\""})", R"([{"id":2}])"},
        {R"({path: "$.n", lt: "9"})", R"([{"id":1}])"},
        {R"({path: "$.n", equals: "9"})", R"([{"id":3}])"},
        {R"({path: "$.n", not: "9"})", R"([{"id":1},{"id":2}])"},
        {R"({path: "$.list", array_contains: "[\"x\", 1]"})", R"([{"id":1}])"},
        {R"({path: "$.list", array_contains: "\"y\""})", "[]"},
        {R"({path: "$.list", array_starts_with: "1"})", R"([{"id":1}])"},
        {R"({path: "$.list", array_ends_with: "{\"k\": 2}"})", R"([{"id":1}])"},
        {R"({path: "$.list[2].k", equals: "2"})", R"([{"id":1}])"},
    }));

    CHECK(db.value("{ findManyThing(where: {json: " + filter + "}) { id } }") == expected);
}

TEST_CASE("neither a filter nor its negation holds where a document lacks the value", "[json]") {
    EngineFixture db(everyType);
    db.run(R"(mutation { createManyThing(data: [{json: "{\"s\": \"abc\"}"}, {json: "{\"s\": 5}"},
        {}]) { count } })");

    CHECK(db.value(R"({ findManyThing(where: {NOT: {json: {path: "$.s", string_contains: "z"}}}) {
        id } })") == R"([{"id":1}])");
}

TEST_CASE("rejects paths and values of documents that make no sense", "[json]") {
    EngineFixture db(everyType);
    const auto [filter, expected] = GENERATE(table<std::string, std::string>({
        {R"({path: "a.b", equals: "1"})", "a path such as `$.a[0]`"},
        {R"({path: ["a"], equals: "1"})", "a path such as `$.a[0]`"},
        {R"({string_contains: 5})", "should be of any of the following types: `String`"},
        {R"({array_contains: "["})", "Invalid argument value"},
        {R"({contains: "x"})", "Field does not exist in enclosing type"},
        {R"({equals: "1", mode: "loose"})", "QueryMode"},
    }));

    CHECK_THAT(db.run("{ findManyThing(where: {json: " + filter + "}) { id } }"),
        Catch::Contains(expected));
}

TEST_CASE("rejects conditions under the negation of a document", "[json]") {
    EngineFixture db(everyType);
    const std::string condition =
        GENERATE(R"({string_contains: "x"})", R"({path: "$.n", equals: "5"})");

    CHECK(
        db.answer("{ findManyThing(where: {json: {not: " + condition + "}}) { id } }").errorCode ==
        "P2009");
}

TEST_CASE("a model may have the names of what looks into a document", "[json]") {
    EngineFixture db(R"(
        model Present {
          id    Int  @id
          value Json
        })");
    db.run(R"(mutation { createManyPresent(data: [{id: 1, value: "[1,2]"}, {id: 2, value: "[3]"}]) {
        count } })");

    CHECK(db.value(R"({ findManyPresent(where: {value: {array_contains: "[1]"}}) { id } })") ==
          R"([{"id":1}])");
}

TEST_CASE("an array in a document may begin or end with null", "[json]") {
    EngineFixture db(everyType);
    db.run(R"(mutation { createManyThing(data: [{json: "[null, 1]"}, {json: "[1, null]"},
        {json: "[]"}]) { count } })");

    CHECK(db.value("{ findManyThing(where: {json: {array_starts_with: null}}) { id } }") ==
          R"([{"id":1}])");
    CHECK(db.value("{ findManyThing(where: {json: {array_ends_with: null}}) { id } }") ==
          R"([{"id":2}])");
}
