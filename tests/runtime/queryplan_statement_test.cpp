// Statements: templates with every kind of fragment, splitting, and the user's own SQL.
#include <catch2/catch.hpp>

#include "tests/runtime/queryplan_fixture.hpp"

using namespace loam::testing;

namespace {

std::string numbers(std::size_t count) {
    std::string list = "[";
    for (std::size_t number = 1; number <= count; ++number) {
        list += (number == 1 ? "" : ",") + std::to_string(number);
    }
    return list + "]";
}

/// Makes cities 1 to count.
std::string insertCities(std::size_t count) {
    std::string rows = "[";
    for (std::size_t number = 1; number <= count; ++number) {
        rows += (number == 1 ? "[" : ",[") + std::to_string(number) + ",\"c" +
                std::to_string(number) + "\"]";
    }
    return node("execute",
        templateSql(chunk("INSERT INTO city (id, name) VALUES ") + "," + tupleList, rows + "]",
            R"({"arity":"tuple","elements":[)" + scalar("int") + "," + scalar("string") + "]}"));
}

std::string inList(const std::string& list, bool isChunkable = true) {
    return node("query",
        templateSql(chunk("SELECT id FROM city WHERE id IN ") + "," + tuple + "," +
                        chunk(" AND id > ") + "," + parameter,
            list + ",0", scalar("int") + "," + scalar("int"), isChunkable));
}

}  // namespace

TEST_CASE("a query gives its rows as records by column name", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.run(query("SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, NULL")) ==
          R"([{"a":1,"b":"x"},{"a":2,"b":null}])");
}

TEST_CASE("of columns with the same name the last one counts", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.run(query("SELECT 1 AS a, 2 AS b, 3 AS a")) == R"([{"a":3,"b":2}])");
}

TEST_CASE("a tuple becomes as many parameters as it has items, or NULL", "[queryplan]") {
    PlanFixture fixture;
    fixture.run(insertCities(3));

    CHECK(fixture.run(inList("[1,3,9]")) == R"([{"id":1},{"id":3}])");
    CHECK(fixture.run(inList("2")) == R"([{"id":2}])");
    CHECK(fixture.run(inList("[]")) == "[]");
}

TEST_CASE("a list of tuples becomes groups of parameters", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.run(insertCities(2)) == "2");
    CHECK(fixture.select("SELECT id || name FROM city ORDER BY id") == "1c1,2c2");
}

TEST_CASE("parameters may be numbered", "[queryplan]") {
    PlanFixture fixture;

    const std::string data = fixture.run(node("query",
        templateSql(chunk("SELECT ") + "," + parameter + "," + chunk(" - ") + "," + parameter +
                        "," + chunk(" AS d"),
            "5,3", scalar("int") + "," + scalar("int"), false, true)));

    CHECK(data == R"([{"d":2}])");
}

TEST_CASE("a list beyond the limit of a statement is split over several", "[queryplan]") {
    PlanFixture fixture;
    constexpr std::size_t many = 40000;

    CHECK(fixture.run(insertCities(many)) == std::to_string(many));
    const std::string data = fixture.run(inList(numbers(many)));

    CHECK(std::count(data.begin(), data.end(), ':') == many);
    CHECK(data.ends_with(R"({"id":40000}])"));
}

TEST_CASE(
    "rejects more parameters than a statement can have when it cannot be split", "[queryplan]") {
    PlanFixture fixture;

    const auto answer = fixture.answer(inList(numbers(32767), false));

    CHECK(answer.status == 422);
    CHECK(answer.errorCode == "P2029");
}

TEST_CASE("the user's queries are answered with columns, types and rows", "[queryplan]") {
    PlanFixture fixture;
    fixture.database.execute(
        "INSERT INTO city VALUES (1, 'Ulm', 1.5, 9, 10.25, 1, 1680674828000, x'00ff', '{\"a\": "
        "[1]}')");

    const std::string data = fixture.run(node("query", rawSql("SELECT *, 1 + 1 AS sum FROM city")));

    CHECK(
        data ==
        R"({"columns":["id","name","size","people","rate","isOld","founded","seal","facts","sum"],)"
        R"("types":["int","string","double","bigint","decimal","bool","datetime","bytes","json",)"
        R"("bigint"],"rows":[[1,"Ulm",1.5,"9","10.25",true,"2023-04-05T06:07:08.000Z","AP8=",)"
        R"({"a":[1]},"2"]]})");
}

TEST_CASE("columns without a declared type take that of their first value", "[queryplan]") {
    PlanFixture fixture;

    CHECK(
        fixture.run(node("query", rawSql("SELECT NULL AS a, 1.5 AS b, x'00' AS c"))) ==
        R"({"columns":["a","b","c"],"types":["int","unknown","bytes"],"rows":[[null,1.5,"AA=="]]})");
}

TEST_CASE("the user's statements are answered with the number of changed rows", "[queryplan]") {
    PlanFixture fixture;
    const std::string insert = "INSERT INTO city (id, name) VALUES (?, ?), (2, 'b')";

    CHECK(fixture.run(node("execute",
              rawSql(insert, R"([1,"a"])", "[" + scalar("int") + "," + scalar("string") + "]"))) ==
          "2");
    CHECK(fixture.run(node("execute", rawSql("CREATE TABLE other (id INT)"))) == "0");
    CHECK(fixture.run(node("execute", rawSql("VACUUM"))) == "0");
}

TEST_CASE("rejects a second statement behind the first", "[queryplan]") {
    PlanFixture fixture;

    const std::string message =
        fixture.message(node("execute", rawSql("DELETE FROM city; DROP TABLE city")));

    CHECK(message.find("the SQL holds more than one statement") != std::string::npos);
    CHECK(fixture.run(node("execute", rawSql("DELETE FROM city ; -- done"))) == "0");
}

TEST_CASE("rejects a wrong number of arguments", "[queryplan]") {
    PlanFixture fixture;

    CHECK(fixture.message(node("query", rawSql("SELECT ?, ?", "[1]", "[" + scalar("int") + "]")))
              .find("the statement has 2 parameters, and 1 are given") != std::string::npos);
}
