#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"

using loam::testing::EngineFixture;
using loam::testing::library;

namespace {

/// Ann wrote a1 and a2 and has the desk r1; Bob wrote b1; the desk r2 and the tags old and red
/// belong to nobody.
EngineFixture writers() {
    EngineFixture db(library);
    db.run(R"(mutation {
        a: createOneWriter(data: {name: "Ann", books: {create: [{isbn: "a1"}, {isbn: "a2"}]},
            desk: {create: {room: "r", place: 1}}}) { id }
        b: createOneWriter(data: {name: "Bob", books: {create: {isbn: "b1"}}}) { id }
        c: createOneDesk(data: {room: "r", place: 2}) { room }
        d: createManyTag(data: [{name: "old"}, {name: "red"}]) { count }
    })");
    return db;
}

std::string update(EngineFixture& db, const std::string& data, const std::string& selection) {
    return db.value(
        R"(mutation { updateOneWriter(where: {name: "Ann"}, data: )" + data + ") { " + selection +
        " } }");
}

std::string codeOf(EngineFixture& db, const std::string& mutation) {
    return db.answer("mutation { " + mutation + " }").errorCode;
}

const std::string books = "books(orderBy: {isbn: asc}) { isbn pages }";

std::string listed(const std::string& isbns) {
    std::string list;
    for (std::size_t at = 0; at < isbns.size(); at += 3) {
        list += (at == 0 ? "" : ",");
        list += R"({"isbn":")" + isbns.substr(at, 2) + R"(","pages":100})";
    }
    return R"({"books":[)" + list + "]}";
}

}  // namespace

TEST_CASE("an update writes to the records of a list", "[nested]") {
    EngineFixture db = writers();
    const auto [data, expected] = GENERATE(table<std::string, std::string>({
        {R"({books: {create: {isbn: "a3"}}})", "a1 a2 a3"},
        {R"({books: {createMany: {data: [{isbn: "a3"}, {isbn: "a4"}]}}})", "a1 a2 a3 a4"},
        {R"({books: {connect: {isbn: "b1"}}})", "a1 a2 b1"},
        {R"({books: {connectOrCreate: [{where: {isbn: "b1"}, create: {isbn: "b1"}},
            {where: {isbn: "a9"}, create: {isbn: "a9"}}]}})",
            "a1 a2 a9 b1"},
        {R"({books: {delete: {isbn: "a1"}}})", "a2"},
        {R"({books: {deleteMany: {}}})", ""},
        {R"({books: {deleteMany: [{isbn: "a1"}, {isbn: "b1"}]}})", "a2"},
        {R"({books: {set: [{isbn: "a1"}, {isbn: "a2"}]}})", "a1 a2"},
        {R"({books: {update: {where: {isbn: "a1"}, data: {isbn: "a7"}}}})", "a2 a7"},
        {R"({books: {upsert: {where: {isbn: "a1"}, update: {isbn: "a8"},
            create: {isbn: "zz"}}}})",
            "a2 a8"},
        {R"({books: {upsert: {where: {isbn: "x1"}, update: {isbn: "zz"},
            create: {isbn: "x1"}}}})",
            "a1 a2 x1"},
    }));

    CHECK(update(db, data, books) == listed(expected));
}

TEST_CASE("an update of many related records changes those of the record only", "[nested]") {
    EngineFixture db = writers();

    const std::string ann = update(db,
        R"({books: {updateMany: {where: {isbn: {not: "a2"}}, data: {pages: {increment: 5}}}}})",
        books);

    CHECK(ann == R"({"books":[{"isbn":"a1","pages":105},{"isbn":"a2","pages":100}]})");
    CHECK(db.value(R"({ findUniqueBook(where: {isbn: "b1"}) { pages } })") == R"({"pages":100})");
}

