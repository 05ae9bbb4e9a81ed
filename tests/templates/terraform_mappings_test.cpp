// Types that become several resources of the provider, or whose properties change their shape.
#include <loam/parameter.hpp>

#include <catch2/catch.hpp>

#include "tests/templates/terraform_support.hpp"

namespace loam::terraform {

namespace {

/// The resources of a stack with one resource, `Main`.
Json resourcesOf(const char* type, const char* properties) {
    App app;
    auto& stack = app.add<Stack>("Articles");
    addRaw(stack, "Main", type, Any::json(properties));
    auto document = documentOf(app, stack);
    return document.is_string() ? document : document["resource"];
}

std::string messagesFor(const char* type, const char* properties) {
    App app;
    auto& stack = app.add<Stack>("Articles");
    addRaw(stack, "Main", type, Any::json(properties));
    return messagesOf(app, stack);
}

}  // namespace

TEST_CASE("a bucket becomes one resource for each aspect", "[terraform]") {
    const auto made = resourcesOf("AWS::S3::Bucket", R"({"BucketName": "b",
        "VersioningConfiguration": {"Status": "Enabled"},
        "LifecycleConfiguration": {"Rules": [{"Status": "Enabled", "Prefix": "a/",
            "ObjectSizeLessThan": 5, "ExpirationInDays": 3}]},
        "PublicAccessBlockConfiguration": {"BlockPublicAcls": true}})");

    CHECK(made["aws_s3_bucket"]["Main"]["bucket"] == "b");
    CHECK(made["aws_s3_bucket_versioning"]["Main"]["versioning_configuration"] ==
          Json::parse(R"([{"status": "Enabled"}])"));
    CHECK(made["aws_s3_bucket_public_access_block"]["Main"]["bucket"] ==
          "${aws_s3_bucket.Main.bucket}");
    const auto& lifecycle = made["aws_s3_bucket_lifecycle_configuration"]["Main"];
    CHECK(lifecycle["depends_on"] == Json::parse(R"(["aws_s3_bucket_versioning.Main"])"));
    CHECK(lifecycle["rule"][0]["filter"] ==
          Json::parse(R"([{"and": [{"object_size_less_than": 5, "prefix": "a/"}]}])"));
    CHECK(lifecycle["rule"][0]["expiration"] == Json::parse(R"([{"days": 3}])"));
    CHECK(lifecycle["rule"][0]["id"].get<std::string>().starts_with("rule"));
}

TEST_CASE("bucket notifications keep their filters", "[terraform]") {
    const auto made = resourcesOf("AWS::S3::Bucket", R"({"NotificationConfiguration": {
        "EventBridgeConfiguration": {}, "LambdaConfigurations": [{"Event": "s3:ObjectCreated:*",
        "Function": "f", "Filter": {"S3Key": {"Rules": [{"Name": "suffix", "Value": ".db"}]}}}]}})");

    const auto& notification = made["aws_s3_bucket_notification"]["Main"];
    CHECK(notification["eventbridge"] == true);
    CHECK(notification["lambda_function"] == Json::parse(R"([{"events": ["s3:ObjectCreated:*"],
        "filter_suffix": ".db", "lambda_function_arn": "f"}])"));
}

TEST_CASE("rules of a security group are resources, and all traffic goes out unless told",
    "[terraform]") {
    const auto made = resourcesOf("AWS::EC2::SecurityGroup", R"({"GroupDescription": "d",
        "VpcId": "vpc-1", "SecurityGroupIngress": [
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8"},
            {"IpProtocol": "-1", "FromPort": 1, "ToPort": 2, "CidrIpv6": "::/0"}]})");

    const auto& ingress = made["aws_vpc_security_group_ingress_rule"];
    REQUIRE(ingress.size() == 2);
    for (const auto& rule : ingress) {
        CHECK(rule["security_group_id"] == "${aws_security_group.Main.id}");
        CHECK(rule.contains("from_port") == (rule["ip_protocol"] == "tcp"));
    }
    CHECK(made["aws_vpc_security_group_egress_rule"]["Main_all"]["cidr_ipv4"] == "0.0.0.0/0");
}

