// What errors tell Prisma Client about the place of a mistake; it shows the client's call with the
// mistake marked and with what would be allowed instead.

#include <catch2/catch.hpp>
#include <string>

#include "runtime/plan/planner.hpp"
#include "runtime/request/body.hpp"
#include "runtime/request/error.hpp"
#include "runtime/schema/schema.hpp"

using namespace loam::runtime;

namespace {

constexpr std::string_view text = R"(
    enum Color {
      RED
      BLUE
    }
    model User {
      id    Int     @id @default(autoincrement())
      email String  @unique
      score Float?
      color Color   @default(RED)
      posts Post[]
    }
    model Post {
      id     Int  @id
      userId Int
      user   User @relation(fields: [userId], references: [id])
    }
)";

/// The code of the refusal and its meta.
std::string refusal(const std::string& action, const std::string& arguments,
    const std::string& selection = R"({"$scalars":true})") {
    const schema::Schema schema = schema::parse(text);
    const plan::Catalog catalog(schema);
    const std::string json =
        R"({"modelName":"User","action":")" + action + R"(","query":{"arguments":)" + arguments +
        R"(,"selection":)" + selection + "}}";
    request::Body body = request::parseBody(json);
    const request::Operation operation =
        request::parseOperation(body.operations.front(), body.texts);
    try {
        plan::plan(catalog, operation, plan::systemSources());
    } catch (const request::RequestError& error) {
        return error.code() + " " + error.meta();
    }
    return "";
}

}  // namespace

TEST_CASE("rejects an unknown argument with those that exist", "[mistakes]") {
    CHECK(
        refusal("deleteMany", R"({"nope":1})") ==
        R"(P2009 {"kind":"UnknownArgument","selectionPath":["deleteManyUser"],)"
        R"("argumentPath":["nope"],"arguments":[{"name":"where","typeNames":["UserWhereInput"]},)"
        R"({"name":"limit","typeNames":["Int"]}]})");
    CHECK_THAT(
        refusal("findMany", "{}", R"({"posts":{"arguments":{"nope":1},"selection":{"id":true}}})"),
        Catch::Contains(R"("selectionPath":["findManyUser","posts"],"argumentPath":["nope"])") &&
            Catch::Contains(R"({"name":"cursor","typeNames":["PostWhereUniqueInput"]})"));
}

TEST_CASE("rejects an unknown member with the type that it stands in", "[mistakes]") {
    CHECK(
        refusal("findMany", R"({"where":{"posts":{"nope":1}}})") ==
        R"(P2009 {"kind":"UnknownInputField","selectionPath":["findManyUser"],)"
        R"("argumentPath":["where","posts","nope"],"inputType":{"kind":"object",)"
        R"("name":"PostListRelationFilter","fields":[)"
        R"({"name":"every","typeNames":["PostWhereInput"],"required":false},)"
        R"({"name":"some","typeNames":["PostWhereInput"],"required":false},)"
        R"({"name":"none","typeNames":["PostWhereInput"],"required":false}]}})");
    CHECK_THAT(refusal("createOne", R"({"data":{"email":"x","posts":{"create":{"nope":1}}}})"),
        Catch::Contains(
            R"("name":"PostCreateWithoutUserInput","fields":[)"
            R"({"name":"id","typeNames":["Int"],"required":true}])"));
    CHECK_THAT(refusal("updateMany", R"({"data":{"posts":{}}})"),
        Catch::Contains(
            R"("argumentPath":["data","posts"],"inputType":{"kind":"object",)"
            R"("name":"UserUpdateManyMutationInput")"));
}

TEST_CASE("rejects a missing value with the types that it may have", "[mistakes]") {
    CHECK(
        refusal("createOne", R"({"data":{}})") ==
        R"(P2009 {"kind":"RequiredArgumentMissing","selectionPath":["createOneUser"],)"
        R"("argumentPath":["data","email"],)"
        R"("inputTypes":[{"kind":"scalar","name":"String"}]})");
    CHECK(
        refusal("groupBy", "{}", "{}") ==
        R"(P2012 {"kind":"RequiredArgumentMissing","selectionPath":["groupByUser"],)"
        R"("argumentPath":["by"],"inputTypes":[{"kind":"list","elementType":)"
        R"({"kind":"enum","name":"UserScalarFieldEnum"}},)"
        R"({"kind":"enum","name":"UserScalarFieldEnum"}]})");
    CHECK_THAT(refusal("createOne", "{}"),
        Catch::StartsWith("P2012") && Catch::Contains(R"("name":"UserCreateInput")"));
}

TEST_CASE("a missing foreign key is shown as its relation", "[mistakes]") {
    const std::string nested = R"({"where":{"id":1},"data":{"posts":{"create":{}}}})";

    CHECK_THAT(refusal("updateOne", nested), Catch::Contains(R"("create","id"])"));
    CHECK_THAT(refusal("createOne", R"({"data":{"email":"x","posts":{"createMany":{"data":{}}}}})"),
        Catch::Contains(R"("argumentPath":["data","posts","createMany","data","id"])"));
}