TEST_CASE("an update writes to many-to-many relations", "[nested]") {
    EngineFixture db = writers();
    const auto run = [&](const std::string& tags) {
        return db.value(
            R"(mutation { updateOneBook(where: {isbn: "a1"}, data: {tags: )" + tags +
            "}) { tags(orderBy: {name: asc}) { name } } }");
    };
    const auto named = [](const std::string& names) { return R"({"tags":[)" + names + "]}"; };

    CHECK(run(R"({connect: [{name: "old"}, {name: "red"}, {name: "old"}]})") ==
          named(R"({"name":"old"},{"name":"red"})"));
    CHECK(run(R"({disconnect: {name: "old"}})") == named(R"({"name":"red"})"));
    CHECK(run(R"({disconnect: {name: "old"}})") == named(R"({"name":"red"})"));
    CHECK(run(R"({set: [{name: "old"}], create: {name: "new"}})") ==
          named(R"({"name":"new"},{"name":"old"})"));
    CHECK(run(R"({update: {where: {name: "new"}, data: {name: "newer"}}})") ==
          named(R"({"name":"newer"},{"name":"old"})"));
    CHECK(run(R"({delete: {name: "newer"}})") == named(R"({"name":"old"})"));
    CHECK(db.value(R"({ findManyTag(orderBy: {name: asc}) { name } })") ==
          R"([{"name":"old"},{"name":"red"}])");
}

TEST_CASE("an update writes to a one-to-one relation", "[nested]") {
    EngineFixture db = writers();
    const std::string desks = "{ findManyDesk(orderBy: {place: asc}) { place ownerId } }";
    const auto [data, expected] = GENERATE(table<std::string, std::string>({
        {R"({desk: {connect: {room_place: {room: "r", place: 2}}}})",
            R"([{"place":1,"ownerId":null},{"place":2,"ownerId":1}])"},
        {R"({desk: {create: {room: "r", place: 3}}})",
            R"([{"place":1,"ownerId":null},{"place":2,"ownerId":null},{"place":3,"ownerId":1}])"},
        {"{desk: {disconnect: true}}",
            R"([{"place":1,"ownerId":null},{"place":2,"ownerId":null}])"},
        {"{desk: {disconnect: {place: 7}}}",
            R"([{"place":1,"ownerId":1},{"place":2,"ownerId":null}])"},
        {"{desk: {delete: true}}", R"([{"place":2,"ownerId":null}])"},
        {"{desk: {update: {place: 0}}}", R"([{"place":0,"ownerId":1},{"place":2,"ownerId":null}])"},
        {R"({desk: {upsert: {update: {place: 0}, create: {room: "x", place: 9}}}})",
            R"([{"place":0,"ownerId":1},{"place":2,"ownerId":null}])"},
    }));

    update(db, data, "id");

    CHECK(db.value(desks) == expected);
}

TEST_CASE("a record is written with the one that it refers to", "[nested]") {
    EngineFixture db = writers();
    const auto book = [&](const std::string& data) {
        return db.value(
            R"(mutation { updateOneBook(where: {isbn: "a1"}, data: )" + data +
            ") { author { name } editor { name } } }");
    };

    CHECK(book(R"({editor: {create: {name: "Eve"}}})") ==
          R"({"author":{"name":"Ann"},"editor":{"name":"Eve"}})");
    CHECK(book(R"({editor: {update: {name: "Eva"}}, author: {connect: {name: "Bob"}}})") ==
          R"({"author":{"name":"Bob"},"editor":{"name":"Eva"}})");
    CHECK(book("{editor: {disconnect: true}}") == R"({"author":{"name":"Bob"},"editor":null})");
    CHECK(book(R"({editor: {connectOrCreate: {where: {name: "Fay"}, create: {name: "Fay"}}}})") ==
          R"({"author":{"name":"Bob"},"editor":{"name":"Fay"}})");
    CHECK(book("{editor: {delete: true}}") == R"({"author":{"name":"Bob"},"editor":null})");
    CHECK(db.value(R"({ findUniqueWriter(where: {name: "Fay"}) { id } })") == "null");
}

