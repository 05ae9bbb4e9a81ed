#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;
using loam::testing::library;

namespace {

/// Ann (40) wrote a1 (10 pages) and a2 (20), Bob (no age) wrote b1 (30), which Ann edits; Cid wrote
/// nothing. Bob and Cid are Ann's pupils. a1 has the tags old and red, b1 has red.
EngineFixture writers() {
    EngineFixture db(library);
    db.run(R"(mutation { createOneWriter(data: {name: "Ann", age: 40, books: {create: [
        {isbn: "a1", pages: 10, tags: {create: [{name: "old"}, {name: "red"}]}},
        {isbn: "a2", pages: 20}]}, desk: {create: {room: "r", place: 1}}}) { id } })");
    db.run(R"(mutation { createOneWriter(data: {name: "Bob", tutor: {connect: {name: "Ann"}},
        books: {create: {isbn: "b1", pages: 30, editor: {connect: {name: "Ann"}},
        tags: {connect: {name: "red"}}}}}) { id } })");
    db.run(R"(mutation { createOneWriter(data: {name: "Cid", age: 20,
        tutor: {connect: {name: "Ann"}}}) { id } })");
    return db;
}

std::string names(EngineFixture& db, const std::string& where) {
    const std::string list =
        db.value("{ findManyWriter(where: " + where + ", orderBy: {name: asc}) { name } }");
    std::string result;
    for (const std::string name : {"Ann", "Bob", "Cid"}) {
        result += list.find(name) == std::string::npos ? "" : name;
    }
    return list.starts_with('[') ? result : list;
}

}  // namespace

TEST_CASE("related records are read with their own filter, order and page", "[relation]") {
    EngineFixture db = writers();
    const auto [selection, expected] = GENERATE(table<std::string, std::string>({
        {"books { isbn }", R"({"books":[{"isbn":"a1"},{"isbn":"a2"}]})"},
        {"books(orderBy: {pages: desc}, take: 1) { isbn }", R"({"books":[{"isbn":"a2"}]})"},
        {"books(take: -1) { isbn }", R"({"books":[{"isbn":"a2"}]})"},
        {"books(skip: 1) { isbn }", R"({"books":[{"isbn":"a2"}]})"},
        {R"(books(cursor: {isbn: "a2"}) { isbn })", R"({"books":[{"isbn":"a2"}]})"},
        {R"(books(cursor: {isbn: "b1"}) { isbn })", R"({"books":[]})"},
        {"books(where: {pages: {gt: 10}}) { pages }", R"({"books":[{"pages":20}]})"},
        {"edited { isbn author { name } }",
            R"({"edited":[{"isbn":"b1","author":{"name":"Bob"}}]})"},
        {"desk { room }", R"({"desk":{"room":"r"}})"},
        {R"(desk(where: {room: "s"}) { room })", R"({"desk":null})"},
        {"tutor { name }", R"({"tutor":null})"},
        {"pupils { name tutor { name } }",
            R"({"pupils":[{"name":"Bob","tutor":{"name":"Ann"}},)"
            R"({"name":"Cid","tutor":{"name":"Ann"}}]})"},
        {"a: books(take: 1) { isbn } b: books(skip: 1) { isbn }",
            R"({"a":[{"isbn":"a1"}],"b":[{"isbn":"a2"}]})"},
        {"books { tags(orderBy: {name: desc}) { name books { isbn } } }",
            R"({"books":[{"tags":[{"name":"red","books":[{"isbn":"a1"},{"isbn":"b1"}]},)"
            R"({"name":"old","books":[{"isbn":"a1"}]}]},{"tags":[]}]})"},
        {"_count { books pupils edited(where: {pages: 1}) }",
            R"({"_count":{"books":2,"pupils":2,"edited":0}})"},
        {"books { _count { tags } }", R"({"books":[{"_count":{"tags":2}},{"_count":{"tags":0}}]})"},
        {R"(books { _count { tags(where: {name: "old"}) } })",
            R"({"books":[{"_count":{"tags":1}},{"_count":{"tags":0}}]})"},
    }));

    CHECK(db.value(R"({ findUniqueWriter(where: {name: "Ann"}) { )" + selection + " } }") ==
          expected);
}

