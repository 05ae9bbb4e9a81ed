#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/runtime/child_process.hpp"

namespace loam::testing {

/// Compares what `produce` makes of each request in tests/golden/<folder>/*<extension> with the
/// approved text beside it in *.txt. LOAM_UPDATE_GOLDEN in the environment rewrites the approved
/// texts.
template <typename Produce>
void checkGolden(const std::string& folder, const std::string& extension, const Produce& produce) {
    namespace fs = std::filesystem;
    std::vector<fs::path> requests;
    for (const auto& entry : fs::directory_iterator(LOAM_TESTS_DIRECTORY "/golden/" + folder)) {
        if (entry.path().extension() == extension) {
            requests.push_back(entry.path());
        }
    }
    std::sort(requests.begin(), requests.end());
    REQUIRE_FALSE(requests.empty());
    for (fs::path path : requests) {
        INFO(path);
        const std::string text = produce(readFile(path.string()));
        path.replace_extension(".txt");
        if (std::getenv("LOAM_UPDATE_GOLDEN") != nullptr) {
            std::ofstream(path) << text;
        }
        CHECK(text == readFile(path.string()));
    }
}

}  // namespace loam::testing