TEST_CASE("rejects nested writes that would break a relation and changes nothing", "[nested]") {
    EngineFixture db = writers();
    const std::string ann = R"(updateOneWriter(where: {name: "Ann"}, data: {name: "Zoe", )";
    const auto [data, code] = GENERATE(table<std::string, std::string>({
        {R"(books: {disconnect: {isbn: "a1"}})", "P2014"},
        {R"(books: {set: []})", "P2014"},
        {R"(books: {connect: {isbn: "nothing"}})", "P2018"},
        {R"(books: {delete: {isbn: "b1"}})", "P2017"},
        {R"(books: {update: {where: {isbn: "b1"}, data: {pages: 1}}})", "P2025"},
        {R"(books: {create: {isbn: "b1"}})", "P2002"},
        {R"(books: {updateMany: {where: {}, data: {pages: 1}, limit: 1}})", "P2009"},
        {R"(tutor: {connect: {name: "Nobody"}})", "P2025"},
        {R"(tutor: {update: {name: "x"}})", "P2025"},
        {R"(desk: {connect: {room_place: {room: "q", place: 2}}})", "P2025"},
        {R"(books: {create: {isbn: "n", authorId: 1}})", "P2009"},
        {R"(books: {create: {isbn: "n", author: {connect: {id: 1}}}})", "P2009"},
        {R"(books: {frobnicate: {isbn: "n"}})", "P2009"},
    }));

    const std::string found = codeOf(db, ann + data + "}) { id }");

    CHECK(found == code);
    CHECK(db.value(R"({ findManyWriter { name _count { books } } })") ==
          R"([{"name":"Ann","_count":{"books":2}},{"name":"Bob","_count":{"books":1}}])");
}

TEST_CASE("a record takes foreign keys as columns or relations, not both", "[nested]") {
    EngineFixture db = writers();

    CHECK(db.value(R"(mutation { createOneBook(data: {isbn: "u", authorId: 2}) {
        author { name } } })") == R"({"author":{"name":"Bob"}})");
    CHECK(codeOf(db, R"(createOneBook(data: {isbn: "v", authorId: 2,
        editor: {connect: {id: 1}}}) { isbn })") == "P2009");
    CHECK(codeOf(db, R"(createOneBook(data: {isbn: "v"}) { isbn })") == "P2009");
}

TEST_CASE("a removed record is answered as it was, with its relations", "[nested]") {
    EngineFixture db = writers();

    CHECK(db.value(R"(mutation { deleteOneDesk(where: {room_place: {room: "r", place: 1}}) {
        place owner { name } } })") == R"({"place":1,"owner":{"name":"Ann"}})");
    CHECK(db.value("{ findManyDesk { place } }") == R"([{"place":2}])");
}

TEST_CASE("writes to many records answer with relations of each", "[nested]") {
    EngineFixture db = writers();

    CHECK(db.value(R"(mutation { createManyBookAndReturn(data: [{isbn: "m1", authorId: 1},
        {isbn: "m2", authorId: 2}]) { isbn author { name } } })") ==
          R"([{"isbn":"m1","author":{"name":"Ann"}},{"isbn":"m2","author":{"name":"Bob"}}])");
    CHECK(db.value(R"(mutation { updateManyBookAndReturn(where: {isbn: {startsWith: "m"}},
        data: {pages: 7}) { pages author { name } } })") ==
          R"([{"pages":7,"author":{"name":"Ann"}},{"pages":7,"author":{"name":"Bob"}}])");
}

TEST_CASE("an update answers null when what is nested in it takes its record away", "[nested]") {
    EngineFixture db = writers();
    update(db, R"({tutor: {connect: {name: "Ann"}}, desk: {delete: true},
        books: {deleteMany: {}}})",
        "id");
    const auto [data, left] = GENERATE(table<std::string, std::string>({
        {"{tutor: {delete: true}}", R"([{"id":2,"tutorId":null}])"},
        {"{pupils: {deleteMany: {}}}", R"([{"id":2,"tutorId":null}])"},
        {R"({pupils: {update: {where: {name: "Ann"}, data: {id: 77}}}})",
            R"([{"id":2,"tutorId":null},{"id":77,"tutorId":77}])"},
    }));

    CHECK(db.value(R"(mutation { updateOneWriter(where: {name: "Ann"}, data: )" + data +
                   ") { id } }") == "null");

    CHECK(db.value("{ findManyWriter { id tutorId } }") == left);
}

