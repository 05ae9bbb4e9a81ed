// Every kind of node, on values of its own.
#include <catch2/catch.hpp>

#include "tests/runtime/queryplan_fixture.hpp"

using namespace loam::testing;

TEST_CASE("a value node is its value", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.run(value(R"({"a":[1,2.5,"x",null,true]})")) == R"({"a":[1,2.5,"x",null,true]})");
}

TEST_CASE("a parameter is looked up in the parameters of the request", "[queryplan]") {
    PlanFixture fixture;

    const std::string data = fixture.run(
        value(R"([{"prisma__type":"param","prisma__value":{"name":"%1","type":"Int"}}])"),
        R"({"%1":7})");

    CHECK(data == "[7]");
}

TEST_CASE("a parameter that looks like a reference is not followed", "[queryplan]") {
    PlanFixture fixture;
    const std::string reference =
        R"({"prisma__type":"param","prisma__value":{"name":"%1","type":"Any"}})";

    const std::string data = fixture.run(value(reference), R"({"%1":)" + reference + "}");

    CHECK(data == reference);
}

TEST_CASE("bindings of let are seen by later ones and end with the node", "[queryplan]") {
    PlanFixture fixture;
    const std::string inner = node("let",
        R"({"bindings":[{"name":"a","expr":)" + value("2") + R"(},{"name":"b","expr":)" +
            node("get", R"({"name":"a"})") + R"(}],"expr":)" + node("get", R"({"name":"b"})") +
            "}");
    const std::string outer = node("let",
        R"({"bindings":[{"name":"a","expr":)" + value("1") + R"(}],"expr":)" +
            node("concat", "[" + inner + "," + node("get", R"({"name":"a"})") + "]") + "}");

    CHECK(fixture.run(outer) == "[2,1]");
}

TEST_CASE("seq is its last node, and unit is nothing", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.run(node("seq", "[" + value("1") + "," + value("2") + "]")) == "2");
    CHECK(fixture.run(node("seq", "[]")) == "null");
    CHECK(fixture.run(R"({"type":"unit"})") == "null");
}

TEST_CASE("unique takes the only record out of its list", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.run(node("unique", value("[5]"))) == "5");
    CHECK(fixture.run(node("unique", value("[]"))) == "null");
    CHECK(fixture.run(node("unique", value("6"))) == "6");
}

TEST_CASE("rejects more than one record for unique, and nothing for required", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.message(node("unique", value("[1,2]"))) ==
          "The query plan failed: expected zero or one record, got 2.");
    CHECK(fixture.message(node("required", value("[]"))) ==
          "The query plan failed: a required value is empty.");
    CHECK(fixture.run(node("required", value("[0]"))) == "[0]");
}

TEST_CASE("getFirstNonEmpty skips null and empty lists", "[queryplan]") {
    PlanFixture fixture;
    const auto pick = [](const std::string& names) {
        return node("let",
            R"({"bindings":[{"name":"a","expr":)" + value("null") + R"(},{"name":"b","expr":)" +
                value("[]") + R"(},{"name":"c","expr":)" + value("0") + R"(}],"expr":)" +
                node("getFirstNonEmpty", R"({"names":[)" + names + "]}") + "}");
    };

    CHECK(fixture.run(pick(R"("a","b","c")")) == "0");
    CHECK(fixture.run(pick(R"("a","b")")) == "[]");
}

TEST_CASE("mapField takes one field out of every record", "[queryplan]") {
    PlanFixture fixture;
    const auto map = [](const std::string& field, const std::string& records) {
        return node("mapField", R"({"field":")" + field + R"(","records":)" + records + "}");
    };

    CHECK(fixture.run(map("name", people)) == R"(["Ada","Bob","Cy"])");
    CHECK(fixture.run(map("none", people)) == "[null,null,null]");
    CHECK(fixture.run(map("name", value(R"({"name":"Di"})"))) == R"("Di")");
}

TEST_CASE("concat, sum and reverse combine values", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.run(node("concat", "[" + value("[1,2]") + "," + value("3") + "]")) == "[1,2,3]");
    CHECK(fixture.run(node("concat", "[]")) == "[]");
    CHECK(fixture.run(node("sum", "[" + value("1") + "," + value("2.5") + "]")) == "3.5");
    CHECK(fixture.run(node("sum", "[]")) == "0");
    CHECK(fixture.run(node("reverse", value("[1,2,3]"))) == "[3,2,1]");
}

TEST_CASE("rejects a sum of something that is no number", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.message(node("sum", "[" + value("[1]") + "]")) ==
          "The query plan failed: it needs a number where it has a list.");
}

TEST_CASE("diff keeps the records whose key is not on the other side", "[queryplan]") {
    PlanFixture fixture;

    const std::string data = fixture.run(node("diff",
        R"({"from":)" + people + R"(,"to":)" + value(R"([{"id":2},{"id":3}])") +
            R"(,"fields":["id"]})"));

    CHECK(data == R"([{"id":1,"team":1,"name":"Ada"}])");
}

TEST_CASE("if chooses by a rule about its value", "[queryplan]") {
    PlanFixture fixture;
    const auto choose = [](const std::string& tested, const std::string& rule) {
        return node("if",
            R"({"value":)" + value(tested) + R"(,"rule":)" + rule + R"(,"then":)" + value("1") +
                R"(,"else":)" + value("2") + "}");
    };

    CHECK(fixture.run(choose("[1,2]", R"({"type":"rowCountEq","args":2})")) == "1");
    CHECK(fixture.run(choose("null", R"({"type":"rowCountEq","args":0})")) == "1");
    CHECK(fixture.run(choose("7", R"({"type":"rowCountNeq","args":1})")) == "2");
    CHECK(fixture.run(choose("7", R"({"type":"affectedRowCountEq","args":7})")) == "1");
    CHECK(fixture.run(choose("7", R"({"type":"never"})")) == "2");
}

