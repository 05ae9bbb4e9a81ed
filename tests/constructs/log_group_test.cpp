#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

TEST_CASE("a log group has a retention and stays", "[logs]") {
    OneStack test;
    test.stack.add<LogGroup>("Logs", {});

    CHECK_THAT(test.render(),
        hasResource("AWS::Logs::LogGroup", R"({
        "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain",
        "Properties": {"RetentionInDays": 90, "LogGroupName": "{{absent}}"}
    })",
            Part::Entry));
}

TEST_CASE("a log group can keep logs for ever", "[logs]") {
    OneStack test;
    test.stack.add<LogGroup>("Logs", {.retention = Retention::Infinite});

    CHECK_THAT(
        test.render(), hasResource("AWS::Logs::LogGroup", R"({"RetentionInDays": "{{absent}}"})"));
}

TEST_CASE("a log group with a key lets the logs service use it", "[logs]") {
    OneStack test;
    auto& key = test.stack.add<Key>("Key", {});
    test.stack.add<LogGroup>("Logs", {.key = &key});

    CHECK_THAT(test.render(), hasResource("AWS::KMS::Key", R"({"KeyPolicy": {"Statement": [
        {"Action": "kms:*"},
        {
            "Action": {"{{contains}}": ["kms:DescribeKey"]},
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": {"Fn::Sub":
                "arn:${AWS::Partition}:logs:eu-central-1:123456789012:log-group:*"}}},
            "Principal": {"Service": {"Fn::Sub": "logs.eu-central-1.${AWS::URLSuffix}"}}
        }]}})"));
}

TEST_CASE("a service that may write is bound to the account", "[logs]") {
    OneStack test;
    auto& logs = test.stack.add<LogGroup>("Logs", {});

    logs.allowWriteFrom(Principal::service("datasync.amazonaws.com"));

    CHECK_THAT(test.render(), hasResource("AWS::Logs::ResourcePolicy", R"({
        "PolicyName": "Test-Logs",
        "PolicyDocument": {"Statement": [{
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": {"Fn::GetAtt": ["Logs", "Arn"]},
            "Principal": {"Service": "datasync.amazonaws.com"},
            "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}
        }]}
    })"));
}
