// The document of a stack: everything but the mappings of single types.
#include <loam/error.hpp>
#include <loam/parameter.hpp>

#include <catch2/catch.hpp>

#include "tests/templates/terraform_support.hpp"

namespace loam::terraform {

namespace {

const Any queueNamed(const Str& name) { return Any::object({{"QueueName", name}}); }

}  // namespace

TEST_CASE("a stack is a root with its provider, region and account", "[terraform]") {
    App app;
    auto& stack =
        app.add<Stack>("Articles", {.env = {.account = "123456789012", .region = "eu-central-1"}});

    const auto document = documentOf(app, stack);

    CHECK(document["terraform"]["required_providers"]["aws"] ==
          Json::parse(R"({"source": "hashicorp/aws", "version": "~> 6.0"})"));
    CHECK(document["terraform"]["required_version"] == ">= 1.11");
    CHECK_FALSE(document["terraform"].contains("backend"));
    CHECK(document["provider"]["aws"] ==
          Json::parse(R"({"region": "eu-central-1", "allowed_account_ids": ["123456789012"]})"));
    CHECK(document["//"]["path"] == "Articles");
    CHECK(directory(stack) == "terraform/Articles");
}

TEST_CASE("backend and provider follow the nearest configuration", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& other = app.add<Stack>("Other");
    configure(app, {.backend = {.type = "s3", .settings = Any::object({{"bucket", "states"}})}});
    configure(other,
        {.backend = {.type = "local",
             .settings = Any::object({{"path", "/states/{stack}.tfstate"}})},
            .providerVersion = "6.66.0",
            .providerArguments = Any::object({{"profile", "${x}"}})});

    const auto first = documentOf(app, stack);
    const auto second = documentOf(app, other);

    CHECK(
        first["terraform"]["backend"] == Json::parse(R"({"s3": {"bucket": "states", "encrypt": true,
        "key": "Articles/terraform.tfstate", "use_lockfile": true}})"));
    CHECK(second["terraform"]["backend"]["local"]["path"] == "/states/Other.tfstate");
    CHECK(second["terraform"]["required_providers"]["aws"]["version"] == "6.66.0");
    CHECK(second["provider"]["aws"]["profile"] == "$${x}");
}

TEST_CASE("rejects settings that are not literal", "[terraform]") {
    App app;

    CHECK_THROWS_WITH(
        configure(
            app, {.backend = {.type = "s3", .settings = Any::object({{"key", stackName()}})}}),
        Catch::Contains("backend.settings must be an object of literal values"));
}

TEST_CASE("a parameter becomes a variable with its rules", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    stack.add<Parameter>("Size",
        {.type = ParameterType::Number, .defaultValue = "5", .minValue = 1, .noEcho = true});
    stack.add<Parameter>("Stage",
        {.defaultValue = "${x}",
            .allowedValues = {"a", "${x}"},
            .constraintDescription = "a or x"});
    stack.add<Parameter>(
        "Subnets", {.type = ParameterType::CommaDelimitedList, .defaultValue = "a, b"});
    stack.add<Parameter>("version", {});

    const auto variables = documentOf(app, stack)["variable"];

    CHECK(variables["Size"]["type"] == "number");
    CHECK(variables["Size"]["default"] == 5);
    CHECK(variables["Size"]["sensitive"] == true);
    CHECK(variables["Size"]["validation"][0]["condition"] == "${tonumber(var.Size) >= 1}");
    CHECK(variables["Stage"]["default"] == "${x}");
    CHECK(variables["Stage"]["validation"][0] == Json::parse(R"({"error_message": "a or x",
        "condition": "${contains([\"a\", \"$${x}\"], tostring(var.Stage))}"})"));
    CHECK(variables["Subnets"]["type"] == "list(string)");
    CHECK(variables["Subnets"]["default"] == Json::parse(R"(["a", "b"])"));
    CHECK(variables.contains("version_"));
}

