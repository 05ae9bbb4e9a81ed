// One request is one transaction, and readers only read.
#include <catch2/catch.hpp>

#include "tests/runtime/queryplan_fixture.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

using namespace loam::testing;
using loam::runtime::queryplan::Access;
using loam::runtime::storage::Database;

namespace {

std::string insert(int id) {
    return node("execute",
        templateSql(chunk(
            "INSERT INTO city (id, name) VALUES (" + std::to_string(id) + ", 'c" +
            std::to_string(id) + "')")));
}

}  // namespace

TEST_CASE("a request that fails leaves nothing of what it has done", "[queryplan]") {
    PlanFixture fixture;

    const auto answer =
        fixture.answer(node("seq", "[" + insert(1) + "," + insert(2) + "," + insert(1) + "]"));

    CHECK(answer.errorCode == "P2002");
    CHECK(answer.isWrite);
    CHECK(fixture.select("SELECT count(*) FROM city") == "0");
}

TEST_CASE("a write whose answer does not fit is undone", "[queryplan]") {
    PlanFixture fixture;
    const std::string map = node("dataMap",
        R"({"expr":)" + insert(1) +
            R"(,"structure":{"type":"object","serializedName":null,"fields":{}},"enums":{}})");

    CHECK(fixture.answer(map).errorCode == "P2023");
    CHECK(fixture.select("SELECT count(*) FROM city") == "0");
}

TEST_CASE("a request within a transaction is undone alone", "[queryplan]") {
    PlanFixture fixture;
    fixture.database.execute("BEGIN IMMEDIATE");

    fixture.run(insert(1));
    const auto failed = fixture.answer(node("seq", "[" + insert(2) + "," + insert(1) + "]"));
    fixture.run(node("transaction", insert(3)));
    fixture.database.execute("COMMIT");

    CHECK(failed.errorCode == "P2002");
    CHECK(fixture.select("SELECT id FROM city ORDER BY id") == "1,3");
}

TEST_CASE("what may write is told before it runs", "[queryplan]") {
    const auto isWrite = [](const std::string& sql) {
        const std::string body = R"({"plan":)" + node("query", rawSql(sql)) + "}";
        return loam::runtime::queryplan::PlanRequest(body).isWrite();
    };

    CHECK_FALSE(isWrite("SELECT 'DELETE'"));
    CHECK_FALSE(isWrite("/* UPDATE */ select 1"));
    CHECK_FALSE(isWrite("WITH a AS (SELECT 'INSERT') SELECT * FROM a"));
    CHECK(isWrite("WITH a AS (SELECT 1) DELETE FROM city"));
    CHECK(isWrite("INSERT INTO city (name) VALUES ('x') RETURNING id"));
    CHECK(isWrite("PRAGMA user_version = 5"));
}

TEST_CASE("rejects writes where the database can only be read", "[queryplan]") {
    PlanFixture fixture;

    const auto answer = fixture.answer(insert(1), "{}", Access::ReadOnly);

    CHECK(answer.status == 400);
    CHECK(answer.body.find("send them to the writer") != std::string::npos);
    CHECK(fixture.answer(query("SELECT 1"), "{}", Access::ReadOnly).status == 200);
}

TEST_CASE("rejects a write that waits too long for another one", "[queryplan]") {
    TemporaryDirectory directory;
    PlanFixture fixture;
    Database::openOrCreate(directory / "a.db").execute("CREATE TABLE city (id INT, name TEXT)");
    Database other = Database::openWriter(directory / "a.db");
    other.execute("BEGIN IMMEDIATE");
    fixture.database = Database::openWriter(directory / "a.db");
    fixture.database.execute("PRAGMA busy_timeout = 1");

    const auto answer = fixture.answer(insert(1));

    CHECK(answer.errorCode == "P1008");
    CHECK(answer.status == 400);
}
