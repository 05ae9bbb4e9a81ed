// Requests of Prisma Client's JSON protocol, from the body to the answer.

#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::blog;
using loam::testing::EngineFixture;
using loam::testing::everyType;

TEST_CASE("values that JSON lacks have a tag in the answer", "[client]") {
    EngineFixture db(everyType);

    const std::string created = db.ask("Thing", "createOne",
        R"({"data":{"name":"n","int":1,)"
        R"("big":{"$type":"BigInt","value":"9007199254740993"},"float":0.5,)"
        R"("price":{"$type":"Decimal","value":"10.250"},"ok":true,)"
        R"("at":{"$type":"DateTime","value":"2020-01-02T03:04:05.678Z"},)"
        R"("bytes":{"$type":"Bytes","value":"AQI="},"json":{"a":[1,null]},"role":"ADMIN"}})");

    CHECK(
        created ==
        R"({"data":{"createOneThing":{"id":1,"name":"n","int":1,)"
        R"("big":{"$type":"BigInt","value":"9007199254740993"},"float":0.5,)"
        R"("price":{"$type":"Decimal","value":"10.25"},"ok":true,)"
        R"("at":{"$type":"DateTime","value":"2020-01-02T03:04:05.678Z"},)"
        R"("bytes":{"$type":"Bytes","value":"AQI="},)"
        R"("json":{"$type":"Json","value":"{\"a\":[1,null]}"},"role":"ADMIN"}}})");
    CHECK_THAT(db.ask("Thing", "createOne", R"({"data":{}})"),
        Catch::Contains(R"("big":null)") && Catch::Contains(R"("json":null)"));
    CHECK(
        db.ask("Thing", "aggregate", "{}",
            R"({"_sum":{"arguments":{},"selection":{"int":true,"big":true}},)"
            R"("_avg":{"arguments":{},"selection":{"price":true,"int":true}}})") ==
        R"({"data":{"aggregateThing":{"_sum":{"int":1,)"
        R"("big":{"$type":"BigInt","value":"9007199254740993"}},)"
        R"("_avg":{"price":{"$type":"Decimal","value":"10.25"},"int":1}}}})");
}

TEST_CASE("the null values of documents are told apart", "[client]") {
    EngineFixture db(everyType);
    db.ask("Thing", "createOne", R"({"data":{"json":{"$type":"Enum","value":"DbNull"}}})");
    db.ask("Thing", "createOne", R"({"data":{"json":{"$type":"Enum","value":"JsonNull"}}})");
    const auto [filter, expected] = GENERATE(table<std::string, std::string>({
        {R"({"equals":{"$type":"Enum","value":"DbNull"}})", R"([{"id":1}])"},
        {R"({"equals":{"$type":"Enum","value":"JsonNull"}})", R"([{"id":2}])"},
        {R"({"equals":{"$type":"Enum","value":"AnyNull"}})", R"([{"id":1},{"id":2}])"},
        {R"({"not":{"$type":"Enum","value":"DbNull"}})", R"([{"id":2}])"},
    }));

    CHECK(db.ask("Thing", "findMany", R"({"where":{"json":)" + filter + "}}", R"({"id":true})") ==
          R"({"data":{"findManyThing":)" + expected + "}}");
    CHECK_THAT(db.ask("Thing", "findMany", "{}", R"({"json":true})"),
        Catch::Contains(R"([{"json":null},{"json":{"$type":"Json","value":"null"}}])"));
}