TEST_CASE("a public SSM parameter is looked up", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& image = stack.add<Parameter>("Image",
        {.type = ParameterType::SsmString,
            .typeName = "AWS::EC2::Image::Id",
            .defaultValue = "/ami"});
    addRaw(stack, "Host", "AWS::EC2::Instance",
        Any::object({{"ImageId", image.value()}, {"InstanceType", "{{resolve:ssm:/type}}"}}));

    const auto document = documentOf(app, stack);
    const auto& host = document["resource"]["aws_instance"]["Host"];

    CHECK(document["data"]["aws_ssm_parameter"]["Image"]["name"] == "${var.Image}");
    CHECK(host["ami"] == "${data.aws_ssm_parameter.Image.insecure_value}");
    const auto type = host["instance_type"].get<std::string>();
    CHECK(type.starts_with("${data.aws_ssm_parameter.p_type_"));
}

TEST_CASE("functions become expressions", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& name = stack.add<Parameter>("Name");
    auto& names = stack.add<Parameter>("Names", {.type = ParameterType::CommaDelimitedList});
    const auto outputOf = [&](const char* id, Any value) {
        stack.add<Output>(id, {.value = std::move(value)});
    };
    outputOf("Join", join(",", names.list()));
    outputOf("JoinItems", join(",", {"a", name.value()}));
    outputOf("Select", select(1, names.list()));
    outputOf("Split", split(",", name.value()));
    outputOf("Base64", base64(name.value()));
    outputOf("Cidr", cidr("10.0.0.0/16", 2, 8));
    outputOf("Zones", getAzs());
    outputOf("Length", length(names.list()));
    outputOf("Text", toJsonString(Any::object({{"a", name.value()}})));
    outputOf("Arn", sub("arn:{}:s3:::{}-{}", partition(), accountId(), stackName()));

    const auto document = documentOf(app, stack);
    const auto value = [&](const char* id) { return document["output"][id]["value"]; };

    CHECK(value("Join") == "${join(\",\", var.Names)}");
    CHECK(value("JoinItems") == "a,${var.Name}");
    CHECK(value("Select") == "${var.Names[1]}");
    CHECK(value("Split") == "${split(\",\", var.Name)}");
    CHECK(value("Base64") == "${base64encode(var.Name)}");
    CHECK(value("Cidr").get<std::string>().starts_with("${[for i in range(2) : cidrsubnet("));
    CHECK(value("Zones") == "${data.aws_availability_zones.available.names}");
    CHECK(value("Length") == "${length(var.Names)}");
    CHECK(value("Text") == "${jsonencode({\"a\" = var.Name})}");
    CHECK(value("Arn") ==
          "arn:${data.aws_partition.current.partition}:s3:::"
          "${data.aws_caller_identity.current.account_id}-Articles");
    CHECK(document["data"]["aws_availability_zones"]["available"]["filter"][0]["name"] ==
          "opt-in-status");
}

TEST_CASE("conditions become locals, counts and null", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& stage = stack.add<Parameter>("Stage");
    auto& size = stack.add<Parameter>("Size", {.type = ParameterType::Number});
    auto& isProd = stack.add<Condition>("IsProd",
        {.expression = allOf({equals(stage.value(), "prod"), notOf(equals(size.value(), "1"))})});
    auto& queue = addRaw(stack, "Queue", "AWS::SQS::Queue",
        Any::object(
            {{"DelaySeconds", ifElse<Any>(isProd, 5, NoValue{})}, {"QueueName", NoValue{}}}));
    queue.setCondition(isProd);
    stack.add<Output>("Url", {.value = queue.ref()}).setCondition(isProd);

    const auto document = documentOf(app, stack);
    const auto& made = document["resource"]["aws_sqs_queue"]["Queue"];

    CHECK(document["locals"]["IsProd"] ==
          "${((var.Stage == \"prod\") && !(tostring(var.Size) == \"1\"))}");
    CHECK(made["count"] == "${local.IsProd ? 1 : 0}");
    CHECK(made["delay_seconds"] == "${(local.IsProd ? 5 : null)}");
    CHECK_FALSE(made.contains("name"));
    CHECK(document["output"]["Url"]["value"] ==
          "${local.IsProd ? one(aws_sqs_queue.Queue[*].url) : null}");
}

