#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

using loam::testing::blog;
using loam::testing::EngineFixture;
using loam::testing::everyType;
using loam::testing::library;

TEST_CASE("a record is created with its defaults and read back", "[engine]") {
    EngineFixture db(blog);

    CHECK(
        db.run("mutation { createOneUser(data: {email: \"a\"}) { id email last visits made "
               "changed } }") ==
        R"({"data":{"createOneUser":{"id":1,"email":"a","last":null,"visits":0,)"
        R"("made":"2021-02-03T04:05:06.789Z","changed":"2021-02-03T04:05:06.789Z"}}})");
    CHECK(db.value("{ findUniqueUser(where: {email: \"a\"}) { id made } }") ==
          R"({"id":1,"made":"2021-02-03T04:05:06.789Z"})");
    CHECK(db.value("{ findUniqueUser(where: {email: \"b\"}) { id } }") == "null");
}

TEST_CASE("every kind of value survives being written and read", "[engine]") {
    EngineFixture db(everyType);

    CHECK(
        db.value(R"(mutation { createOneThing(data: {
              name: "a\"\u00e9\ud83d\ude00\\", int: -2147483648, big: -9223372036854775808, float: 0.30000000000000004,
              price: "10.2500", ok: false, at: "2020-01-01T01:00:00.5+01:00", bytes: "AAH/", json: "{ \"a\" : [1.50] }",
              role: ADMIN}) { name int big float price ok at bytes json role } })") ==
        "{\"name\":\"a\\\"\xC3\xA9\xF0\x9F\x98\x80\\\\\",\"int\":-2147483648,\"big\":\"-"
        "9223372036854775808\","
        "\"float\":0.30000000000000004,\"price\":\"10.25\",\"ok\":false,\"at\":\"2020-01-01T00:00:"
        "00.500Z\","
        "\"bytes\":\"AAH/\",\"json\":\"{\\\"a\\\":[1.50]}\",\"role\":\"ADMIN\"}");
}

TEST_CASE("a created record is answered as a table of another making keeps it", "[engine]") {
    EngineFixture db(everyType);
    db.database.execute("DROP TABLE things");

    SECTION("texts that become numbers") {
        db.database.execute(
            "CREATE TABLE things(id INTEGER PRIMARY KEY AUTOINCREMENT, full_name STRING)");
        CHECK_THAT(db.run("mutation { createOneThing(data: {name: \"007\"}) { id name } }"),
            Catch::Contains("\"P2023\"") &&
                Catch::Contains("`Thing.name` is an integer, not text"));
    }
    SECTION("numbers that become texts") {
        db.database.execute("CREATE TABLE things(id INTEGER PRIMARY KEY AUTOINCREMENT, int TEXT)");
        CHECK_THAT(db.run("mutation { createOneThing(data: {int: 7}) { id int } }"),
            Catch::Contains("`Thing.int` is text, not an integer"));
    }
    SECTION("an id that the database does not count") {
        db.database.execute("CREATE TABLE things(id INT PRIMARY KEY, int INTEGER)");
        CHECK_THAT(db.run("mutation { createOneThing(data: {int: 7}) { id int } }"),
            Catch::Contains("\"P2032\""));
    }
    SECTION("a value that the database fills in") {
        db.database.execute(
            "CREATE TABLE things(id INTEGER PRIMARY KEY AUTOINCREMENT, int INTEGER DEFAULT 5)");
        CHECK(
            db.value("mutation { createOneThing(data: {}) { id int } }") == R"({"id":1,"int":5})");
    }
}

TEST_CASE("a created record is answered with what the database makes of its values", "[engine]") {
    const auto [table, data,
        expected] = GENERATE(Catch::Generators::table<const char*, const char*, const char*>({
        // NULL makes an integer key count.
        {"id INT UNIQUE NOT NULL, x INTEGER PRIMARY KEY, y INT", "{id: 5, x: null}",
            R"({"id":5,"x":1})"},
        {"id INTEGER PRIMARY KEY AUTOINCREMENT, x INT NOT NULL ON CONFLICT REPLACE DEFAULT 7, y "
         "INT",
            "{x: null}", R"({"id":1,"x":7})"},
    }));
    EngineFixture db(
        "model Thing {\n id Int @id @default(autoincrement())\n x Int? @unique\n y Int?\n }");
    db.database.execute(std::string("DROP TABLE Thing; CREATE TABLE Thing(") + table + ")");

    CHECK(db.value(std::string("mutation { createOneThing(data: ") + data + ") { id x } }") ==
          expected);
    CHECK(db.value("{ findFirstThing { id x } }") == expected);
}

