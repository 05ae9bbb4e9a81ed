// Reads over foreign keys without an index, whose rows are found by one that lasts as long as the
// read; and what reads over foreign keys cost with one.

#include <catch2/catch.hpp>
#include <cstdint>
#include <sqlite3.h>

#include "runtime/sql/automatic_index.hpp"
#include "tests/runtime/engine_fixture.hpp"

using loam::runtime::plan::Links;
using loam::runtime::sql::AutomaticIndex;
using loam::testing::EngineFixture;

namespace {

/// 400 owners with 20 pets each, and pets of nobody. `index` is added to Pet.
EngineFixture owners(const std::string& index) {
    EngineFixture db(
        R"(
        model Owner {
          id   Int     @id
          town String
          name String?
          pets Pet[]
          kind Breed[]
          @@unique([town, name])
        }
        model Pet {
          id    Int     @id
          age   Int
          town  String?
          name  String?
          owner Owner?  @relation(fields: [town, name], references: [town, name])
          )" +
        index + R"(
        }
        model Breed {
          id      Int   @id
          owner   Owner @relation(fields: [ownerId], references: [id])
          ownerId Int
          )" +
        (index.empty() ? "" : "@@index([ownerId])") + R"(
        })");
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 8199) ";
    db.database.execute(
        numbers +
        "INSERT INTO Owner SELECT i, 't' || (i % 7), iif(i % 50 = 3, NULL, 'o' || i) FROM n "
        "WHERE i < 400");
    db.database.execute(
        numbers +
        "INSERT INTO Pet SELECT i, i * 7 % 11, iif(i < 8000, 't' || (i % 400 % 7), NULL), "
        "iif(i % 400 % 50 = 3 OR i % 13 = 5, NULL, 'o' || (i % 400)) FROM n");
    db.database.execute(numbers + "INSERT INTO Breed SELECT i, i % 400 FROM n");
    return db;
}

/// How many instructions of SQLite a query takes, in hundreds.
std::int64_t work(EngineFixture& db, const std::string& query) {
    std::int64_t hundreds = 0;
    const auto count = [](void* counter) { return ++*static_cast<std::int64_t*>(counter), 0; };
    sqlite3_progress_handler(db.database.handle(), 100, count, &hundreds);
    db.run(query);
    sqlite3_progress_handler(db.database.handle(), 0, nullptr, nullptr);
    return hundreds;
}

}  // namespace

TEST_CASE("related records are the same with and without an index", "[unindexed]") {
    EngineFixture plain = owners("");
    EngineFixture indexed = owners("@@index([town, name])");
    const std::string arguments = GENERATE("", "(orderBy: {id: desc})",
        "(take: 3, skip: 2, orderBy: [{age: desc}, {id: asc}])", "(take: -2)",
        "(distinct: [age], orderBy: {id: asc})", "(cursor: {id: 1207}, take: 4)",
        "(where: {OR: [{age: {gt: 8}}, {id: {lt: 500}}]})",
        "(where: {owner: {is: {id: {lt: 200}}}})");
    const std::string query =
        "{ findManyOwner { id pets" + arguments + " { id age } kind { id } } }";

    const std::string found = plain.run(query);

    CHECK(found == indexed.run(query));
    CHECK(found.find("\"pets\":[{") != std::string::npos);
}

TEST_CASE("reading related records without an index does not walk for each record", "[unindexed]") {
    EngineFixture plain = owners("");
    EngineFixture indexed = owners("@@index([town, name])");
    const auto [change, query] = GENERATE(table<std::string, std::string>({
        {"", "{ findManyOwner { id pets { id age } } }"},
        {"", "{ findManyOwner { kind { id } } }"},
        // Identifiers far apart.
        {"UPDATE Breed SET id = id * 100000", "{ findManyOwner { kind { id } } }"},
        // Records without a key before the others.
        {"WITH RECURSIVE n(i) AS (SELECT -9000 UNION ALL SELECT i + 1 FROM n WHERE i < -1) "
         "INSERT INTO Owner SELECT i, 't', NULL FROM n",
            "{ findManyOwner(orderBy: {id: asc}) { pets { id } } }"},
        // A walk that ends before the index would have found all.
        {"DELETE FROM Breed WHERE id >= 1000; UPDATE Breed SET ownerId = 1; "
         "UPDATE Pet SET town = 't1', name = 'o1' WHERE id > 0",
            "{ findManyPet { owner { kind(take: 2) { id } } } }"},
    }));
    plain.database.execute(change);
    indexed.database.execute(change);

    INFO(change);
    CHECK(work(plain, query) < 10 * work(indexed, query));
    CHECK(plain.run(query) == indexed.run(query));
}