TEST_CASE("the name of a rule does not depend on its neighbours", "[terraform]") {
    const char* one = R"({"GroupDescription": "d", "SecurityGroupIngress": [
        {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "CidrIp": "10.0.0.0/8"}]})";
    const char* two = R"({"GroupDescription": "d", "SecurityGroupIngress": [
        {"IpProtocol": "tcp", "FromPort": 2, "ToPort": 2, "CidrIp": "10.0.0.0/8"},
        {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "CidrIp": "10.0.0.0/8"}]})";

    const auto before = resourcesOf("AWS::EC2::SecurityGroup", one);
    const auto after = resourcesOf("AWS::EC2::SecurityGroup", two);

    const auto name = before["aws_vpc_security_group_ingress_rule"].begin().key();
    CHECK(after["aws_vpc_security_group_ingress_rule"].contains(name));
}

TEST_CASE("a role's policies are resources of their own", "[terraform]") {
    const auto made =
        resourcesOf("AWS::IAM::Role", R"({"AssumeRolePolicyDocument": {"Version": "x"},
        "ManagedPolicyArns": ["arn:aws:iam::aws:policy/A"],
        "Policies": [{"PolicyName": "logs", "PolicyDocument": {"Statement": []}}]})");

    CHECK(made["aws_iam_role"]["Main"]["assume_role_policy"] == R"({"Version":"x"})");
    const auto& inlined = made["aws_iam_role_policy"]["Main_logs"];
    CHECK(inlined["role"] == "${aws_iam_role.Main.name}");
    CHECK(inlined["policy"] == R"({"Statement":[]})");
    CHECK(made["aws_iam_role_policy_attachment"].begin().value()["policy_arn"] ==
          "arn:aws:iam::aws:policy/A");
}

TEST_CASE("a policy becomes one inline policy for each principal", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& role = addRaw(stack, "Role", "AWS::IAM::Role",
        Any::object({{"AssumeRolePolicyDocument", Any::object({})}}));
    auto& policy = addRaw(stack, "Policy", "AWS::IAM::Policy",
        Any::object({{"PolicyName", "p"}, {"PolicyDocument", Any::object({})},
            {"Roles", Any::list({role.ref(), "other"})}, {"Users", Any::list({"u"})}}));
    addRaw(stack, "Function", "AWS::Lambda::Function",
        Any::object({{"Role", role.attribute("Arn")}, {"Code", Any::object({{"ImageUri", "i"}})}}))
        .addDependency(policy);

    const auto made = documentOf(app, stack)["resource"];

    CHECK(made["aws_iam_role_policy"]["Policy_Role"]["role"] == "${aws_iam_role.Role.name}");
    CHECK(made["aws_iam_role_policy"]["Policy_other"]["role"] == "other");
    CHECK(made["aws_iam_user_policy"]["Policy_u"]["user"] == "u");
    CHECK(made["aws_lambda_function"]["Function"]["depends_on"] ==
          Json::parse(R"(["aws_iam_role_policy.Policy_Role", "aws_iam_role_policy.Policy_other",
            "aws_iam_user_policy.Policy_u"])"));
}

