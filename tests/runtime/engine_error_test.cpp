#include <catch2/catch.hpp>

#include "runtime/storage/error.hpp"
#include "tests/runtime/engine_fixture.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

using namespace loam::runtime;
using loam::testing::blog;
using loam::testing::EngineFixture;

TEST_CASE("rejects a second record with a unique value and names the model's fields", "[errors]") {
    EngineFixture db(blog);
    db.run(R"(mutation { createOneUser(data: {email: "a", first: "x", last: "y"}) { id } })");

    CHECK_THAT(db.run("mutation { createOneUser(data: {email: \"a\"}) { id } }"),
        Catch::Contains(R"x("message":"Unique constraint failed on the fields: (`email`)")x") &&
            Catch::Contains(R"("target":["email"])") &&
            Catch::Contains(R"("error_code":"P2002")") &&
            Catch::Contains(R"("locations":[{"line":1,"column":12}],"path":["createOneUser"])"));
    CHECK_THAT(
        db.run("mutation { createOneUser(data: {email: \"b\", first: \"x\", last: \"y\"}) { "
               "id } }"),
        Catch::Contains(R"("target":["first","last"])"));
    CHECK_THAT(db.run("mutation { createOneUser(data: {id: 1, email: \"b\"}) { id } }"),
        Catch::Contains(R"("target":["id"])"));
}

TEST_CASE("rejects writes that break a foreign key and undoes them", "[errors]") {
    EngineFixture db(blog);
    db.run(
        "mutation { createOneUser(data: {email: \"a\"}) { id } "
        "createOnePost(data: {slug: \"s\", title: \"t\", authorId: 1}) { slug } }");

    CHECK(db.answer("mutation { createOnePost(data: {slug: \"x\", title: \"t\", authorId: 9}) { "
                    "slug } }")
              .errorCode == "P2003");
    CHECK(db.answer("mutation { deleteOneUser(where: {id: 1}) { id } }").errorCode == "P2003");
    CHECK(db.answer("mutation { deleteManyUser { count } }").errorCode == "P2003");
    CHECK(
        db.run("{ aggregateUser { _count { _all } } aggregatePost { _count { _all } } }") ==
        R"({"data":{"aggregateUser":{"_count":{"_all":1}},"aggregatePost":{"_count":{"_all":1}}}})");
}

TEST_CASE("rejects operations on a record that is not there", "[errors]") {
    EngineFixture db(blog);
    const auto [query, cause] = GENERATE(table<std::string, std::string>({
        {"mutation { updateOneUser(where: {id: 1}, data: {visits: 1}) { id } }", "an update"},
        {"mutation { updateOneUser(where: {id: 1}, data: {}) { id } }", "an update"},
        {"mutation { deleteOneUser(where: {id: 1}) { id } }", "a delete"},
        {"{ findUniqueUserOrThrow(where: {id: 1}) { id } }", "a query"},
    }));

    const auto answer = db.answer(query);

    CHECK(answer.status == 200);
    CHECK(answer.errorCode == "P2025");
    CHECK_THAT(answer.body,
        Catch::Contains("required but not found. No record was found for " + cause + "."));
}

TEST_CASE("rejects NULL where the table forbids it", "[errors]") {
    EngineFixture db("model A {\n id BigInt @id @default(autoincrement())\n b Int?\n}");

    CHECK_THAT(db.run("mutation { createOneA(data: {b: 1}) { id } }"),
        Catch::Contains("P2011") &&
            Catch::Contains("Null constraint violation on the fields: (`id`)"));
}

TEST_CASE("rejects mutations where the database can only be read", "[errors]") {
    EngineFixture db(blog, engine::Access::ReadOnly);

    const auto answer = db.answer("mutation { createOneUser(data: {email: \"a\"}) { id } }");

    CHECK(answer.failed);
    CHECK(answer.isWrite);
    CHECK_THAT(answer.body, Catch::Contains("Mutations are refused here"));
    CHECK(db.value("{ findManyUser { id } }") == "[]");
}