TEST_CASE("columns that are one in the database are answered as it keeps them", "[engine]") {
    const std::string_view name = GENERATE("rowid", "ID");
    EngineFixture db("model Thing {\n id Int @id\n x Int? @map(\"place\")\n }");
    const auto schema = loam::runtime::schema::parse(
        "model Thing {\n id Int @id\n x Int? @map(\"" + std::string(name) + "\")\n }");
    db.database.execute("DROP TABLE Thing; CREATE TABLE Thing(id INTEGER PRIMARY KEY)");
    loam::runtime::engine::Engine engine(
        schema, db.database, loam::runtime::engine::Access::ReadWrite);
    const auto rest = [](const std::string& body) { return body.substr(body.find("{\"id\"")); };

    const std::string created =
        engine.execute(R"({"query":"mutation { createOneThing(data: {id: 1, x: 9}) { id x } }"})")
            .body;

    CHECK(rest(engine.execute(R"({"query":"{ findFirstThing { id x } }"})").body) == rest(created));
}

TEST_CASE("texts are read from databases in any encoding", "[engine]") {
    EngineFixture db(
        everyType, loam::runtime::engine::Access::ReadWrite, "PRAGMA encoding = 'UTF-16'");

    db.run("mutation { createOneThing(data: {name: \"a\u00e9\"}) { id } }");

    CHECK(db.value("{ findManyThing { name } }") == "[{\"name\":\"a\xc3\xa9\"}]");
}