TEST_CASE("rejects to go on writing to a record that a nested write took away", "[nested]") {
    EngineFixture db = writers();
    update(db, R"({tutor: {connect: {name: "Ann"}}, desk: {delete: true},
        books: {deleteMany: {}}})",
        "id");

    CHECK(codeOf(db, R"(updateOneWriter(where: {name: "Ann"}, data: {tutor: {delete: true},
        books: {create: {isbn: "n"}}}) { id })") == "P2025");
    CHECK(codeOf(db, R"(upsertOneWriter(where: {name: "Ann"}, create: {name: "x"},
        update: {tutor: {delete: true}}) { id })") == "P2025");

    CHECK(db.value("{ findManyWriter { id tutorId } }") ==
          R"([{"id":1,"tutorId":1},{"id":2,"tutorId":null}])");
}

TEST_CASE("the deletion of the record that one refers to follows onDelete", "[nested]") {
    const auto [mode, action, answer,
        left] = GENERATE(table<std::string, std::string, std::string, std::string>({
        {"foreignKeys", "SetNull", R"({"id":1})", R"([{"id":1,"ownerId":null}])"},
        {"foreignKeys", "Cascade", "null", "[]"},
        {"foreignKeys", "Restrict", "P2003", R"([{"id":1,"ownerId":1}])"},
        {"prisma", "SetNull", R"({"id":1})", R"([{"id":1,"ownerId":null}])"},
        {"prisma", "Cascade", "null", "[]"},
        {"prisma", "Restrict", "P2014", R"([{"id":1,"ownerId":1}])"},
    }));
    EngineFixture db(
        R"(
        datasource db {
          provider     = "sqlite"
          url          = "file:x"
          relationMode = ")" +
        mode + R"("
        }
        model Owner {
          id   Int   @id
          pets Pet[]
        }
        model Pet {
          id      Int    @id
          ownerId Int?
          owner   Owner? @relation(fields: [ownerId], references: [id], onDelete: )" +
        action + R"()
        })");
    db.run("mutation { createOnePet(data: {id: 1, owner: {create: {id: 1}}}) { id } }");
    const std::string mutation =
        "mutation { updateOnePet(where: {id: 1}, data: {owner: {delete: true}}) { id } }";

    CHECK((answer[0] == 'P' ? db.answer(mutation).errorCode : db.value(mutation)) == answer);

    CHECK(db.value("{ findManyPet { id ownerId } }") == left);
}

TEST_CASE("a record that refers to itself follows its own changed key", "[nested]") {
    EngineFixture db(R"(
        model Part {
          id      Int    @id
          code    Int    @unique
          whole   Part?  @relation("Parts", fields: [ofCode], references: [code])
          ofCode  Int?
          parts   Part[] @relation("Parts")
        })");
    db.run("mutation { createOnePart(data: {id: 1, code: 5, ofCode: 5}) { id } }");

    CHECK(db.value("mutation { updateOnePart(where: {id: 1}, data: {code: 7, whole: {disconnect: "
                   "true}}) { code ofCode } }") == R"({"code":7,"ofCode":null})");
    db.run("mutation { updateOnePart(where: {id: 1}, data: {ofCode: 7}) { id } }");
    CHECK(db.value("mutation { updateOnePart(where: {id: 1}, data: {code: 8}) { ofCode } }") ==
          R"({"ofCode":8})");
}

TEST_CASE("a nested write knows what those before it did to the record", "[nested]") {
    EngineFixture db = writers();

    CHECK(db.value(R"(mutation { updateOneBook(where: {isbn: "a1"}, data: {
        author: {update: {edited: {connect: {isbn: "a1"}}}}, editor: {update: {age: 5}}}) {
        editor { name age } } })") == R"({"editor":{"name":"Ann","age":5}})");
}

