#include "generator/synth/manifest.hpp"

#include <loam/stack.hpp>

#include <catch2/catch.hpp>

using namespace loam;
using Catch::Contains;

TEST_CASE("the manifest names the commands that deploy a stack", "[manifest]") {
    App app;
    auto& stack = app.add<Stack>("S",
        {.env = {.region = "eu-central-1"},
            .tags = {{"team", "data base"}},
            .terminationProtection = true});
    stack.add<RawResource>(
        "Role", {.type = "AWS::IAM::Role", .properties = Any::json(R"({"RoleName": "named"})")});
    const auto assembly = assemble(app);

    const auto text = synthesis::manifest({{.stack = &assembly.of(stack),
        .cloudFormation = "S.template.json",
        .cloudFormationBytes = 100,
        .terraform = "terraform/S/main.tf.json"}});

    CHECK_THAT(text,
        Contains(
            "aws cloudformation deploy --template-file S.template.json "
            "--stack-name S --capabilities CAPABILITY_NAMED_IAM "
            "--tags 'team=data base' --region eu-central-1"));
    CHECK_THAT(text, Contains("--enable-termination-protection"));
    CHECK_THAT(text, Contains("terraform -chdir=terraform/S init"));
    CHECK_THAT(text, !Contains("ARTIFACT_BUCKET"));
}

TEST_CASE("the tree lists every construct sorted by id", "[manifest]") {
    App app;
    auto& stack = app.add<Stack>("S");
    stack.add<RawResource>("B", {.type = "AWS::SNS::Topic"});
    stack.add<RawResource>("A", {.type = "AWS::SNS::Topic"});

    const auto text = synthesis::tree(app);

    CHECK_THAT(text, Contains("\"path\": \"S/A\"") && Contains("\"type\": \"AWS::SNS::Topic\""));
    CHECK(text.find("S/A") < text.find("S/B"));
}
