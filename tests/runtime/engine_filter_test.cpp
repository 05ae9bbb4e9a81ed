#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;
using loam::testing::everyType;

namespace {

/// Ids of the records that a where matches, such as "1 3".
std::string matching(EngineFixture& db, const std::string& where) {
    std::string ids;
    for (const char letter :
        db.value("{ findManyThing(where: " + where + ", orderBy: {id: asc}) { id } }")) {
        if (letter >= '0' && letter <= '9') {
            ids += letter;
        } else if (letter == ',') {
            ids += ' ';
        } else if (letter == 'e') {
            return "error";
        }
    }
    return ids;
}

EngineFixture things() {
    EngineFixture db(everyType);
    db.run(R"(mutation { createManyThing(data: [
        {name: "alpha", int: 1, float: 1.5, price: "1.50", ok: true, role: USER, at: "2020-01-01T00:00:00Z", bytes: "AQ=="},
        {name: "Beta", int: 2, float: 2.5, price: "2", ok: false, role: ADMIN, at: "2021-01-01T00:00:00Z", big: 5},
        {name: "a%b_c", int: 3, float: 3},
        {}
    ]) { count } })");
    return db;
}

}  // namespace

TEST_CASE("scalar filters select what they say", "[filter]") {
    EngineFixture db = things();
    const auto [where, expected] = GENERATE(table<std::string, std::string>({
        {"{}", "1 2 3 4"},
        {"{int: 2}", "2"},
        {"{int: {equals: 2}}", "2"},
        {"{int: {not: 2}}", "1 3"},
        {"{int: {not: {equals: 2}}}", "1 3"},
        {"{int: {in: [1, 3, 9]}}", "1 3"},
        {"{int: {in: []}}", ""},
        {"{int: {notIn: [1]}}", "2 3"},
        {"{int: {notIn: []}}", "1 2 3 4"},
        {"{int: {in: 1}}", "1"},
        {"{int: {in: null}}", "4"},
        {"{int: {lt: 2}}", "1"},
        {"{int: {lte: 2}}", "1 2"},
        {"{int: {gt: 2}}", "3"},
        {"{int: {gte: 2, lt: 3}}", "2"},
        {"{int: {not: {lt: 2}}}", "2 3"},
        {"{int: null}", "4"},
        {"{int: {not: null}}", "1 2 3"},
        {"{name: {contains: \"A\"}}", "1 2 3"},
        {"{name: {startsWith: \"b\"}}", "2"},
        {"{name: {endsWith: \"A\"}}", "1 2"},
        {"{name: {contains: \"p%a\"}}", "1"},
        {"{name: {not: {contains: \"eta\"}}}", "1 3"},
        {"{float: 3}", "3"},
        {"{float: {gt: 1.5}}", "2 3"},
        {"{price: \"1.5\"}", "1"},
        {"{price: {gte: 2}}", "2"},
        {"{ok: false}", "2"},
        {"{ok: {not: true}}", "2"},
        {"{role: ADMIN}", "2"},
        {"{role: {in: [USER, ADMIN]}}", "1 2"},
        {"{at: {gt: \"2020-06-01T00:00:00+01:00\"}}", "2"},
        {"{bytes: \"AQ==\"}", "1"},
        {"{big: \"5\"}", "2"},
        {"{int: {equals: {_ref: \"id\", _container: \"Thing\"}}}", "1 2 3"},
    }));

    INFO(where);
    CHECK(matching(db, where) == expected);
}

