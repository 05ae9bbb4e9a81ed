// Each case is a request in tests/golden/plans/<name>.graphql and the approved output of --explain
// beside it in <name>.txt.
#include <catch2/catch.hpp>

#include "tests/runtime/engine_fixture.hpp"
#include "tests/runtime/golden_files.hpp"

TEST_CASE("operations, plans and SQL are as approved", "[golden]") {
    loam::testing::EngineFixture fixture(loam::testing::blog);

    loam::testing::checkGolden("plans", ".graphql", [&](const std::string& query) {
        std::string body = "{\"query\":";
        loam::runtime::request::appendJsonString(body, query);
        return fixture.engine.explain(body + "}");
    });
}
