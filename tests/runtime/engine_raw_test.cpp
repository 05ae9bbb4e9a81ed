#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

// queryRaw and executeRaw: the statement is SQLite's business, its values and rows are ours.

using loam::runtime::engine::Access;
using loam::runtime::engine::Engine;
using loam::runtime::engine::Permissions;
using loam::runtime::result::RawForm;
using loam::runtime::result::rawFormOf;
using loam::testing::blog;
using loam::testing::EngineFixture;
using loam::testing::everyType;

namespace {

std::string
document(const std::string& action, const std::string& sql, const std::string& parameters) {
    std::string query = "mutation { " + action + "(query: ";
    loam::runtime::request::appendJsonString(query, sql);
    query += ", parameters: ";
    loam::runtime::request::appendJsonString(query, parameters);
    return query + ") }";
}

std::string
queryRaw(EngineFixture& fixture, const std::string& sql, const std::string& parameters = "[]") {
    return fixture.value(document("queryRaw", sql, parameters));
}

std::string
executeRaw(EngineFixture& fixture, const std::string& sql, const std::string& parameters = "[]") {
    return fixture.value(document("executeRaw", sql, parameters));
}

constexpr const char* insertThing =
    "INSERT INTO things VALUES (1, 'n', 2, 9007199254740993, 1.5, 10.25, 1, 86400001, x'0102', "
    "'{\"a\": 1}', 'administrator')";

}  // namespace

TEST_CASE("raw columns have the types that the table declares") {
    EngineFixture fixture(everyType);
    CHECK(executeRaw(fixture, insertThing) == "1");

    CHECK(
        queryRaw(fixture, "SELECT * FROM things") ==
        R"({"columns":["id","full_name","int","big","float","price","ok","at","bytes","json",)"
        R"("role"],"types":["int","string","int","bigint","double","decimal","bool","datetime",)"
        R"("bytes","json","string"],"rows":[[1,"n",2,"9007199254740993",1.5,"10.25",true,)"
        R"("1970-01-02T00:00:00.001+00:00","AQI=",{"a":1},"administrator"]]})");
}

TEST_CASE("raw expressions have the type of their first value that is not null") {
    EngineFixture fixture(everyType);

    CHECK(queryRaw(fixture, "SELECT 1 + 1 AS i, 1.0 / 4 AS r, 'x' AS t, x'00' AS b, NULL AS n") ==
          R"({"columns":["i","r","t","b","n"],"types":["bigint","double","string","bytes","int"],)"
          R"("rows":[["2",0.25,"x","AA==",null]]})");
    CHECK(queryRaw(fixture, "SELECT NULL AS a UNION ALL SELECT 'x'") ==
          R"({"columns":["a"],"types":["string"],"rows":[[null],["x"]]})");
    CHECK(queryRaw(fixture, "SELECT id FROM things") ==
          R"({"columns":["id"],"types":["int"],"rows":[]})");
}

TEST_CASE("raw parameters may have types") {
    EngineFixture fixture(everyType);
    executeRaw(fixture, insertThing);

    CHECK(
        queryRaw(fixture, "SELECT ? AS b, ? AS n, ? AS f, ? AS s, ? AS t, ? AS o",
            R"([{"prisma__type":"bigint","prisma__value":"7"}, null, 1.5, "s", true, {"a": [1]}])") ==
        R"({"columns":["b","n","f","s","t","o"],"types":["bigint","int","double","string",)"
        R"("bigint","string"],"rows":[["7",null,1.5,"s","1","{\"a\":[1]}"]]})");
    CHECK(
        queryRaw(fixture, "SELECT id FROM things WHERE at = ? AND price = ? AND bytes = ?",
            R"([{"prisma__type":"date","prisma__value":"1970-01-02T00:00:00.001Z"},)"
            R"({"prisma__type":"decimal","prisma__value":"10.25"},)"
            R"({"prisma__type":"bytes","prisma__value":"AQI="}])") ==
        R"({"columns":["id"],"types":["int"],"rows":[[1]]})");
}

