#include <catch2/catch.hpp>

#include "runtime/request/error.hpp"
#include "runtime/request/graphql_operation.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/limits.hpp"

using namespace loam::runtime::request;

namespace {

/// The operation without variables and fragments, printed.
std::string
resolved(std::string_view text, std::string_view variables = "null", std::string_view name = "") {
    TextPool pool;
    const Document document = parseGraphql(text, pool);
    return print(resolve(document, chooseOperation(document, name), parseJson(variables, pool)));
}

std::string
problem(std::string_view text, std::string_view variables = "null", std::string_view name = "") {
    try {
        resolved(text, variables, name);
    } catch (const RequestError& error) {
        CHECK(error.code() == "P2009");
        return error.message();
    }
    return "";
}

}  // namespace

TEST_CASE("an operation keeps fields, aliases, arguments and nesting", "[graphql]") {
    CHECK(
        resolved("{ a: users(where: {id: {in: [1, -2.5]}, t: \"x\\\"\"} take: 3) { id, n: name } "
                 "__typename }") ==
        "query {\n"
        "  a: users(where: {id: {in: [1, -2.5]}, t: \"x\\\"\"}, take: 3) {\n"
        "    id\n"
        "    n: name\n"
        "  }\n"
        "  __typename\n"
        "}\n");
}

TEST_CASE("the operation is chosen by name", "[graphql]") {
    constexpr auto text = "query A { a } mutation B { b }";

    CHECK(resolved(text, "null", "B") == "mutation B {\n  b\n}\n");
    CHECK_THAT(problem(text), Catch::Contains("several operations"));
    CHECK_THAT(
        problem(text, "null", "C"), Catch::Contains("no operation named `C`; it has `A`, `B`"));
}

TEST_CASE("rejects operations and fragments that share a name", "[graphql]") {
    CHECK_THAT(problem("query A { a } query A { b }", "null", "A"),
        Catch::Contains("two operations named `A`"));
    CHECK_THAT(problem("query A { a } { b }", "null", "A"),
        Catch::Contains("without a name must be the only one"));
    CHECK_THAT(problem("{ ...F } fragment F on X { a } fragment F on X { b }"),
        Catch::Contains("two fragments named `F`"));
}

TEST_CASE("variables are put in place, with defaults and null", "[graphql]") {
    constexpr auto text =
        "query($a: Int!, $b: [Int] = [7], $c: UserWhereInput, $d: String) { f(a: $a, b: $b, c: $c, "
        "d: $d, e: [$d]) }";

    CHECK(resolved(text, R"({"a": 1})") == "query {\n  f(a: 1, b: [7], e: [null])\n}\n");
    CHECK(resolved(text, R"({"a": 1, "b": 2, "c": {"x": null}, "d": null})") ==
          "query {\n  f(a: 1, b: [2], c: {x: null}, d: null, e: [null])\n}\n");
}

TEST_CASE("rejects variables that do not fit their type", "[graphql]") {
    const auto [type, value, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"Int!", "{}", "`$v` of type `Int!` is required"},
        {"Int!", R"({"v": null})", "must not be null"},
        {"Int", R"({"v": 2147483648})", "not of type `Int`"},
        {"Int", R"({"v": 1.5})", "not of type `Int`"},
        {"Boolean", R"({"v": "true"})", "not of type `Boolean`"},
        {"String", R"({"v": 1})", "not of type `String`"},
        {"[Int!]", R"({"v": [1, null]})", "must not be null"},
        {"[Float]", R"({"v": ["x"]})", "not of type `Float`"},
    }));

    CHECK_THAT(problem("query($v: " + type + ") { f(a: $v) }", value), Catch::Contains(expected));
}

TEST_CASE("rejects variables that are not declared or declared twice", "[graphql]") {
    CHECK_THAT(problem("{ f(a: $v) }"), Catch::Contains("`$v` is not declared"));
    CHECK_THAT(problem("query($v: Int, $v: Int) { f }"), Catch::Contains("declared twice"));
    CHECK_THAT(problem("query($v: Int = $w) { f }"), Catch::Contains("must not contain variables"));
}

TEST_CASE("fragments are put in place and equal fields merged", "[graphql]") {
    CHECK(resolved("{ u { ...F ... on User { id b { x } } ... { c } } } fragment F on User { id b "
                   "{ y } }") ==
          "query {\n  u {\n    id\n    b {\n      y\n      x\n    }\n    c\n  }\n}\n");
}

TEST_CASE("include and skip choose fields and fragments", "[graphql]") {
    CHECK(
        resolved("query($yes: Boolean!) { a @include(if: $yes) b @skip(if: $yes) "
                 "...F @include(if: false) ... @skip(if: false) { d } } fragment F on Query { c }",
            R"({"yes": true})") == "query {\n  a\n  d\n}\n");
}

TEST_CASE("block strings lose their indentation", "[graphql]") {
    CHECK(resolved("{ f(t: \"\"\"\n    a\n      b \\\"\"\"\n\n    c\n  \"\"\") }") ==
          "query {\n  f(t: \"a\\n  b \\\"\\\"\\\"\\n\\nc\")\n}\n");
}

TEST_CASE("comments, commas and a byte order mark are skipped", "[graphql]") {
    CHECK(resolved("\xEF\xBB\xBF# hello\n{ a,,b # end\r\n c }") == "query {\n  a\n  b\n  c\n}\n");
}

