#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

/// Logical id of the version of a function with these settings and this archive.
std::string versionId(Size memory, std::string sha256) {
    OneStack test;
    auto& function = test.stack.add<Function>(
        "Function", {.code = Code::directory("fixtures/noop"), .memory = memory});
    function.addAlias("live", {});
    dynamic_cast<Asset*>(function.find("Code"))->setPacked(std::move(sha256));
    const auto assembly = assemble(test.app);
    for (const auto& entry : assembly.of(test.stack).resources) {
        if (entry.resource->typeName() == "AWS::Lambda::Version") return entry.logicalId;
    }
    return {};
}

}  // namespace

TEST_CASE("a version gets a new logical id when code or settings change", "[lambda]") {
    const std::string code(64, 'a');

    CHECK(versionId(256_MiB, code) == versionId(256_MiB, code));
    CHECK(versionId(256_MiB, code) != versionId(512_MiB, code));
    CHECK(versionId(256_MiB, code) != versionId(256_MiB, std::string(64, 'b')));
}

TEST_CASE("a version stays when another takes its place", "[lambda]") {
    OneStack test;
    auto& function =
        test.stack.add<Function>("Function", {.code = Code::directory("fixtures/noop")});
    function.currentVersion();

    CHECK_THAT(test.render(),
        hasResource("AWS::Lambda::Version", R"({"DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain", "Properties": {"FunctionName": {"Ref": "Function"}}})",
            Part::Entry));
}

TEST_CASE("an alias points to the current version and keeps environments ready", "[lambda]") {
    OneStack test;
    auto& function =
        test.stack.add<Function>("Function", {.code = Code::directory("fixtures/noop")});

    auto& alias = function.addAlias("live", {.provisionedConcurrency = 2});

    CHECK_THAT(test.render(), hasResource("AWS::Lambda::Alias", R"({"Name": "live",
        "FunctionName": {"Ref": "Function"},
        "FunctionVersion": {"Fn::GetAtt": ["{{matches ^FunctionCurrentVersion}}", "Version"]},
        "ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 2}})"));
    CHECK(alias.metricErrors().props()->dimensions.size() == 2);
}

TEST_CASE("an alias waits for the rules through which its function mounts", "[lambda]") {
    OneStack test;
    auto& vpc = test.stack.add<Vpc>("Vpc", {});
    auto& files = test.stack.add<FileSystem>("Files", {.vpc = vpc});
    auto& point = test.stack.add<AccessPoint>("Point", {.fileSystem = files, .path = "/data"});
    auto& function = test.stack.add<Function>("Function",
        {
            .code = Code::directory("fixtures/noop"),
            .fileSystem = FileSystemMount{.accessPoint = point, .path = "/mnt/data"},
        });

    function.addAlias("live", {.provisionedConcurrency = 1});

    CHECK_THAT(test.render(),
        hasResource("AWS::Lambda::Alias", R"({"DependsOn": {"{{contains}}": [
        "{{matches ^FilesSecurityGroupFrom}}", "{{matches ^FunctionSecurityGroupTo}}"]}})",
            Part::Entry));
}

TEST_CASE("rejects more provisioned than reserved concurrency", "[lambda]") {
    OneStack test;
    auto& function = test.stack.add<Function>(
        "Function", {.code = Code::directory("fixtures/noop"), .reservedConcurrency = 1});

    CHECK_THROWS_WITH(function.addAlias("live", {.provisionedConcurrency = 2}),
        Catch::Contains("at most the reserved concurrency (1), got 2"));
    CHECK_THROWS_WITH(
        function.addAlias("live", {.provisionedConcurrency = 0}), Catch::Contains("got 0"));
}
