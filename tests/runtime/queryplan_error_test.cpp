// Failures of the database and of validations, in the form that clients of version 7 read.
#include <catch2/catch.hpp>

#include "tests/runtime/queryplan_fixture.hpp"

using namespace loam::testing;

namespace {

std::string execute(const std::string& sql) { return node("execute", templateSql(chunk(sql))); }

std::string
validate(const std::string& tested, const std::string& error, const std::string& context) {
    return node("validate",
        R"({"expr":)" + value(tested) +
            R"(,"rules":[{"type":"rowCountEq","args":2}],"errorIdentifier":")" + error +
            R"(","context":)" + context + "}");
}

}  // namespace

TEST_CASE(
    "rejects a value that is there already with P2002 and the driver's words", "[queryplan]") {
    PlanFixture fixture;
    fixture.run(execute("INSERT INTO city (id, name) VALUES (1, 'Ulm')"));

    const auto answer = fixture.answer(execute("INSERT INTO city (id, name) VALUES (2, 'Ulm')"));

    CHECK(answer.status == 400);
    CHECK(
        answer.body ==
        R"json({"code":"P2002","error":"Unique constraint failed on the fields: (`name`)","meta":)json"
        R"({"driverAdapterError":{"name":"DriverAdapterError","cause":)"
        R"({"originalCode":"SQLITE_CONSTRAINT_UNIQUE",)"
        R"("originalMessage":"UNIQUE constraint failed: city.name",)"
        R"("kind":"UniqueConstraintViolation","constraint":{"fields":["name"]},)"
        R"("table":"city"}},"table":"city"}})");
}

TEST_CASE("rejects other constraint failures with their codes", "[queryplan]") {
    PlanFixture fixture;

    const auto foreignKey =
        fixture.answer(execute("INSERT INTO street (name, cityId) VALUES ('Main', 9)"));
    const auto null = fixture.answer(execute("INSERT INTO city (name) VALUES (NULL)"));

    CHECK(foreignKey.errorCode == "P2003");
    CHECK(foreignKey.body.find(R"("constraint":{"foreignKey":{}})") != std::string::npos);
    CHECK(null.errorCode == "P2011");
    CHECK(null.body.find("Null constraint violation on the fields: (`name`)") != std::string::npos);
}

TEST_CASE("rejects tables and columns that do not exist", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.message(query("SELECT 1 FROM nowhere")) ==
          "The table `nowhere` does not exist in the current database.");
    CHECK(fixture.message(query("SELECT age FROM city")) ==
          "The column `age` does not exist in the current database.");
    CHECK(fixture.answer(query("SELEC 1")).errorCode == "P2039");
}

TEST_CASE("failures of the user's own SQL are P2010 whatever they are", "[queryplan]") {
    PlanFixture fixture;
    fixture.run(execute("INSERT INTO city (id, name) VALUES (1, 'Ulm')"));

    CHECK(fixture.message(node("query", rawSql("SELEC 1"))) ==
          R"(Raw query failed. Code: `SQLITE_ERROR`. Message: `near \"SELEC\": syntax error`)");
    CHECK(fixture.message(node("execute", rawSql("INSERT INTO city (name) VALUES ('Ulm')"))) ==
          "Raw query failed. Code: `SQLITE_CONSTRAINT_UNIQUE`. Message: `UNIQUE constraint failed: "
          "city.name`");
}

TEST_CASE("a validation that fails says so in Prisma's words", "[queryplan]") {
    PlanFixture fixture;
    const auto failed = [&fixture](const std::string& error, const std::string& context) {
        const auto answer = fixture.answer(validate("[1]", error, context));
        return answer.errorCode + " " + fixture.message(validate("[1]", error, context));
    };

    CHECK(fixture.run(validate("[1,2]", "MISSING_RECORD", R"({"operation":"an update"})")) ==
          "[1,2]");
    CHECK(failed("MISSING_RECORD", R"({"operation":"an update"})") ==
          "P2025 An operation failed because it depends on one or more records that were required "
          "but not found. No record was found for an update.");
    CHECK(
        failed("MISSING_RELATED_RECORD",
            R"({"model":"User","relation":"R","relationType":"one-to-many",)"
            R"("operation":"a connect","neededFor":"go on"})") ==
        "P2025 An operation failed because it depends on one or more records that were required "
        "but not found. No 'User' record (needed to go on) was found for a connect on "
        "one-to-many relation 'R'.");
    CHECK(failed("INCOMPLETE_CONNECT_INPUT", R"({"expectedRows":2})") ==
          "P2025 An operation failed because it depends on one or more records that were required "
          "but not found. Expected 2 records to be connected, found only 1.");
    CHECK(
        failed("INCOMPLETE_CONNECT_OUTPUT",
            R"({"expectedRows":2,"relation":"R","relationType":"many-to-many"})") ==
        "P2018 The required connected records were not found. Expected 2 records to be connected "
        "after connect operation on many-to-many relation 'R', found 1.");
    CHECK(failed("RELATION_VIOLATION", R"({"relation":"R","modelA":"A","modelB":"B"})") ==
          "P2014 The change you are trying to make would violate the required relation 'R' between "
          "the `A` and `B` models.");
    CHECK(failed("RECORDS_NOT_CONNECTED", R"({"relation":"R","parent":"A","child":"B"})") ==
          "P2017 The records for relation `R` between the `A` and `B` models are not connected.");
}

TEST_CASE("the context of a failed validation is the meta of the error", "[queryplan]") {
    PlanFixture fixture;

    const auto answer = fixture.answer(
        validate("null", "MISSING_RECORD", R"({"operation":"a delete","more":[1,null]})"));

    CHECK(answer.status == 400);
    CHECK(answer.body.find(R"("meta":{"operation":"a delete","more":[1,null]})") !=
          std::string::npos);
}
