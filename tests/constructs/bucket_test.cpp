#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

TEST_CASE("a bucket is private, encrypted, versioned and kept", "[s3]") {
    OneStack test;
    test.stack.add<Bucket>("Bucket", {});

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::S3::Bucket", R"({
        "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain",
        "Properties": {
            "BucketEncryption": {"ServerSideEncryptionConfiguration": [
                {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]},
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
            "PublicAccessBlockConfiguration": {"BlockPublicAcls": true, "BlockPublicPolicy": true,
                "IgnorePublicAcls": true, "RestrictPublicBuckets": true},
            "VersioningConfiguration": {"Status": "Enabled"},
            "LifecycleConfiguration": "{{absent}}"
        }
    })",
            Part::Entry));
    CHECK_THAT(document, hasResource("AWS::S3::BucketPolicy", R"({"PolicyDocument": {"Statement": [{
        "Effect": "Deny", "Action": "s3:*", "Principal": {"AWS": "*"},
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    }]}})"));
}

TEST_CASE("old versions can be deleted after a time", "[s3]") {
    OneStack test;
    test.stack.add<Bucket>("Bucket",
        {.lifecycleRules = {{
             .id = "old",
             .prefix = "efs/",
             .noncurrentVersionExpiration = days{90},
             .newerNoncurrentVersions = 5,
             .abortIncompleteMultipartUploadAfter = days{7},
         }}});

    CHECK_THAT(
        test.render(), hasResource("AWS::S3::Bucket", R"({"LifecycleConfiguration": {"Rules": [{
        "Id": "old", "Prefix": "efs/", "Status": "Enabled", "ExpirationInDays": "{{absent}}",
        "NoncurrentVersionExpiration": {"NoncurrentDays": 90, "NewerNoncurrentVersions": 5},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}
    }]}})"));
}

TEST_CASE("reading is granted for the bucket and the matching objects only", "[s3]") {
    OneStack test;
    auto& bucket = test.stack.add<Bucket>("Bucket", {});
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    bucket.grantRead(role, "efs/*");

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Action": ["s3:GetBucketLocation", "s3:ListBucket"], "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]}},
        {"Action": ["s3:GetObject", "s3:GetObjectVersion"], "Resource": {"Fn::Sub": "${Bucket.Arn}/efs/*"}}
    ]}})"));
}

TEST_CASE("whoever may read an encrypted bucket may decrypt", "[s3]") {
    OneStack test;
    auto& key = test.stack.add<Key>("Key", {});
    auto& bucket = test.stack.add<Bucket>("Bucket", {.key = &key});
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    bucket.grantRead(role);

    const auto document = test.render();
    CHECK_THAT(document, hasResource("AWS::S3::Bucket", R"({"BucketEncryption": {
        "ServerSideEncryptionConfiguration": [{"BucketKeyEnabled": true, "ServerSideEncryptionByDefault": {
            "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {"Fn::GetAtt": ["Key", "Arn"]}}}]}})"));
    CHECK_THAT(document,
        hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": {"{{contains}}": [
        {"Action": "kms:Decrypt", "Resource": {"Fn::GetAtt": ["Key", "Arn"]}}]}}})"));
}

TEST_CASE("a bucket without access logs is reported", "[s3]") {
    OneStack test;
    auto& logs = test.stack.add<Bucket>("Logs", {});

    SECTION("alone") { CHECK(test.findings() == Ids{"bucket-access-logs"}); }
    SECTION("not if it has them, nor if it holds those of others") {
        test.stack.add<Bucket>(
            "Bucket", {.serverAccessLogsBucket = &logs, .serverAccessLogsPrefix = "data/"});
        CHECK(test.findings().empty());
        CHECK_THAT(test.render(),
            hasResource("AWS::S3::Bucket",
                R"({"LoggingConfiguration": {"DestinationBucketName": {"Ref": "Logs"}, "LogFilePrefix": "data/"}})"));
        CHECK_THAT(test.render(),
            hasResource("AWS::S3::BucketPolicy", R"({"PolicyDocument": {"Statement": [
            {"Effect": "Deny"},
            {"Action": "s3:PutObject", "Principal": {"Service": "logging.s3.amazonaws.com"}}]}})"));
    }
}

TEST_CASE("a bucket defined elsewhere is granted by its name", "[s3]") {
    OneStack test;
    auto& bucket = Bucket::fromName(test.stack, "Bucket", "their-bucket");
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    bucket.grantWrite(role);

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Resource": {"Fn::Sub": "arn:${AWS::Partition}:s3:::their-bucket/*"}}]}})"));
    CHECK_THAT(test.render(), resourceCount("AWS::S3::Bucket", 0));
}

TEST_CASE("rejects lifecycle rules that S3 would refuse or that do nothing", "[s3]") {
    OneStack test;
    const auto add = [&](LifecycleRule rule) {
        test.stack.add<Bucket>("Bucket", {.lifecycleRules = {std::move(rule)}});
    };

    CHECK_THROWS_WITH(add({.id = "nothing"}),
        Catch::Contains("[Test/Bucket] the lifecycle rule \"nothing\" does nothing"));
    CHECK_THROWS_WITH(add({.id = "few", .newerNoncurrentVersions = 3}),
        Catch::Contains("needs noncurrentVersionExpiration"));
    CHECK_THROWS_WITH(add({.id = "now", .expiration = days{0}}),
        Catch::Contains("takes times of at least one day, got 0 days"));
}