TEST_CASE("conditions on list items, map entries, blocks and parts hold", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& stage = stack.add<Parameter>("Stage");
    auto& isProd = stack.add<Condition>("IsProd", {.expression = equals(stage.value(), "prod")});
    addRaw(stack, "Function", "AWS::Lambda::Function",
        Any::object({{"Role", "r"}, {"Code", Any::object({{"ImageUri", "i"}})},
            {"Layers", Any::list({"a", ifElse<Any>(isProd, "b", NoValue{})})},
            {"Tags", Any::list({ifElse<Any>(
                         isProd, Any::object({{"Key", "k"}, {"Value", "v"}}), NoValue{})})},
            {"TracingConfig", ifElse<Any>(isProd, Any::object({{"Mode", "Active"}}), NoValue{})}}));
    addRaw(stack, "Bucket", "AWS::S3::Bucket",
        Any::object({{"VersioningConfiguration",
            ifElse<Any>(isProd, Any::object({{"Status", "Enabled"}}),
                Any::object({{"Status", "Suspended"}}))}}));

    const auto document = documentOf(app, stack);
    const auto& function = document["resource"]["aws_lambda_function"]["Function"];
    const auto& versioning = document["resource"]["aws_s3_bucket_versioning"];

    CHECK(function["layers"] ==
          "${[for x in [\"a\", (local.IsProd ? \"b\" : null)] : x if x != null]}");
    CHECK(function["tags"] == "${merge({}, local.IsProd ? {(\"k\") = \"v\"} : {})}");
    CHECK(function["dynamic"]["tracing_config"][0] == Json::parse(R"({"content": {"mode": "Active"},
        "for_each": "${local.IsProd ? [1] : []}"})"));
    CHECK(versioning["Bucket"]["count"] == "${local.IsProd ? 1 : 0}");
    CHECK(versioning.size() == 2);
}

