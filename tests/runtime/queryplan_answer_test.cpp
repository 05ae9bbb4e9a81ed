// The dataMap node: the shape of answers and the forms of values in them.
#include <catch2/catch.hpp>

#include "tests/runtime/queryplan_fixture.hpp"

using namespace loam::testing;

namespace {

std::string
field(const std::string& column, const std::string& type, const std::string& arity = "optional") {
    return R"({"type":"field","dbName":")" + column + R"(","fieldType":{"arity":")" + arity +
           R"(","type":)" + type + "}}";
}

std::string object(const std::string& fields, const std::string& more = "\"serializedName\":null") {
    return R"({"type":"object",)" + more + R"(,"fields":{)" + fields + "}}";
}

std::string dataMap(
    const std::string& expression, const std::string& structure, const std::string& enums = "{}") {
    return node("dataMap",
        R"({"expr":)" + expression + R"(,"structure":)" + structure + R"(,"enums":)" + enums + "}");
}

/// One value of a field of that type, as the answer has it.
std::string mapped(const std::string& sql, const std::string& type) {
    PlanFixture fixture;
    return fixture.run(dataMap(
        node("unique", query("SELECT " + sql + " AS x")), object("\"f\":" + field("x", type))));
}

}  // namespace

TEST_CASE("records become objects with the fields of the structure in its order", "[queryplan]") {
    PlanFixture fixture;

    const std::string data = fixture.run(dataMap(people,
        object("\"title\":" + field("name", "\"string\"") + ",\"no\":" + field("id", "\"int\""))));

    CHECK(data == R"([{"title":"Ada","no":1},{"title":"Bob","no":2},{"title":"Cy","no":3}])");
}

TEST_CASE(
    "objects within objects come from a nested value or from the same record", "[queryplan]") {
    PlanFixture fixture;
    const std::string nested =
        "\"all\":" +
        object(
            "\"n\":" + field("n", "\"int\""), R"("serializedName":"@nested$all","skipNulls":true)");
    const std::string same = "\"_count\":" + object("\"posts\":" + field("c", "\"int\""));

    const std::string data = fixture.run(dataMap(
        value(R"({"@nested$all":[{"n":1},null,{"n":2}],"c":5})"), object(nested + "," + same)));

    CHECK(data == R"({"all":[{"n":1},{"n":2}],"_count":{"posts":5}})");
}

TEST_CASE("numbers are exact, and those beyond JSON carry their type", "[queryplan]") {
    CHECK(mapped("7", "\"int\"") == R"({"f":7})");
    CHECK(mapped("7.9", "\"int\"") == R"({"f":7})");
    CHECK(mapped("0.1 + 0.2", "\"float\"") == R"({"f":0.30000000000000004})");
    CHECK(mapped("'1.5'", "\"float\"") == R"({"f":1.5})");
    CHECK(mapped("9223372036854775807", "\"bigint\"") ==
          R"({"f":{"$type":"BigInt","value":"9223372036854775807"}})");
    CHECK(mapped("1e18", "\"bigint\"") ==
          R"({"f":{"$type":"BigInt","value":"1000000000000000000"}})");
    CHECK(mapped("10.25", "\"decimal\"") == R"({"f":{"$type":"Decimal","value":"10.25"}})");
    CHECK(mapped("1e21", "\"decimal\"") ==
          R"({"f":{"$type":"Decimal","value":"1000000000000000000000"}})");
    CHECK(mapped("100", "\"decimal\"") == R"({"f":{"$type":"Decimal","value":"100"}})");
}

TEST_CASE("booleans, texts and enums are plain", "[queryplan]") {
    PlanFixture fixture;

    CHECK(mapped("1", "\"boolean\"") == R"({"f":true})");
    CHECK(mapped("0", "\"boolean\"") == R"({"f":false})");
    CHECK(mapped("'a\\nb'", "\"string\"") == R"({"f":"a\nb"})");
    CHECK(fixture.run(dataMap(value(R"({"r":"adm"})"),
              object("\"role\":" + field("r", R"("enum","name":"Role")")),
              R"({"Role":{"adm":"ADMIN"}})")) == R"({"role":"ADMIN"})");
}

TEST_CASE(
    "times are read from milliseconds and from text, which is UTC without a zone", "[queryplan]") {
    const std::string expected = R"({"f":{"$type":"DateTime","value":"2023-04-05T06:07:08.000Z"}})";

    CHECK(mapped("1680674828000", "\"datetime\"") == expected);
    CHECK(mapped("'2023-04-05 06:07:08'", "\"datetime\"") == expected);
    CHECK(mapped("'2023-04-05T08:07:08+02:00'", "\"datetime\"") == expected);
}

TEST_CASE("bytes are base64 and documents are texts", "[queryplan]") {
    CHECK(mapped("x'00ff'", R"("bytes","encoding":"array")") ==
          R"({"f":{"$type":"Bytes","value":"AP8="}})");
    CHECK(mapped("'AP8='", R"("bytes","encoding":"base64")") ==
          R"({"f":{"$type":"Bytes","value":"AP8="}})");
    CHECK(mapped("'\\\\x00ff'", R"("bytes","encoding":"hex")") ==
          R"({"f":{"$type":"Bytes","value":"AP8="}})");
    CHECK(mapped("'{\\\"a\\\":1}'", "\"json\"") == R"({"f":{"$type":"Json","value":"{\"a\":1}"}})");
    CHECK(mapped("5", "\"json\"") == R"({"f":{"$type":"Json","value":"5"}})");
}

TEST_CASE("NULL is null, and an empty list where there are lists", "[queryplan]") {
    PlanFixture fixture;

    CHECK(mapped("NULL", "\"int\"") == R"({"f":null})");
    CHECK(fixture.run(dataMap(value(R"({"l":null,"m":[1,2]})"),
              object("\"l\":" + field("l", "\"int\"", "list") +
                     ",\"m\":" + field("m", "\"int\"", "list")))) == R"({"l":[],"m":[1,2]})");
}

TEST_CASE("a number of changed rows becomes a count", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.run(dataMap(value("3"), R"({"type":"affectedRows"})")) == R"({"count":3})");
}

TEST_CASE("rejects values that do not fit their field", "[queryplan]") {
    CHECK(mapped("'x'", "\"int\"")
              .find(R"("code":"P2023","error":"Expected an integer in column 'x', got text: x")") !=
          std::string::npos);
    CHECK(mapped("9007199254740993", "\"int\"").find("Consider using BigInt type.") !=
          std::string::npos);
    CHECK(mapped("'soon'", "\"datetime\"").find("Expected a date in column 'x'") !=
          std::string::npos);
    CHECK(mapped("9e999", "\"float\"").find("Expected a float in column 'x'") != std::string::npos);
    CHECK(mapped("5", "\"string\"").find("Expected a string in column 'x'") != std::string::npos);
    CHECK(mapped("x'ff'", "\"decimal\"").find("Expected a decimal") != std::string::npos);
}

TEST_CASE("rejects text that is not valid UTF-8", "[queryplan]") {
    CHECK(mapped("CAST(x'ff' AS TEXT)", "\"string\"").find("is not valid UTF-8") !=
          std::string::npos);
}

TEST_CASE("rejects an answer whose column the rows do not have", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.message(dataMap(people, object("\"f\":" + field("age", "\"int\"")))) ==
          "Missing data field (Value): 'age'");
}