TEST_CASE("rejects a create whose table another process has changed, and can be tried again",
    "[engine]") {
    const loam::testing::TemporaryDirectory directory;
    const std::string path = directory / "data.db";
    const auto schema = loam::runtime::schema::parse("model Thing {\n id Int @id\n x String\n }");
    auto database = loam::runtime::storage::Database::openOrCreate(path);
    database.execute("CREATE TABLE Thing(id INTEGER PRIMARY KEY, x TEXT)");
    loam::runtime::engine::Engine engine(
        schema, database, loam::runtime::engine::Access::ReadWrite);
    const auto create = [&](const std::string& id) {
        return engine
            .execute(R"({"query":"mutation { createOneThing(data: {id: )" + id +
                     R"(, x: \"007\"}) { x } }"})")
            .body;
    };
    REQUIRE(create("1") == R"({"data":{"createOneThing":{"x":"007"}}})");
    loam::runtime::storage::Database::openWriter(path).execute(
        "DROP TABLE Thing; CREATE TABLE Thing(id INTEGER PRIMARY KEY, x NUMERIC)");

    CHECK_THAT(create("2"), Catch::Contains("\"P2034\""));
    CHECK_THAT(create("2"), Catch::Contains("\"P2023\""));
    CHECK(engine.execute(R"({"query":"{ aggregateThing { _count { _all } } }"})").body ==
          R"({"data":{"aggregateThing":{"_count":{"_all":0}}}})");
}

TEST_CASE("rejects a create that a trigger of the database drops", "[engine]") {
    EngineFixture db(everyType);
    db.database.execute(
        "CREATE TRIGGER \"drop\" BEFORE INSERT ON things BEGIN SELECT RAISE(IGNORE); END");
    const std::string selection = GENERATE("id name", "id price");

    CHECK_THAT(db.run("mutation { createOneThing(data: {name: \"a\"}) { " + selection + " } }"),
        Catch::Contains("\"P2025\"") && Catch::Contains("No record was found for a create."));
}

TEST_CASE("extreme numbers are kept exactly", "[engine]") {
    EngineFixture db(everyType);

    CHECK(
        db.value(
            "mutation { createOneThing(data: {float: 1.7976931348623157e308, big: "
            "\"9223372036854775807\", "
            "price: 100}) { float big price } }") ==
        R"({"float":1.7976931348623157e+308,"big":"9223372036854775807","price":"100"})");
    CHECK(
        db.value("mutation { createOneThing(data: {float: 5e-324, price: \"0.000001\", int: 1e3}) "
                 "{ float price int } }") == R"({"float":5e-324,"price":"0.000001","int":1000})");
}

TEST_CASE("the two nulls of Json are told apart", "[engine]") {
    EngineFixture db(everyType);
    db.run(
        "mutation { createManyThing(data: [{json: DbNull}, {json: JsonNull}, {json: \"1\"}]) { "
        "count } }");

    CHECK(db.value("{ findManyThing { json } }") ==
          R"([{"json":null},{"json":"null"},{"json":"1"}])");
    CHECK(db.value("{ findManyThing(where: {json: {equals: DbNull}}) { id } }") == R"([{"id":1}])");
    CHECK(
        db.value("{ findManyThing(where: {json: {equals: JsonNull}}) { id } }") == R"([{"id":2}])");
    CHECK(db.value("{ findManyThing(where: {json: {equals: AnyNull}}) { id } }") ==
          R"([{"id":1},{"id":2}])");
    CHECK(db.value("{ findManyThing(where: {json: {not: AnyNull}}) { id } }") == R"([{"id":3}])");
    CHECK(
        db.value("{ findManyThing(where: {json: {equals: \" 1 \"}}) { id } }") == R"([{"id":3}])");
}

TEST_CASE("rejects Json documents that are numbers with too many digits", "[engine]") {
    EngineFixture db(everyType);

    for (const char* number : {"12345678901234567890", "0.12345678901234567", "1e400"}) {
        CHECK(db.answer("mutation { createOneThing(data: {json: \"" + std::string(number) +
                        "\"}) { id } }")
                  .errorCode == "P2020");
    }
    CHECK(db.value("mutation { createOneThing(data: {json: \"9007199254740993\"}) { json } }") ==
          R"({"json":"9007199254740993"})");
    CHECK(db.value("mutation { createOneThing(data: {json: \"-1.25\"}) { json } }") ==
          R"({"json":"-1.25"})");
}

TEST_CASE("an update sets, calculates and touches updatedAt", "[engine]") {
    EngineFixture db(blog);
    db.database.execute("INSERT INTO users VALUES (1, 'a', 'x', 'y', 10, 0, 0)");

    CHECK(
        db.value(
            "mutation { updateOneUser(where: {id: 1}, data: {visits: {multiply: 3}, first: "
            "null, last: {set: \"z\"}}) "
            "{ visits first last made changed } }") ==
        R"({"visits":30,"first":null,"last":"z","made":"1970-01-01T00:00:00.000Z","changed":"2021-02-03T04:05:06.789Z"})");
    CHECK(db.value("mutation { updateOneUser(where: {id: 1}, data: {visits: {divide: 4}}) { visits "
                   "} }") == R"({"visits":7})");
    CHECK(db.value("mutation { updateOneUser(where: {id: 1}, data: {}) { visits } }") ==
          R"({"visits":7})");
    CHECK(db.value("mutation { updateManyUser(data: {visits: {decrement: 1}}) { count } }") ==
          R"({"count":1})");
}

TEST_CASE("a change of many records that changes nothing counts none", "[engine]") {
    EngineFixture db(blog);
    db.database.execute("INSERT INTO users VALUES (1, 'a', 'x', 'y', 10, 0, 0)");

    CHECK(db.value("mutation { updateManyUser(data: {}) { count } }") == R"({"count":0})");
}

TEST_CASE("rejects calculations that leave the range of the field", "[engine]") {
    EngineFixture db(everyType);
    db.run("mutation { createOneThing(data: {int: 2147483647, big: 9223372036854775807}) { id } }");

    CHECK(
        db.answer("mutation { updateOneThing(where: {id: 1}, data: {int: {increment: 1}}) { id } }")
            .errorCode == "P2020");
    CHECK(
        db.answer("mutation { updateManyThing(data: {big: {multiply: 2}}) { count } }").errorCode ==
        "P2020");
    CHECK(db.value("{ findFirstThing { int big } }") ==
          R"({"int":2147483647,"big":"9223372036854775807"})");
}

TEST_CASE("many records are created, updated up to a limit and deleted", "[engine]") {
    EngineFixture db(everyType);

    CHECK(db.value("mutation { createManyThing(data: [{int: 1}, {int: 2}, {name: \"x\"}]) { count "
                   "} }") == R"({"count":3})");
    CHECK(
        db.value("mutation { createManyThingAndReturn(data: [{int: 4}, {int: 5}]) { id int } }") ==
        R"([{"id":4,"int":4},{"id":5,"int":5}])");
    CHECK(db.value("mutation { updateManyThingAndReturn(where: {int: {gt: 1}}, data: {int: "
                   "{increment: 10}}, limit: 2) { int } }") == R"([{"int":12},{"int":14}])");
    CHECK(db.value("mutation { deleteManyThing(where: {int: null}) { count __typename } }") ==
          R"({"count":1,"__typename":"AffectedRowsOutput"})");
    CHECK(db.value("mutation { deleteManyThing(limit: 3) { count } }") == R"({"count":3})");
    CHECK(db.value("{ findManyThing { int } }") == R"([{"int":5}])");
}

TEST_CASE("an upsert creates once and updates from then on", "[engine]") {
    EngineFixture db(blog);
    constexpr auto upsert =
        "mutation { upsertOneUser(where: {email: \"a\"}, create: {email: \"a\"}, update: {visits: "
        "{increment: 1}}) { id visits } }";

    CHECK(db.value(upsert) == R"({"id":1,"visits":0})");
    CHECK(db.value(upsert) == R"({"id":1,"visits":1})");
}

TEST_CASE("a deleted record is returned as it was", "[engine]") {
    EngineFixture db(blog);
    db.run("mutation { createOneUser(data: {email: \"a\"}) { id } }");

    CHECK(db.value("mutation { deleteOneUser(where: {email: \"a\"}) { id email } }") ==
          R"({"id":1,"email":"a"})");
    CHECK(db.value("{ findManyUser { id } }") == "[]");
}

TEST_CASE("the root fields of a mutation run in order in one transaction", "[engine]") {
    EngineFixture db(blog);

    CHECK(db.run("mutation { a: createOneUser(data: {email: \"a\"}) { id } b: updateOneUser(where: "
                 "{id: 1}, data: {visits: 5}) { visits } }") ==
          R"({"data":{"a":{"id":1},"b":{"visits":5}}})");

    const auto failed = db.answer(
        "mutation { createOneUser(data: {email: \"b\"}) { id } again: createOneUser(data: {email: "
        "\"a\"}) { id } }");

    CHECK(failed.errorCode == "P2002");
    CHECK(failed.operations == 2);
    CHECK_THAT(failed.body, Catch::Contains(R"("path":["again"])"));
    CHECK(db.value("{ findManyUser { email } }") == R"([{"email":"a"}])");
}

TEST_CASE("a batch answers each request, or none when it is a transaction", "[engine]") {
    EngineFixture db(blog);
    const std::string elements =
        R"([{"query": "mutation { createOneUser(data: {email: \"a\"}) { id } }"}, )"
        R"({"query": "mutation { createOneUser(data: {email: \"a\"}) { id } }"}])";

    const auto together = db.engine.execute(R"({"transaction": true, "batch": )" + elements + "}");

    CHECK(together.errorCode == "P2002");
    CHECK_THAT(together.body,
        Catch::StartsWith(R"({"errors":[)") && Catch::Contains(R"("batch_request_idx":1)"));
    CHECK(db.value("{ findManyUser { email } }") == "[]");

    const auto apart = db.engine.execute(R"({"batch": )" + elements + "}");

    CHECK(apart.failed);
    CHECK_THAT(apart.body,
        Catch::StartsWith(R"({"batchResult":[{"data":{"createOneUser":{"id":1}}},{"errors":[)"));
    CHECK(db.value("{ findManyUser { email } }") == R"([{"email":"a"}])");
}

TEST_CASE("a body is told to be a write without running it", "[engine]") {
    using loam::runtime::engine::isWrite;

    CHECK(isWrite(R"({"query": "mutation { a }"})"));
    CHECK(isWrite(R"({"batch": [{"query": "{ a }"}, {"query": "mutation { a }"}]})"));
    CHECK(isWrite(R"({"query": "query A { a } mutation B { b }", "operationName": "B"})"));
    CHECK_FALSE(isWrite(R"({"query": "query A { a } mutation B { b }", "operationName": "A"})"));
    CHECK(isWrite(R"({"query": "m\u0075tation { a }"})"));
    CHECK(isWrite(R"({"modelName": "A", "\u0061ction": "createOne", "query": {}})"));
    CHECK_FALSE(isWrite(R"({"modelName": "A", "action": "findMany", "query": {}})"));
    CHECK_FALSE(isWrite("nonsense"));
}

TEST_CASE("a filter on related records holds for the records as they were", "[write]") {
    EngineFixture db(R"(
        model Node {
          id     Int   @id
          weight Int
          nextId Int?  @unique
          next   Node? @relation("Chain", fields: [nextId], references: [id])
          prior  Node? @relation("Chain")
        })");
    db.run(R"(mutation { createManyNode(data: [{id: 1, weight: 0}, {id: 3, weight: 0},
        {id: 2, weight: 0, nextId: 3}]) { count } })");
    // The record before node 3 is node 2, which is written first.
    const std::string where = "where: {prior: {isNot: {weight: {lte: 0}}}}";

    SECTION("in an update") {
        CHECK(db.value("mutation { updateManyNode(" + where + ", data: {weight: 2}) { count } }") ==
              R"({"count":2})");
        CHECK(db.value("{ findManyNode { weight } }") ==
              R"([{"weight":2},{"weight":2},{"weight":0}])");
    }
    SECTION("in a delete") {
        db.database.execute("PRAGMA foreign_keys = OFF");
        CHECK(db.value("mutation { deleteManyNode(" + where + ") { count } }") == R"({"count":2})");
        CHECK(db.value("{ findManyNode { id } }") == R"([{"id":3}])");
    }
}

