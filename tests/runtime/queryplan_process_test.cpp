// What the process node does with lists of records in memory.
#include <catch2/catch.hpp>

#include "tests/runtime/queryplan_fixture.hpp"

using namespace loam::testing;

namespace {

/// The ids of the people that are left.
std::string process(const std::string& operations, const std::string& records = people) {
    PlanFixture fixture;
    return fixture.run(node("mapField",
        R"({"field":"id","records":)" +
            node("process", R"({"expr":)" + records + R"(,"operations":{)" + operations + "}}") +
            "}"));
}

}  // namespace

TEST_CASE("process takes a page of the records", "[queryplan]") {
    CHECK(process(R"("pagination":{"cursor":null,"take":1,"skip":1})") == "[2]");
    CHECK(process(R"("pagination":{"cursor":null,"take":null,"skip":9})") == "[]");
    CHECK(process(R"("pagination":{"cursor":null,"take":9,"skip":null})") == "[1,2,3]");
}

TEST_CASE("process starts a page at the cursor, whatever its value is written as", "[queryplan]") {
    CHECK(process(R"("pagination":{"cursor":{"id":2},"take":null,"skip":null})") == "[2,3]");
    CHECK(process(R"("pagination":{"cursor":{"id":"2"},"take":null,"skip":1})") == "[3]");
    CHECK(process(R"("pagination":{"cursor":{"id":9},"take":null,"skip":null})") == "[]");
}

TEST_CASE("process keeps the first record of each kind", "[queryplan]") {
    CHECK(process(R"("distinct":["team"])") == "[1,2]");
    CHECK(process(R"("distinct":["team","name"])") == "[1,2,3]");
}

TEST_CASE("process pages each list apart when records of several are mixed", "[queryplan]") {
    CHECK(
        process(R"("pagination":{"cursor":null,"take":1,"skip":null},"linkingFields":["team"])") ==
        "[1,2]");
    CHECK(
        process(R"("pagination":{"cursor":null,"take":null,"skip":1},"linkingFields":["team"])") ==
        "[3]");
}

TEST_CASE("process reverses after it has taken the page", "[queryplan]") {
    CHECK(
        process(R"("pagination":{"cursor":null,"take":2,"skip":null},"reverse":true)") == "[2,1]");
}

TEST_CASE("process goes into lists within records", "[queryplan]") {
    PlanFixture fixture;

    const std::string data = fixture.run(node("process",
        R"({"expr":)" + value(R"([{"of":[{"id":1},{"id":2}]},{"of":null}])") +
            R"(,"operations":{"nested":{"of":{"pagination":{"take":1},"nested":{}}}}})"));

    CHECK(data == R"([{"of":[{"id":1}]},{"of":null}])");
}

TEST_CASE("process drops a single record that is not on the page", "[queryplan]") {
    PlanFixture fixture;
    const auto process = [&fixture](const std::string& page) {
        return fixture.run(node("process",
            R"({"expr":)" + value(R"({"id":1})") + R"(,"operations":{"pagination":)" + page +
                "}}"));
    };

    CHECK(process(R"({"skip":1})") == "null");
    CHECK(process(R"({"take":0})") == "null");
    CHECK(process(R"({"cursor":{"id":2}})") == "null");
    CHECK(process(R"({"cursor":{"id":1}})") == R"({"id":1})");
}
