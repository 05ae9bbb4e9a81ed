#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;
using loam::testing::everyType;

namespace {

/// The one field of the one record, whose column is set by SQL.
std::string stored(const std::string& column, const std::string& field, const std::string& sql) {
    EngineFixture db(everyType);
    db.database.execute("INSERT INTO things (\"" + column + "\") VALUES (" + sql + ")");
    const std::string value = db.value("{ findFirstThing { " + field + " } }");
    return value.starts_with("{\"" + field)
               ? value.substr(field.size() + 4, value.size() - field.size() - 5)
               : value;
}

}  // namespace

TEST_CASE("values that other programs stored are read", "[result]") {
    CHECK(stored("at", "at", "1577934245678") == R"("2020-01-02T03:04:05.678Z")");
    CHECK(stored("at", "at", "'2020-01-02 03:04:05'") == R"("2020-01-02T03:04:05.000Z")");
    CHECK(stored("at", "at", "'2020-01-02T03:04:05.678+00:00'") == R"("2020-01-02T03:04:05.678Z")");
    CHECK(stored("price", "price", "12345678901234567890.12") == R"("12345678901234567000")");
    CHECK(stored("price", "price", "1e-7") == R"("0.0000001")");
    CHECK(stored("price", "price", "-1234.5") == R"("-1234.5")");
    CHECK(stored("price", "price", "0.5") == R"("0.5")");
    CHECK(stored("price", "price", "1e21") == R"("1000000000000000000000")");
    CHECK(stored("float", "float", "7") == "7");
    CHECK(stored("json", "json", "'2.50'") == R"("2.5")");
    CHECK(stored("role", "role", "'administrator'") == R"("ADMIN")");
    CHECK(stored("full_name", "name", "'a' || char(9) || char(1)") == R"("a\t\u0001")");
}

TEST_CASE("rejects stored values that do not fit their field", "[result]") {
    const auto [column, field, sql,
        expected] = GENERATE(table<std::string, std::string, std::string, std::string>({
        {"int", "int", "2147483648", "does not fit into an Int"},
        {"int", "int", "'many'", "is text, not an integer"},
        {"big", "big", "1e30", "is a number, not an integer"},
        {"float", "float", "9e999", "is infinite"},
        {"at", "at", "'soon'", "which is not a time"},
        {"at", "at", "9223372036854775807", "outside of the years"},
        {"full_name", "name", "CAST(x'ff' AS TEXT)", "is not valid UTF-8"},
        {"full_name", "name", "x'00'", "is bytes, not text"},
    }));

    const std::string answer = stored(column, field, sql);

    CHECK_THAT(answer, Catch::Contains("P2023") && Catch::Contains(expected));
}

TEST_CASE("rejects NULL in a required field", "[result]") {
    EngineFixture db(everyType);
    db.database.execute("DROP TABLE things");
    db.database.execute("CREATE TABLE things (id INTEGER, int INTEGER)");
    db.database.execute("INSERT INTO things VALUES (NULL, 1)");

    CHECK_THAT(db.run("{ findFirstThing { id } }"), Catch::Contains("P2032"));
}

TEST_CASE("rejects a stored word that the enum lacks with an error without a code", "[result]") {
    CHECK_THAT(stored("role", "role", "'king'"),
        Catch::Contains(R"("message":"Value 'king' not found in enum 'Role'")") &&
            !Catch::Contains("error_code"));
}