TEST_CASE("rejects a body that is not JSON with status 400", "[errors]") {
    EngineFixture db(blog);

    const auto answer = db.engine.execute("{\"query\": ");

    CHECK(answer.status == 400);
    CHECK(answer.errorCode == "P2009");
    CHECK_THAT(answer.body,
        Catch::StartsWith(R"({"errors":[{"error":"Invalid JSON at line 1, column 11)"));
}

TEST_CASE("rejects requests before the tables exist", "[errors]") {
    const schema::Schema schema = schema::parse(blog);
    storage::Database database = storage::Database::openOrCreate(":memory:");
    engine::Engine engine(schema, database, engine::Access::ReadWrite);

    const auto answer = engine.execute(R"({"query": "{ findManyUser { id } }"})");

    CHECK(answer.errorCode == "P2021");
    CHECK_THAT(answer.body, Catch::Contains("The table `main.users` does not exist"));
}

TEST_CASE("rejects requests for columns that the table lacks", "[errors]") {
    EngineFixture db(blog);
    db.database.execute("ALTER TABLE users RENAME COLUMN last TO surname");

    CHECK(db.answer("{ findManyUser { last } }").errorCode == "P2022");
    CHECK_THAT(
        db.run("{ findManyUser { last } }"), Catch::Contains(R"({"column":"main.users.last"})"));
    CHECK(db.answer("{ findManyUser(where: {last: \"last\"}) { id } }").errorCode == "P2022");
    CHECK(db.answer("mutation { createOneUser(data: {email: \"a\", last: \"b\"}) { id } }")
              .errorCode == "P2022");
    CHECK(db.answer("mutation { createOneUser(data: {email: \"a\"}) { last } }").errorCode ==
          "P2022");
}

TEST_CASE("a write that waits for another connection in vain is refused and can be repeated",
    "[errors]") {
    const loam::testing::TemporaryDirectory directory;
    const schema::Schema schema = schema::parse(blog);
    storage::Database other = storage::Database::openOrCreate(directory / "a.db");
    for (const std::string& statement : schema::createStatements(schema)) {
        other.execute(statement);
    }
    storage::Database database = storage::Database::openWriter(directory / "a.db");
    database.execute("PRAGMA busy_timeout = 0");
    engine::Engine engine(schema, database, engine::Access::ReadWrite);
    constexpr auto body = R"({"query": "mutation { createOneUser(data: {email: \"a\"}) { id } }"})";

    other.execute("BEGIN IMMEDIATE");
    const auto refused = engine.execute(body);
    other.execute("ROLLBACK");
    const auto repeated = engine.execute(body);

    CHECK(refused.errorCode == "P1008");
    CHECK(repeated.body == R"({"data":{"createOneUser":{"id":1}}})");
}

TEST_CASE("a full disk undoes the request and leaves the engine usable", "[errors]") {
    EngineFixture db(blog);
    db.run("mutation { createOneUser(data: {email: \"a\"}) { id } }");
    db.database.execute("PRAGMA max_page_count = 1");
    std::string records;
    for (int number = 0; number < 2000; ++number) {
        records += "{email: \"user" + std::to_string(number) + "@example.test\"},";
    }

    const auto answer = db.answer("mutation { createManyUser(data: [" + records + "]) { count } }");

    CHECK_THAT(answer.body, Catch::Contains("disk of the database is full"));
    CHECK(db.value("{ findManyUser { email } }") == R"([{"email":"a"}])");
}

TEST_CASE("an answer to a request with long names and values stays small and valid", "[errors]") {
    EngineFixture fixture(blog);
    std::string accents;
    for (int i = 0; i < 2000; ++i) {
        accents += "\xC3\xA9";
    }
    const std::string name(1000000, 'a');

    for (const std::string& query :
        {"{ " + name + " }", "{ findManyUser(\"" + name + "\") { id } }",
            "{ findManyUser(where: {" + name + ": 1}) { id } }",
            "{ findManyUser(where: {visits: \"x" + accents + "\"}) { id } }",
            "{ findManyUser(where: {visits: \"" + accents + "\"}) { id } }",
            "mutation { " + name + ": deleteOneUser(where: {id: 1}) { id } }"}) {
        const std::string body = fixture.run(query);

        CHECK_THAT(body, Catch::StartsWith("{\"errors\":["));
        CHECK(body.size() < 20000);
        CHECK(loam::runtime::request::findInvalidUtf8(body) == std::string::npos);
        CHECK(body.find("\xEF\xBF\xBD") == std::string::npos);
    }
}

TEST_CASE("rejects a wrong combination of arguments with its details", "[errors]") {
    EngineFixture db(blog);

    CHECK_THAT(db.ask("User", "groupBy", R"({"by":[]})", R"({"first":true})"),
        Catch::Contains(
            R"("meta":{"details":"At least one selection is required for the `by` )"
            R"(argument."},"error_code":"P2019")"));
}