TEST_CASE("clients before 5.17 get rows as objects with typed values") {
    EngineFixture fixture(everyType);
    std::string body = "{\"query\":";
    loam::runtime::request::appendJsonString(
        body, document("queryRaw", "SELECT 1 AS a, NULL AS b UNION ALL SELECT 'x', 2", "[]"));

    CHECK(
        fixture.engine.execute(body + "}", RawForm::Objects).body ==
        R"({"data":{"queryRaw":[{"a":{"prisma__type":"bigint","prisma__value":"1"},)"
        R"("b":{"prisma__type":"null","prisma__value":null}},)"
        R"({"a":{"prisma__type":"string","prisma__value":"x"},)"
        R"("b":{"prisma__type":"bigint","prisma__value":"2"}}]}})");
    CHECK(rawFormOf("/4.16.2/hash/graphql") == RawForm::Objects);
    CHECK(rawFormOf("/5.16.2/hash/graphql") == RawForm::Objects);
    CHECK(rawFormOf("/5.17.0/hash/graphql") == RawForm::Table);
    CHECK(rawFormOf("/6.0.0/hash/itx/id/graphql") == RawForm::Table);
    CHECK(rawFormOf("/graphql") == RawForm::Table);
    CHECK(rawFormOf("/main/hash/graphql") == RawForm::Table);
}

TEST_CASE("raw statements answer the number of rows that they wrote") {
    EngineFixture fixture(blog);
    executeRaw(fixture, "INSERT INTO users (email, changed) VALUES ('a', 0), ('b', 0), ('c', 0)");

    CHECK(executeRaw(fixture, "UPDATE users SET visits = ? WHERE email > ?", R"([3, "a"])") == "2");
    CHECK(executeRaw(fixture, "CREATE TABLE more (x)") == "0");
    CHECK(executeRaw(fixture, "SELECT 1") == "0");
    CHECK(executeRaw(fixture, "PRAGMA user_version = 7") == "0");
    CHECK(executeRaw(fixture, "VACUUM") == "0");
    CHECK_THAT(queryRaw(fixture, "PRAGMA user_version"), Catch::Contains(R"([["7"]])"));
    CHECK_THAT(queryRaw(fixture, "DELETE FROM users WHERE email < 'c' RETURNING email;  -- two"),
        Catch::Contains(R"("rows":[["a"],["b"]])"));
}

TEST_CASE("rejects raw statements with SQLite's code and words") {
    EngineFixture fixture(blog);
    executeRaw(fixture, "INSERT INTO users (email, changed) VALUES ('a', 0)");

    CHECK_THAT(queryRaw(fixture, "SELEC 1"),
        Catch::Contains(
            R"("message":"Raw query failed. Code: `1`. Message: `near \"SELEC\": syntax error`",)"
            R"("meta":{"code":"1","message":"near \"SELEC\": syntax error"},"error_code":"P2010")"));
    CHECK_THAT(executeRaw(fixture, "INSERT INTO users (email, changed) VALUES ('a', 0)"),
        Catch::Contains(
            R"("meta":{"code":"2067","message":"UNIQUE constraint failed: users.email"})"));
}

TEST_CASE("rejects raw texts that are not one statement with its values") {
    EngineFixture fixture(blog);

    CHECK_THAT(
        queryRaw(fixture, "SELECT 1; SELECT 2"), Catch::Contains("only one statement is taken"));
    CHECK_THAT(queryRaw(fixture, " -- none"), Catch::Contains("holds no statement"));
    CHECK_THAT(queryRaw(fixture, "SELECT ?"), Catch::Contains("1 parameters, but 0 values"));
    CHECK_THAT(queryRaw(fixture, "SELECT ?", "{}"), Catch::Contains("must be a JSON array"));
    CHECK_THAT(queryRaw(fixture, "SELECT ?", "[[1]]"), Catch::Contains("cannot be a list"));
    CHECK_THAT(queryRaw(fixture, "SELECT ?", R"([{"prisma__type":"x","prisma__value":"1"}])"),
        Catch::Contains("`x` is not a type of raw parameters"));
    CHECK_THAT(fixture.run("mutation { queryRaw }"), Catch::Contains("P20"));
    CHECK_THAT(fixture.run(R"(mutation { queryRaw(query: "SELECT 1") { a } })"),
        Catch::Contains("has no fields to select"));
}

TEST_CASE("rejects raw statements that would change the connection") {
    EngineFixture fixture(blog);

    for (const char* statement : {"BEGIN", "  commit;", "\xEF\xBB\xBF end", "-- x\nROLLBACK",
             "/*/ x */ SAVEPOINT s", "RELEASE s", "ATTACH 'other.db' AS other", "DETACH main",
             "; ;begin", "PRAGMA foreign_keys = OFF", "PRAGMA main.synchronous(0)",
             "explain PRAGMA foreign_keys=OFF", "PRAGMA \"foreign_keys\"=OFF",
             "EXPLAIN QUERY PLAN PRAGMA foreign_keys = 0"}) {
        INFO(statement);
        CHECK_THAT(queryRaw(fixture, statement), Catch::Contains("in raw queries"));
        CHECK_THAT(executeRaw(fixture, statement), Catch::Contains("P2010"));
    }
    CHECK_THAT(queryRaw(fixture, "PRAGMA foreign_keys"), Catch::Contains(R"([["1"]])"));
    CHECK_THAT(queryRaw(fixture, "PRAGMA table_info(users)"), Catch::Contains(R"("email")"));
}

