// Every type that a hand-written construct can make has a Terraform mapping. The types are read
// from the sources of the constructs, so that a new one cannot be forgotten here.

#include <loam/terraform.hpp>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace {

/// `ec2::VPC`, as the sources name a type.
std::set<std::string> typesInSources() {
    const std::filesystem::path sources =
        std::filesystem::path(LOAM_TESTS_DIRECTORY).parent_path() / "constructs" / "src";
    const std::regex use("add<aws::([a-z0-9]+::[A-Za-z0-9]+)>");
    std::set<std::string> types;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sources)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        for (auto match = std::sregex_iterator(text.begin(), text.end(), use);
             match != std::sregex_iterator(); ++match) {
            types.insert((*match)[1]);
        }
    }
    return types;
}

/// `AWS::EC2::VPC` as the sources name it: `ec2::VPC`.
std::string nameInSources(std::string_view type) {
    const auto service = type.substr(0, type.rfind("::")).substr(std::string_view("AWS::").size());
    std::string name(service);
    std::ranges::transform(name, name.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return name + std::string(type.substr(type.rfind("::")));
}

}  // namespace

TEST_CASE("every type that a construct makes has a Terraform mapping", "[terraform]") {
    std::set<std::string> mapped;
    for (const auto type : loam::terraform::mappedTypes()) mapped.insert(nameInSources(type));

    const auto types = typesInSources();

    CHECK(types.size() > 40);
    for (const auto& type : types) {
        INFO("aws::" << type);
        CHECK(mapped.contains(type));
    }
}