TEST_CASE("of two records for one relation the last is connected", "[nested]") {
    EngineFixture db = writers();
    const std::string author = R"({create: {name: "Cid"}, connect: {name: "Bob"}})";
    const std::string write = GENERATE(R"(createOneBook(data: {isbn: "c1", author: )",
        R"(updateOneBook(where: {isbn: "a1"}, data: {author: )");

    CHECK(db.value("mutation { " + write + author + "}) { author { name } } }") ==
          R"({"author":{"name":"Bob"}})");
}

TEST_CASE("rejects to connect with records that do not exist, with their number", "[nested]") {
    EngineFixture db = writers();
    const auto [data, expected] = GENERATE(table<std::string, std::string>({
        {R"(books: {connect: [{isbn: "b1"}, {isbn: "no"}, {isbn: "never"}]})",
            "Expected 3 records to be connected after connect operation on one-to-many relation "
            "'Author', found 1."},
        {R"(tutor: {connect: {name: "Nobody"}})",
            "No 'Writer' record (needed to inline the relation on 'Writer' record(s)) was found "
            "for a nested connect on one-to-many relation 'Tutor'."},
        {R"(desk: {connect: {room_place: {room: "r", place: 9}}})",
            "No 'Desk' record was found for a nested connect on one-to-one relation "
            "'DeskToWriter'."},
    }));

    const std::string answer = update(db, "{" + data + "}", "id");

    CHECK_THAT(answer, Catch::Contains(expected));
    CHECK(update(db, R"({age: 1})", books) == listed("a1 a2"));
}

TEST_CASE("rejects a new record that is to be connected with one that does not exist", "[nested]") {
    EngineFixture db = writers();

    CHECK_THAT(db.run(R"(mutation { createOneDesk(data: {room: "s", place: 1,
            owner: {connect: {name: "Nobody"}}}) { room } })"),
        Catch::Contains(
            "No 'Writer' record (needed to create or connect inlined relation for "
            "'Desk' record(s)) was found for a nested connect"));
}

TEST_CASE("rejects tags of a book of which some do not exist", "[nested]") {
    EngineFixture db = writers();
    const std::string operation = GENERATE("connect", "set");

    const std::string answer = db.run(
        R"(mutation { updateOneBook(where: {isbn: "a1"}, data: {tags: {)" + operation +
        R"(: [{name: "old"}, {name: "new"}]}}) { isbn } })");

    CHECK_THAT(answer,
        Catch::Contains("P2025") &&
            Catch::Contains("Expected 2 records to be "
                            "connected, found only 1."));
    CHECK(db.value(R"({ findManyBook(where: {tags: {some: {}}}) { isbn } })") == "[]");
}

TEST_CASE("rejects to disconnect a required record, whether it is connected or not", "[nested]") {
    EngineFixture db = writers();

    CHECK_THAT(update(db, R"({books: {disconnect: {isbn: "b1"}}})", "id"),
        Catch::Contains(R"("error_code":"P2014")"));
}

TEST_CASE("rejects to delete records of a list before any is deleted", "[nested]") {
    EngineFixture db = writers();
    const std::string second = GENERATE("b1", "none", "a1");
    db.database.execute(
        "CREATE TRIGGER t BEFORE DELETE ON Book BEGIN SELECT RAISE(ABORT, 'touched'); END");

    CHECK_THAT(
        update(db, R"({books: {delete: [{isbn: "a1"}, {isbn: ")" + second + R"("}]}})", "id"),
        Catch::Contains(R"("error_code":"P2017")"));
}

