#include <catch2/catch.hpp>

#include "runtime/graphql/sdl.hpp"
#include "tests/runtime/graphql_fixture.hpp"

using namespace loam::runtime::graphql;
using loam::testing::TypesFixture;

TEST_CASE("the schema language has every type in alphabetical order", "[graphql]") {
    const TypesFixture fixture("model Tag {\n name String @id\n}");

    const std::string sdl = printSdl(fixture.types);

    CHECK_THAT(sdl, Catch::StartsWith("type AffectedRowsOutput {\n"));
    CHECK_THAT(sdl, Catch::Contains("type Tag {\n  name: String!\n}\n"));
    CHECK_THAT(sdl, Catch::Contains("enum TagScalarFieldEnum {\n  name\n}\n"));
    CHECK_THAT(sdl, Catch::Contains("  findUniqueTag(where: TagWhereUniqueInput!): Tag\n"));
    CHECK_THAT(sdl, Catch::Contains("  createOneTag(data: TagCreateInput!): Tag!\n"));
    CHECK(sdl.find("input TagCreateInput {\n  name: String!\n}\n") <
          sdl.find("type TagMinAggregateOutputType {"));
    CHECK_THAT(sdl, !Catch::Contains("__Type") && !Catch::Contains("scalar Int\n"));
}

TEST_CASE("the schema language carries the comments of the schema", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    const std::string sdl = printSdl(fixture.types);

    CHECK_THAT(sdl, Catch::Contains("\"A person.\"\ntype User {\n"));
    CHECK_THAT(sdl, Catch::Contains("  \"The headline.\"\n  title: String!\n"));
    CHECK_THAT(sdl,
        Catch::Contains(
            "\"What a user may do.\"\nenum Role {\n  USER\n"
            "  \"May do everything.\"\n  ADMIN\n}\n"));
}

TEST_CASE("the schema language is the same each time", "[graphql]") {
    CHECK(printSdl(TypesFixture(loam::testing::shop).types) ==
          printSdl(TypesFixture(loam::testing::shop).types));
}

TEST_CASE("root types give way to models of their name, and are then named", "[graphql]") {
    const TypesFixture fixture("model Query {\n id Int @id\n}");

    CHECK_THAT(printSdl(fixture.types),
        Catch::StartsWith("schema {\n  query: Query_\n  mutation: Mutation\n}\n"));
}