TEST_CASE("rejects malformed documents with line and column", "[graphql]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"", "contains no operation"},
        {"{ a", "line 1, column 4: expected a field, ... or }, found the end"},
        {"{\n  a(b 1)\n}", "line 2, column 7: expected :"},
        {"{ }", "expected a field"},
        {"{ a(b: 01) }", "must not start with a zero"},
        {"{ a(b: 1.) }", "needs digits"},
        {"{ a(b: 1x) }", "must not run into"},
        {"{ a(b: \"x) }", "no closing quote"},
        {"{ a(b: \"\\u{110000}\") }", "not a character"},
        {"{ a(b: \"\\ud800\") }", "half of a surrogate pair"},
        {"{ a(b: \"\"\"x) }", "no closing quotes"},
        {"{ a ; }", "unexpected character"},
        {"subscription { a }", "subscriptions are not supported"},
        {"type A { b: Int }", "expected query, mutation, fragment or {"},
        {"{ ...F }", "fragment `F` is not defined"},
        {"{ ...F } fragment F on Q { ...F }", "contains itself"},
        {"fragment on on Q { a } { a }", "must not be named"},
        {"{ a @upper }", "`@upper` is unknown"},
        {"{ a @include }", "needs one argument"},
        {"{ a @skip(if: 1) }", "needs one argument"},
        {"{ a: b a: c }", "different fields would have the key `a`"},
        {"{ a(x: 1) a(x: 2) }", "different fields would have the key `a`"},
        {"{ \xff }", "invalid UTF-8"},
    }));

    CHECK_THAT(problem(text), Catch::Contains(expected));
}

TEST_CASE("rejects selections and values that are nested too deeply", "[graphql]") {
    const std::size_t levels = limits::depth + 5;
    std::string selections;
    for (std::size_t level = 0; level < levels; ++level) {
        selections += "{ a ";
    }

    CHECK_THAT(problem(selections), Catch::Contains("limit of 100 levels"));
    CHECK_THAT(
        problem("{ a(b: " + std::string(levels, '[')), Catch::Contains("limit of 100 levels"));
    CHECK_THAT(
        problem("query($a: " + std::string(levels, '[')), Catch::Contains("limit of 100 levels"));
}

TEST_CASE("rejects fragments that multiply into too many fields", "[graphql]") {
    std::string text = "{ ...F0 }";
    for (int level = 0; level < 20; ++level) {
        const std::string next = "...F" + std::to_string(level + 1);
        text += " fragment F" + std::to_string(level) + " on Q { x { " + next + " } y { " + next +
                " } }";
    }
    text += " fragment F20 on Q { z }";

    CHECK_THAT(problem(text), Catch::Contains("limit of 5000 fields"));
}

TEST_CASE("rejects a list that fields or fragments multiply into too many values", "[graphql]") {
    std::string list = "[0";
    for (int value = 1; value < 2000; ++value) {
        list += ",0";
    }
    list += "]";
    std::string uses;
    std::string spreads;
    for (int copy = 0; copy < 251; ++copy) {
        const std::string key = " f" + std::to_string(copy);
        uses += key + ": x(a: $v)";
        spreads += key + ": x { ...F }";
    }

    const std::string byVariable =
        problem("query($v: [Int]) {" + uses + " }", R"({"v": )" + list + "}");
    const std::string byFragment =
        problem("{" + spreads + " } fragment F on Q { z(a: " + list + ") }");

    CHECK_THAT(byVariable, Catch::Contains("limit of 500000 values"));
    CHECK_THAT(byFragment, Catch::Contains("limit of 500000 values"));
}

TEST_CASE("rejects a text that fields multiply into too many bytes", "[graphql]") {
    std::string uses;
    for (int copy = 0; copy < 21; ++copy) {
        uses += " f" + std::to_string(copy) + ": x(a: $v)";
    }
    const std::string variables = R"({"v": ")" + std::string(1048576, 'a') + "\"}";

    CHECK(problem("query($v: String) {" + uses.substr(0, uses.rfind(" f")) + " }", variables)
              .empty());
    CHECK_THAT(problem("query($v: String) {" + uses + " }", variables),
        Catch::Contains("limit of 20971520 bytes"));
}

TEST_CASE("rejects documents that spell out too much", "[graphql]") {
    const auto repeat = [](const std::string& unit, std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += unit;
        }
        return text;
    };
    const std::string limit = "limit of 50000 selections, directives and variables";

    CHECK_THAT(problem("{ a(b: [" + repeat("1 ", limits::values) + "]) }"),
        Catch::Contains("limit of 500000 values"));
    CHECK_THAT(
        problem("{" + repeat("a ", limits::documentNodes + 1) + "}"), Catch::Contains(limit));
    CHECK_THAT(problem("{ a " + repeat("@b", limits::documentNodes) + "}"), Catch::Contains(limit));
    CHECK_THAT(problem(repeat("{a}", limits::documentNodes + 1)), Catch::Contains(limit));
    CHECK_THAT(problem("query(" + repeat("$a: [[[A]]]", limits::documentNodes / 4 + 1) + ") { a }"),
        Catch::Contains(limit));
}

TEST_CASE("of names that occur twice the last one counts, among few and among many", "[graphql]") {
    std::string many;
    for (int i = 0; i < 1000; ++i) {
        many += " a" + std::to_string(i) + ": 1";
    }

    for (const std::string name : {"a0", "a15", "a16", "a999"}) {
        const std::string twice =
            resolved("{ x(" + many + " " + name + ": 2, o: {" + many + " " + name + ": 3}) }");

        CHECK_THAT(twice, Catch::Contains(name + ": 2"));
        CHECK_THAT(twice, Catch::Contains(name + ": 3"));
        CHECK_THAT(twice, !Catch::Contains(name + ": 1,") && !Catch::Contains(name + ": 1}"));
    }
    CHECK_THAT(resolved("{ x(a: 1 a: 2) }"), Catch::Contains("x(a: 2)"));
}
