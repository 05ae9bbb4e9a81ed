#include "templates/src/json/json_writer.hpp"

#include <loam/error.hpp>
#include <loam/intrinsics.hpp>
#include <loam/node.hpp>

#include <catch2/catch.hpp>
#include <limits>

using namespace loam;

namespace {

std::string compact(const Value& value) { return writeJson(value, JsonStyle::Compact); }

constexpr Field pairFields[] = {{"Zulu"}, {"Alpha"}};
constexpr StructTable pairTable{"Pair", pairFields, 2};

}  // namespace

TEST_CASE("JSON is written in the order of tables, and maps in the order of their keys", "[json]") {
    const Value object = make<ObjectNode>(pairTable, std::vector<Value>{Str("z"), Str("a")});
    const Value map = Any::object({{"b", 1}, {"a", true}});

    CHECK(compact(object) == R"({"Zulu":"z","Alpha":"a"})");
    CHECK(compact(map) == R"({"a":true,"b":1})");
}

TEST_CASE("JSON leaves out what is absent", "[json]") {
    const Value object = make<ObjectNode>(pairTable, std::vector<Value>{Value(), Str("a")});

    CHECK(compact(object) == R"({"Alpha":"a"})");
    CHECK(compact(Value()) == "null");
}

TEST_CASE("pretty JSON has two blanks a level and closes empty brackets at once", "[json]") {
    const Value value = Any::json(R"({"list": [1, {"x": []}], "none": {}})");

    const std::string text = writeJson(value, JsonStyle::Pretty);

    CHECK(
        text == "{\n  \"list\": [\n    1,\n    {\n      \"x\": []\n    }\n  ],\n  \"none\": {}\n}");
}

TEST_CASE(
    "JSON escapes quotes, backslashes and control characters, and passes UTF-8 through", "[json]") {
    const Value value =
        Str(std::string_view("a\"b\\c\n\t\x01\x7f\0 gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80", 22));

    CHECK(compact(value) ==
          "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f\\u0000 gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80\"");
}

TEST_CASE("JSON numbers are exact and as short as possible", "[json]") {
    CHECK(compact(Num(0.1)) == "0.1");
    CHECK(compact(Num(80.0)) == "80");
    CHECK(compact(Num(1e300)) == "1e+300");
    CHECK(compact(Num(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808");
    CHECK(compact(Num(std::int64_t{9007199254740993})) == "9007199254740993");
}

TEST_CASE("rejects a number that JSON cannot hold", "[json]") {
    CHECK_THROWS_AS(compact(Num(std::numeric_limits<double>::infinity())), ValidationError);
}

TEST_CASE("rejects a value known only at deployment where JSON needs a literal", "[json]") {
    CHECK_THROWS_AS(compact(region()), ValidationError);
}
