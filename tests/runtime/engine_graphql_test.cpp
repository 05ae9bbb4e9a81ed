#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;

namespace {

const std::string createAnn = R"(mutation { createOneUser(data: {email: "ann@x.org"}) { id } })";

}  // namespace

TEST_CASE("introspection stands beside data, with aliases and fragments", "[engine]") {
    EngineFixture fixture(loam::testing::blog);
    fixture.run(createAnn);

    CHECK(
        fixture.run(
            "query Q { users: findManyUser { ...U } shape: __type(name: \"Post\") { name "
            "fields { ...F } } __typename } fragment U on User { id } "
            "fragment F on __Field { n: name }") ==
        R"({"data":{"users":[{"id":1}],"shape":{"name":"Post","fields":[{"n":"slug"},)"
        R"({"n":"title"},{"n":"author"},{"n":"authorId"}]},"__typename":"Query"}})");
}

TEST_CASE("introspection obeys @include and @skip", "[engine]") {
    EngineFixture fixture(loam::testing::blog);

    CHECK(fixture.run("query($yes: Boolean!) { __schema { queryType { name @include(if: $yes) kind "
                      "@skip(if: $yes) } mutationType @skip(if: $yes) { name } } }",
              R"({"yes": true})") == R"({"data":{"__schema":{"queryType":{"name":"Query"}}}})");
}

TEST_CASE(
    "rejects wrong introspection before anything is read, with place, path and code", "[engine]") {
    EngineFixture fixture(loam::testing::blog);

    CHECK_THAT(fixture.run("{ s: __schema {\n  nothing } }"),
        Catch::Contains(
            R"("message":"Field 'nothing' not found in enclosing type '__Schema'.",)"
            R"("locations":[{"line":2,"column":3}],"path":["s"],)"
            R"("extensions":{"code":"P2009"}})"));
}

TEST_CASE("rejects introspection in a mutation", "[engine]") {
    EngineFixture fixture(loam::testing::blog);

    CHECK_THAT(fixture.run("mutation { __schema { queryType { name } } }"),
        Catch::Contains("Field '__schema' not found in enclosing type 'Mutation'"));
}

TEST_CASE("variables of the types that introspection names are taken whole", "[engine]") {
    EngineFixture fixture(loam::testing::blog);
    fixture.run(createAnn);

    CHECK(
        fixture.value(
            "query($where: UserWhereInput, $order: [UserOrderByWithRelationInput!] = "
            "[{id: desc}], $take: Int = 1) { findManyUser(where: $where, orderBy: "
            "$order, take: $take) { email } }",
            R"({"where": {"email": {"contains": "x.org"}}})") == R"([{"email":"ann@x.org"}])");
}

TEST_CASE("the root type gives way to a model of its name", "[engine]") {
    EngineFixture fixture("model Query {\n id Int @id\n}");

    CHECK(
        fixture.run("{ __typename __schema { queryType { name } } ...on Query_ { findManyQuery { "
                    "__typename } } }") ==
        R"({"data":{"__typename":"Query_","__schema":{"queryType":{"name":"Query_"}},)"
        R"("findManyQuery":[]}})");
}
