#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "runtime/plan/input_types.hpp"
#include "runtime/schema/schema.hpp"

using namespace loam::runtime;

namespace {

using Path = std::vector<std::string_view>;

constexpr std::string_view text = R"(
    generator client {
      provider        = "prisma-client-js"
      previewFeatures = ["views"]
    }
    enum Role {
      USER
      ADMIN
    }
    model User {
      id      Int      @id @default(autoincrement())
      name    String?
      role    Role     @default(USER)
      note    Json
      flag    Boolean  @default(true)
      profile Profile?
      groups  Group[]
      posts   Post[]
      @@unique([name, role], name: "nameAndRole")
    }
    model Profile {
      userId Int  @id
      user   User @relation(fields: [userId], references: [id])
    }
    model Group {
      id    Int    @id
      users User[]
      sums  Sums[]
    }
    model Post {
      author   User?  @relation(fields: [authorId], references: [id])
      authorId Int?
      big      BigInt
      at       Int
      @@id([big, at])
    }
    view Sums {
      sum     Int
      groupId Int
      group   Group @relation(fields: [groupId], references: [id])
    }
)";

std::string typesOf(const plan::InputField& field) {
    std::string types;
    for (const plan::InputType& type : field.types) {
        types += (types.empty() ? "" : " | ") + type.listedName();
    }
    return (field.isRequired ? "!" : "") + types;
}

/// The types of what stands in the place; of a place that does not exist, "in" and its object.
std::string at(const Path& selection, const Path& arguments) {
    const schema::Schema schema = schema::parse(text);
    const plan::Catalog catalog(schema);
    const plan::InputPlace place = plan::findInput(catalog, selection, arguments);
    if (place.field) {
        return typesOf(*place.field);
    }
    return place.parent ? "in " + place.parent->name : "nowhere";
}

}  // namespace

TEST_CASE("filters have Prisma's types", "[input-types]") {
    const auto [path, expected] = GENERATE(table<Path, std::string>({
        {{"where", "id"}, "IntFilter | Int"},
        {{"where", "name"}, "StringNullableFilter | String | Null"},
        {{"where", "role"}, "EnumRoleFilter | Role"},
        {{"where", "flag", "not"}, "Boolean | NestedBoolFilter"},
        {{"where", "role", "equals"}, "Role | EnumRoleFieldRefInput"},
        {{"where", "name", "in"}, "String[] | Null"},
        {{"where", "note"}, "JsonFilter"},
        {{"where", "note", "array_contains"}, "Json | JsonFieldRefInput | Null"},
        {{"where", "note", "equals"}, "Json | JsonFieldRefInput | JsonNullValueFilter"},
        {{"where", "profile"}, "ProfileNullableScalarRelationFilter | ProfileWhereInput | Null"},
        {{"where", "profile", "user"}, "UserScalarRelationFilter | UserWhereInput"},
        {{"where", "posts", "some", "AND", "big"}, "BigIntFilter | BigInt"},
        {{"where", "OR"}, "UserWhereInput[]"},
        {{"cursor", "nameAndRole"}, "UserNameAndRoleCompoundUniqueInput"},
        {{"cursor", "nameAndRole", "role"}, "!Role"},
        {{"orderBy", "name"}, "SortOrder | SortOrderInput"},
        {{"orderBy", "posts", "_count"}, "SortOrder"},
        {{"where", "nope"}, "in UserWhereInput"},
        {{"nope"}, "nowhere"},
    }));

    CHECK(at({"findManyUser"}, path) == expected);
}

TEST_CASE("groups have Prisma's types", "[input-types]") {
    CHECK(at({"groupByUser"}, {"having", "name", "_count"}) == "NestedIntNullableFilter");
    CHECK(at({"groupByUser"}, {"having", "id", "_avg"}) == "NestedFloatFilter");
    CHECK(at({"groupByUser"}, {"having", "role", "_avg"}) == "in EnumRoleWithAggregatesFilter");
    CHECK(at({"groupByUser"}, {"having", "note", "_min"}) == "in JsonWithAggregatesFilter");
    CHECK(at({"groupByUser"}, {"orderBy", "_sum"}) == "UserSumOrderByAggregateInput");
    CHECK(at({"groupByUser"}, {"by"}) == "!UserScalarFieldEnum[] | UserScalarFieldEnum");
}

