#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

struct WithBoth : OneStack {
    Vpc& vpc = stack.add<Vpc>("Vpc", {});
    FileSystem& files = stack.add<FileSystem>("Files", {.vpc = vpc});
    AccessPoint& point = stack.add<AccessPoint>("Point", {.fileSystem = files, .path = "/data"});
    Bucket& bucket = stack.add<Bucket>("Bucket", {});

    S3Sync& add(Schedule schedule = Schedule::rate(1h)) {
        return stack.add<S3Sync>("Sync",
            {.scheduleExpression = std::move(schedule), .source = &point, .destination = &bucket});
    }
};

}  // namespace

TEST_CASE("s3Sync runs hourly unless told otherwise", "[s3_sync]") {
    WithBoth test;

    SECTION("hourly") {
        test.add();
        CHECK_THAT(test.render(),
            hasResource("AWS::DataSync::Task",
                R"json({"Schedule": {"ScheduleExpression": "rate(1 hour)"}, "Name": "Test-Sync"})json"));
    }
    SECTION("at three in the morning") {
        test.add(Schedule::cron({.hour = "3"}));
        CHECK_THAT(test.render(),
            hasResource("AWS::DataSync::Task",
                R"json({"Schedule": {"ScheduleExpression": "cron(0 3 * * ? *)"}})json"));
    }
}

TEST_CASE("s3Sync reads through the access point over TLS", "[s3_sync]") {
    WithBoth test;
    test.add();

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::DataSync::LocationEFS", R"({
        "DependsOn": {"{{contains}}": ["{{matches ^FilesMountTargetsIsolatedSubnet1}}"]},
        "Properties": {
            "InTransitEncryption": "TLS1_2",
            "AccessPointArn": {"Fn::GetAtt": ["Point", "Arn"]},
            "EfsFilesystemArn": {"Fn::GetAtt": ["Files", "Arn"]},
            "FileSystemAccessRoleArn": {"Fn::GetAtt": ["{{matches ^SyncSourceRole}}", "Arn"]},
            "Ec2Config": {
                "SubnetArn": {"Fn::Sub": "{{matches ^arn:..AWS::Partition.:ec2:eu-central-1:123456789012:subnet/}}"},
                "SecurityGroupArns": [{"Fn::Sub": "{{matches :security-group/}}"}]
            }
        }
    })",
            Part::Entry));
    CHECK_THAT(document, hasResource("AWS::IAM::Policy", R"({
        "Roles": [{"Ref": "{{matches ^SyncSourceRole}}"}],
        "PolicyDocument": {"{{exactly}}": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "elasticfilesystem:ClientMount", "Resource": "{{any}}", "Condition": "{{any}}"}]}}
    })"));
}

TEST_CASE("s3Sync writes below its prefix of that bucket and nowhere else", "[s3_sync]") {
    WithBoth test;
    test.add();

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::DataSync::LocationS3", R"({"Subdirectory": "/efs",
        "S3BucketArn": {"Fn::GetAtt": ["Bucket", "Arn"]}})"));
    CHECK_THAT(document, hasResource("AWS::IAM::Policy", R"({
        "Roles": [{"Ref": "{{matches ^SyncDestinationRole}}"}],
        "PolicyDocument": {"Statement": [
            {"Action": ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
             "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]}},
            {"Action": {"{{contains}}": ["s3:PutObject", "s3:DeleteObject"]},
             "Resource": {"Fn::Sub": "${Bucket.Arn}/efs/*"}}
        ]}
    })"));
}

TEST_CASE("s3Sync records transfers in a log group that DataSync may write", "[s3_sync]") {
    WithBoth test;
    test.add();

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::Logs::LogGroup",
            R"({"LogGroupName": "/aws/datasync/Test-Sync", "RetentionInDays": 14})"));
    CHECK_THAT(
        document, hasResource("AWS::Logs::ResourcePolicy", R"({"PolicyDocument": {"Statement": [
        {"Principal": {"Service": "datasync.amazonaws.com"}}]}})"));
    CHECK_THAT(document, hasResource("AWS::DataSync::Task", R"({"Options": {"LogLevel": "TRANSFER",
        "PreserveDeletedFiles": "PRESERVE"}})"));
    CHECK(test.findings() == Ids{"bucket-access-logs"});
}

TEST_CASE("rejects a sync without ends or more than once an hour", "[s3_sync]") {
    WithBoth test;

    CHECK_THROWS_WITH(test.stack.add<S3Sync>("Sync", {.source = &test.point}),
        Catch::Contains("source and destination are required"));
    CHECK_THROWS_WITH(test.add(Schedule::rate(30min)), Catch::Contains("got rate(30 minutes)"));
}

TEST_CASE("rejects a subdirectory with slashes around it", "[s3_sync]") {
    const auto* subdirectory = GENERATE("", "/efs", "efs/");
    WithBoth test;

    CHECK_THROWS_WITH(
        test.stack.add<S3Sync>("Sync",
            {.source = &test.point, .destination = &test.bucket, .subdirectory = subdirectory}),
        Catch::Contains(std::string("got \"") + subdirectory + "\""));
}
