#include <catch2/catch.hpp>

#include "tests/runtime/graphql_fixture.hpp"

using namespace loam::runtime::graphql;
using loam::testing::TypesFixture;
using Texts = std::vector<std::string>;

TEST_CASE("a record has its columns, relations and counts", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    CHECK(fixture.members("User") ==
          Texts{"id: Int!", "email: String!", "role: Role!", "age: Int", "data: Json",
              "posts: [Post!]!", "_count: UserCountOutputType!"});
    CHECK(fixture.members("Post") ==
          Texts{"slug: String!", "title: String!", "author: User!", "authorId: Int!",
              "editor: Editor", "editorId: Int"});
}

TEST_CASE("only an optional relation to one record takes a filter", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    const Type& post = *fixture.types.find("Post");

    CHECK(fixture.arguments(post, "author").empty());
    CHECK(fixture.arguments(post, "editor") == Texts{"where: EditorWhereInput"});
    CHECK(
        fixture.arguments(*fixture.types.find("User"), "posts") ==
        Texts{"where: PostWhereInput", "orderBy: [PostOrderByWithRelationInput!]",
            "cursor: PostWhereUniqueInput", "take: Int", "skip: Int",
            "distinct: [PostScalarFieldEnum!]"});
}

TEST_CASE(
    "a create holds columns and relations, and requires what both alternatives do", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    CHECK(fixture.members("PostCreateInput") ==
          Texts{"slug: String!", "title: String!", "author: UserCreateNestedOneWithoutPostsInput",
              "authorId: Int", "editor: EditorCreateNestedOneWithoutPostsInput", "editorId: Int"});
    CHECK(fixture.members("PostCreateManyInput") ==
          Texts{"slug: String!", "title: String!", "authorId: Int!", "editorId: Int"});
    CHECK(fixture.members("PostCreateWithoutAuthorInput") ==
          Texts{"slug: String!", "title: String!", "editor: EditorCreateNestedOneWithoutPostsInput",
              "editorId: Int"});
}

TEST_CASE("data is optional only where a record needs none", "[graphql]") {
    const TypesFixture fixture(R"(
        model Counter {
          id Int @id @default(autoincrement())
          n  Int @default(0)
        }
        model Name {
          text String @id
        }
    )");

    const Type& mutation = *fixture.types.mutation();

    CHECK(fixture.arguments(mutation, "createOneCounter") == Texts{"data: CounterCreateInput"});
    CHECK(fixture.arguments(mutation, "createOneName") == Texts{"data: NameCreateInput!"});
}

TEST_CASE("relations offer the writes that apply to them", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    CHECK(
        fixture.members("UserCreateNestedOneWithoutPostsInput") ==
        Texts{"create: UserCreateWithoutPostsInput",
            "connectOrCreate: UserCreateOrConnectWithoutPostsInput",
            "connect: UserWhereUniqueInput"});
    CHECK(
        fixture.members("UserUpdateOneRequiredWithoutPostsNestedInput") ==
        Texts{"create: UserCreateWithoutPostsInput",
            "connectOrCreate: UserCreateOrConnectWithoutPostsInput",
            "upsert: UserUpsertWithoutPostsInput", "connect: UserWhereUniqueInput",
            "update: UserUpdateToOneWithoutPostsInput"});
    CHECK_THAT(fixture.members("EditorUpdateOneWithoutPostsNestedInput"),
        Catch::VectorContains(std::string("disconnect: EditorDetachInput")));
    CHECK_THAT(fixture.members("PostUpdateManyWithoutAuthorNestedInput"),
        Catch::VectorContains(std::string("createMany: PostCreateManyAuthorInputEnvelope")));
    CHECK(fixture.members("PostUpsertWithWhereUniqueWithoutAuthorInput") ==
          Texts{"where: PostWhereUniqueInput!", "update: PostUpdateWithoutAuthorInput!",
              "create: PostCreateWithoutAuthorInput!"});
}

TEST_CASE("what takes a value or an object is a scalar that says so", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    const Type& filter = *fixture.types.find("IntFilter");
    const Type& change = *fixture.types.find("IntFieldUpdateOperationsInput");

    CHECK(filter.kind == TypeKind::Scalar);
    CHECK_THAT(filter.description,
        Catch::StartsWith("An `Int` to be equal to") && Catch::Contains("in: [Int!]") &&
            !Catch::Contains("startsWith"));
    CHECK(change.kind == TypeKind::Scalar);
    CHECK_THAT(change.description, Catch::Contains("increment: Int"));
    CHECK_THAT(fixture.types.find("StringFieldUpdateOperationsInput")->description,
        Catch::Contains("{set: String}"));
}

TEST_CASE("a value or a type of its own is described with the name of that type", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    CHECK_THAT(fixture.types.find("EditorDetachInput")->description,
        Catch::StartsWith("A `Boolean` that") && Catch::EndsWith("must meet: `EditorWhereInput`."));
    CHECK(fixture.types.find("SortOrderInput")->description ==
          "A `SortOrder` of a field that may be null, or an object: "
          "`{sort: SortOrder!, nulls: NullsOrder}`.");
    CHECK(fixture.types.find("NullsOrder")->kind == TypeKind::Enum);
}

TEST_CASE("documents are filtered by an object of operators", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    CHECK(
        fixture.members("JsonNullableFilter") ==
        Texts{"equals: Json", "path: String", "mode: QueryMode", "string_contains: String",
            "string_starts_with: String", "string_ends_with: String", "array_contains: Json",
            "array_starts_with: Json", "array_ends_with: Json", "lt: Json", "lte: Json", "gt: Json",
            "gte: Json", "not: Json"});
    CHECK(fixture.members("JsonNullableWithAggregatesFilter").back() ==
          "_count: NestedIntNullableFilter");
    CHECK(fixture.types.find("QueryMode")->values.size() == 2);
    CHECK_THAT(
        fixture.members("UserUpdateInput"), Catch::VectorContains(std::string("data: Json")));
}

