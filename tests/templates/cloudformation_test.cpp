// Whole templates: sections, attributes of resources, conditions, references between stacks.

#include <loam/cloudformation.hpp>
#include <loam/lazy.hpp>
#include <loam/mapping.hpp>
#include <loam/parameter.hpp>
#include <loam/testing.hpp>

#include <catch2/catch.hpp>

using namespace loam;
using namespace loam::testing;

namespace {

/// The template as text, in whatever way the assembly is made.
std::string textOf(App& app, const Stack& stack) {
    const Assembly assembly = assemble(app);
    return cloudformation::json(cloudformation::render(assembly.of(stack)));
}

RawResource& addQueue(Construct& scope, std::string_view id, Any properties = {}) {
    return scope.add<RawResource>(
        id, {.type = "AWS::SQS::Queue", .properties = std::move(properties)});
}

}  // namespace

TEST_CASE("a template has its sections and attributes in the order in which people read them") {
    App app;
    auto& stack = app.add<Stack>("Orders", {.description = "Orders and more"});
    auto& size = stack.add<Parameter>("Size", {.type = ParameterType::Number, .defaultValue = "5"});
    auto& first = addQueue(stack, "First", Any::object({{"DelaySeconds", size.number()}}));
    auto& second = addQueue(stack, "Second");
    second.addDependency(first);
    second.setRemovalPolicy(RemovalPolicy::Retain);
    stack.add<Output>("Url", {.value = first.ref(), .exportName = "orders-url"});

    const std::string text = textOf(app, stack);

    CHECK(text == R"({
  "AWSTemplateFormatVersion": "2010-09-09",
  "Description": "Orders and more",
  "Parameters": {
    "Size": {
      "Type": "Number",
      "Default": "5"
    }
  },
  "Resources": {
    "First": {
      "Type": "AWS::SQS::Queue",
      "Properties": {
        "DelaySeconds": {
          "Ref": "Size"
        }
      },
      "Metadata": {
        "loam:path": "Orders/First"
      }
    },
    "Second": {
      "Type": "AWS::SQS::Queue",
      "DependsOn": "First",
      "DeletionPolicy": "Retain",
      "UpdateReplacePolicy": "Retain",
      "Metadata": {
        "loam:path": "Orders/Second"
      }
    }
  },
  "Outputs": {
    "Url": {
      "Value": {
        "Ref": "First"
      },
      "Export": {
        "Name": "orders-url"
      }
    }
  }
}
)");
}

TEST_CASE("an empty stack has an empty section of resources") {
    App app;
    auto& stack = app.add<Stack>("Empty");

    const auto document = cloudformation::render(stack);

    CHECK_THAT(document, matchesDocument(R"({"{{exactly}}": {
        "AWSTemplateFormatVersion": "2010-09-09", "Resources": {"{{exactly}}": {}}}})"));
}

TEST_CASE("several dependencies are a sorted list") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    auto& last = addQueue(stack, "Last");
    last.addDependency(addQueue(stack, "B"));
    last.addDependency(addQueue(stack, "A"));

    const auto document = cloudformation::render(stack);

    CHECK_THAT(
        document, hasResource("AWS::SQS::Queue", R"({"DependsOn": ["A", "B"]})", Part::Entry));
}

TEST_CASE("a resource kept only after its creation succeeded is kept when it is replaced") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    addQueue(stack, "Queue").setRemovalPolicy(RemovalPolicy::RetainExceptOnCreate);

    const auto document = cloudformation::render(stack);

    CHECK_THAT(document,
        hasResource("AWS::SQS::Queue",
            R"({"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"})",
            Part::Entry));
}

TEST_CASE("overrides beside the properties reach the template, and metadata keeps the path") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    auto& queue = addQueue(stack, "Queue");
    queue.addOverride("UpdatePolicy.EnableVersionUpgrade", true);
    queue.addOverride("Metadata.Owner", "me");
    queue.addMetadata("Note", "hello");

    const auto document = cloudformation::render(stack);

    CHECK_THAT(document,
        hasResource("AWS::SQS::Queue", R"({
        "UpdatePolicy": {"EnableVersionUpgrade": true},
        "Metadata": {"{{exactly}}": {"Note": "hello", "Owner": "me", "loam:path": "Orders/Queue"}}
    })",
            Part::Entry));
}

TEST_CASE("rejects an override of something that no resource of a template has") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    addQueue(stack, "Queue").addOverride("Propertys.DelaySeconds", 5);

    CHECK_THROWS_WITH(cloudformation::render(stack),
        Catch::StartsWith("[Orders/Queue] override sets \"Propertys\"") &&
            Catch::Contains("UpdatePolicy"));
}

