// Functions with file systems, built from typed resources.

#include <loam/aws/ec2.hpp>
#include <loam/aws/efs.hpp>
#include <loam/aws/iam.hpp>
#include <loam/aws/lambda.hpp>

#include <catch2/catch.hpp>

#include "tests/constructs/validation_support.hpp"

using namespace loam;
using namespace loam::test;

namespace {

struct Fixture {
    App app;
    Stack& stack = app.add<Stack>("S");
    aws::ec2::VPC& vpc = stack.add<aws::ec2::VPC>("Vpc", {.cidrBlock = "10.0.0.0/16"});
    aws::ec2::Subnet& left = subnet("Left", "10.0.0.0/24");
    aws::ec2::Subnet& right = subnet("Right", "10.0.1.0/24");
    aws::ec2::SecurityGroup& group = stack.add<aws::ec2::SecurityGroup>(
        "Group", {.groupDescription = "Mounts", .vpcId = vpc.ref()});
    aws::efs::FileSystem& fileSystem =
        stack.add<aws::efs::FileSystem>("Files", {.encrypted = true});
    aws::efs::AccessPoint& accessPoint =
        stack.add<aws::efs::AccessPoint>("Access", {.fileSystemId = fileSystem.ref()});

    aws::ec2::Subnet& subnet(const char* id, const char* block) {
        return stack.add<aws::ec2::Subnet>(id, {.cidrBlock = block, .vpcId = vpc.ref()});
    }
    aws::efs::MountTarget& mountTarget(const char* id, const aws::ec2::Subnet& in) {
        return stack.add<aws::efs::MountTarget>(id,
            {.fileSystemId = fileSystem.ref(),
                .securityGroups = {group.attrGroupId()},
                .subnetId = in.ref()});
    }
    aws::lambda::FunctionProps props(Str accessPointArn) {
        return {
            .code = {{.zipFile = "x"}},
            .fileSystemConfigs = {{.arn = std::move(accessPointArn), .localMountPath = "/mnt/db"}},
            .handler = "index.handler",
            .role = sub("arn:{}:iam::{}:role/x", partition(), accountId()),
            .runtime = "python3.12",
            .vpcConfig = {{.securityGroupIds = {group.attrGroupId()}, .subnetIds = {left.ref()}}},
        };
    }
};

}  // namespace

TEST_CASE_METHOD(
    Fixture, "a function that waits for the mount targets of its subnets has no findings") {
    auto& near = mountTarget("Near", left);
    mountTarget("Far", right);
    auto& role = stack.add<aws::iam::Role>("Role", {.assumeRolePolicyDocument = Any::object({})});
    role.addDependency(near);
    auto& function = stack.add<aws::lambda::Function>("Fn", props(accessPoint.attrArn()));
    function.addPropertyOverride("Role", role.attrArn());

    CHECK(findingsOf(app).empty());
}

TEST_CASE_METHOD(
    Fixture, "rejects a function that does not wait for a mount target of its subnets") {
    mountTarget("Near", left);
    mountTarget("Far", right);
    stack.add<aws::lambda::Function>("Fn", props(accessPoint.attrArn()));

    CHECK(findingsOf(app) == Texts{"error file-system-dependency FileSystemConfigs.0.Arn"});
    CHECK_THAT(messagesOf(app), Catch::Contains("mount target [S/Near]"));
}

TEST_CASE_METHOD(Fixture, "rejects a function whose file system has no mount target") {
    stack.add<aws::lambda::Function>("Fn", props(accessPoint.attrArn()));

    CHECK(findingsOf(app) == Texts{"error file-system-dependency FileSystemConfigs.0.Arn"});
    CHECK_THAT(messagesOf(app), Catch::Contains("no mount target in this stack"));
}

TEST_CASE_METHOD(Fixture, "rejects a function with a file system and without a VPC") {
    auto& near = mountTarget("Near", left);
    auto& function = stack.add<aws::lambda::Function>("Fn", props(accessPoint.attrArn()));
    function.addDependency(near);
    function.addPropertyDeletionOverride("VpcConfig");

    CHECK(findingsOf(app) == Texts{"error file-system-without-vpc FileSystemConfigs"});
}

TEST_CASE_METHOD(Fixture, "rejects the id of an access point where its ARN belongs") {
    auto& near = mountTarget("Near", left);
    auto& function = stack.add<aws::lambda::Function>("Fn", props(accessPoint.ref()));
    function.addDependency(near);

    CHECK(findingsOf(app) == Texts{"error wrong-reference FileSystemConfigs.0.Arn"});
}

TEST_CASE_METHOD(Fixture, "rejects a mount path outside of /mnt") {
    auto& near = mountTarget("Near", left);
    auto& function = stack.add<aws::lambda::Function>("Fn", props(accessPoint.attrArn()));
    function.addDependency(near);
    function.addPropertyOverride("FileSystemConfigs.0.LocalMountPath", "/db");

    CHECK(findingsOf(app) == Texts{"error pattern FileSystemConfigs.0.LocalMountPath"});
}