TEST_CASE("records are found by those that they are related to", "[relation]") {
    EngineFixture db = writers();
    const auto [where, expected] = GENERATE(table<std::string, std::string>({
        {"{books: {some: {}}}", "AnnBob"},
        {"{books: {none: {}}}", "Cid"},
        {"{books: {some: {pages: {gte: 20}}}}", "AnnBob"},
        {"{books: {every: {pages: {gte: 20}}}}", "BobCid"},
        {"{books: {none: {pages: 10}}}", "BobCid"},
        {R"({books: {some: {tags: {some: {name: "old"}}}}})", "Ann"},
        {R"({books: {some: {tags: {none: {}}}}})", "Ann"},
        {R"({books: {some: {editor: {name: "Ann"}}}})", "Bob"},
        {R"({tutor: {is: {name: "Ann"}}})", "BobCid"},
        {R"({tutor: {name: "Ann"}})", "BobCid"},
        {"{tutor: null}", "Ann"},
        {"{tutor: {is: null}}", "Ann"},
        {"{tutor: {isNot: null}}", "BobCid"},
        {R"({tutor: {isNot: {name: "Ann"}}})", "Ann"},
        {R"({NOT: {tutor: {is: {name: "Ann"}}}})", "Ann"},
        {"{desk: null}", "BobCid"},
        {"{desk: {isNot: null}}", "Ann"},
        {R"({desk: {room: "r", place: {lt: 5}}})", "Ann"},
        {"{pupils: {some: {books: {none: {}}}}}", "Ann"},
        {R"({pupils: {some: {tutor: {pupils: {some: {name: "Cid"}}}}}})", "Ann"},
        {R"({OR: [{books: {some: {pages: 30}}}, {age: 20}]})", "BobCid"},
    }));

    CHECK(names(db, where) == expected);
}

TEST_CASE("records are put in order by those that they are related to", "[relation]") {
    EngineFixture db = writers();
    const auto [order, expected] = GENERATE(table<std::string, std::string>({
        {"[{books: {_count: desc}}, {name: asc}]", "AnnBobCid"},
        {"[{books: {_count: asc}}, {name: asc}]", "CidBobAnn"},
        {"[{tutor: {age: asc}}, {name: desc}]", "AnnCidBob"},
        {"[{tutor: {age: {sort: asc, nulls: last}}}, {name: asc}]", "BobCidAnn"},
        {"[{tutor: {pupils: {_count: asc}}}, {name: asc}]", "AnnBobCid"},
        {R"([{desk: {room: desc}}, {name: desc}])", "AnnCidBob"},
    }));

    const std::string list = db.value("{ findManyWriter(orderBy: " + order + ") { name } }");
    const std::string page = db.value(
        "{ findManyWriter(orderBy: " + order + R"(, cursor: {name: ")" + expected.substr(3, 3) +
        R"("}, take: 2) { name } })");

    const auto written = [&names = expected](std::size_t index) {
        return R"({"name":")" + names.substr(index * 3, 3) + R"("})";
    };
    CHECK(list == "[" + written(0) + "," + written(1) + "," + written(2) + "]");
    CHECK(page == "[" + written(1) + "," + written(2) + "]");
}

TEST_CASE("only the first of equal rows counts with distinct", "[relation]") {
    EngineFixture db = writers();
    const auto [arguments, expected] = GENERATE(table<std::string, std::string>({
        {"distinct: [authorId], orderBy: {isbn: asc}", R"([{"isbn":"a1"},{"isbn":"b1"}])"},
        {"distinct: [authorId], orderBy: {isbn: desc}", R"([{"isbn":"b1"},{"isbn":"a2"}])"},
        {"distinct: [authorId], orderBy: {isbn: asc}, skip: 1", R"([{"isbn":"b1"}])"},
        {"distinct: authorId, orderBy: {isbn: asc}, take: 1", R"([{"isbn":"a1"}])"},
        {"distinct: [authorId, pages], orderBy: {isbn: asc}",
            R"([{"isbn":"a1"},{"isbn":"a2"},{"isbn":"b1"}])"},
        {R"(distinct: [authorId], orderBy: {isbn: asc}, cursor: {isbn: "b1"})",
            R"([{"isbn":"b1"}])"},
        {"distinct: [editorId], orderBy: {isbn: asc}", R"([{"isbn":"a1"},{"isbn":"b1"}])"},
    }));

    CHECK(db.value("{ findManyBook(" + arguments + ") { isbn } }") == expected);
}

