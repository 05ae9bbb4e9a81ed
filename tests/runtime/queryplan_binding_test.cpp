// How arguments are bound, by the types that the plan gives them.
#include <catch2/catch.hpp>

#include "tests/runtime/queryplan_fixture.hpp"

using namespace loam::testing;

namespace {

/// What SQLite has got, as "type value".
std::string bound(const std::string& argument, const std::string& type) {
    PlanFixture fixture;
    const std::string data = fixture.run(node("mapField",
        R"({"field":"v","records":)" +
            node("unique",
                node("query",
                    templateSql(chunk("SELECT typeof(p) || ' ' || quote(p) AS v FROM (SELECT ") +
                                    "," + parameter + "," + chunk(" AS p)"),
                        argument, scalar(type)))) +
            "}"));
    return data.size() < 2 ? data : data.substr(1, data.size() - 2);
}

}  // namespace

TEST_CASE("numbers are bound as numbers, also when they are written as text", "[queryplan]") {
    CHECK(bound("5", "int") == "integer 5");
    CHECK(bound("\"9223372036854775807\"", "bigint") == "integer 9223372036854775807");
    CHECK(bound("1.5", "float") == "real 1.5");
    CHECK(bound("\"10.25\"", "decimal") == "real 10.25");
    CHECK(bound("\"100\"", "decimal") == "integer 100");
}

TEST_CASE("booleans are bound as 0 and 1, NULL as NULL", "[queryplan]") {
    CHECK(bound("true", "boolean") == "integer 1");
    CHECK(bound("false", "unknown") == "integer 0");
    CHECK(bound("null", "string") == "null NULL");
}

TEST_CASE("times are bound as milliseconds since 1970", "[queryplan]") {
    CHECK(bound("\"2023-04-05T06:07:08.009Z\"", "datetime") == "integer 1680674828009");
    CHECK(bound("1680674828009", "datetime") == "integer 1680674828009");
    CHECK(bound(R"({"prisma__type":"generatorCall","prisma__value":{"name":"now","args":[]}})",
              "datetime") == "integer 1612325106789");
}

TEST_CASE("bytes are bound as a blob, other texts as they are", "[queryplan]") {
    CHECK(bound("\"AP8=\"", "bytes") == "blob X'00FF'");
    CHECK(bound("\"it's\"", "string") == "text 'it''s'");
    CHECK(bound("\"{}\"", "json") == "text '{}'");
    CHECK(bound("\"5\"", "enum") == "text '5'");
}

TEST_CASE("rejects arguments that are not what their type says", "[queryplan]") {
    PlanFixture fixture;
    const auto message = [&fixture](const std::string& argument, const std::string& type) {
        return fixture.message(
            node("query", rawSql("SELECT ?", "[" + argument + "]", "[" + scalar(type) + "]")));
    };

    CHECK(message("\"x\"", "int") ==
          R"(Invalid input value: \"x\" is not a whole number of 64 bits.)");
    CHECK(message("\"1.2.3\"", "decimal") == R"(Invalid input value: \"1.2.3\" is not a number.)");
    CHECK(message("\"never\"", "datetime") == R"(Invalid input value: \"never\" is not a time.)");
    CHECK(message("\"*\"", "bytes") == R"(Invalid input value: \"*\" is not base64.)");
    CHECK(message("[1]", "int") ==
          "The query plan is not valid: a parameter of a statement is a list, which SQLite cannot "
          "store.");
}