TEST_CASE("a document is JSON text with expressions in it", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& name = stack.add<Parameter>("Name");
    auto& queue = addRaw(stack, "Queue", "AWS::SQS::Queue");
    addRaw(stack, "Role", "AWS::IAM::Role",
        Any::object({{"AssumeRolePolicyDocument",
            Any::object({{"a", queue.attribute("Arn")}, {"b", name.value()}, {"c", "\"${aws:x}\""},
                {"d", Any::list({1, true})}, {"e", queue.attribute("Arn") + "/*"}})}}));

    const auto document = documentOf(app, stack);

    CHECK(document["resource"]["aws_iam_role"]["Role"]["assume_role_policy"] ==
          R"({"a":"${aws_sqs_queue.Queue.arn}","b":${jsonencode(var.Name)},"c":"\"$${aws:x}\"",)"
          R"("d":[1,true],"e":"${aws_sqs_queue.Queue.arn}/*"})");
}

TEST_CASE("a value of another stack comes from its state", "[terraform]") {
    App app;
    auto& producer = app.add<Stack>("Network");
    auto& consumer = app.add<Stack>("Database");
    auto& stored = app.add<Stack>("Stored");
    configure(stored, {.backend = {.type = "s3", .settings = Any::object({{"bucket", "states"}})}});
    auto& vpc = addRaw(producer, "Vpc", "AWS::EC2::VPC");
    auto& topic = addRaw(stored, "Topic", "AWS::SNS::Topic");
    addRaw(consumer, "Subnet", "AWS::EC2::Subnet", Any::object({{"VpcId", vpc.ref()}}));
    addRaw(consumer, "Mail", "AWS::SNS::Subscription",
        Any::object({{"TopicArn", topic.ref()}, {"Protocol", "email"}, {"Endpoint", "a@b"}}));

    const auto exported = documentOf(app, producer);
    const auto imported = documentOf(app, consumer);
    const auto& states = imported["data"]["terraform_remote_state"];

    CHECK(exported["output"]["ExportsOutputRefVpc"]["value"] == "${aws_vpc.Vpc.id}");
    CHECK(imported["resource"]["aws_subnet"]["Subnet"]["vpc_id"] ==
          "${data.terraform_remote_state.Network.outputs.ExportsOutputRefVpc}");
    CHECK(states["Network"] == Json::parse(R"({"backend": "local",
        "config": {"path": "${path.module}/../Network/terraform.tfstate"}})"));
    CHECK(states["Stored"]["config"]["key"] == "Stored/terraform.tfstate");
    CHECK(states["Stored"]["backend"] == "s3");
}

TEST_CASE(
    "dependencies name every part, and references wait for the further parts", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& bucket = addRaw(stack, "Bucket", "AWS::S3::Bucket",
        Any::object({{"VersioningConfiguration", Any::object({{"Status", "Enabled"}})}}));
    auto& after = addRaw(stack, "After", "AWS::SQS::Queue");
    after.addDependency(bucket);
    addRaw(stack, "Using", "AWS::SQS::Queue", queueNamed(bucket.ref()));

    const auto queues = documentOf(app, stack)["resource"]["aws_sqs_queue"];

    CHECK(queues["After"]["depends_on"] ==
          Json::parse(R"(["aws_s3_bucket.Bucket", "aws_s3_bucket_versioning.Bucket"])"));
    CHECK(queues["Using"]["depends_on"] == Json::parse(R"(["aws_s3_bucket_versioning.Bucket"])"));
}

TEST_CASE("outputs that show a hidden parameter are sensitive", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& hidden = stack.add<Parameter>("Hidden", {.noEcho = true});
    stack.add<Output>("Shown", {.value = "a" + hidden.value()});
    stack.add<Output>("Told", {.value = "b", .sensitive = true});
    stack.add<Output>("Open", {.value = "c", .description = "${d}"});

    const auto outputs = documentOf(app, stack)["output"];

    CHECK(outputs["Shown"]["sensitive"] == true);
    CHECK(outputs["Told"]["sensitive"] == true);
    CHECK_FALSE(outputs["Open"].contains("sensitive"));
    CHECK(outputs["Open"]["description"] == "${d}");
}

TEST_CASE("a retained resource is listed, protected or skipped", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& files = addRaw(stack, "Files", "AWS::EFS::FileSystem",
        Any::object({{"BackupPolicy", Any::object({{"Status", "ENABLED"}})}}));
    auto& logs = addRaw(stack, "Logs", "AWS::Logs::LogGroup");
    files.setRemovalPolicy(RemovalPolicy::Retain);
    logs.setRemovalPolicy(RemovalPolicy::Retain);

    const auto open = renderStack(app, stack);
    configure(stack, {.protectRetained = true});
    const auto guarded = renderStack(app, stack);

    CHECK(open.retained ==
          std::vector<std::string>{"aws_efs_backup_policy.Files", "aws_efs_file_system.Files"});
    const auto openResources = parsed(open)["resource"];
    CHECK(openResources["aws_cloudwatch_log_group"]["Logs"]["skip_destroy"] == true);
    const auto note =
        openResources["aws_efs_file_system"]["Files"]["//"]["removalPolicy"].get<std::string>();
    CHECK_THAT(note, Catch::Contains("terraform state rm aws_efs_file_system.Files"));
    CHECK(guarded.retained.empty());
    CHECK(parsed(guarded)
              ["resource"]["aws_efs_file_system"]["Files"]["lifecycle"]["prevent_destroy"] == true);
}

TEST_CASE("an asset is a file beside the configuration with its digest", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& asset = stack.add<Asset>("Code", {.entries = {{.source = "a", .archivePath = "a"}}});
    asset.setPacked(std::string(62, '0') + "ff");
    addRaw(stack, "Function", "AWS::Lambda::Function",
        Any::object({{"Code", asset.value()}, {"Role", "r"}}));

    const auto function = documentOf(app, stack)["resource"]["aws_lambda_function"]["Function"];

    CHECK(function["filename"] == "${path.module}/../../" + asset.fileName());
    CHECK(function["source_code_hash"] == "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP8=");
    CHECK(function["function_name"] == "Articles-Function");
}

TEST_CASE("an unmapped type goes through Cloud Control if the stack asks for it", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    configure(stack, {.cloudControl = true});
    auto& table = addRaw(stack, "Stream", "AWS::Kinesis::Stream",
        Any::object({{"Name", "${x}"}, {"ShardCount", 1}}));
    addRaw(stack, "Queue", "AWS::SQS::Queue", queueNamed(table.attribute("Nested.Arn")));
    addRaw(stack, "Other", "AWS::SQS::Queue", queueNamed(table.ref()));

    const auto resources = documentOf(app, stack)["resource"];
    const auto& made = resources["aws_cloudcontrolapi_resource"]["Stream"];

    CHECK(made["type_name"] == "AWS::Kinesis::Stream");
    CHECK(made["desired_state"] == R"({"Name":"$${x}","ShardCount":1})");
    CHECK(resources["aws_sqs_queue"]["Queue"]["name"] ==
          "${jsondecode(aws_cloudcontrolapi_resource.Stream.properties)[\"Nested\"][\"Arn\"]}");
    CHECK(
        resources["aws_sqs_queue"]["Other"]["name"] == "${aws_cloudcontrolapi_resource.Stream.id}");
}

TEST_CASE("rejects an unmapped type, property and attribute by name and path", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    addRaw(stack, "Stream", "AWS::Kinesis::Stream");
    auto& queue = addRaw(stack, "Queue", "AWS::SQS::Queue", Any::object({{"Nonsense", 1}}));
    addRaw(stack, "Function", "AWS::Lambda::Function",
        Any::object({{"Role", queue.attribute("Colour")},
            {"VpcConfig", Any::object({{"Nonsense", 1}})},
            {"Code", Any::object({{"ZipFile", "x"}})}}));

    const auto messages = messagesOf(app, stack);

    CHECK_THAT(messages,
        Catch::Contains("terraform-type Articles/Stream : has the type AWS::Kinesis::Stream"));
    CHECK_THAT(messages,
        Catch::Contains(
            "terraform-property Articles/Queue Nonsense: "
            "AWS::SQS::Queue has Nonsense"));
    CHECK_THAT(
        messages, Catch::Contains("terraform-property Articles/Function VpcConfig.Nonsense"));
    CHECK_THAT(messages, Catch::Contains("terraform-property Articles/Function Code.ZipFile"));
    CHECK_THAT(messages,
        Catch::Contains(
            "terraform-attribute Articles/Function Role: uses the attribute Colour of "
            "[Articles/Queue] (AWS::SQS::Queue)"));
}

TEST_CASE("rejects what Terraform has no equal of", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& queue = addRaw(stack, "Queue", "AWS::SQS::Queue", queueNamed(stackId()));
    queue.addOverride("UpdatePolicy", Any::object({{"a", "b"}}));
    addRaw(stack, "Import", "AWS::SQS::Queue", queueNamed(importValue("name")));
    addRaw(stack, "Dynamic", "AWS::SQS::Queue", queueNamed("{{resolve:secretsmanager:x}}"));
    addRaw(stack, "Raw", "AWS::SQS::Queue",
        Any::object({{"QueueName", Any::object({{"Ref", "Queue"}})}}));

    const auto messages = messagesOf(app, stack);

    CHECK_THAT(messages, Catch::Contains("terraform-pseudo-parameter Articles/Queue QueueName"));
    CHECK_THAT(messages, Catch::Contains("has the entry UpdatePolicy outside of its properties"));
    CHECK_THAT(messages, Catch::Contains("terraform-import-value Articles/Import QueueName"));
    CHECK_THAT(messages, Catch::Contains("terraform-dynamic-reference Articles/Dynamic"));
    CHECK_THAT(messages, Catch::Contains("terraform-raw-function Articles/Raw QueueName"));
}

}  // namespace loam::terraform
