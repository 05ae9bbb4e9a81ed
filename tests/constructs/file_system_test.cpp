#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

struct WithFileSystem : OneStack {
    Vpc& vpc = stack.add<Vpc>("Vpc", {});
    FileSystem& files = stack.add<FileSystem>("Files", {.vpc = vpc, .fileSystemName = "articles"});
};

}  // namespace

TEST_CASE("a file system is encrypted, backed up, kept, and in every inner subnet", "[efs]") {
    WithFileSystem test;

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::EFS::FileSystem", R"({
        "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain",
        "Properties": {
            "Encrypted": true, "BackupPolicy": {"Status": "ENABLED"}, "ThroughputMode": "elastic",
            "FileSystemTags": [{"Key": "Name", "Value": "articles"}], "LifecyclePolicies": "{{absent}}"
        }
    })",
            Part::Entry));
    CHECK_THAT(document, resourceCount("AWS::EFS::MountTarget", 2));
    CHECK_THAT(document, hasResource("AWS::EFS::MountTarget", R"({"FileSystemId": {"Ref": "Files"},
        "SubnetId": {"Ref": "{{matches ^VpcIsolatedSubnet2}}"}})"));
    CHECK(test.findings().empty());
}

TEST_CASE("a file system refuses clients without TLS", "[efs]") {
    WithFileSystem test;

    CHECK_THAT(
        test.render(), hasResource("AWS::EFS::FileSystem", R"({"FileSystemPolicy": {"Statement": [{
        "Effect": "Deny", "Principal": {"AWS": "*"},
        "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess", "elasticfilesystem:ClientWrite"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }]}})"));
}

TEST_CASE("an access point fixes user, directory and mode", "[efs]") {
    WithFileSystem test;
    test.stack.add<AccessPoint>("Lambda", {.fileSystem = test.files, .path = "/lambda"});

    CHECK_THAT(test.render(), hasResource("AWS::EFS::AccessPoint", R"({
        "FileSystemId": {"Ref": "Files"},
        "PosixUser": {"Uid": "1000", "Gid": "1000"},
        "RootDirectory": {"Path": "/lambda",
            "CreationInfo": {"OwnerUid": "1000", "OwnerGid": "1000", "Permissions": "0750"}}
    })"));
}

TEST_CASE("reading through an access point does not let the client write", "[efs]") {
    WithFileSystem test;
    auto& point = test.stack.add<AccessPoint>("Point", {.fileSystem = test.files, .path = "/a"});
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    SECTION("read") {
        point.grantRead(role);
        CHECK_THAT(
            test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [{
            "Action": "elasticfilesystem:ClientMount",
            "Resource": {"Fn::GetAtt": ["Files", "Arn"]},
            "Condition": {"StringEquals": {"elasticfilesystem:AccessPointArn": {"Fn::GetAtt": ["Point", "Arn"]}}}
        }]}})"));
    }
    SECTION("read and write") {
        point.grantReadWrite(role);
        CHECK_THAT(
            test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [{
            "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]}]}})"));
    }
}

TEST_CASE("files that nobody reads can move to cheaper storage", "[efs]") {
    OneStack test;
    auto& vpc = test.stack.add<Vpc>("Vpc", {});
    test.stack.add<FileSystem>("Files",
        {
            .vpc = vpc,
            .throughputMode = ThroughputMode::Bursting,
            .automaticBackups = false,
            .infrequentAccessAfterDays = 1,
            .removalPolicy = RemovalPolicy::Destroy,
        });

    CHECK_THAT(test.render(),
        hasResource("AWS::EFS::FileSystem", R"({
        "DeletionPolicy": "Delete",
        "Properties": {"ThroughputMode": "bursting", "BackupPolicy": {"Status": "DISABLED"},
            "LifecyclePolicies": [{"TransitionToIA": "AFTER_1_DAY"},
                {"TransitionToPrimaryStorageClass": "AFTER_1_ACCESS"}]}
    })",
            Part::Entry));
}

TEST_CASE("rejects an access point with a relative path or a strange mode", "[efs]") {
    WithFileSystem test;

    CHECK_THROWS_WITH(
        (test.stack.add<AccessPoint>("Point", {.fileSystem = test.files, .path = "lambda"})),
        Catch::Contains("got \"lambda\""));
    CHECK_THROWS_WITH(
        (test.stack.add<AccessPoint>("Point", {.fileSystem = test.files, .permissions = 010000})),
        Catch::Contains("octal"));
}
