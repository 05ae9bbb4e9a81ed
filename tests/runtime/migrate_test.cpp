#include <catch2/catch.hpp>
#include <regex>

#include "runtime/migrate/directory.hpp"
#include "tests/runtime/migrate_fixture.hpp"

using loam::runtime::migrate::MigrationError;
using loam::runtime::migrate::Request;
using loam::runtime::migrate::resolveApplied;
using loam::runtime::migrate::run;
using loam::runtime::migrate::status;
using loam::runtime::migrate::Target;
using loam::runtime::storage::Database;
using loam::testing::MigrateFixture;

using Names = std::vector<std::string>;

TEST_CASE("pending migrations are applied by name, once") {
    const MigrateFixture fixture;
    fixture.add("20_b", "CREATE TABLE b (x);");
    fixture.add("10_a", "CREATE TABLE a (x);");
    fixture.add("9_z", "CREATE TABLE z (x);");
    fixture.directory.write("migrations/notes.txt", "not a migration");

    const Names first = fixture.deploy();
    const Names second = fixture.deploy();

    CHECK(first == Names{"10_a", "20_b", "9_z"});
    CHECK(second.empty());
    CHECK(fixture.tables() == Names{"a", "b", "z"});
}

TEST_CASE("a record has the columns and values of Prisma's") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x);\r\n");

    fixture.deploy();

    CHECK(
        fixture.rows(
            "SELECT checksum, migration_name, logs, rolled_back_at, applied_steps_count, "
            "typeof(started_at), typeof(finished_at), started_at <= finished_at, "
            "started_at > 1700000000000 FROM _prisma_migrations") ==
        Names{"96361713300d5922deeed1080e6f097505d4b0cf0ac94e1f0b079b856a891d54|1_a|-|-|1|integer|"
              "integer|1|1"});
    const std::string id = fixture.rows("SELECT id FROM _prisma_migrations").at(0);
    CHECK(std::regex_match(
        id, std::regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")));
    CHECK(
        fixture.rows("SELECT sql FROM sqlite_schema WHERE name = '_prisma_migrations'").at(0) ==
        "CREATE TABLE \"_prisma_migrations\" (\n"
        "    \"id\"                    TEXT PRIMARY KEY NOT NULL,\n"
        "    \"checksum\"              TEXT NOT NULL,\n"
        "    \"finished_at\"           DATETIME,\n"
        "    \"migration_name\"        TEXT NOT NULL,\n"
        "    \"logs\"                  TEXT,\n"
        "    \"rolled_back_at\"        DATETIME,\n"
        "    \"started_at\"            DATETIME NOT NULL DEFAULT current_timestamp,\n"
        "    \"applied_steps_count\"   INTEGER UNSIGNED NOT NULL DEFAULT 0\n"
        ")");
}

TEST_CASE("the write-ahead log is turned on by the first migration and off by a later one") {
    const MigrateFixture fixture;
    fixture.add("1_wal", "-- Improves concurrency.\nPRAGMA journal_mode=WAL;");
    fixture.deploy();
    CHECK(fixture.rows("PRAGMA journal_mode") == Names{"wal"});

    fixture.add("2_delete", "PRAGMA journal_mode=DELETE;");
    fixture.deploy();

    CHECK(fixture.rows("PRAGMA journal_mode") == Names{"delete"});
}

TEST_CASE("settings of a script end with it") {
    const MigrateFixture fixture;
    fixture.add("1_a",
        "CREATE TABLE p (id INTEGER PRIMARY KEY);"
        "CREATE TABLE c (p INTEGER REFERENCES p(id));"
        "PRAGMA foreign_keys=OFF; INSERT INTO c VALUES (1);"
        "PRAGMA locking_mode=EXCLUSIVE; CREATE TEMP TABLE t (x);");
    fixture.add("2_b", "INSERT INTO c VALUES (2);");

    const std::string code = fixture.deployCode();

    CHECK(code == "P3018");
    CHECK(fixture.rows("SELECT p FROM c") == Names{"1"});
}

TEST_CASE("rejects new migrations after one that failed, until it is resolved") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE okay (x);\n\nINSERT INTO nope VALUES (1);\n");
    fixture.add("2_b", "CREATE TABLE later (x);");

    CHECK_THROWS_WITH(fixture.deploy(),
        "A migration failed to apply. New migrations cannot be applied before the error is "
        "recovered from. Read more about how to resolve migration issues in a production database: "
        "https://pris.ly/d/migrate-resolve\n\nMigration name: 1_a\n\nDatabase error code: "
        "1\n\nDatabase error:\nno such table: nope (in the statement on line 3)");

    CHECK(fixture.tables() == Names{"okay"});
    CHECK(fixture.rows("SELECT migration_name, logs, finished_at, applied_steps_count FROM "
                       "_prisma_migrations") ==
          Names{"1_a|no such table: nope (in the statement on line 3)|-|0"});
    CHECK(fixture.deployCode() == "P3009");
    CHECK_THROWS_WITH(fixture.deploy(),
        Catch::Matches(
            "migrate found failed migrations in the target database, new migrations will "
            "not be applied\\. Read more [^\n]*\nThe `1_a` migration started at "
            "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\\.[0-9]{3} UTC failed"));
}