TEST_CASE("a limit counts records whatever their columns are called", "[write]") {
    EngineFixture db(R"(
        model Thing {
          section Int
          shelf   Int
          kind    String @map("rowid")
          @@id([section, shelf])
        })");
    db.run(R"(mutation { createManyThing(data: [{section: 1, shelf: 1, kind: "a"},
        {section: 1, shelf: 2, kind: "a"}, {section: 2, shelf: 1, kind: "a"}]) { count } })");

    CHECK(db.value(R"(mutation { updateManyThing(limit: 2, data: {kind: "b"}) { count } })") ==
          R"({"count":2})");
    CHECK(db.value(R"(mutation { deleteManyThing(limit: 1, where: {kind: "b"}) { count } })") ==
          R"({"count":1})");
    CHECK(db.value("{ aggregateThing { _count { _all } } }") == R"({"_count":{"_all":2}})");
}

TEST_CASE("records that are added together may refer to each other", "[engine]") {
    EngineFixture db(library);
    const std::string records =
        R"([{id: 1, name: "a", tutorId: 2}, {id: 2, name: "b", tutorId: 1}])";

    CHECK(db.value("mutation { createManyWriter(data: " + records + ") { count } }") ==
          R"({"count":2})");
    db.run("mutation { deleteManyWriter { count } }");
    CHECK(
        db.value(
            "mutation { createManyWriterAndReturn(data: " + records + ") { id tutor { id } } }") ==
        R"([{"id":1,"tutor":{"id":2}},{"id":2,"tutor":{"id":1}}])");
}

TEST_CASE("records that are changed together are read when all are changed", "[engine]") {
    EngineFixture db(library);
    db.run(
        "mutation { createManyWriter(data: [{id: 1, name: \"a\", tutorId: 2}, "
        "{id: 2, name: \"b\", tutorId: 1}]) { count } }");

    CHECK(db.value("mutation { updateManyWriterAndReturn(data: {age: 30}) "
                   "{ id tutor { age } } }") ==
          R"([{"id":1,"tutor":{"age":30}},{"id":2,"tutor":{"age":30}}])");
}

TEST_CASE("rejects records added together of which one refers to none", "[engine]") {
    EngineFixture db(library);

    CHECK(db.answer("mutation { createManyWriter(data: [{name: \"a\"}, {name: \"b\", tutorId: 9}]) "
                    "{ count } }")
              .errorCode == "P2003");
    CHECK(db.value("{ findManyWriter { id } }") == "[]");
    CHECK(db.answer("mutation { createOneWriter(data: {name: \"a\", tutorId: 9}) { id } }")
              .errorCode == "P2003");
}