TEST_CASE("a table whose name is that of an alias does not confuse related reads", "[relation]") {
    EngineFixture db(R"(
        model Root {
          id    Int    @id
          leafs Leaf[]
          @@map("t1")
        }
        model Leaf {
          id     Int  @id
          root   Root @relation(fields: [rootId], references: [id])
          rootId Int
          @@map("t2")
        })");
    db.run("mutation { createOneRoot(data: {id: 1, leafs: {create: [{id: 5}, {id: 6}]}}) { id } }");
    db.run("mutation { createOneRoot(data: {id: 2}) { id } }");

    CHECK(db.value("{ findManyRoot(orderBy: {leafs: {_count: desc}}, where: {leafs: {some: {}}}) { "
                   "id _count { leafs } } }") == R"([{"id":1,"_count":{"leafs":2}}])");
    CHECK(db.value("{ findManyLeaf(orderBy: [{root: {id: asc}}, {id: desc}]) { id } }") ==
          R"([{"id":6},{"id":5}])");
}

TEST_CASE("a model may have the name of something in a statement", "[relation]") {
    EngineFixture db(R"(
        model Cursor {
          id    Int    @id
          notes Note[]
        }
        model Note {
          id       Int    @id
          cursor   Cursor @relation(fields: [cursorId], references: [id])
          cursorId Int
        }
        model T1 {
          id       Int  @id
          parent   T1?  @relation("Tree", fields: [parentId], references: [id])
          parentId Int?
          children T1[] @relation("Tree")
        })");
    db.run(R"(mutation {
        a: createOneCursor(data: {id: 1, notes: {create: [{id: 7}, {id: 8}]}}) { id }
        b: createOneCursor(data: {id: 2}) { id }
        c: createOneT1(data: {id: 1, children: {create: {id: 2}}}) { id } })");

    CHECK(db.value("{ findManyCursor(cursor: {id: 2}) { id } }") == R"([{"id":2}])");
    CHECK(db.value("{ findManyNote(cursor: {id: 8}, orderBy: {cursor: {id: asc}}, "
                   "where: {cursor: {id: 1}}) { id } }") == R"([{"id":8}])");
    CHECK(
        db.value("{ findManyT1(orderBy: {children: {_count: asc}}) { id _count { children } } }") ==
        R"([{"id":2,"_count":{"children":0}},{"id":1,"_count":{"children":1}}])");
}

TEST_CASE("records whose identifier clients may not use are written like others", "[relation]") {
    EngineFixture db(R"(
        model Owner {
          id     Int     @id
          things Thing[]
        }
        model Thing {
          id      Int    @id @default(autoincrement()) @ignore
          name    String
          owner   Owner? @relation(fields: [ownerId], references: [id])
          ownerId Int?
        })");

    CHECK(db.value(R"(mutation { createOneThing(data: {name: "a", owner: {create: {id: 1}}}) {
        name owner { id } } })") == R"({"name":"a","owner":{"id":1}})");
    CHECK(db.value(R"(mutation { updateOneOwner(where: {id: 1}, data: {things: {updateMany: {
        where: {}, data: {name: "b"}}}}) { things { name } } })") ==
          R"({"things":[{"name":"b"}]})");
    CHECK(db.value("mutation { deleteManyThing(limit: 1) { count } }") == R"({"count":1})");
}

TEST_CASE("rejects writes over a relation to a view", "[relation]") {
    EngineFixture db(R"(
        generator client {
          provider        = "prisma-client"
          previewFeatures = ["views"]
        }
        model Owner {
          id     Int     @id
          totals Total[]
        }
        view Total {
          amount  Int
          owner   Owner @relation(fields: [ownerId], references: [id])
          ownerId Int
        })");

    CHECK(db.answer("mutation { createOneOwner(data: {id: 1, totals: {create: {amount: 1}}}) { id "
                    "} }")
              .errorCode == "P2009");
    CHECK(db.value("{ findManyOwner { id } }") == "[]");
}
