#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

FunctionProps fixture() { return {.code = Code::directory("fixtures/noop")}; }

struct WithFiles : OneStack {
    Vpc& vpc = stack.add<Vpc>("Vpc", {});
    FileSystem& files = stack.add<FileSystem>("Files", {.vpc = vpc});
    AccessPoint& point = stack.add<AccessPoint>("Point", {.fileSystem = files, .path = "/lambda"});

    Function& add(bool readOnly) {
        return stack.add<Function>("Function",
            {
                .code = Code::bundled("query"),
                .fileSystem = FileSystemMount{.accessPoint = point,
                    .path = "/mnt/data",
                    .readOnly = readOnly},
            });
    }
};

}  // namespace

TEST_CASE("a function runs natively with a small role and a log group of its own", "[lambda]") {
    OneStack test;
    test.stack.add<Function>("Function", fixture());

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::Lambda::Function", R"({
        "Runtime": "provided.al2023", "Handler": "bootstrap", "Architectures": ["x86_64"],
        "MemorySize": 256, "Timeout": 30,
        "LoggingConfig": {"LogGroup": {"Ref": "{{matches ^FunctionLogGroup}}"}},
        "Environment": "{{absent}}", "VpcConfig": "{{absent}}", "TracingConfig": "{{absent}}",
        "ReservedConcurrentExecutions": "{{absent}}", "FunctionName": "{{absent}}"
    })"));
    CHECK_THAT(document, hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
         "Resource": {"Fn::GetAtt": ["{{matches ^FunctionLogGroup}}", "Arn"]}}]}})"));
    CHECK_THAT(document,
        hasResource("AWS::Logs::LogGroup", R"({
        "DeletionPolicy": "Delete", "Properties": {"RetentionInDays": 30}})",
            Part::Entry));
    CHECK(test.findings().empty());
}

TEST_CASE("the execution policy exists before the function", "[lambda]") {
    OneStack test;
    test.stack.add<Function>("Function", fixture());

    CHECK_THAT(test.render(),
        hasResource("AWS::Lambda::Function",
            R"({"DependsOn": "{{matches ^FunctionExecutionPolicy}}"})", Part::Entry));
}

TEST_CASE("a named function logs where people look", "[lambda]") {
    OneStack test;
    auto props = fixture();
    props.functionName = "orders-reader";
    test.stack.add<Function>("Function", props);

    CHECK_THAT(test.render(),
        hasResource("AWS::Logs::LogGroup", R"({"LogGroupName": "/aws/lambda/orders-reader"})"));
}

TEST_CASE("variables may be added after the function was made", "[lambda]") {
    OneStack test;
    auto& function = test.stack.add<Function>("Function", fixture());

    function.addEnvironment("TABLE", region());

    CHECK_THAT(test.render(),
        hasResource("AWS::Lambda::Function",
            R"({"Environment": {"Variables": {"TABLE": {"Ref": "AWS::Region"}}}})"));
}

TEST_CASE("a traced function may send traces", "[lambda]") {
    OneStack test;
    auto props = fixture();
    props.tracing = true;
    test.stack.add<Function>("Function", props);

    CHECK_THAT(test.render(),
        hasResource("AWS::Lambda::Function", R"({"TracingConfig": {"Mode": "Active"}})"));
    CHECK_THAT(test.render(),
        hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": {"{{contains}}": [
        {"Action": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "Resource": "*"}]}}})"));
    CHECK(test.findings().empty());
    CHECK_THAT(test.reasonFor("wildcard-permission"), Catch::Contains("X-Ray"));
}

TEST_CASE("a function with a file system is in its VPC after all mount targets", "[lambda]") {
    WithFiles test;
    test.add(false);

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::Lambda::Function", R"({
        "DependsOn": {"{{contains}}": ["{{matches ^FilesMountTargetsIsolatedSubnet1}}",
            "{{matches ^FilesMountTargetsIsolatedSubnet2}}"]},
        "Properties": {
            "FileSystemConfigs": [{"Arn": {"Fn::GetAtt": ["Point", "Arn"]}, "LocalMountPath": "/mnt/data"}],
            "VpcConfig": {"SubnetIds": [{"Ref": "{{any}}"}, {"Ref": "{{any}}"}],
                "SecurityGroupIds": [{"Fn::GetAtt": ["{{matches ^FunctionSecurityGroup}}", "GroupId"]}]}
        }
    })",
            Part::Entry));
    CHECK_THAT(document, hasResource("AWS::EC2::SecurityGroupIngress", R"({"FromPort": 2049,
        "SourceSecurityGroupId": {"Fn::GetAtt": ["{{matches ^FunctionSecurityGroup}}", "GroupId"]}})"));
    CHECK(test.findings().empty());
}

