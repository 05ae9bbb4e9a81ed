#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;
using loam::testing::everyType;

namespace {

/// Ids of a findMany with the arguments, such as "1 3".
std::string ids(EngineFixture& db, const std::string& arguments) {
    const std::string list = db.value("{ findManyThing(" + arguments + ") { id } }");
    std::string result;
    for (const char letter : list) {
        if ((letter >= '0' && letter <= '9') || letter == ',') {
            result += letter == ',' ? ' ' : letter;
        }
    }
    return list.starts_with('[') ? result : list;
}

/// int by id: 1 -> 30, 2 -> none, 3 -> 10, 4 -> 20, 5 -> 20, 6 -> none
EngineFixture numbers() {
    EngineFixture db(everyType);
    db.run(
        "mutation { createManyThing(data: [{int: 30}, {}, {int: 10}, {int: 20}, {int: 20}, {}]) { "
        "count } }");
    return db;
}

}  // namespace

TEST_CASE("rows come in the order asked for", "[page]") {
    EngineFixture db = numbers();
    const auto [arguments, expected] = GENERATE(table<std::string, std::string>({
        {"orderBy: {id: desc}", "6 5 4 3 2 1"},
        {"orderBy: [{int: asc}, {id: asc}]", "2 6 3 4 5 1"},
        {"orderBy: [{int: desc}, {id: desc}]", "1 5 4 3 6 2"},
        {"orderBy: [{int: {sort: asc, nulls: last}}, {id: asc}]", "3 4 5 1 2 6"},
        {"orderBy: [{int: {sort: desc, nulls: first}}, {id: asc}]", "2 6 1 4 5 3"},
        {"orderBy: [{int: asc}, {int: desc}, {id: desc}, {id: asc}]", "6 2 3 5 4 1"},
        {"orderBy: []", "1 2 3 4 5 6"},
    }));

    CHECK(ids(db, arguments) == expected);
}

TEST_CASE("pages are cut from the start or from the end", "[page]") {
    EngineFixture db = numbers();
    const auto [arguments, expected] = GENERATE(table<std::string, std::string>({
        {"take: 2", "1 2"},
        {"take: 0", ""},
        {"take: -2", "5 6"},
        {"take: -2, skip: 1", "4 5"},
        {"skip: 4", "5 6"},
        {"skip: 2, take: 2, orderBy: {id: desc}", "4 3"},
        {"take: -2, orderBy: {id: desc}", "2 1"},
        {"take: 100", "1 2 3 4 5 6"},
        {"take: -100", "1 2 3 4 5 6"},
    }));

    CHECK(ids(db, arguments) == expected);
}

TEST_CASE("a cursor starts the page at its row, in any order", "[page]") {
    EngineFixture db = numbers();
    const auto [arguments, expected] = GENERATE(table<std::string, std::string>({
        {"cursor: {id: 3}", "3 4 5 6"},
        {"cursor: {id: 3}, take: 2", "3 4"},
        {"cursor: {id: 3}, take: 2, skip: 1", "4 5"},
        {"cursor: {id: 3}, take: -2", "2 3"},
        {"cursor: {id: 3}, take: -2, skip: 1", "1 2"},
        {"cursor: {id: 99}", ""},
        {"cursor: {id: 3}, where: {int: {gt: 10}}", "4 5"},
        {"cursor: {id: 4}, orderBy: {int: asc}", "4 5 1"},
        {"cursor: {id: 6}, orderBy: {int: asc}", "6 3 4 5 1"},
        {"cursor: {id: 2}, orderBy: {int: desc}", "2 6"},
        {"cursor: {id: 5}, orderBy: {int: desc}", "5 3 2 6"},
        {"cursor: {id: 1}, orderBy: {int: {sort: asc, nulls: last}}", "1 2 6"},
        {"cursor: {id: 2}, orderBy: {int: {sort: desc, nulls: first}}", "2 6 1 4 5 3"},
    }));

    INFO(arguments);
    CHECK(ids(db, arguments) == expected);
}

TEST_CASE("findFirst gives one row of the page or null", "[page]") {
    EngineFixture db = numbers();

    CHECK(db.value("{ findFirstThing(orderBy: {int: desc}) { id } }") == R"({"id":1})");
    CHECK(db.value("{ findFirstThing(take: -1) { id } }") == R"({"id":6})");
    CHECK(db.value("{ findFirstThing(where: {int: 5}) { id } }") == "null");
    CHECK(db.answer("{ findFirstThingOrThrow(where: {int: 5}) { id } }").errorCode == "P2025");
}

TEST_CASE("counts follow the filter and the page", "[page]") {
    EngineFixture db = numbers();

    CHECK(db.value("{ aggregateThing { _count { _all int } } }") ==
          R"({"_count":{"_all":6,"int":4}})");
    CHECK(db.value("{ aggregateThing(where: {int: 20}) { n: _count { a: _all __typename } } }") ==
          R"({"n":{"a":2,"__typename":"ThingCountAggregateOutputType"}})");
    CHECK(db.value("{ aggregateThing(cursor: {id: 2}, take: 3) { _count { _all int } } }") ==
          R"({"_count":{"_all":3,"int":2}})");
}

TEST_CASE("rejects a negative skip", "[page]") {
    EngineFixture db = numbers();

    const auto answer = db.answer("{ findManyThing(skip: -1) { id } }");

    CHECK(answer.failed);
    CHECK(answer.errorCode.empty());
    CHECK_THAT(answer.body, Catch::Contains("Value can only be positive, found: -1"));
}

TEST_CASE("fields may be renamed, repeated and mixed with type names", "[page]") {
    EngineFixture db = numbers();

    CHECK(db.run("{ first: findFirstThing { a: int b: int __typename } __typename }") ==
          R"({"data":{"first":{"a":30,"b":30,"__typename":"Thing"},"__typename":"Query"}})");
    CHECK(db.value("{ findManyThing(take: 2) { t: __typename } }") ==
          R"([{"t":"Thing"},{"t":"Thing"}])");
}

TEST_CASE("records before the cursor do not count as the first of their kind", "[page]") {
    EngineFixture db(everyType);
    db.run(
        "mutation { createManyThing(data: [{int: 1}, {int: 1}, {int: 2}, {int: 2}]) { count } "
        "}");
    const auto ids = [&](const std::string& page) {
        return db.value(
            "{ findManyThing(distinct: [int], orderBy: {id: asc}, " + page + ") { id } }");
    };

    CHECK(ids("cursor: {id: 2}") == R"([{"id":2},{"id":3}])");
    CHECK(ids("cursor: {id: 2}, skip: 1, take: 1") == R"([{"id":3}])");
    CHECK(ids("cursor: {id: 3}, take: -1") == R"([{"id":3}])");
    CHECK(ids("cursor: {id: 2}, where: {id: {not: 2}}") == R"([{"id":3}])");
}
