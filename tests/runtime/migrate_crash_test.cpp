#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): raise and SIGKILL are POSIX.
#include <thread>

#include "runtime/migrate/lock.hpp"
#include "tests/runtime/migrate_fixture.hpp"
#include "tests/support/runtime/child_process.hpp"

// A run that ends in the middle. Whatever the moment, the next run either goes on where the dead
// one stopped or reports P3009; a script never counts as applied without having run to its end, and
// never runs a second time by itself.

using loam::runtime::migrate::MigrationLock;
using loam::runtime::migrate::Request;
using loam::runtime::migrate::run;
using loam::runtime::migrate::status;
using loam::testing::ChildProcess;
using loam::testing::eventually;
using loam::testing::MigrateFixture;

using Names = std::vector<std::string>;

namespace {

constexpr const char* endless =
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c;";

bool hasTable(const MigrateFixture& fixture, const std::string& name) {
    if (!fixture.directory.has("database.db")) {
        return false;
    }
    return !fixture.rows("SELECT 1 FROM sqlite_schema WHERE name = '" + name + "'").empty();
}

/// What must hold after any crash: of the scripts, in order, the finished ones have made their
/// table and the others, but for one that was started, have not.
void checkConsistent(const MigrateFixture& fixture, int count) {
    const auto state = status(fixture.target);
    CHECK(state.failed.size() <= 1);
    for (int i = 0; i < count; ++i) {
        const std::string name = "m" + std::to_string(10 + i);
        const auto has = [&name](const Names& names) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        if (!has(state.failed)) {
            CHECK(has(state.applied) == hasTable(fixture, name));
        }
    }
    CHECK(state.applied.size() + state.failed.size() + state.pending.size() ==
          static_cast<std::size_t>(count));
}

}  // namespace

TEST_CASE("a run killed inside a script is reported by the next") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x);");
    fixture.add("2_b", std::string("CREATE TABLE b (x); ") + endless);
    fixture.add("3_c", "CREATE TABLE c (x);");
    ChildProcess child([&fixture] { fixture.deploy(); });
    REQUIRE(eventually([&fixture] { return hasTable(fixture, "b"); }));

    child.signal(SIGKILL);
    CHECK(child.wait() == -SIGKILL);

    CHECK(fixture.deployCode() == "P3009");
    const auto state = status(fixture.target);
    CHECK(state.applied == Names{"1_a"});
    CHECK(state.failed == Names{"2_b"});
    CHECK_FALSE(hasTable(fixture, "c"));
}

TEST_CASE("a run killed between two scripts is taken up by the next") {
    const MigrateFixture fixture;
    fixture.add("1_a", "CREATE TABLE a (x);");
    fixture.add("2_b", "CREATE TABLE b (x);");
    ChildProcess child([&fixture] {
        run(fixture.target, Request{}, [](const std::string& /*name*/) { raise(SIGKILL); });
    });

    CHECK(child.wait() == -SIGKILL);

    CHECK(fixture.deploy() == Names{"2_b"});
}

TEST_CASE("a run killed at any moment leaves whole records") {
    constexpr int count = 6;
    std::mt19937 random(20221022);
    for (int round = 0; round < 40; ++round) {
        const MigrateFixture fixture;
        for (int i = 0; i < count; ++i) {
            const std::string name = "m" + std::to_string(10 + i);
            fixture.add(name,
                (i == 0 ? "PRAGMA journal_mode=WAL;" : "") +
                    ("CREATE TABLE " + name + " (x); INSERT INTO " + name) + " VALUES (1);");
        }
        const auto moment = std::chrono::microseconds(random() % 20000);
        ChildProcess child([&fixture] { fixture.deploy(); });
        std::this_thread::sleep_for(moment);
        child.signal(SIGKILL);
        child.wait();

        INFO("round " << round << ", killed after " << moment.count() << " us");
        checkConsistent(fixture, count);
        if (status(fixture.target).failed.empty()) {
            fixture.deploy();
            CHECK(status(fixture.target).applied.size() == count);
        } else {
            CHECK(fixture.deployCode() == "P3009");
        }
    }
}

TEST_CASE("side files that an interrupted reset left behind are not applied to the new database") {
    const MigrateFixture fixture;
    fixture.add("1_a", "PRAGMA journal_mode=WAL; CREATE TABLE a (x); INSERT INTO a VALUES (1);");
    fixture.deploy();
    REQUIRE(fixture.directory.has("database.db-wal"));
    std::filesystem::remove(fixture.target.databasePath);
    std::filesystem::remove_all(fixture.directory / "migrations/1_a");
    fixture.add("1_b", "CREATE TABLE b (x);");

    CHECK(fixture.deploy() == Names{"1_b"});

    CHECK(fixture.tables() == Names{"b"});
    CHECK(fixture.rows("PRAGMA integrity_check") == Names{"ok"});
}

TEST_CASE("two runs at once apply each migration once") {
    for (int round = 0; round < 10; ++round) {
        MigrateFixture fixture;
        fixture.target.patience = std::chrono::seconds(20);
        for (const char* name : {"a", "b", "c", "d"}) {
            fixture.add(name, std::string("CREATE TABLE ") + name + " (x);");
        }
        ChildProcess first([&fixture] { fixture.deploy(); });
        ChildProcess second([&fixture] { fixture.deploy(); });

        CHECK(first.wait() == 0);
        CHECK(second.wait() == 0);

        CHECK(fixture.rows("SELECT migration_name FROM _prisma_migrations ORDER BY rowid") ==
              Names{"a", "b", "c", "d"});
    }
}

TEST_CASE("rejects a run while another one is at work, and not after it was killed") {
    const MigrateFixture fixture;
    fixture.add("1_a", std::string("CREATE TABLE a (x); ") + endless);
    ChildProcess child([&fixture] { fixture.deploy(); });
    REQUIRE(eventually([&fixture] { return hasTable(fixture, "a"); }));

    CHECK(fixture.deployCode() == "MigrationRunning");
    CHECK(fixture.codeOf([&] { run(fixture.target, {.reset = true}); }) == "MigrationRunning");
    CHECK(fixture.directory.has("database.db"));

    child.signal(SIGKILL);
    child.wait();
    CHECK(fixture.deployCode() == "P3009");
}

TEST_CASE("rejects a database in a directory that does not exist") {
    const MigrateFixture fixture;
    const std::string path = fixture.directory / "no/database.db";

    CHECK_THROWS_WITH(MigrationLock(path, std::chrono::milliseconds(0)),
        Catch::Contains("No such file or directory") && Catch::Contains(path));
}
