// Each case is a request in tests/golden/plans/<name>.graphql and the approved output of --explain
// beside it in <name>.txt. LOAM_UPDATE_GOLDEN=1 in the environment rewrites the latter.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/runtime/engine_fixture.hpp"

namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

std::vector<fs::path> requests() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(LOAM_TESTS_DIRECTORY "/golden/plans")) {
        if (entry.path().extension() == ".graphql") {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

TEST_CASE("operations, plans and SQL are as approved", "[golden]") {
    loam::testing::EngineFixture fixture(loam::testing::blog);
    const bool update = std::getenv("LOAM_UPDATE_GOLDEN") != nullptr;

    for (const fs::path& path : requests()) {
        INFO(path);
        std::string body = "{\"query\":";
        loam::runtime::request::appendJsonString(body, read(path));

        const std::string explained = fixture.engine.explain(body + "}");

        fs::path approved = path;
        approved.replace_extension(".txt");
        if (update) {
            std::ofstream(approved) << explained;
        }
        CHECK(explained == read(approved));
    }
}