TEST_CASE("a failed migration that was rolled back by hand runs again in a second row") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x); INSERT INTO nope VALUES (1);");
    REQUIRE(fixture.deployCode() == "P3018");
    Database::openWriter(fixture.target.databasePath).execute("DROP TABLE a");
    fixture.add("1_a", "CREATE TABLE a (x);");

    resolveRolledBack(fixture.target, "1_a");
    const Names applied = fixture.deploy();

    CHECK(applied == Names{"1_a"});
    CHECK(fixture.rows("SELECT migration_name, finished_at IS NULL, rolled_back_at IS NULL, "
                       "applied_steps_count FROM _prisma_migrations ORDER BY rowid") ==
          Names{"1_a|1|0|0", "1_a|0|1|1"});
}

TEST_CASE("a failed migration that was finished by hand counts as applied") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x); INSERT INTO nope VALUES (1);");
    REQUIRE(fixture.deployCode() == "P3018");

    resolveApplied(fixture.target, "1_a");

    CHECK(fixture.deploy().empty());
    CHECK(fixture.rows("SELECT finished_at = started_at, rolled_back_at IS NULL, logs, "
                       "applied_steps_count FROM _prisma_migrations ORDER BY rowid DESC LIMIT 1") ==
          Names{"1|1||0"});
    CHECK(fixture.codeOf([&] { resolveApplied(fixture.target, "1_a"); }) == "P3008");
}

TEST_CASE("a database with tables becomes one with a history by baselining") {
    const MigrateFixture fixture;
    Database::openOrCreate(fixture.target.databasePath).execute("CREATE TABLE a (x)");
    fixture.add("1_a", "CREATE TABLE a (x);");
    CHECK(fixture.deployCode() == "P3005");

    resolveApplied(fixture.target, "1_a");

    CHECK(fixture.deploy().empty());
}

TEST_CASE("rejects to resolve what is not there or did not fail") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x);");
    fixture.deploy();

    CHECK(fixture.codeOf([&] { resolveApplied(fixture.target, "2_b"); }) == "P3017");
    CHECK(fixture.codeOf([&] { resolveRolledBack(fixture.target, "2_b"); }) == "P3011");
    CHECK(fixture.codeOf([&] { resolveRolledBack(fixture.target, "1_a"); }) == "P3012");
}

TEST_CASE("rejects another provider, a missing script and a missing directory") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x);");
    fixture.directory.write("migrations/2_b/readme.md", "no script");

    CHECK(fixture.deployCode() == "P3015");
    CHECK(fixture.tables() == Names{"a"});

    fixture.directory.write("migrations/migration_lock.toml", "provider = \"postgresql\"");
    CHECK(fixture.deployCode() == "P3019");
    fixture.directory.write("migrations/migration_lock.toml", "# none");
    CHECK(fixture.deployCode() == "P3019");
    CHECK(fixture.codeOf([&] {
        run({.databasePath = fixture.target.databasePath, .migrationsPath = "/nowhere"}, Request{});
    }) == "MigrationsUnreadable");
}

TEST_CASE("only names are compared: edited, missing and earlier migrations are no error") {
    const MigrateFixture fixture;
    fixture.add("2_b", "CREATE TABLE b (x);");
    fixture.add("3_c", "CREATE TABLE c (x);");
    fixture.deploy();
    fixture.add("2_b", "CREATE TABLE other (x);");
    std::filesystem::remove_all(fixture.directory / "migrations/3_c");
    fixture.add("1_a", "CREATE TABLE a (x);");

    const Names applied = fixture.deploy();

    CHECK(applied == Names{"1_a"});
    CHECK(status(fixture.target).missing == Names{"3_c"});
    CHECK(status(fixture.target).isUpToDate());
}

TEST_CASE("rejects a script that leaves a transaction open, and keeps its record") {
    const MigrateFixture fixture;
    fixture.add("1_a", "BEGIN; CREATE TABLE a (x);");

    CHECK_THROWS_WITH(fixture.deploy(),
        Catch::EndsWith(
            "begins a transaction and does not end it; "
            "it was rolled back"));

    CHECK(fixture.tables().empty());
    CHECK(fixture.deployCode() == "P3009");
}

TEST_CASE("a script that fails in its own transaction is undone, and its record is kept") {
    const MigrateFixture fixture;
    fixture.add("1_a", "BEGIN; CREATE TABLE a (x); INSERT INTO nope VALUES (1); COMMIT;");

    CHECK(fixture.deployCode() == "P3018");

    CHECK(fixture.tables().empty());
    CHECK(fixture.deployCode() == "P3009");
}

TEST_CASE("rejects a script that SQLite would read only in part") {
    const MigrateFixture fixture;
    fixture.add("1_a", std::string("CREATE TABLE a (x);\n\0CREATE TABLE b (x);", 40));

    CHECK_THROWS_WITH(
        fixture.deploy(), Catch::EndsWith("holds a NUL byte on line 2; save it as UTF-8 text"));
}