TEST_CASE("writes to many related records choose them by their columns", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    CHECK(fixture.members("PostUpdateManyWithWhereWithoutAuthorInput") ==
          Texts{"where: PostScalarWhereInput!", "data: PostUpdateManyMutationWithoutAuthorInput!"});
    CHECK(
        fixture.members("PostScalarWhereInput") ==
        Texts{"AND: [PostScalarWhereInput!]", "OR: [PostScalarWhereInput!]",
            "NOT: [PostScalarWhereInput!]", "slug: StringFilter", "title: StringFilter",
            "authorId: IntFilter", "editorId: IntFilter"});
}

TEST_CASE("a field that is unique twice is listed once", "[graphql]") {
    const TypesFixture fixture("model Tag {\n name String @id @unique\n}");

    CHECK(fixture.members("TagWhereUniqueInput") ==
          Texts{"name: String", "AND: [TagWhereInput!]", "OR: [TagWhereInput!]",
              "NOT: [TagWhereInput!]"});
}

TEST_CASE("groups are ordered only by aggregations that have fields", "[graphql]") {
    const TypesFixture fixture("model Tag {\n name String @id\n}");

    CHECK(fixture.members("TagOrderByWithAggregationInput") ==
          Texts{"name: SortOrder", "_count: TagCountOrderByAggregateInput",
              "_max: TagMaxOrderByAggregateInput", "_min: TagMinOrderByAggregateInput"});
}

TEST_CASE("a filter for a related record is the quantifiers or the conditions", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    CHECK(
        fixture.members("EditorRelationFilter") ==
        Texts{"is: EditorWhereInput", "isNot: EditorWhereInput", "AND: [EditorWhereInput!]",
            "OR: [EditorWhereInput!]", "NOT: [EditorWhereInput!]", "id: IntFilter",
            "posts: PostListRelationFilter"});
    CHECK(fixture.members("PostListRelationFilter") ==
          Texts{"every: PostWhereInput", "some: PostWhereInput", "none: PostWhereInput"});
}

TEST_CASE("a record is named by unique values, and compound keys have every part", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    const Texts members = fixture.members("UserWhereUniqueInput");

    CHECK(std::vector(members.begin(), members.begin() + 3) ==
          Texts{"id: Int", "email: String", "emailRole: UseremailRoleCompoundUniqueInput"});
    CHECK_THAT(members, Catch::VectorContains(std::string("age: IntFilter")));
    CHECK(fixture.members("UseremailRoleCompoundUniqueInput") ==
          Texts{"email: String!", "role: Role!"});
}

TEST_CASE("aggregations have the fields they apply to", "[graphql]") {
    const TypesFixture fixture(loam::testing::shop);

    CHECK(fixture.members("UserAvgAggregateOutputType") == Texts{"id: Float", "age: Float"});
    CHECK(fixture.members("UserCountAggregateOutputType") ==
          Texts{"id: Int!", "email: Int!", "role: Int!", "age: Int!", "data: Int!", "_all: Int!"});
    CHECK(fixture.types.find("User")->findField("_avg") == nullptr);
    CHECK(
        fixture.arguments(fixture.types.query(), "groupByUser") ==
        Texts{"where: UserWhereInput", "orderBy: [UserOrderByWithAggregationInput!]",
            "by: [UserScalarFieldEnum!]!", "having: UserScalarWhereWithAggregatesInput",
            "take: Int", "skip: Int"});
}

TEST_CASE("no type is without fields", "[graphql]") {
    const TypesFixture fixture(R"(
        model Parent {
          id    String @id
          child Child?
        }
        model Child {
          parent Parent @relation(fields: [id], references: [id])
          id     String @id
        }
    )");

    for (const auto& [name, type] : fixture.types.all()) {
        CAPTURE(name);
        const bool hasNone = type->fields.empty() && type->inputs.empty() && type->values.empty();
        CHECK(hasNone == (type->kind == TypeKind::Scalar));
    }
    CHECK(fixture.types.find("ChildCreateWithoutParentInput")->kind == TypeKind::Scalar);
}

TEST_CASE("types that the schema names keep their names", "[graphql]") {
    const TypesFixture fixture(R"(
        enum SortOrder {
          UP
          DOWN
        }
        model User {
          id    Int @id
          order SortOrder
        }
        model UserWhereInput {
          id Int @id
        }
    )");

    CHECK(fixture.members("UserWhereInput") == Texts{"id: Int!"});
    CHECK(fixture.types.find("SortOrder")->values.front().name == "UP");
    CHECK(fixture.arguments(fixture.types.query(), "findManyUser").front() ==
          "where: UserWhereInput_");
}

TEST_CASE("views are read only, and what is ignored is nowhere", "[graphql]") {
    const TypesFixture fixture(R"(
        generator client {
          provider        = "prisma-client-js"
          previewFeatures = ["views"]
        }
        model User {
          id     Int     @id
          secret String? @ignore
        }
        model Old {
          id Int @id
          @@ignore
        }
        view Report {
          total Int
        }
    )");

    CHECK(fixture.members("User") == Texts{"id: Int!"});
    CHECK(fixture.types.find("Old") == nullptr);
    CHECK(fixture.types.query().findField("findManyReport") != nullptr);
    CHECK(fixture.types.query().findField("findUniqueReport") == nullptr);
    CHECK(fixture.types.mutation()->findField("createOneReport") == nullptr);
}
