// Each case is the body of a request in tests/golden/queryplans/<name>.json and beside it in
// <name>.txt the approved answer and what the tables hold after it. LOAM_UPDATE_GOLDEN=1 in the
// environment rewrites the latter.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/runtime/queryplan_fixture.hpp"

namespace fs = std::filesystem;
using namespace loam::testing;

namespace {

std::string read(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

std::vector<fs::path> requests() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(LOAM_TESTS_DIRECTORY "/golden/queryplans")) {
        if (entry.path().extension() == ".json") {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

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
    const bool update = std::getenv("LOAM_UPDATE_GOLDEN") != nullptr;

    for (const fs::path& path : requests()) {
        INFO(path);

        const std::string outcome = outcomeOf(read(path));

        fs::path approved = path;
        approved.replace_extension(".txt");
        if (update) {
            std::ofstream(approved) << outcome;
        }
        CHECK(outcome == read(approved));
    }
}
