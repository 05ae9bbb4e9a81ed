// Every pattern of the fact files is compiled once. RE2 has no look-around, so it refuses some; the
// validator ignores those. Their number stands in docs/decisions/resource-facts.md and here.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <re2/re2.h>
#include <set>

#include "generator/codegen/facts.hpp"

namespace {

constexpr std::size_t knownRefusals = 97;

void addPatterns(const loam::codegen::Definition& definition, std::set<std::string>& patterns) {
    for (const auto& property : definition.properties) {
        if (!property.pattern.empty()) patterns.insert(property.pattern);
    }
}

std::set<std::string> allPatterns() {
    std::set<std::string> patterns;
    for (const auto& entry : std::filesystem::directory_iterator(LOAM_SPECS)) {
        if (entry.path().extension() != ".txt") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string text{
            std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const auto service = loam::codegen::readFacts(entry.path().filename().string(), text);
        for (const auto& resource : service.resources) {
            addPatterns(resource.properties, patterns);
            for (const auto& definition : resource.definitions) addPatterns(definition, patterns);
        }
    }
    return patterns;
}

}  // namespace

TEST_CASE("RE2 compiles all patterns but those with look-around and a few more", "[specs]") {
    RE2::Options quiet;
    quiet.set_log_errors(false);
    std::size_t refused = 0;

    const auto patterns = allPatterns();
    for (const auto& pattern : patterns) refused += RE2(pattern, quiet).ok() ? 0 : 1;

    CHECK(patterns.size() > 1800);
    CHECK(refused == knownRefusals);
}