TEST_CASE("join gives every parent its children", "[queryplan]") {
    PlanFixture fixture;
    const auto join = [](bool isUnique) {
        return node("join",
            R"({"parent":)" + value(R"([{"no":1},{"no":3}])") + R"(,"children":[{"child":)" +
                people + R"(,"on":[["no","team"]],"parentField":"of","isRelationUnique":)" +
                (isUnique ? "true" : "false") + R"(}],"canAssumeStrictEquality":true})");
    };

    CHECK(fixture.run(join(false)) ==
          R"([{"no":1,"of":[{"id":1,"team":1,"name":"Ada"},{"id":3,"team":1,"name":"Cy"}]},)"
          R"({"no":3,"of":[]}])");
    CHECK(fixture.run(join(true)) ==
          R"([{"no":1,"of":{"id":3,"team":1,"name":"Cy"}},{"no":3,"of":null}])");
}

TEST_CASE(
    "join compares keys of two types only when it is told that they may differ", "[queryplan]") {
    PlanFixture fixture;
    const auto join = [](const std::string& isStrict) {
        return node("join",
            R"({"parent":)" + value(R"({"no":1})") + R"(,"children":[{"child":)" +
                value(R"([{"of":"1"}])") +
                R"(,"on":[["no","of"]],"parentField":"all"}],)"
                R"("canAssumeStrictEquality":)" +
                isStrict + "}");
    };

    CHECK(fixture.run(join("true")) == R"({"no":1,"all":[]})");
    CHECK(fixture.run(join("false")) == R"({"no":1,"all":[{"of":"1"}]})");
}

TEST_CASE("join does not change the records that a variable holds", "[queryplan]") {
    PlanFixture fixture;
    const std::string get = node("get", R"({"name":"a"})");
    const std::string join = node("join",
        R"({"parent":)" + get + R"(,"children":[{"child":)" + get +
            R"(,"on":[],"parentField":"self"}]})");

    const std::string data = fixture.run(node("let",
        R"({"bindings":[{"name":"a","expr":)" + value(R"([{"x":1}])") + R"(}],"expr":)" +
            node("concat", "[" + join + "," + get + "]") + "}"));

    CHECK(data == R"([{"x":1,"self":[{"x":1}]},{"x":1}])");
}

TEST_CASE(
    "initializeRecord makes a record of values and the id of the inserted row", "[queryplan]") {
    PlanFixture fixture;
    const std::string insert =
        node("query", templateSql(chunk("INSERT INTO city (id, name) VALUES (42, 'Ulm')")));

    const std::string data = fixture.run(node("initializeRecord",
        R"({"expr":)" + insert +
            R"(,"fields":{"id":{"type":"lastInsertId"},"name":{"type":"value","value":"Ulm"}}})"));

    CHECK(data == R"({"id":42,"name":"Ulm"})");
}

TEST_CASE("mapRecord sets fields and calculates with them", "[queryplan]") {
    PlanFixture fixture;
    const auto map = [](const std::string& operation, const std::string& operand) {
        return node("mapRecord",
            R"({"expr":)" + value(R"({"n":6})") + R"(,"fields":{"n":{"type":")" + operation +
                R"(","value":)" + operand + "}}}");
    };

    CHECK(fixture.run(map("set", "1")) == R"({"n":1})");
    CHECK(fixture.run(map("add", "1")) == R"({"n":7})");
    CHECK(fixture.run(map("subtract", "1.5")) == R"({"n":4.5})");
    CHECK(fixture.run(map("multiply", "\"2\"")) == R"({"n":12})");
    CHECK(fixture.run(map("divide", "4")) == R"({"n":1.5})");
    CHECK(fixture.run(map("divide", "0")) == R"({"n":null})");
}

TEST_CASE("generators make times and identifiers", "[queryplan]") {
    PlanFixture fixture;
    const auto generate = [](const std::string& name, const std::string& args) {
        return value(
            R"({"prisma__type":"generatorCall","prisma__value":{"name":")" + name + R"(","args":)" +
            args + "}}");
    };

    CHECK(fixture.run(generate("now", "[]")) == R"("2021-02-03T04:05:06.789Z")");
    CHECK(fixture.run(generate("uuid", "[4]")) == R"("00000000-0000-4000-8000-000000000000")");
    CHECK(fixture.run(generate("uuid", "[7]")).substr(0, 15) == R"("01776610-b465-)");
    CHECK(fixture.run(generate("cuid", "[1]")).size() == 27);
    CHECK(fixture.run(generate("cuid", "[2]")).size() == 26);
    CHECK(fixture.run(generate("ulid", "[]")).size() == 28);
    CHECK(fixture.run(generate("nanoid", "[]")).size() == 23);
    CHECK(fixture.run(generate("nanoid", "[5]")).size() == 7);
    CHECK(fixture.run(generate("product", R"([[1,2],["a","b"]])")) ==
          R"([[1,"a"],[1,"b"],[2,"a"],[2,"b"]])");
    CHECK(fixture.run(generate("product", R"([[1,2],3])")) == "[[1,3],[2,3]]");
}