TEST_CASE("conditions are declared once and named where they hold") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    auto& stage = stack.add<Parameter>("Stage", {.allowedValues = {"dev", "prod"}});
    auto& isProd = stack.add<Condition>("IsProd", {.expression = equals(stage.value(), "prod")});
    auto& isDev = stack.add<Condition>("IsDev", {.expression = notOf(isProd)});
    addQueue(stack, "Queue", Any::object({{"DelaySeconds", ifElse<Any>(isProd, 0, 60)}}))
        .setCondition(isDev);
    stack.add<Output>("Name", {.value = "x"}).setCondition(isDev);

    const auto document = cloudformation::render(stack);

    CHECK_THAT(document, matchesDocument(R"({
        "Conditions": {"{{exactly}}": {
            "IsDev": {"Fn::Not": [{"Condition": "IsProd"}]},
            "IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
        }},
        "Resources": {"Queue": {
            "Condition": "IsDev",
            "Properties": {"DelaySeconds": {"Fn::If": ["IsProd", 0, 60]}}
        }},
        "Outputs": {"Name": {"Condition": "IsDev"}}
    })"));
}

TEST_CASE("parameters and mappings are written with all that was said about them") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    stack.add<Parameter>("Size",
        {.type = ParameterType::Number,
            .allowedValues = {"1", "2"},
            .constraintDescription = "one or two",
            .description = "How big",
            .minValue = 0.5,
            .maxValue = 3,
            .noEcho = true});
    auto& mapping = stack.add<Mapping>("Sizes", {.values = {{"eu-central-1", {{"small", 5}}}}});
    addQueue(
        stack, "Queue", Any::object({{"DelaySeconds", findInMap(mapping, region(), "small")}}));

    const auto document = cloudformation::render(stack);

    CHECK_THAT(document,
        hasParameter("Size", R"({"{{exactly}}": {"Type": "Number", "Description": "How big",
        "AllowedValues": ["1", "2"], "MinValue": 0.5, "MaxValue": 3,
        "ConstraintDescription": "one or two", "NoEcho": true}})"));
    CHECK_THAT(
        document, matchesDocument(R"({"Mappings": {"Sizes": {"eu-central-1": {"small": 5}}}})"));
    CHECK_THAT(document,
        hasResource("AWS::SQS::Queue",
            R"({"DelaySeconds": {"Fn::FindInMap": ["Sizes", {"Ref": "AWS::Region"}, "small"]}})"));
}

TEST_CASE("values of another stack are exported there and imported here, lists as one text") {
    App app;
    auto& network = app.add<Stack>("Network");
    auto& vpc = network.add<RawResource>("Vpc", {.type = "AWS::EC2::VPC"});
    auto& orders = app.add<Stack>("Orders");
    addQueue(orders, "Queue",
        Any::object(
            {{"QueueName", vpc.ref()}, {"Blocks", vpc.attributeList("CidrBlockAssociations")}}));

    const auto producer = cloudformation::render(network);
    const auto consumer = cloudformation::render(orders);

    CHECK_THAT(producer,
        hasOutput("ExportsOutputRefVpc",
            R"({"Value": {"Ref": "Vpc"}, "Export": {"Name": "Network:ExportsOutputRefVpc"}})"));
    CHECK_THAT(consumer, hasResource("AWS::SQS::Queue", R"({
        "QueueName": {"Fn::ImportValue": "Network:ExportsOutputRefVpc"},
        "Blocks": {"Fn::Split": ["||", {"Fn::ImportValue": "{{any}}"}]}
    })"));
}

TEST_CASE("an asset is the path of its archive") {
    App app;
    auto& stack = app.add<Stack>("Orders");
    auto& asset = stack.add<Asset>("Code", {.entries = {{.source = "src", .archivePath = ""}}});
    asset.setPacked("abc123");
    addQueue(stack, "Queue", Any::object({{"Code", Any(asset.value())}}));

    const auto document = cloudformation::render(stack);

    CHECK_THAT(document, hasResource("AWS::SQS::Queue", R"({"Code": "assets/abc123.zip"})"));
}

TEST_CASE("equal stacks give equal bytes whatever the order of creation") {
    const auto build = [](bool reverse) {
        App app;
        auto& stack = app.add<Stack>("Orders");
        std::vector<std::string> ids = {"Alpha", "Beta", "Gamma"};
        if (reverse) std::reverse(ids.begin(), ids.end());
        for (const auto& id : ids)
            addQueue(stack, id, Any::object({{"QueueName", stackName() + id}}));
        return textOf(app, stack);
    };

    CHECK(build(false) == build(true));
}

TEST_CASE("a document is indented as long as no limit asks for less") {
    const auto documentOf = [](std::size_t items) {
        detail::ListBuilder list;
        for (std::size_t i = 0; i < items; ++i) list.add(Str("0123456789"));
        return list.take();
    };

    CHECK(cloudformation::json(documentOf(10)).starts_with("[\n  \""));
    // 13 bytes each compact, 16 pretty: only compact fits into 51,200 bytes.
    CHECK(cloudformation::json(documentOf(3'500)).starts_with("[\""));
    CHECK(cloudformation::json(documentOf(10'000)).starts_with("[\n  \""));
    CHECK(cloudformation::json(documentOf(65'000)).starts_with("[\""));
}
