#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;

namespace {

/// A parent with a child whose foreign key has the actions, in relationMode prisma.
EngineFixture family(const std::string& actions, const std::string& optional = "?") {
    EngineFixture db(
        R"(
        datasource db {
          provider     = "sqlite"
          url          = "file:x"
          relationMode = "prisma"
        }
        model Parent {
          id       Int     @id
          code     String  @unique
          children Child[]
        }
        model Child {
          id       Int     @id
          parent   Parent)" +
        optional + R"( @relation(fields: [code], references: [code])" + actions + R"()
          code     String)" +
        optional + R"(
          children Grandchild[]
        }
        model Grandchild {
          id       Int    @id
          parent   Child? @relation(fields: [parentId], references: [id], onDelete: Cascade)
          parentId Int?
        })");
    db.run(R"(mutation {
        a: createOneParent(data: {id: 1, code: "x", children: {create:
            {id: 2, children: {create: {id: 3}}}}}) { id }
        b: createOneParent(data: {id: 9, code: "y"}) { id } })");
    return db;
}

std::string children(EngineFixture& db) { return db.value("{ findManyChild { id code } }"); }

}  // namespace

TEST_CASE("the engine follows up deletions where the database has no foreign keys", "[mode]") {
    const auto [actions, expected] = GENERATE(table<std::string, std::string>({
        {", onDelete: Cascade", "[]"},
        {", onDelete: SetNull", R"([{"id":2,"code":null}])"},
        {"", R"([{"id":2,"code":null}])"},
    }));
    EngineFixture db = family(actions);

    CHECK(db.value("mutation { deleteOneParent(where: {id: 1}) { id } }") == R"({"id":1})");

    CHECK(children(db) == expected);
    CHECK(db.value("{ findManyGrandchild { id } }") == (expected == "[]" ? "[]" : R"([{"id":3}])"));
}

TEST_CASE("the engine carries changed keys over where the database has no foreign keys", "[mode]") {
    const auto [actions, expected] = GENERATE(table<std::string, std::string>({
        {", onUpdate: Cascade", R"([{"id":2,"code":"z"}])"},
        {", onUpdate: SetNull", R"([{"id":2,"code":null}])"},
    }));
    const std::string write = GENERATE(
        "updateOneParent(where: {id: 1}, data: {code: \"z\"}) { id }",
        "updateManyParent(where: {id: 1}, data: {code: \"z\"}) { count }");
    EngineFixture db = family(actions);

    db.run("mutation { " + write + " }");

    CHECK(children(db) == expected);
}

TEST_CASE("a record knows what a nested change of its parent's key did to it", "[mode]") {
    const auto [actions, expected] = GENERATE(table<std::string, std::string>({
        {", onUpdate: Cascade", R"([{"id":1,"code":"q"},{"id":9,"code":"y"}])"},
        {", onUpdate: SetNull", R"([{"id":1,"code":"z"},{"id":5,"code":"n"},{"id":9,"code":"y"}])"},
    }));
    EngineFixture db = family(actions);

    db.run(R"(mutation { updateOneChild(where: {id: 2}, data: {parent: {
        update: {code: "z"}, upsert: {create: {id: 5, code: "n"}, update: {code: "q"}}}}) { id } })");

    CHECK(db.value("{ findManyParent(orderBy: {id: asc}) { id code } }") == expected);
}

TEST_CASE("rejects what a restricted relation forbids and changes nothing", "[mode]") {
    EngineFixture db = family(", onDelete: Restrict, onUpdate: Restrict", "");
    const std::string write = GENERATE("deleteOneParent(where: {id: 1}) { id }",
        "deleteManyParent { count }",
        "updateOneParent(where: {id: 1}, data: {code: \"z\"}) { id }");

    CHECK(db.answer("mutation { " + write + " }").errorCode == "P2014");

    CHECK(db.value("{ findManyParent { id code } }") ==
          R"([{"id":1,"code":"x"},{"id":9,"code":"y"}])");
    CHECK(children(db) == R"([{"id":2,"code":"x"}])");
    CHECK(db.value("mutation { deleteOneParent(where: {id: 9}) { id } }") == R"({"id":9})");
}