TEST_CASE("a script may be empty, hold comments only, or begin with a byte order mark") {
    const MigrateFixture fixture;
    fixture.add("1_a", "");
    fixture.add("2_b", "-- nothing\n/* at all */");
    fixture.add("3_c",
        "\xEF\xBB\xBF"
        "CREATE TABLE c (x);");

    CHECK(fixture.deploy().size() == 3);

    CHECK(fixture.tables() == Names{"c"});
}

TEST_CASE("rejects a run without readable migrations before it touches anything") {
    const MigrateFixture fixture;
    const Target wrong{.databasePath = fixture.target.databasePath,
        .migrationsPath = fixture.directory / "missing",
        .patience = fixture.target.patience};
    const auto codeOf = [&](const Request& request) {
        return fixture.codeOf([&] { run(wrong, request); });
    };

    CHECK(codeOf({}) == "MigrationsUnreadable");
    CHECK(fixture.codeOf([&] { resolveApplied(fixture.target, "1"); }) == "P3017");
    CHECK_FALSE(fixture.directory.has("database.db-lock"));
    fixture.add("1", "CREATE TABLE a (x);");
    fixture.deploy();
    CHECK(codeOf({.reset = true}) == "MigrationsUnreadable");
    CHECK(fixture.tables() == std::vector<std::string>{"a"});
    CHECK(codeOf({.reset = true, .migrate = false}).empty());
}

TEST_CASE("reset and migrate combine in every way") {
    const MigrateFixture fixture;
    fixture.add("1_a", "PRAGMA journal_mode=WAL; CREATE TABLE a (x);");
    fixture.deploy();
    Database::openWriter(fixture.target.databasePath).execute("INSERT INTO a VALUES (1)");

    CHECK(run(fixture.target, {.reset = false, .migrate = false}).empty());
    CHECK(fixture.rows("SELECT count(*) FROM a") == Names{"1"});
    CHECK(run(fixture.target, {.reset = true, .migrate = true}) == Names{"1_a"});
    CHECK(fixture.rows("SELECT count(*) FROM a") == Names{"0"});
    CHECK(run(fixture.target, {.reset = true, .migrate = false}).empty());
    for (const char* file : {"database.db", "database.db-wal", "database.db-shm"}) {
        CHECK_FALSE(fixture.directory.has(file));
    }
    CHECK(run(fixture.target, {.reset = true, .migrate = false}).empty());
}

TEST_CASE("status of a database that does not exist has everything pending") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x);");

    const auto result = status(fixture.target);

    CHECK(result.pending == Names{"1_a"});
    CHECK_FALSE(result.isUpToDate());
    CHECK_FALSE(fixture.directory.has("database.db"));
}

TEST_CASE("each applied migration is told at once, also before a failure") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x);");
    fixture.add("2_b", "nonsense");
    Names told;

    CHECK_THROWS_AS(
        run(fixture.target, Request{}, [&](const std::string& name) { told.push_back(name); }),
        MigrationError);

    CHECK(told == Names{"1_a"});
}

TEST_CASE("the payload's members have defaults") {
    CHECK(Request::parse("").migrate);
    CHECK(Request::parse("null").migrate);
    CHECK_FALSE(Request::parse("{}").reset);
    CHECK(Request::parse(R"({"reset":true})").reset);
    CHECK(Request::parse(R"({"reset":true})").migrate);
    CHECK_FALSE(Request::parse(R"({"migrate":false,"reset":false})").migrate);
}

TEST_CASE("rejects payloads with unknown members, other types or no JSON") {
    CHECK_THROWS_WITH(Request::parse(R"({"rest":true})"),
        "the payload has the unknown member \"rest\"; the payload is a JSON object such as "
        "{\"reset\": false, \"migrate\": true}");
    CHECK_THROWS_WITH(
        Request::parse(R"({"reset":"yes"})"), Catch::StartsWith("\"reset\" must be true or false"));
    CHECK_THROWS_AS(Request::parse(R"({"reset":1})"), MigrationError);
    CHECK_THROWS_AS(Request::parse("[]"), MigrationError);
    CHECK_THROWS_AS(Request::parse("{"), MigrationError);
    CHECK_THROWS_AS(Request::parse("{}x"), MigrationError);
}

TEST_CASE("results are JSON as the guide shows it") {
    using loam::runtime::migrate::errorJson;
    using loam::runtime::migrate::toJson;

    CHECK(
        toJson({"20221022090016_configure_wal", "2\"q"}) ==
        R"({"success":true,"data":{"appliedMigrations":["20221022090016_configure_wal","2\"q"]}})");
    CHECK(toJson({}) == R"({"success":true,"data":{"appliedMigrations":[]}})");
    CHECK(errorJson("P3009", "a\nb") ==
          R"({"success":false,"error":{"code":"P3009","message":"a\nb"}})");
}