TEST_CASE("a version is published by its function", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& function = addRaw(stack, "Reader", "AWS::Lambda::Function",
        Any::object({{"Role", "r"}, {"Code", Any::object({{"ImageUri", "i"}})}}));
    auto& version = addRaw(
        stack, "Version", "AWS::Lambda::Version", Any::object({{"FunctionName", function.ref()}}));
    auto& alias = addRaw(stack, "Live", "AWS::Lambda::Alias",
        Any::object({{"Name", "live"}, {"FunctionName", function.ref()},
            {"FunctionVersion", version.attribute("Version")},
            {"ProvisionedConcurrencyConfig",
                Any::object({{"ProvisionedConcurrentExecutions", 2}})}}));
    addRaw(stack, "Invoke", "AWS::Lambda::Permission",
        Any::object({{"Action", "a"}, {"Principal", "p"}, {"FunctionName", alias.ref()}}));

    const auto made = documentOf(app, stack)["resource"];

    CHECK(made["aws_lambda_function"]["Reader"]["publish"] == true);
    CHECK(made["aws_lambda_alias"]["Live"]["function_version"] ==
          "${aws_lambda_function.Reader.version}");
    CHECK(made["aws_lambda_provisioned_concurrency_config"]["Live"]["qualifier"] ==
          "${aws_lambda_alias.Live.name}");
    CHECK(made["aws_lambda_permission"]["Invoke"]["function_name"] ==
          "${aws_lambda_alias.Live.function_name}");
    CHECK(made["aws_lambda_permission"]["Invoke"]["qualifier"] == "${aws_lambda_alias.Live.name}");
}

TEST_CASE("rejects a second version of one function", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& function = addRaw(stack, "Reader", "AWS::Lambda::Function",
        Any::object({{"Role", "r"}, {"Code", Any::object({{"ImageUri", "i"}})}}));
    for (const char* id : {"One", "Two"}) {
        addRaw(stack, id, "AWS::Lambda::Version", Any::object({{"FunctionName", function.ref()}}));
    }

    CHECK_THAT(messagesOf(app, stack),
        Catch::Contains("Articles/Two FunctionName") && !Catch::Contains("Articles/One"));
}

TEST_CASE("consumers of log groups get the ARN without its wildcard", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    auto& logs = addRaw(stack, "Logs", "AWS::Logs::LogGroup");
    addRaw(stack, "Stage", "AWS::ApiGatewayV2::Stage",
        Any::object({{"ApiId", "a"}, {"StageName", "$default"},
            {"AccessLogSettings",
                Any::object({{"DestinationArn", logs.attribute("Arn")}, {"Format", "f"}})}}));
    auto& given = stack.add<Parameter>("Given");
    addRaw(stack, "Task", "AWS::DataSync::Task",
        Any::object({{"CloudWatchLogGroupArn", given.value()}}));
    stack.add<Output>("Arn", {.value = logs.attribute("Arn")});

    const auto document = documentOf(app, stack);

    CHECK(document["resource"]["aws_apigatewayv2_stage"]["Stage"]["access_log_settings"][0]
                  ["destination_arn"] == "${aws_cloudwatch_log_group.Logs.arn}");
    CHECK(document["resource"]["aws_datasync_task"]["Task"]["cloudwatch_log_group_arn"] ==
          "${trimsuffix(var.Given, \":*\")}");
    CHECK(document["output"]["Arn"]["value"] == "${aws_cloudwatch_log_group.Logs.arn}:*");
}

TEST_CASE("a generated secret is written once and not kept as an argument", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    addRaw(stack, "Main", "AWS::SecretsManager::Secret",
        Any::json(R"({"GenerateSecretString": {"PasswordLength": 30, "GenerateStringKey": "p",
            "SecretStringTemplate": "{\"user\": \"u\"}"}})"));

    const auto document = documentOf(app, stack);
    const auto& version = document["resource"]["aws_secretsmanager_secret_version"]["Main"];

    CHECK(document["data"]["aws_secretsmanager_random_password"]["Main"] ==
          Json::parse(R"({"password_length": 30})"));
    CHECK(version["secret_string_wo_version"] == 1);
    CHECK(version["secret_string_wo"] ==
          R"(${jsonencode(merge(jsondecode("{\"user\": \"u\"}"), {("p") = )"
          R"(data.aws_secretsmanager_random_password.Main.random_password}))})");
}

