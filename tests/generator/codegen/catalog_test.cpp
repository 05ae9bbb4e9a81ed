// The facts about every type, as compiled, against the lines of the fact files.

#include <loam/aws/all_types.hpp>

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

/// Calls `check(type, line number of properties)` for every resource of every fact file.
template <class Check>
void forEachResource(Check check) {
    for (const auto& entry : std::filesystem::directory_iterator(LOAM_SPECS)) {
        if (entry.path().extension() != ".txt") continue;
        std::ifstream in(entry.path());
        std::string resource;
        int properties = 0;
        bool nested = false;
        for (std::string line; std::getline(in, line);) {
            if (line.rfind("resource\t", 0) == 0) {
                if (!resource.empty()) check(resource, properties);
                resource = line.substr(9);
                properties = 0;
                nested = false;
            }
            nested = nested || line.rfind("type\t", 0) == 0;
            if (!nested && line.rfind("p\t", 0) == 0) ++properties;
        }
        check(resource, properties);
    }
}

}  // namespace

TEST_CASE("every type of the fact files is in the catalog with all its properties", "[aws]") {
    int types = 0;
    int wrong = 0;

    forEachResource([&](const std::string& name, int properties) {
        const auto* type = loam::findResourceType(name);
        ++types;
        if (!type || type->properties->count != properties) {
            ++wrong;
            UNSCOPED_INFO(name);
        }
    });

    CHECK(types > 1800);
    CHECK(wrong == 0);
}

TEST_CASE("a type that CloudFormation does not know is not in the catalog", "[aws]") {
    CHECK(loam::findResourceType("AWS::Lambda::Funktion") == nullptr);
}

TEST_CASE("the facts about a file system are those of its service", "[aws]") {
    const auto* type = loam::findResourceType("AWS::EFS::FileSystem");

    REQUIRE(type != nullptr);
    CHECK(type->stateful);
    CHECK(std::string(type->tagProperty) == "FileSystemTags");
    CHECK(std::string(type->refReturns) == "FileSystemId");
    const auto& fields = *type->properties;
    const auto& mode = fields.fields[fields.find("PerformanceMode")];
    CHECK(mode.flags == loam::fieldCreateOnly);
    REQUIRE(mode.constraints->valueCount == 2);
    CHECK(std::strcmp(mode.constraints->values[0], "generalPurpose") == 0);
}