TEST_CASE(
    "related records are chosen by others of theirs without walking for each", "[unindexed]") {
    EngineFixture db(R"(
        model User {
          id    Int    @id
          posts Post[]
        }
        model Post {
          id     Int    @id
          user   User   @relation(fields: [userId], references: [id])
          userId Int
          likes  Like[]
          @@index([userId])
        }
        model Like {
          id     Int  @id
          post   Post @relation(fields: [postId], references: [id])
          postId Int
          @@index([postId])
        })");
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999) ";
    db.database.execute(numbers + "INSERT INTO User SELECT i FROM n WHERE i < 200");
    db.database.execute(numbers + "INSERT INTO Post SELECT i, i % 200 FROM n");
    db.database.execute(numbers + "INSERT INTO Like SELECT i, i FROM n");
    const auto [before, after] = GENERATE(table<std::string,
        std::string>({{"{ findManyUser { posts(where: ", ") { id } } }"},
        {"{ findManyUser { _count { posts(where: ", ") } } }"}}));
    const std::string condition =
        GENERATE("{likes: {some: {id: {gt: 5}}}}", "{likes: {every: {id: {lt: 5}}}}");

    CHECK(work(db, before + condition + after) < 10 * work(db, before + "{id: {gte: 0}}" + after));
}

TEST_CASE("keys of several kinds are compared as SQLite does", "[unindexed]") {
    EngineFixture plain = owners("");
    EngineFixture indexed = owners("@@index([town, name])");
    const std::string change = GENERATE("UPDATE Breed SET ownerId = x'00' WHERE id = 8199",
        "UPDATE Breed SET ownerId = 0.5 WHERE id = 8199",
        "UPDATE Pet SET town = x'7430' WHERE id = 8007",
        "UPDATE Owner SET town = x'7430' WHERE id = 399");
    for (EngineFixture* db : {&plain, &indexed}) {
        db->database.execute("PRAGMA foreign_keys = OFF; " + change);
    }
    const std::string query = "{ findManyOwner { id pets { id } kind { id } } }";

    CHECK(plain.run(query) == indexed.run(query));
}

TEST_CASE("an index is made of tables with rowids and keys of one kind only", "[unindexed]") {
    const std::string table = GENERATE("CREATE TABLE Breed (id PRIMARY KEY, ownerId) WITHOUT ROWID",
        "CREATE VIEW Breed AS SELECT 1 AS id, 2 AS ownerId",
        "CREATE TABLE Breed (id, ownerId TEXT COLLATE NOCASE)");
    EngineFixture db = owners("");
    const Links links(db.schema);
    const auto& link = links.of(*db.schema.findModel("Owner")->findField("kind"));
    CHECK(AutomaticIndex::isPossible(db.database, link));
    CHECK(AutomaticIndex::make(db.database, link, 10'000));
    CHECK(!AutomaticIndex::make(db.database, link, 10));

    db.database.execute("DROP TABLE Breed; " + table);

    CHECK(!AutomaticIndex::isPossible(db.database, link));
}

TEST_CASE("related records are counted the same with and without an index", "[unindexed]") {
    EngineFixture plain = owners("");
    EngineFixture indexed = owners("@@index([town, name])");
    const std::string query = GENERATE("{ findManyOwner { id _count { pets kind } } }",
        "{ findManyOwner { _count { pets(where: {age: {gt: 5}}) kind(where: {id: {lt: 900}}) } } }",
        "{ findManyOwner(orderBy: [{pets: {_count: desc}}, {id: asc}]) { id } }",
        "{ findFirstOwner(orderBy: [{pets: {_count: asc}}, {id: desc}]) { id _count { kind } } }",
        "{ findManyPet(orderBy: [{owner: {kind: {_count: desc}}}, {id: asc}]) { id } }",
        "{ findManyPet(orderBy: [{owner: {pets: {_count: desc}}}, {id: asc}], cursor: {id: 7}) "
        "{ id } }",
        "{ findUniqueOwner(where: {id: 7}) { _count { pets kind } } }",
        "{ findManyOwner { kind { owner { _count { pets } } } } }");

    const std::string found = plain.run(query);

    CHECK(found == indexed.run(query));
    CHECK(found.starts_with("{\"data\":"));
}

TEST_CASE(
    "counting related records without an index does not walk for each record", "[unindexed]") {
    EngineFixture plain = owners("");
    EngineFixture indexed = owners("@@index([town, name])");
    const std::string query = GENERATE("{ findManyOwner { id _count { pets } } }",
        "{ findManyOwner(orderBy: {kind: {_count: desc}}, take: 1) { id } }",
        "{ findUniqueOwner(where: {id: 7}) { _count { kind } } }");

    CHECK(work(plain, query) < 400 + 10 * work(indexed, query));
}