TEST_CASE("user data is given as text where the provider encodes it", "[terraform]") {
    App app;
    auto& stack = app.add<Stack>("Articles");
    addRaw(
        stack, "Text", "AWS::EC2::Instance", Any::object({{"UserData", base64("echo ${HOME}")}}));
    addRaw(stack, "Encoded", "AWS::EC2::Instance", Any::object({{"UserData", "ZWNobw=="}}));
    addRaw(stack, "Template", "AWS::EC2::LaunchTemplate",
        Any::object({{"LaunchTemplateData", Any::object({{"UserData", base64("echo")}})}}));

    const auto made = documentOf(app, stack)["resource"];

    CHECK(made["aws_instance"]["Text"]["user_data"] == "echo $${HOME}");
    CHECK(made["aws_instance"]["Encoded"]["user_data_base64"] == "ZWNobw==");
    CHECK(made["aws_launch_template"]["Template"]["user_data"] == "${base64encode(\"echo\")}");
}

TEST_CASE("the root device of an instance has its own block", "[terraform]") {
    const auto made = resourcesOf("AWS::EC2::Instance", R"({"BlockDeviceMappings": [
        {"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 8}},
        {"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 9}}]})");

    const auto& host = made["aws_instance"]["Main"];
    CHECK(host["root_block_device"] == Json::parse(R"([{"volume_size": 8}])"));
    CHECK(host["ebs_block_device"] ==
          Json::parse(R"([{"device_name": "/dev/sdf", "volume_size": 9}])"));
}

TEST_CASE("metric math nests its metric and turns dimensions into a map", "[terraform]") {
    const auto made = resourcesOf("AWS::CloudWatch::Alarm", R"({"ComparisonOperator": "c",
        "EvaluationPeriods": 1, "Metrics": [{"Id": "m", "MetricStat": {"Metric": {"Namespace": "n",
        "MetricName": "e", "Dimensions": [{"Name": "d", "Value": "v"}]}, "Period": 60, "Stat": "Sum"}}]})");

    const auto& alarm = made["aws_cloudwatch_metric_alarm"]["Main"];
    CHECK(alarm["alarm_name"] == "Articles-Main");
    CHECK(alarm["metric_query"] == Json::parse(R"([{"id": "m", "metric": [{"namespace": "n",
        "metric_name": "e", "dimensions": {"d": "v"}, "period": 60, "stat": "Sum"}]}])"));
}

TEST_CASE("targets, subscriptions and policies of several principals split", "[terraform]") {
    const auto rule = resourcesOf("AWS::Events::Rule", R"({"EventPattern": {"source": ["a"]},
        "Targets": [{"Id": "t", "Arn": "x", "Input": "{}"}]})");
    const auto topic = resourcesOf("AWS::SNS::TopicPolicy", R"({"Topics": ["a", "b"],
        "PolicyDocument": {}})");

    CHECK(rule["aws_cloudwatch_event_rule"]["Main"]["event_pattern"] == R"({"source":["a"]})");
    CHECK(rule["aws_cloudwatch_event_target"]["Main_t"]["rule"] ==
          "${aws_cloudwatch_event_rule.Main.name}");
    CHECK(topic["aws_sns_topic_policy"].size() == 2);
}

TEST_CASE("rejects structures that cannot be known before the deployment", "[terraform]") {
    CHECK_THAT(messagesFor("AWS::EC2::FlowLog", R"({"ResourceId": "r", "ResourceType": "Planet"})"),
        Catch::Contains("ResourceType"));
    CHECK_THAT(messagesFor("AWS::IAM::InstanceProfile", R"({"Roles": ["a", "b"]})"),
        Catch::Contains("exactly one role"));
    CHECK_THAT(
        messagesFor("AWS::KMS::Key", R"({"Origin": "EXTERNAL"})"), Catch::Contains("AWS_KMS"));
    CHECK_THAT(messagesFor("AWS::Lambda::Function", R"({"VpcConfig": "x"})"),
        Catch::Contains("is known only at deployment"));
}

}  // namespace loam::terraform