TEST_CASE("updatedAt tells when columns changed or a foreign key was set, of no other record",
    "[nested]") {
    EngineFixture db(R"(
        model Team {
          id      Int      @id
          changed DateTime @updatedAt
          players Player[]
        }
        model Player {
          id      Int      @id
          name    String?
          changed DateTime @updatedAt
          team    Team?    @relation(fields: [teamId], references: [id])
          teamId  Int?
        })");
    const std::string early = "changed: \"2000-01-01T00:00:00.000Z\"";
    db.run("mutation { createOneTeam(data: {id: 1, " + early + "}) { id } }");
    const auto [before, write, player] = GENERATE(table<std::string, std::string, std::string>({
        {"", "updateOneTeam(where: {id: 1}, data: {players: {connect: {id: 2}}})", "2021"},
        {"", "updateOneTeam(where: {id: 1}, data: {players: {set: [{id: 2}]}})", "2021"},
        {"", "updateOnePlayer(where: {id: 2}, data: {team: {connect: {id: 1}}})", "2021"},
        {"", "updateOnePlayer(where: {id: 2}, data: {team: {connect: {id: 1}}, EARLY})", "2000"},
        {", teamId: 1", "updateOneTeam(where: {id: 1}, data: {players: {set: []}})", "2000"},
        {", teamId: 1", "updateOnePlayer(where: {id: 2}, data: {team: {disconnect: true}})",
            "2000"},
        {", teamId: 1",
            "updateOneTeam(where: {id: 1}, data: {players: {updateMany: {where: {}, data: {name: "
            "\"a\"}}}})",
            "2021"},
        {", teamId: 1",
            "upsertOneTeam(where: {id: 1}, create: {id: 1}, update: {players: {update: {where: "
            "{id: 2}, data: {}}}})",
            "2000"},
    }));
    db.run("mutation { createOnePlayer(data: {id: 2, " + early + before + "}) { id } }");
    std::string request = write;
    if (const std::size_t place = request.find("EARLY"); place != std::string::npos) {
        request.replace(place, 5, early);
    }

    CHECK(db.value("mutation { " + request + " { id } }").starts_with("{\"id\":"));

    CHECK(db.value("{ findUniquePlayer(where: {id: 2}) { changed } }").substr(12, 4) == player);
    CHECK(db.value("{ findUniqueTeam(where: {id: 1}) { changed } }").substr(12, 4) == "2000");
}

TEST_CASE("connecting what a one-to-one relation connects already changes no time", "[nested]") {
    EngineFixture db(R"(
        model Person {
          id      Int      @id
          changed DateTime @updatedAt
          badge   Badge?
        }
        model Badge {
          id       Int      @id
          changed  DateTime @updatedAt
          person   Person?  @relation(fields: [personId], references: [id])
          personId Int?     @unique
        })");
    const std::string early = "changed: \"2000-01-01T00:00:00.000Z\"";
    db.run("mutation { createOnePerson(data: {id: 1, " + early + ", badge: {create: {id: 2, " +
           early + "}}}) { id } }");
    const auto [write, year] = GENERATE(table<std::string, std::string>({
        {"updateOnePerson(where: {id: 1}, data: {badge: {connect: {id: 2}}})", "2000"},
        {"updateOnePerson(where: {id: 1}, data: {badge: {connectOrCreate: {where: {id: 2}, create: "
         "{id: 3}}}})",
            "2000"},
        {"updateOneBadge(where: {id: 2}, data: {person: {connect: {id: 1}}})", "2000"},
        {"updateOneBadge(where: {id: 2}, data: {person: {connectOrCreate: {where: {id: 1}, create: "
         "{id: 3}}}})",
            "2021"},
    }));

    CHECK(db.value("mutation { " + write + " { id } }").starts_with("{\"id\":"));

    CHECK(db.value("{ findManyBadge { personId changed } }") ==
          R"([{"personId":1,"changed":")" + year +
              (year == "2000" ? "-01-01T00:00:00.000Z" : "-02-03T04:05:06.789Z") + R"("}])");
}

TEST_CASE("an empty change of a related record is none, and only an empty one", "[nested]") {
    EngineFixture db(library);
    db.run("mutation { createOneWriter(data: {id: 1, name: \"w\"}) { id } }");

    for (const std::string data : {"books: {update: {where: {isbn: \"x\"}, data: {}}}",
             "desk: {update: {}}", "tutor: {update: {}}"}) {
        CHECK(
            db.value("mutation { updateOneWriter(where: {id: 1}, data: {" + data + "}) { id } }") ==
            R"({"id":1})");
    }
    for (const std::string data : {"books: {update: {where: {isbn: \"x\"}, data: {tags: {}}}}",
             "tutor: {update: {desk: {update: {}}}}"}) {
        CHECK(db.answer("mutation { updateOneWriter(where: {id: 1}, data: {" + data + "}) { id } }")
                  .errorCode == "P2025");
    }
}