TEST_CASE("rejects a changed key that a record of the same write referred to", "[mode]") {
    const auto [parent, child] = GENERATE(table<int, int>({{1, 2}, {2, 1}}));
    const auto [write, selection] = GENERATE(table<std::string, std::string>(
        {{"updateManyPart", "{ count }"}, {"updateManyPartAndReturn", "{ id }"}}));
    EngineFixture db(R"(
        datasource db {
          provider     = "sqlite"
          url          = "file:x"
          relationMode = "prisma"
        }
        model Part {
          id      Int    @id
          code    Int    @unique
          whole   Part?  @relation("Parts", fields: [ofCode], references: [code],
              onDelete: Restrict, onUpdate: Restrict)
          ofCode  Int?
          parts   Part[] @relation("Parts")
        })");
    db.run("mutation { createOnePart(data: {id: " + std::to_string(parent) +
           ", code: 5, parts: {create: {id: " + std::to_string(child) + ", code: 6}}}) { id } }");
    const std::string before = db.value("{ findManyPart { id code ofCode } }");

    CHECK(db.answer("mutation { " + write + "(data: {code: {increment: 10}, ofCode: null}) " +
                    selection + " }")
              .errorCode == "P2014");

    CHECK(db.value("{ findManyPart { id code ofCode } }") == before);
    CHECK(db.value("mutation { updateManyPart(data: {code: {increment: 0}}) { count } }") ==
          R"({"count":2})");
}

TEST_CASE("many-to-many relations follow their records without foreign keys", "[mode]") {
    EngineFixture db(R"(
        datasource db {
          provider     = "sqlite"
          url          = "file:x"
          relationMode = "prisma"
        }
        model Song {
          id    Int    @id
          lists List[]
        }
        model List {
          id    Int    @id
          songs Song[]
        })");
    db.run("mutation { createOneSong(data: {id: 1, lists: {create: [{id: 5}, {id: 6}]}}) { id } }");

    CHECK(db.value("mutation { updateOneSong(where: {id: 1}, data: {id: 2}) { lists { id } } }") ==
          R"({"lists":[{"id":5},{"id":6}]})");
    db.run("mutation { deleteOneList(where: {id: 5}) { id } }");

    CHECK(db.value("{ findManySong { id lists { id } } }") == R"([{"id":2,"lists":[{"id":6}]}])");
}

TEST_CASE("a foreign key that refers to no record leads to none in conditions", "[mode]") {
    EngineFixture db = family("");
    db.database.execute("UPDATE Child SET code = 'gone'");
    const auto ids = [&](const std::string& condition) {
        return db.value("{ findManyChild(where: {parent: {" + condition + "}}) { id } }");
    };

    CHECK(ids("is: {}") == "[]");
    CHECK(ids("isNot: {}") == R"([{"id":2}])");
    CHECK(ids("isNot: {id: 1}") == R"([{"id":2}])");
    CHECK(ids("isNot: null") == R"([{"id":2}])");
}

TEST_CASE("rejects to answer null for a record that must be there", "[mode]") {
    EngineFixture db = family("", "");
    db.database.execute("UPDATE Child SET code = 'gone'");

    CHECK_THAT(db.run("{ findManyChild { parent { id } } }"),
        Catch::Contains("Field parent is required to return data, got `null` instead."));
    CHECK(db.value("{ findManyChild { id } }") == R"([{"id":2}])");
}

TEST_CASE("a foreign key that refers to no record can be taken away", "[mode]") {
    EngineFixture db = family("");
    db.database.execute("UPDATE Child SET code = 'gone'");

    CHECK(
        db.value("mutation { updateOneChild(where: {id: 2}, data: {parent: {disconnect: true}}) { "
                 "code } }") == R"({"code":null})");
}
