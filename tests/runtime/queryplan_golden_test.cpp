// Each case is the body of a request in tests/golden/queryplans/<name>.json and beside it in
// <name>.txt the approved answer and what the tables hold after it.
#include <catch2/catch.hpp>

#include "tests/runtime/golden_files.hpp"
#include "tests/runtime/queryplan_fixture.hpp"

using namespace loam::testing;

namespace {

std::string outcomeOf(const std::string& body) {
    PlanFixture fixture;
    fixture.database.execute("INSERT INTO city (id, name) VALUES (1, 'Ulm'), (2, 'Kiel')");
    const auto answer = loam::runtime::queryplan::run(body, fixture.database,
        loam::runtime::queryplan::Access::ReadWrite, PlanFixture::sources());
    return std::to_string(answer.status) + " " + answer.body + "\ncity " +
           fixture.select("SELECT id || ' ' || name || ' ' || ifnull(founded, '-') FROM city") +
           "\nstreet " + fixture.select("SELECT id || ' ' || name || ' ' || cityId FROM street") +
           "\n";
}

}  // namespace

TEST_CASE("whole plans do what was approved", "[golden][queryplan]") {
    checkGolden("queryplans", ".json", outcomeOf);
}