TEST_CASE("groups of conditions follow logic, and NULL follows SQL", "[filter]") {
    EngineFixture db = things();
    const auto [where, expected] = GENERATE(table<std::string, std::string>({
        {"{AND: [{int: {gt: 1}}, {ok: false}]}", "2"},
        {"{AND: {int: 1}}", "1"},
        {"{OR: [{int: 1}, {int: 3}]}", "1 3"},
        {"{OR: []}", ""},
        {"{AND: []}", "1 2 3 4"},
        {"{NOT: []}", "1 2 3 4"},
        {"{NOT: {int: 1}}", "2 3"},
        {"{NOT: [{int: 1}, {int: 2}]}", "3"},
        {"{OR: [{int: 1}, {name: {}}]}", "1"},
        {"{OR: [{AND: [{int: 1}, {ok: true}]}, {NOT: {NOT: {int: 2}}}]}", "1 2"},
    }));

    INFO(where);
    CHECK(matching(db, where) == expected);
}

TEST_CASE("a list of 100,000 values works for every type", "[filter]") {
    EngineFixture db = things();
    for (const auto& [field, prefix, suffix, expected] :
        std::vector<std::tuple<std::string, std::string, std::string, std::string>>{
            {"int", "", "", "3"}, {"name", "\"a%b_c", "\"", ""}, {"float", "", ".5", ""}}) {
        std::string list;
        for (int number = 3; number < 100003; ++number) {
            list += prefix + std::to_string(number) + suffix + ",";
        }
        CHECK(matching(db, "{" + field + ": {in: [" + list + "]}}") == expected);
    }
}

TEST_CASE("thousands of conditions in one group work", "[filter]") {
    EngineFixture db = things();
    std::string list;
    for (int number = 3; number < 3000; ++number) {
        list += "{int: {equals: " + std::to_string(number) + "}},";
    }

    CHECK(matching(db, "{OR: [" + list + "]}") == "3");
}

TEST_CASE("rejects a filter that is nested deeper than the database can read", "[filter]") {
    EngineFixture db(everyType);
    std::string filter = "{id: 1}";
    for (int level = 0; level < 90; ++level) {
        filter = "{NOT: " + filter + "}";
    }

    CHECK_THAT(db.run("{ findManyThing(where: " + filter + ") { id } }"),
        Catch::Contains("P2009") && Catch::Contains("filter of the request is nested too deeply"));
}

TEST_CASE("values are never part of the SQL text", "[filter]") {
    EngineFixture db = things();

    CHECK(matching(db, "{name: \"'; DROP TABLE things; --\"}") == "");
    CHECK(matching(db, "{name: {contains: \"' OR 1=1 --\"}}") == "");
    CHECK(matching(db, "{}") == "1 2 3 4");
}

TEST_CASE("a value after not is refused even inside of another not", "[filter]") {
    EngineFixture db(everyType);
    db.run("mutation { createManyThing(data: [{int: 1}, {int: 2}, {int: null}]) { count } }");

    CHECK(matching(db, "{int: {not: {not: 1}}}") == "2");
    CHECK(matching(db, "{int: {not: {not: null}}}") == "1 2");
    CHECK(matching(db, "{int: {not: {not: {equals: 1}}}}") == "1");
}

TEST_CASE("a foreign key of several columns counts as null when all of them are", "[filter]") {
    EngineFixture db(R"(
        model Desk {
          room   Int
          place  Int
          owners Owner[]
          @@id([room, place])
        }
        model Owner {
          id    Int   @id
          desk  Desk? @relation(fields: [room, place], references: [room, place])
          room  Int?
          place Int?
        })");
    db.run(
        "mutation { createOneDesk(data: {room: 1, place: 1, owners: {create: {id: 1}}}) { room } "
        "}");
    db.run("mutation { createManyOwner(data: [{id: 2, room: 1}, {id: 3}]) { count } }");
    const auto ids = [&](const std::string& condition) {
        return db.value("{ findManyOwner(where: {desk: {" + condition + "}}) { id } }");
    };

    CHECK(ids("is: null") == R"([{"id":3}])");
    CHECK(ids("isNot: null") == R"([{"id":1},{"id":2}])");
    CHECK(ids("is: {}") == R"([{"id":1}])");
    CHECK(ids("isNot: {}") == R"([{"id":2},{"id":3}])");
}