TEST_CASE("a read-only mount leaves out the permission to write", "[lambda]") {
    WithFiles test;

    SECTION("read-only") {
        test.add(true);
        CHECK_THAT(test.render().text, !Catch::Contains("elasticfilesystem:ClientWrite\","));
        CHECK_THAT(test.render(),
            hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": {"{{contains}}": [
            {"Action": "elasticfilesystem:ClientMount"}]}}})"));
    }
    SECTION("otherwise it is there") {
        test.add(false);
        CHECK_THAT(test.render(),
            hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": {"{{contains}}": [
            {"Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]}]}}})"));
    }
}

TEST_CASE(
    "a bundled function is packed for the function's architecture, with its files", "[lambda]") {
    OneStack test;
    auto& function = test.stack.add<Function>("Function",
        {
            .code = Code::bundled(
                "query", {{.source = "prisma/schema.prisma", .archivePath = "schema.prisma"}}),
            .architecture = Architecture::Arm64,
        });

    const auto& entries = function.asset()->entries();

    REQUIRE(entries.size() == 2);
    CHECK(entries[0].kind == AssetEntry::Kind::BundledFunction);
    CHECK(entries[0].source == "query");
    CHECK(entries[0].architecture == "arm64");
    CHECK(entries[1].source == "prisma/schema.prisma");
}

TEST_CASE("code may lie in a bucket", "[lambda]") {
    OneStack test;
    auto& bucket = Bucket::fromName(test.stack, "Bucket", "builds");
    test.stack.add<Function>("Function", {.code = Code::fromBucket(bucket, "reader.zip")});

    CHECK_THAT(test.render(),
        hasResource("AWS::Lambda::Function",
            R"({"Code": {"S3Bucket": "builds", "S3Key": "reader.zip", "S3ObjectVersion": "{{absent}}"}})"));
}

TEST_CASE("calling a function is granted for that function only", "[lambda]") {
    OneStack test;
    auto& function = test.stack.add<Function>("Function", fixture());
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    function.grantInvoke(role);

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Action": "lambda:InvokeFunction", "Resource": {"Fn::GetAtt": ["Function", "Arn"]}}]},
        "Roles": [{"Ref": "Role"}]})"));
}

TEST_CASE("a function defined elsewhere is known by its ARN", "[lambda]") {
    OneStack test;
    auto& function = Function::fromArn(
        test.stack, "Function", "arn:aws:lambda:eu-central-1:123456789012:function:theirs");
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    function.grantInvoke(role);

    CHECK_THAT(test.render(), resourceCount("AWS::Lambda::Function", 0));
    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Resource": "arn:aws:lambda:eu-central-1:123456789012:function:theirs"}]}})"));
}

TEST_CASE("rejects what Lambda does not accept", "[lambda]") {
    OneStack test;
    auto props = fixture();
    const auto add = [&] { test.stack.add<Function>("Function", props); };

    SECTION("memory") {
        props.memory = 64_MiB;
        CHECK_THROWS_WITH(add(), Catch::Contains("128 MiB to 10240 MiB, got 64 MiB"));
    }
    SECTION("names of variables") {
        props.environment = {{"A", "x"}};
        CHECK_THROWS_WITH(add(), Catch::Contains("got \"A\"; rename it"));
        props.environment = {{"1A", "x"}};
        CHECK_THROWS_WITH(add(), Catch::Contains("got \"1A\""));
    }
    SECTION("timeout") {
        props.timeout = 16min;
        CHECK_THROWS_WITH(add(), Catch::Contains("15 minutes, got 960 seconds"));
    }
    SECTION("temporary storage") {
        props.ephemeralStorage = 11_GiB;
        CHECK_THROWS_WITH(add(), Catch::Contains("ephemeralStorage"));
    }
    SECTION("an empty path") {
        props.code = Code::directory("");
        CHECK_THROWS_WITH(add(), Catch::Contains("empty path"));
    }
}

TEST_CASE("rejects a file system outside of /mnt or in another VPC", "[lambda]") {
    WithFiles test;
    auto& other = test.stack.add<Vpc>("Other", {});
    const auto add = [&](const char* path, Vpc* vpc) {
        test.stack.add<Function>("Function",
            {
                .code = Code::bundled("query"),
                .vpc = vpc,
                .fileSystem = FileSystemMount{.accessPoint = test.point, .path = path},
            });
    };

    CHECK_THROWS_WITH(add("/data", nullptr), Catch::Contains("got \"/data\""));
    CHECK_THROWS_WITH(add("/mnt/data", &other), Catch::Contains("different VPCs"));
}

TEST_CASE("rejects the security group of a function outside of a VPC", "[lambda]") {
    OneStack test;
    auto& function = test.stack.add<Function>("Function", fixture());

    CHECK_THROWS_WITH(function.securityGroup(), Catch::Contains("in no VPC"));
}

TEST_CASE("rejects environment variables that Lambda sets itself", "[lambda]") {
    const auto* variable = GENERATE("AWS_REGION", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT");
    OneStack test;
    auto props = fixture();
    props.environment = {{variable, "x"}};

    CHECK_THROWS_WITH(test.stack.add<Function>("Function", props),
        Catch::Contains(std::string("Lambda sets the environment variable ") + variable));
}
