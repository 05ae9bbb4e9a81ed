#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): raise and SIGKILL are POSIX.
#include <sqlite3.h>
#include <unistd.h>

#include "runtime/storage/database.hpp"
#include "tests/support/runtime/child_process.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

using loam::runtime::storage::Database;
using loam::runtime::storage::Statement;
using loam::runtime::storage::StatementCache;
using loam::runtime::storage::StorageError;
using loam::testing::ChildProcess;
using loam::testing::TemporaryDirectory;

namespace {

std::int64_t pragma(Database& database, const std::string& name) {
    Statement statement = database.statement("PRAGMA " + name);
    statement.step();
    return statement.integer(0);
}

StorageError failureOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const StorageError& error) {
        return error;
    }
    FAIL("no StorageError was thrown");
    throw std::logic_error("unreachable");
}

}  // namespace

TEST_CASE("every connection is durable, checks foreign keys and distrusts the schema") {
    const TemporaryDirectory directory;
    Database database = Database::openOrCreate(directory / "x.db");

    CHECK(pragma(database, "synchronous") == 2);
    CHECK(pragma(database, "foreign_keys") == 1);
    CHECK(pragma(database, "trusted_schema") == 0);
    CHECK(pragma(database, "cell_size_check") == 1);
    CHECK(pragma(database, "busy_timeout") == 5000);
    CHECK_THROWS_AS(database.execute("SELECT load_extension('x')"), StorageError);
}

TEST_CASE("a missing database is reported with what to do, and not made") {
    const TemporaryDirectory directory;
    const std::string path = directory / "x.db";

    for (const auto open : {&Database::openReader, &Database::openWriter}) {
        const StorageError error = failureOf([&] { open(path); });
        CHECK(
            error.what() ==
            "the database " + path + " does not exist yet; apply the migrations, which create it");
        CHECK(error.path() == path);
    }
    CHECK_FALSE(directory.has("x.db"));
}

TEST_CASE("rejects a missing directory, a directory and a file that is no database") {
    const TemporaryDirectory directory;
    directory.write("text.db", std::string(4096, 'x'));

    CHECK_THROWS_WITH(Database::openOrCreate(directory / "no/x.db"),
        Catch::EndsWith("there is no directory " + (directory / "no")));
    CHECK_THROWS_WITH(Database::openWriter(directory / ""), Catch::Contains("it is a directory"));
    CHECK_THROWS_WITH(
        Database::openReader(directory / "text.db"), Catch::EndsWith("file is not a database"));
}

TEST_CASE("rejects a new database in a directory that cannot be written to, with the reason") {
    const TemporaryDirectory directory;
    const std::filesystem::path readOnly = directory / "";
    using std::filesystem::perms;
    const perms write = perms::owner_write | perms::group_write | perms::others_write;
    std::filesystem::permissions(readOnly, perms::all & ~write);

    ChildProcess child([&directory] {
        // The superuser may write anywhere.
        const bool isUser = geteuid() != 0 || setuid(65534) == 0;
        try {
            Database::openOrCreate(directory / "x.db");
        } catch (const StorageError& error) {
            const std::string message = error.what();
            _exit(isUser && message.ends_with("cannot be written to: Permission denied") ? 7 : 1);
        }
    });
    const int code = child.wait();
    std::filesystem::permissions(readOnly, perms::owner_all);

    CHECK(code == 7);
}

TEST_CASE("a reader reads and does not write") {
    const TemporaryDirectory directory;
    Database::openOrCreate(directory / "x.db")
        .execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)");
    Database reader = Database::openReader(directory / "x.db");

    Statement select = reader.statement("SELECT a FROM t");

    REQUIRE(select.step());
    CHECK(select.integer(0) == 7);
    select.reset();
    const StorageError error = failureOf([&] { reader.execute("INSERT INTO t VALUES (8)"); });
    CHECK(error.primaryCode() == SQLITE_READONLY);
}