TEST_CASE("new records have Prisma's types, with and without relations", "[input-types]") {
    const auto [path, expected] = GENERATE(table<Path, std::string>({
        {{"data"}, "!UserCreateInput | UserUncheckedCreateInput"},
        {{"data", "id"}, "Int"},
        {{"data", "note"}, "!JsonNullValueInput | Json"},
        {{"data", "profile"}, "ProfileCreateNestedOneWithoutUserInput"},
        {{"data", "profile", "create"},
            "ProfileCreateWithoutUserInput | ProfileUncheckedCreateWithoutUserInput"},
        {{"data", "posts", "createMany", "data"},
            "!PostCreateManyAuthorInput | PostCreateManyAuthorInput[]"},
        {{"data", "groups", "createMany"}, "in GroupCreateNestedManyWithoutUsersInput"},
        {{"data", "posts", "create", "authorId"}, "in PostCreateWithoutAuthorInput"},
        {{"data", "posts", "connectOrCreate", "where"}, "!PostWhereUniqueInput"},
        {{"data", "nope"}, "in UserCreateInput"},
    }));

    CHECK(at({"createOneUser"}, path) == expected);
    CHECK(at({"createOneProfile"}, {"data", "user"}) == "!UserCreateNestedOneWithoutProfileInput");
    CHECK(at({"createManyProfile"}, {"data", "user"}) == "in ProfileCreateManyInput");
    CHECK(at({"createOneGroup"}, {"data", "sums"}) == "in GroupCreateInput");
}

TEST_CASE("only a record that needs content must have some", "[input-types]") {
    const schema::Schema schema = schema::parse(
        "model Counter {\n id Int @id @default(autoincrement())\n n Int @default(0)\n}\n"
        "model Name {\n text String @id\n}");
    const plan::Catalog catalog(schema);

    CHECK_FALSE(plan::argumentsOf(catalog, {"createOneCounter"}).front().isRequired);
    CHECK(plan::argumentsOf(catalog, {"createOneName"}).front().isRequired);
}

TEST_CASE("changes have Prisma's types", "[input-types]") {
    const auto [path, expected] = GENERATE(table<Path, std::string>({
        {{"data", "role"}, "Role | EnumRoleFieldUpdateOperationsInput"},
        {{"data", "name", "set"}, "String | Null"},
        {{"data", "name", "increment"}, "in NullableStringFieldUpdateOperationsInput"},
        {{"data", "profile", "delete"}, "Boolean | ProfileWhereInput"},
        {{"data", "profile", "update", "nope"}, "in ProfileUpdateWithoutUserInput"},
        {{"data", "profile", "upsert", "where"}, "ProfileWhereInput"},
        {{"data", "posts", "set"}, "PostWhereUniqueInput | PostWhereUniqueInput[]"},
        {{"data", "posts", "update", "data", "big"}, "BigInt | BigIntFieldUpdateOperationsInput"},
        {{"data", "posts", "updateMany", "data"},
            "!PostUpdateManyMutationInput | PostUncheckedUpdateManyWithoutAuthorInput"},
        {{"data", "posts", "deleteMany"}, "PostScalarWhereInput | PostScalarWhereInput[]"},
    }));

    CHECK(at({"updateOneUser"}, path) == expected);
    CHECK(at({"updateOneProfile"}, {"data", "user", "delete"}) ==
          "in UserUpdateOneRequiredWithoutProfileNestedInput");
    CHECK(at({"upsertOneUser"}, {"update"}) == "!UserUpdateInput | UserUncheckedUpdateInput");
}

TEST_CASE("selected relations have arguments of their own", "[input-types]") {
    CHECK(at({"findManyUser", "posts"}, {"take"}) == "Int");
    CHECK(at({"findManyUser", "profile"}, {"where"}) == "ProfileWhereInput");
    CHECK(at({"findManyProfile", "user"}, {"where"}) == "nowhere");
    CHECK(at({"findManyUser", "_count", "posts"}, {"where", "big"}) == "BigIntFilter | BigInt");
    CHECK(at({"findManyUser", "_count", "posts"}, {"take"}) == "nowhere");
    CHECK(at({"findManyUser", "id"}, {"where"}) == "nowhere");
    CHECK(at({"findManySums"}, {"cursor"}) == "nowhere");
    CHECK(at({"nothing"}, {"where"}) == "nowhere");
}
