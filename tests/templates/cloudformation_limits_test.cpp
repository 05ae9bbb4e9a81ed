#include <loam/cloudformation.hpp>
#include <loam/mapping.hpp>
#include <loam/parameter.hpp>

#include <catch2/catch.hpp>

using namespace loam;

namespace {

Findings check(App& app, const Stack& stack, std::string_view text = "{}") {
    const Assembly assembly = assemble(app);
    Findings findings;
    cloudformation::checkLimits(assembly.of(stack), text, findings);
    return findings;
}

void addResources(Stack& stack, int count) {
    for (int i = 0; i < count; ++i) {
        stack.add<RawResource>("R" + std::to_string(i), {.type = "AWS::SQS::Queue"});
    }
}

std::vector<std::string> capabilitiesOf(App& app, const Stack& stack) {
    const Assembly assembly = assemble(app);
    return cloudformation::capabilities(assembly.of(stack));
}

}  // namespace

TEST_CASE("a stack far from the limits has no findings") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    addResources(stack, 399);

    CHECK(check(app, stack).all().empty());
}

TEST_CASE("four fifths of the resources that a stack may have are a warning") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    addResources(stack, 400);

    const Findings findings = check(app, stack);

    REQUIRE(findings.all().size() == 1);
    CHECK(findings.all()[0].id == "near-limit");
    CHECK(findings.all()[0].severity == Severity::Warning);
    CHECK_THAT(
        findings.all()[0].message, Catch::Contains("400 resources") && Catch::Contains("500"));
}

TEST_CASE("rejects more resources than a stack may have and says what to do") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    addResources(stack, 501);

    const Findings findings = check(app, stack);

    REQUIRE(findings.failed());
    CHECK(findings.all()[0].id == "limit");
    CHECK_THAT(findings.all()[0].message,
        Catch::Contains("501 resources") && Catch::Contains("another stack"));
}

TEST_CASE("rejects a template of more than a megabyte") {
    App app;
    auto& stack = app.add<Stack>("Orders");

    CHECK(check(app, stack, std::string(1'000'001, ' ')).failed());
    CHECK_FALSE(check(app, stack, std::string(1'000'000, ' ')).failed());
}

TEST_CASE(
    "rejects too many outputs, parameters and keys of a mapping, and a default value that is too "
    "long") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    MappingProps mapping;
    for (int i = 0; i < 201; ++i) {
        stack.add<Output>("O" + std::to_string(i), {.value = "x"});
        stack.add<Parameter>(
            "P" + std::to_string(i), {.defaultValue = std::string(i == 0 ? 4097 : 4096, 'x')});
        mapping.values["Key" + std::to_string(i)]["value"] = i;
    }
    stack.add<Mapping>("Mapping", mapping);

    const Findings findings = check(app, stack);

    std::string all;
    for (const auto& finding : findings.all()) all += finding.message + "\n";
    CHECK(findings.all().size() == 4);
    CHECK_THAT(all,
        Catch::Contains("201 outputs") && Catch::Contains("201 parameters") &&
            Catch::Contains("201 keys") && Catch::Contains("default value"));
}

TEST_CASE("capabilities are the least that suffices") {
    App app;
    auto& plain = app.add<Stack>("Plain");
    addResources(plain, 1);
    auto& iam = app.add<Stack>("Iam");
    iam.add<RawResource>("Role", {.type = "AWS::IAM::Role"});
    iam.add<RawResource>(
        "Policy", {.type = "AWS::IAM::Policy", .properties = Any::object({{"PolicyName", "p"}})});
    auto& named = app.add<Stack>("Named");
    named.add<RawResource>("Role",
        {.type = "AWS::IAM::Role",
            .properties = Any::object({{"RoleName", stackName() + "-role"}})});
    auto& unnamed = app.add<Stack>("Unnamed");
    unnamed.add<RawResource>(
        "Role", {.type = "AWS::IAM::Role", .properties = Any::object({{"RoleName", NoValue{}}})});
    auto& nested = app.add<Stack>("Nested");
    nested.add<RawResource>("Child", {.type = "AWS::CloudFormation::Stack"});

    CHECK(capabilitiesOf(app, plain).empty());
    CHECK(capabilitiesOf(app, iam) == std::vector<std::string>{"CAPABILITY_IAM"});
    CHECK(capabilitiesOf(app, named) == std::vector<std::string>{"CAPABILITY_NAMED_IAM"});
    CHECK(capabilitiesOf(app, unnamed) == std::vector<std::string>{"CAPABILITY_IAM"});
    CHECK(capabilitiesOf(app, nested) ==
          std::vector<std::string>{"CAPABILITY_AUTO_EXPAND", "CAPABILITY_NAMED_IAM"});
}