TEST_CASE(
    "documents are compared and replaced in place, whatever their members are called", "[client]") {
    EngineFixture db(everyType);
    db.ask("Thing", "createOne", R"({"data":{"json":"text"}})");
    db.ask("Thing", "updateOne", R"({"where":{"id":1},"data":{"json":{"set":1,"_ref":"id"}}})");

    CHECK_THAT(
        db.ask("Thing", "findMany", R"({"where":{"json":{"equals":{"set":1,"_ref":"id"}}}})",
            R"({"json":true})"),
        Catch::Contains(R"({"$type":"Json","value":"{\"set\":1,\"_ref\":\"id\"}"})"));
    CHECK(db.ask("Thing", "findMany", R"({"where":{"json":{"not":{"equals":1}}}})",
              R"({"id":true})") == R"({"data":{"findManyThing":[{"id":1}]}})");
}

TEST_CASE("fields are compared with fields of the same record", "[client]") {
    EngineFixture db(everyType);
    db.ask("Thing", "createMany", R"({"data":[{"int":1},{"int":7}]})");

    CHECK(
        db.ask("Thing", "findMany",
            R"({"where":{"int":{"equals":{"$type":"FieldRef",)"
            R"("value":{"_ref":"id","_container":"Thing"}}}}})",
            R"({"id":true})") == R"({"data":{"findManyThing":[{"id":1}]}})");
}

TEST_CASE("writes to many records answer with their number", "[client]") {
    EngineFixture db(blog);

    CHECK(db.ask("User", "createMany", R"({"data":[{"email":"a"},{"email":"b"}]})") ==
          R"({"data":{"createManyUser":{"count":2}}})");
    CHECK(db.ask("User", "updateMany", R"({"data":{"first":"x"}})") ==
          R"({"data":{"updateManyUser":{"count":2}}})");
    CHECK(db.ask("User", "deleteMany", "{}") == R"({"data":{"deleteManyUser":{"count":2}}})");
}

TEST_CASE("fields can be left out, and relations be counted and included", "[client]") {
    EngineFixture db(blog);
    db.ask("User", "createOne",
        R"({"data":{"email":"a","posts":{"create":{"slug":"s","title":"t"}}}})", R"({"id":true})");

    CHECK(
        db.ask("User", "findFirst", "{}",
            R"({"$scalars":true,"made":false,"changed":false,"first":false,"_count":true,)"
            R"("posts":{"arguments":{"take":1},"selection":{"$scalars":true,"slug":false}}})") ==
        R"({"data":{"findFirstUser":{"id":1,"email":"a","last":null,"visits":0,)"
        R"("_count":{"posts":1},"posts":[{"title":"t","authorId":1}]}}})");
}

TEST_CASE("findUnique calls of one batch are answered apart", "[client]") {
    EngineFixture db(blog);
    db.ask("User", "createOne", R"({"data":{"email":"a"}})", R"({"id":true})");
    const auto find = [](const std::string& where) {
        return R"({"modelName":"User","action":"findUnique","query":{"arguments":{"where":)" +
               where + R"(},"selection":{"email":true}}})";
    };

    const std::string answer = db.send(
        "{\"batch\":[" + find(R"({"id":1})") + "," + find(R"({"id":2})") + "," +
        find(R"({"no":2})") + "]}");

    CHECK_THAT(answer,
        Catch::StartsWith(
            R"({"batchResult":[{"data":{"findUniqueUser":{"email":"a"}}},)"
            R"({"data":{"findUniqueUser":null}},{"errors":[)"));
}

TEST_CASE("a transaction of several requests is undone when one fails", "[client]") {
    EngineFixture db(blog);
    const std::string create =
        R"({"modelName":"User","action":"createOne","query":{"arguments":{"data":{"email":"a"}},)"
        R"("selection":{"id":true}}})";

    const std::string answer =
        db.send("{\"batch\":[" + create + "," + create + R"(],"transaction":{}})");

    CHECK_THAT(answer,
        Catch::StartsWith(R"({"errors":[)") &&
            Catch::Contains(R"("error_code":"P2002","batch_request_idx":1})"));
    CHECK(db.ask("User", "findMany", "{}") == R"({"data":{"findManyUser":[]}})");
}

TEST_CASE("rejects isolation levels that SQLite lacks", "[client]") {
    EngineFixture db(blog);

    CHECK_THAT(db.send(R"({"batch":[],"transaction":{"isolationLevel":"ReadCommitted"}})"),
        Catch::Contains("Invalid isolation level `ReadCommitted`") &&
            !Catch::Contains("error_code"));
}

TEST_CASE("rejects values with the tag of another type", "[client]") {
    EngineFixture db(everyType);
    const auto [data, type] = GENERATE(table<std::string, std::string>({
        {R"({"name":{"$type":"DateTime","value":"2020-01-02T03:04:05.678Z"}})", "DateTime"},
        {R"({"name":{"$type":"Bytes","value":"AQI="}})", "Bytes"},
        {R"({"name":{"$type":"Decimal","value":"1"}})", "Float"},
        {R"({"int":{"$type":"BigInt","value":"1"}})", "BigInt"},
        {R"({"role":{"$type":"Bytes","value":"AQI="}})", "Bytes"},
        {R"({"int":"1"})", "String"},
    }));

    CHECK_THAT(db.ask("Thing", "createOne", "{\"data\":" + data + "}"),
        Catch::Contains(R"("inferredType":")" + type + "\""));
}