TEST_CASE("rejects a value of another type with both types", "[mistakes]") {
    CHECK(
        refusal("findMany", R"({"where":{"id":"x"}})") ==
        R"(P2009 {"kind":"InvalidArgumentType","selectionPath":["findManyUser"],)"
        R"("argumentPath":["where","id"],"argument":{"name":"id",)"
        R"("typeNames":["IntFilter","Int"]},"inferredType":"String"})");
    CHECK_THAT(refusal("findMany", R"({"where":{"score":{"gt":["a",1,2.5,null,{}]}}})"),
        Catch::Contains(R"("typeNames":["Float","FloatFieldRefInput"])") &&
            Catch::Contains(R"x("inferredType":"(String, Int, Float, Null, Object)")x"));
    CHECK_THAT(
        refusal("findUnique",
            R"({"where":{"id":{"$type":"FieldRef","value":{"_ref":"id","_container":"User"}}}})"),
        Catch::Contains(R"("inferredType":"FieldRef")"));
}

TEST_CASE("rejects a wrong value with what is expected", "[mistakes]") {
    CHECK(
        refusal("findMany", R"({"where":{"color":"GREEN"}})") ==
        R"(P2009 {"kind":"InvalidArgumentValue","selectionPath":["findManyUser"],)"
        R"("argumentPath":["where","color"],"argument":{"name":"color","typeNames":["Color"]},)"
        R"("underlyingError":null})");
    CHECK_THAT(refusal("findMany", R"({"orderBy":{"id":"up"}})"),
        Catch::Contains(R"("argument":{"name":"id","typeNames":["SortOrder"]})"));
    CHECK_THAT(refusal("findMany", R"({"orderBy":[{"id":"asc","email":"asc"}]})"),
        Catch::Contains(R"("kind":"InvalidArgumentValue")"));
}

TEST_CASE("rejects too few and too many members with their number", "[mistakes]") {
    CHECK_THAT(refusal("findUnique", R"({"where":{}})"),
        Catch::StartsWith(
            R"(P2009 {"kind":"SomeFieldsMissing","selectionPath":["findUniqueUser"],)"
            R"("argumentPath":["where"],"constraints":{"minFieldCount":1,)"
            R"("maxFieldCount":null,"requiredFields":["id","email"]},)"
            R"("inputType":{"kind":"object","name":"UserWhereUniqueInput")"));
    CHECK_THAT(
        refusal("updateOne", R"({"where":{"id":1},"data":{"score":{"set":1,"increment":1}}})"),
        Catch::Contains(R"("kind":"TooManyFieldsGiven")") &&
            Catch::Contains(R"("constraints":{"minFieldCount":1,"maxFieldCount":1,)") &&
            Catch::Contains(R"("name":"NullableFloatFieldUpdateOperationsInput")"));
}

TEST_CASE("rejects selections with the fields of the object", "[mistakes]") {
    CHECK(
        refusal("findMany", "{}", R"({"nope":true})") ==
        R"(P2009 {"kind":"UnknownSelectionField","selectionPath":["findManyUser","nope"],)"
        R"("outputType":{"name":"User","fields":[)"
        R"({"name":"id","typeName":"Int","isRelation":false},)"
        R"({"name":"email","typeName":"String","isRelation":false},)"
        R"({"name":"score","typeName":"Float","isRelation":false},)"
        R"({"name":"color","typeName":"Color","isRelation":false},)"
        R"({"name":"posts","typeName":"Post[]","isRelation":true},)"
        R"({"name":"_count","typeName":"UserCountOutputType","isRelation":false}]}})");
    CHECK_THAT(refusal("groupBy", R"({"by":["id"]})", "{}"),
        Catch::Contains(R"("fields":[{"name":"id")") &&
            Catch::Matches(R"re(.*"_count".*"_avg".*"_sum".*"_min".*"_max".*)re"));
    CHECK_THAT(refusal("findMany", "{}", R"({"id":false})"),
        Catch::Contains(R"("kind":"EmptySelection","selectionPath":["findManyUser"])"));
    CHECK_THAT(refusal("findMany", "{}", R"({"$scalars":true,"nope":false})"),
        Catch::Contains(R"("selectionPath":["findManyUser","nope"])"));
    CHECK_THAT(refusal("aggregate", "{}", R"({"_avg":{"selection":{"email":true}}})"),
        Catch::Contains(
            R"("outputType":{"name":"UserAvgAggregateOutputType","fields":[)"
            R"({"name":"id","typeName":"Float","isRelation":false},)"));
}

TEST_CASE("rejects a number beyond 64 bits with its argument", "[mistakes]") {
    CHECK_THAT(refusal("createOne", R"({"data":{"id":1e30,"email":"x"}})"),
        Catch::Contains(R"("kind":"ValueTooLarge")") &&
            Catch::Contains(R"("argument":{"name":"id","typeNames":["Int"]})"));
}
