#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

struct WithHost : OneStack {
    Vpc& vpc = stack.add<Vpc>("Vpc", {});
    FileSystem& files = stack.add<FileSystem>("Files", {.vpc = vpc});
    BastionHost& host =
        stack.add<BastionHost>("Host", {.fileSystem = &files, .instanceName = "articles"});
};

}  // namespace

TEST_CASE("a bastion host is small, encrypted, watched and takes IMDSv2 only", "[bastion_host]") {
    WithHost test;

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::EC2::Instance", R"({
        "InstanceType": "t4g.nano", "Monitoring": true,
        "ImageId": {"Ref": "{{matches ^HostImage}}"},
        "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 1},
        "BlockDeviceMappings": [{"Ebs": {"Encrypted": true}}],
        "Tags": {"{{contains}}": [{"Key": "Name", "Value": "articles-bastion"}]}
    })"));
    CHECK_THAT(document.text, Catch::Contains("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>"));
    CHECK_THAT(document.text, Catch::Contains("al2023-ami-kernel-default-arm64"));
    CHECK(test.findings().empty());
    CHECK_THAT(test.reasonFor("instance-termination-protection"), Catch::Contains("no data"));
}

TEST_CASE("nobody connects to a bastion host; it reaches HTTPS and NFS", "[bastion_host]") {
    WithHost test;

    const auto document = test.render();

    CHECK_FALSE(hasResource("AWS::EC2::SecurityGroupIngress",
        R"({"GroupId": {"Fn::GetAtt": ["{{matches ^HostSecurityGroup}}", "GroupId"]}})")
                    .match(document));
    for (const auto* port : {"443", "2049"}) {
        CHECK_THAT(document,
            hasResource("AWS::EC2::SecurityGroupEgress",
                std::string(
                    R"({"GroupId": {"Fn::GetAtt": ["{{matches ^HostSecurityGroup}}", "GroupId"]}, "ToPort": )") +
                    port + "}"));
    }
}

TEST_CASE("sessions go through private endpoints", "[bastion_host]") {
    WithHost test;

    const auto document = test.render();

    for (const std::string service : {"ssm", "ssmmessages", "ec2messages"}) {
        CHECK_THAT(document,
            hasResource("AWS::EC2::VPCEndpoint",
                R"({"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.eu-central-1.)" +
                    service + "\"}"));
    }
    CHECK_THAT(document,
        hasResource("AWS::EC2::VPCEndpoint",
            R"({"VpcEndpointType": "Gateway", "ServiceName": "com.amazonaws.eu-central-1.s3"})"));
    CHECK_THAT(document, resourceCount("AWS::EC2::VPCEndpoint", 4));
}

TEST_CASE("a bastion host mounts the file system over TLS as root", "[bastion_host]") {
    WithHost test;

    const auto document = test.render();

    CHECK_THAT(
        document.text, Catch::Contains("/mnt/articles-efs efs _netdev,noresvport,tls,iam 0 0"));
    CHECK_THAT(document.text, Catch::Contains("dnf install --assumeyes amazon-efs-utils"));
    CHECK_THAT(document,
        hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": {"{{contains}}": [
        {"Action": {"{{contains}}": ["elasticfilesystem:ClientRootAccess"]}, "Resource": {"Fn::GetAtt": ["Files", "Arn"]}}]}}})"));
    CHECK_THAT(document,
        hasResource("AWS::EC2::Instance", R"({"DependsOn": {"{{contains}}": [
        "{{matches ^FilesMountTargetsIsolatedSubnet1}}", "{{matches ^HostRolePolicy}}"]}})",
            Part::Entry));
}

TEST_CASE("two bastion hosts share the endpoints", "[bastion_host]") {
    WithHost test;
    test.stack.add<BastionHost>("Second", {.vpc = &test.vpc});

    const auto document = test.render();

    CHECK_THAT(document, resourceCount("AWS::EC2::Instance", 2));
    CHECK_THAT(document, resourceCount("AWS::EC2::VPCEndpoint", 4));
    CHECK(test.findings().empty());
}

TEST_CASE("a session key may be used by the host, through an endpoint too", "[bastion_host]") {
    OneStack test;
    auto& vpc = test.stack.add<Vpc>("Vpc", {});
    auto& key = test.stack.add<Key>("Key", {});
    test.stack.add<BastionHost>("Host",
        {.instanceType = "t4g.micro",
            .sessionKey = &key,
            .vpc = &vpc,
            .terminationProtection = true});

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::EC2::Instance", R"({"InstanceType": "t4g.micro",
        "DisableApiTermination": true, "UserData": "{{absent}}"})"));
    CHECK_THAT(document,
        hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": {"{{contains}}": [
        {"Action": "kms:Decrypt", "Resource": {"Fn::GetAtt": ["Key", "Arn"]}}]}}})"));
    CHECK_THAT(document,
        hasResource(
            "AWS::EC2::VPCEndpoint", R"({"ServiceName": "com.amazonaws.eu-central-1.kms"})"));
}

TEST_CASE("rejects a bastion host without a network", "[bastion_host]") {
    OneStack test;

    CHECK_THROWS_WITH(
        test.stack.add<BastionHost>("Host", {}), Catch::Contains("give vpc or fileSystem"));
}