TEST_CASE("rejects null in place of an argument that is not set", "[client]") {
    EngineFixture db(blog);

    CHECK_THAT(db.ask("User", "findMany", R"({"where":null})"),
        Catch::Contains(R"("kind":"RequiredArgumentMissing")"));
}

TEST_CASE("errors that Prisma Client has no words for have no code", "[client]") {
    EngineFixture db(blog);
    const auto [model, action] =
        GENERATE(table<std::string, std::string>({{"Nothing", "findMany"}, {"User", "explode"}}));

    const std::string answer = db.ask(model, action, "{}");

    CHECK_THAT(
        answer, Catch::Contains("not found in enclosing type") && !Catch::Contains("error_code"));
}

TEST_CASE("null in the place of a document is the document null", "[client]") {
    EngineFixture db(everyType);
    db.ask("Thing", "createMany", R"({"data":[{"json":null},{},{"json":{"a":null}}]})");
    db.ask("Thing", "createOne", R"({"data":{"json":5}})");
    db.ask("Thing", "updateOne", R"({"where":{"id":4},"data":{"json":null}})");
    const auto [filter, expected] = GENERATE(table<std::string, std::string>({
        {R"({"equals":null})", R"([{"id":1},{"id":4}])"},
        {R"({"not":null})", R"([{"id":3}])"},
        {R"({"path":"$.a","equals":null})", R"([{"id":3}])"},
        {R"({"equals":{"$type":"Enum","value":"DbNull"}})", R"([{"id":2}])"},
    }));

    CHECK(db.ask("Thing", "findMany", R"({"where":{"json":)" + filter + "}}", R"({"id":true})") ==
          R"({"data":{"findManyThing":)" + expected + "}}");
}

TEST_CASE("a number for an Int loses its fraction", "[client]") {
    EngineFixture db(everyType);

    CHECK(db.ask("Thing", "createOne", R"({"data":{"int":2.9}})", R"({"int":true})") ==
          R"({"data":{"createOneThing":{"int":2}}})");
    CHECK(db.ask("Thing", "updateOne", R"({"where":{"id":1.5},"data":{"int":-1.5}})",
              R"({"int":true})") == R"({"data":{"updateOneThing":{"int":-1}}})");
    CHECK(db.ask("Thing", "findMany", R"({"take":1.5})", R"({"id":true})") ==
          R"({"data":{"findManyThing":[{"id":1}]}})");
    CHECK_THAT(db.ask("Thing", "createOne", R"({"data":{"big":1.5}})"), Catch::Contains("P2009"));
}

TEST_CASE("an Int is compared with any number of 64 bits", "[client]") {
    EngineFixture db(everyType);
    db.ask("Thing", "createOne", R"({"data":{"int":1}})");
    const auto [filter, expected] = GENERATE(table<std::string, std::string>({
        {R"({"int":99999999999})", "[]"},
        {R"({"int":{"lt":99999999999}})", R"([{"id":1}])"},
        {R"({"int":{"in":[1,-99999999999]}})", R"([{"id":1}])"},
    }));

    CHECK(db.ask("Thing", "findMany", R"({"where":)" + filter + "}", R"({"id":true})") ==
          R"({"data":{"findManyThing":)" + expected + "}}");
    CHECK(db.ask("Thing", "findUnique", R"({"where":{"id":99999999999}})") ==
          R"({"data":{"findUniqueThing":null}})");
    CHECK_THAT(db.ask("Thing", "updateOne", R"({"where":{"id":1},"data":{"int":99999999999}})"),
        Catch::Contains("P2020"));
}