TEST_CASE("a reader works while the log of the last writer is all there is of a commit") {
    const TemporaryDirectory directory;
    Database writer = Database::openOrCreate(directory / "x.db");
    writer.execute("PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    Database reader = Database::openReader(directory / "x.db");
    { const Database gone = std::move(writer); }

    Statement select = reader.statement("SELECT count(*) FROM t");

    REQUIRE(select.step());
    CHECK(select.integer(0) == 1);
    CHECK(directory.has("x.db-wal"));
}

TEST_CASE("a reader opens a database whose writer was killed in a commit") {
    const TemporaryDirectory directory;
    const std::string path = directory / "x.db";
    Database::openOrCreate(path).execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    ChildProcess child([&path] {
        Database writer = Database::openWriter(path);
        // A cache of one page makes SQLite write into the file before the commit.
        writer.execute(
            "PRAGMA cache_size=1; BEGIN; WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 "
            "FROM c LIMIT 9999) INSERT INTO t SELECT x FROM c;");
        raise(SIGKILL);
    });
    child.wait();
    REQUIRE(directory.has("x.db-journal"));

    Database reader = Database::openReader(path);

    Statement select = reader.statement("SELECT count(*) FROM t");
    REQUIRE(select.step());
    CHECK(select.integer(0) == 1);
}

TEST_CASE("errors carry SQLite's extended code and words") {
    const TemporaryDirectory directory;
    Database database = Database::openOrCreate(directory / "x.db");
    database.execute("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)");

    const StorageError error = failureOf([&] {
        database.statement("INSERT INTO t VALUES (1)").run();
    });

    CHECK(error.code() == SQLITE_CONSTRAINT_UNIQUE);
    CHECK(error.detail() == "UNIQUE constraint failed: t.a");
    CHECK_FALSE(error.isBusy());
}

TEST_CASE("a statement is handed out again reset and without bindings") {
    const TemporaryDirectory directory;
    Database database = Database::openOrCreate(directory / "x.db");
    sqlite3_stmt* first = nullptr;
    {
        Statement statement = database.statement("SELECT ?1");
        statement.bind(1, std::string_view("secret"));
        REQUIRE(statement.step());
        CHECK(statement.text(0) == "secret");
        first = statement.handle();
    }

    Statement again = database.statement("SELECT ?1");

    CHECK(again.handle() == first);
    REQUIRE(again.step());
    CHECK(again.isNull(0));
}

TEST_CASE("a statement in use is not shared") {
    const TemporaryDirectory directory;
    Database database = Database::openOrCreate(directory / "x.db");
    Statement outer = database.statement("SELECT 1 UNION ALL SELECT 2");
    REQUIRE(outer.step());

    Statement inner = database.statement("SELECT 1 UNION ALL SELECT 2");

    CHECK(inner.handle() != outer.handle());
    REQUIRE(inner.step());
    REQUIRE(outer.step());
    CHECK(outer.integer(0) == 2);
}

TEST_CASE("the cache keeps the statements that were used last") {
    const TemporaryDirectory directory;
    Database database = Database::openOrCreate(directory / "x.db");
    StatementCache cache(database.handle(), database.path());
    sqlite3_stmt* const kept = cache.take("SELECT 'kept'").handle();

    for (std::size_t i = 0; i < StatementCache::capacity * 2; ++i) {
        static_cast<void>(cache.take("SELECT " + std::to_string(i)));
        static_cast<void>(cache.take("SELECT 'kept'"));
    }

    CHECK(cache.size() == StatementCache::capacity);
    CHECK(cache.take("SELECT 'kept'").handle() == kept);
}

TEST_CASE("the cache keeps no statement with a long text") {
    const TemporaryDirectory directory;
    Database database = Database::openOrCreate(directory / "x.db");
    StatementCache cache(database.handle(), database.path());

    Statement statement =
        cache.take("SELECT length('" + std::string(StatementCache::longest, 'x') + "')");

    REQUIRE(statement.step());
    CHECK(statement.integer(0) == static_cast<std::int64_t>(StatementCache::longest));
    CHECK(cache.size() == 0);
}

TEST_CASE("rejects SQL that is wrong or empty") {
    const TemporaryDirectory directory;
    Database database = Database::openOrCreate(directory / "x.db");

    CHECK_THROWS_WITH(database.statement("SELEC 1"), Catch::Contains("syntax error"));
    CHECK_THROWS_WITH(database.statement(" -- nothing"), Catch::Contains("holds no statement"));
}

TEST_CASE("a connection notices that its file was removed or replaced") {
    const TemporaryDirectory directory;
    const std::string path = directory / "x.db";
    const Database database = Database::openOrCreate(path);
    REQUIRE(database.isCurrent());

    std::filesystem::remove(path);

    CHECK_FALSE(database.isCurrent());
    const Database replacement = Database::openOrCreate(path);
    CHECK_FALSE(database.isCurrent());
    CHECK(replacement.isCurrent());
}

TEST_CASE("a connection that moves keeps its statements") {
    const TemporaryDirectory directory;
    Database target = Database::openOrCreate(directory / "y.db");
    Database database = Database::openOrCreate(directory / "x.db");
    Statement statement = database.statement("SELECT 5");

    target = std::move(database);

    CHECK(target.path() == directory / "x.db");
    REQUIRE(statement.step());
    CHECK(statement.integer(0) == 5);
}