TEST_CASE("records of a nested createMany may refer to each other, and to none else", "[nested]") {
    EngineFixture db(R"(
        model Board {
          id       Int       @id
          notes    Note[]
          comments Comment[]
        }
        model Note {
          id      Int       @id
          board   Board     @relation(fields: [boardId], references: [id])
          boardId Int
          lines   Comment[]
        }
        model Comment {
          id      Int       @id
          board   Board?    @relation(fields: [boardId], references: [id])
          boardId Int?
          note    Note?     @relation(fields: [noteId], references: [id])
          noteId  Int?
          reply   Comment?  @relation("Reply", fields: [replyId], references: [id])
          replyId Int?
          replies Comment[] @relation("Reply")
        })");
    const std::string note =
        "notes: {create: {id: 1, lines: {createMany: {data: [{id: 3, replyId: "
        "4}, {id: 4, replyId: 3}]}}}}, ";
    const auto add = [&](const std::string& comments) {
        return db.run(
            "mutation { createOneBoard(data: {id: 1, " + note +
            "comments: {createMany: {data: " + comments + "}}}) { id } }");
    };

    CHECK_THAT(add("[{id: 1, replyId: 2}, {id: 2, replyId: 9}]"), Catch::Contains("P2003"));
    CHECK(db.value("{ findManyBoard { id } }") == "[]");
    CHECK_THAT(add("[{id: 1, replyId: 2}, {id: 2}]"), !Catch::Contains("errors"));

    CHECK(
        db.value("{ findManyComment { id replyId } }") ==
        R"([{"id":1,"replyId":2},{"id":2,"replyId":null},{"id":3,"replyId":4},{"id":4,"replyId":3}])");
    CHECK_THAT(db.run("mutation { createOneComment(data: {id: 7, replyId: 8}) { id } }"),
        Catch::Contains("P2003"));
}

TEST_CASE("rejects to delete what Restrict protects, beside a createMany too", "[nested]") {
    EngineFixture db(R"(
        model Board {
          id       Int       @id
          comments Comment[]
        }
        model Comment {
          id      Int       @id
          board   Board     @relation(fields: [boardId], references: [id])
          boardId Int
          reply   Comment?  @relation("Reply", fields: [replyId], references: [id], onDelete: Restrict)
          replyId Int?
          replies Comment[] @relation("Reply")
        })");
    db.run(
        "mutation { createOneBoard(data: {id: 1, comments: {createMany: {data: [{id: 1}, "
        "{id: 2, replyId: 1}]}}}) { id } }");

    CHECK(
        db.answer("mutation { updateOneBoard(where: {id: 1}, data: {comments: {createMany: "
                  "{data: [{id: 3}, {id: 4, replyId: 3}]}, delete: [{id: 1}, {id: 2}]}}) { id } }")
            .errorCode == "P2003");
    CHECK(db.value("{ findManyComment { id } }") == R"([{"id":1},{"id":2}])");
}

TEST_CASE("rejects to disconnect records that must have a parent, related or not", "[nested]") {
    EngineFixture db(library);
    db.run("mutation { createOneWriter(data: {id: 1, name: \"w\"}) { id } }");

    CHECK(db.answer("mutation { updateOneWriter(where: {id: 1}, data: {books: {disconnect: {isbn: "
                    "\"x\"}}}) { id } }")
              .errorCode == "P2014");
}

TEST_CASE(
    "rejects a set of a many-to-many relation that names records which do not exist", "[nested]") {
    EngineFixture db(library);
    db.run(
        "mutation { createOneBook(data: {isbn: \"b\", author: {create: {name: \"w\"}}, "
        "tags: {create: {name: \"a\"}}}) { isbn } }");

    CHECK_THAT(
        db.run("mutation { updateOneBook(where: {isbn: \"b\"}, data: {tags: {set: [{name: "
               "\"a\"}, {name: \"x\"}]}}) { isbn } }"),
        Catch::Contains("P2025") &&
            Catch::Contains("Expected 2 records to be connected, found only 1."));
}