TEST_CASE("a raw query whose rows cannot be shown changes nothing") {
    EngineFixture fixture(everyType);

    CHECK_THAT(queryRaw(fixture, "INSERT INTO things (int) VALUES (3000000000) RETURNING int"),
        Catch::Contains("does not fit in an INT column") && Catch::Contains("P2010"));

    CHECK(fixture.value("{ findManyThing { id } }") == "[]");
}

TEST_CASE("a raw query in a batch shares its transaction") {
    EngineFixture fixture(blog);
    std::string batch = R"({"transaction":true,"batch":[{"query":)";
    loam::runtime::request::appendJsonString(
        batch, document("executeRaw", "INSERT INTO users (email, changed) VALUES ('a', 0)", "[]"));
    batch += "},{\"query\":";
    loam::runtime::request::appendJsonString(batch, document("executeRaw", "SELEC", "[]"));

    const auto answer = fixture.engine.execute(batch + "}]}");

    CHECK_THAT(answer.body, Catch::Contains(R"("batch_request_idx":1)"));
    CHECK(fixture.value("{ findManyUser { id } }") == "[]");
}

TEST_CASE("rejects raw queries where they are turned off") {
    EngineFixture fixture(blog);
    Engine engine(fixture.schema, fixture.database, Permissions(Access::ReadWrite, false));

    for (const char* body :
        {R"({"query":"mutation { queryRaw(query: \"SELECT 1\") }"})",
            R"({"query":"mutation { executeRaw(query: \"SELECT 1\") }"})",
            R"({"action":"queryRaw","query":{"arguments":{"query":"SELECT 1"},"selection":{}}})"}) {
        CHECK_THAT(engine.execute(body).body,
            Catch::Contains("raw queries are turned off here") && Catch::Contains("P2010"));
    }
}

TEST_CASE("a reader runs raw queries that read, and SQLite refuses the others") {
    EngineFixture fixture(blog, Access::ReadOnly);
    fixture.database.execute("PRAGMA query_only=ON");

    CHECK_THAT(queryRaw(fixture, "SELECT 1 AS a"), Catch::Contains(R"([["1"]])"));
    CHECK_THAT(queryRaw(fixture, "CREATE TABLE more (x)"),
        Catch::Contains("attempt to write a readonly database"));
    CHECK_THAT(executeRaw(fixture, "SELECT 1"), Catch::Contains("send them to the writer"));
}

TEST_CASE("a raw query belongs to the writer unless it can only read") {
    const auto isWrite = [](const std::string& action, const std::string& sql) {
        std::string body = "{\"query\":";
        loam::runtime::request::appendJsonString(body, document(action, sql, "[]"));
        return loam::runtime::engine::isWrite(body + "}");
    };

    CHECK_FALSE(isWrite("queryRaw", "/* x */ select 1"));
    CHECK(isWrite("queryRaw", "INSERT INTO users DEFAULT VALUES RETURNING id"));
    CHECK(isWrite("queryRaw", "WITH x AS (SELECT 1) DELETE FROM users"));
    CHECK(isWrite("executeRaw", "SELECT 1"));
    CHECK_FALSE(loam::runtime::engine::isWrite(
        R"({"action":"queryRaw","query":{"arguments":{"query":"SELECT 1"},"selection":{}}})"));
    CHECK(loam::runtime::engine::isWrite(
        R"({"query":"mutation { createOneUser(data: {first: \"queryRaw\"}) { id } }"})"));
}

TEST_CASE("a raw query is explained by its text and its values") {
    EngineFixture fixture(blog);
    std::string body = "{\"query\":";
    loam::runtime::request::appendJsonString(body, document("queryRaw", "SELECT ?", "[\"x\"]"));

    const std::string text = fixture.engine.explain(body + "}");

    CHECK_THAT(text,
        Catch::Contains("raw query\n    SELECT ?\n    value \"x\"\n") &&
            Catch::Contains("# SQL\nSELECT ?"));
}

TEST_CASE("NULL in a raw column of documents is null") {
    EngineFixture fixture(everyType);
    executeRaw(fixture, "INSERT INTO things (json) VALUES (NULL), ('null'), (2)");

    CHECK(queryRaw(fixture, "SELECT json FROM things ORDER BY id") ==
          R"({"columns":["json"],"types":["json"],"rows":[[null],[null],[2]]})");
}
