#include <catch2/catch.hpp>

#include "runtime/request/error.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/limits.hpp"
#include "runtime/request/operation.hpp"
#include "runtime/request/text.hpp"

using namespace loam::runtime::request;

namespace {

std::string reprint(std::string_view json) {
    TextPool pool;
    return print(parseJson(json, pool));
}

std::string problem(std::string_view json) {
    try {
        TextPool pool;
        parseJson(json, pool);
    } catch (const RequestError& error) {
        return error.message();
    }
    return "";
}

}  // namespace

TEST_CASE("JSON documents become values whose numbers keep their digits", "[json]") {
    CHECK(reprint(R"( {"a": [1, -2.50e3, true, null, {}], "b": "x"} )") ==
          R"({a: [1, -2.50e3, true, null, {}], b: "x"})");
    CHECK(reprint("123456789012345678901234567890") == "123456789012345678901234567890");
    CHECK(reprint("[]") == "[]");
}

TEST_CASE("JSON escapes are decoded, surrogate pairs included", "[json]") {
    TextPool pool;

    const Value value = parseJson(R"("a\n\u00e9\ud83d\ude00\/")", pool);

    CHECK(value.text == "a\n\xC3\xA9\xF0\x9F\x98\x80/");
}

TEST_CASE("compacting JSON removes white space and nothing else", "[json]") {
    CHECK(compactJson(" { \"a b\" : [ 1.50 , \"\\u0041 \" ] , \"n\" : null } ") ==
          R"({"a b":[1.50,"\u0041 "],"n":null})");
}

TEST_CASE("rejects what is not JSON, with line and column", "[json]") {
    const auto [document, expected] = GENERATE(table<std::string, std::string>({
        {"", "line 1, column 1: the document ends too early"},
        {"{\"a\": 1,\n \"a\": 2}", "line 2, column 5: the name \"a\" occurs twice"},
        {"[1,]", "expected a value"},
        {"[1 2]", "expected , or ] in a list"},
        {"{a: 1}", "expected a name in quotes"},
        {"{\"a\" 1}", "expected : after a name"},
        {"01", "text after the end of the document"},
        {"1.", "a decimal point needs digits"},
        {"1e", "an exponent needs digits"},
        {"\"a", "the text has no closing quote"},
        {"\"a\tb\"", "a control character"},
        {"\"\\x\"", "unknown escape"},
        {"\"\\u00g0\"", "four hexadecimal digits"},
        {"\"\\u0000\"", "NUL cannot be stored"},
        {"\"\\ud800\"", "half of a surrogate pair"},
        {"\"\\ud800\\u0041\"", "half of a surrogate pair"},
        {"\"\xff\"", "invalid UTF-8"},
        {"\"\xed\xa0\x80\"", "invalid UTF-8"},
        {"\"\xc0\x80\"", "invalid UTF-8"},
        {"truth", "expected a value"},
    }));

    CHECK_THAT(problem(document), Catch::Contains(expected));
}

TEST_CASE("rejects JSON that is nested too deeply", "[json]") {
    const std::string deep = std::string(limits::depth + 2, '[');

    CHECK_THAT(problem(deep), Catch::Contains("limit of 100 levels"));
}

TEST_CASE("rejects JSON with too many values", "[json]") {
    std::string list = "[0";
    for (std::size_t i = 0; i < limits::values; ++i) {
        list += ",0";
    }

    CHECK_THAT(problem(list + "]"), Catch::Contains("limit of 500000 values"));
}

TEST_CASE("rejects a name that occurs twice among many", "[json]") {
    std::string members;
    for (int i = 0; i < 1000; ++i) {
        members += "\"a" + std::to_string(i) + "\": 1, ";
    }

    CHECK(problem("{" + members + R"("b": 1})").empty());
    CHECK_THAT(problem("{" + members + R"("a7": 1})"), Catch::Contains("\"a7\" occurs twice"));
    CHECK_THAT(problem("{" + members + R"("a998": 1})"), Catch::Contains("\"a998\" occurs twice"));
}

TEST_CASE("a JSON string is valid whatever bytes the text holds", "[json]") {
    CHECK(jsonString("a\"\n\x01\xC3\xA9") == "\"a\\\"\\n\\u0001\xC3\xA9\"");
    CHECK(jsonString("\xC3(\xFF\xED\xA0\x80\xF0\x9F\x98") ==
          "\"\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
          "\xEF\xBF\xBD\"");
}

TEST_CASE("an excerpt ends with a whole character", "[json]") {
    CHECK(excerpt("abc", 3) == "abc");
    CHECK(excerpt("abcd", 3) == "abc...");
    CHECK(excerpt("ab\xC3\xA9", 3) == "ab...");
    CHECK(excerpt("\xF0\x9F\x98\x80x", 4) == "\xF0\x9F\x98\x80...");
}
