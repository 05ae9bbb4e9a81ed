// Topics, queues and secrets.

#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

TEST_CASE("a topic is encrypted and refuses messages without TLS", "[sns]") {
    OneStack test;
    test.stack.add<Topic>("Topic", {});

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::SNS::Topic",
            R"({"KmsMasterKeyId": {"Fn::GetAtt": ["{{matches ^TopicKey}}", "Arn"]}})"));
    CHECK_THAT(document, hasResource("AWS::SNS::TopicPolicy", R"({"Topics": [{"Ref": "Topic"}],
        "PolicyDocument": {"Statement": [{"Effect": "Deny", "Action": "sns:Publish", "Resource": {"Ref": "Topic"},
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}})"));
    CHECK(test.findings().empty());
}

TEST_CASE("whoever may publish may use the topic's key", "[sns]") {
    OneStack test;
    auto& topic = test.stack.add<Topic>("Topic", {});
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    topic.grantPublish(role);

    CHECK_THAT(test.render(),
        hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": {"{{contains}}": [
        {"Action": {"{{contains}}": ["kms:Decrypt", "kms:GenerateDataKey"]}},
        {"Action": "sns:Publish", "Resource": {"Ref": "Topic"}}]}}})"));
}

TEST_CASE("a topic can send mail", "[sns]") {
    OneStack test;
    test.stack.add<Topic>("Topic", {}).addEmailSubscription("Mail", "operations@example.com");

    CHECK_THAT(test.render(),
        hasResource("AWS::SNS::Subscription",
            R"({"Protocol": "email", "Endpoint": "operations@example.com", "TopicArn": {"Ref": "Topic"}})"));
}

TEST_CASE("a topic defined elsewhere is known by its ARN", "[sns]") {
    OneStack test;
    auto& topic =
        Topic::fromArn(test.stack, "Topic", "arn:aws:sns:eu-central-1:123456789012:theirs");
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    topic.grantPublish(role);

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Action": "sns:Publish", "Resource": "arn:aws:sns:eu-central-1:123456789012:theirs"}]}})"));
}

TEST_CASE("a queue is encrypted, used over TLS and wants a dead letter queue", "[sqs]") {
    OneStack test;
    auto& dead = test.stack.add<Queue>("Dead", {});

    SECTION("without one a finding says so") { CHECK(test.findings() == Ids{"queue-dead-letter"}); }
    SECTION("the dead letter queue itself needs none") {
        test.stack.add<Queue>(
            "Queue", {.visibilityTimeout = 1min, .deadLetterQueue = DeadLetterQueue{dead, 5}});
        CHECK(test.findings().empty());
        CHECK_THAT(test.render(), hasResource("AWS::SQS::Queue", R"({"SqsManagedSseEnabled": true,
            "VisibilityTimeout": 60, "MessageRetentionPeriod": 345600,
            "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 5}})"));
        CHECK_THAT(test.render(), resourceCount("AWS::SQS::QueuePolicy", 2));
        CHECK_THAT(test.render(),
            hasResource("AWS::SQS::QueuePolicy", R"({"PolicyDocument": {"Statement": [
            {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}})"));
    }
}

TEST_CASE("sending and receiving are granted apart", "[sqs]") {
    OneStack test;
    auto& queue = test.stack.add<Queue>("Queue", {});
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    SECTION("sending") {
        queue.grantSend(role);
        CHECK_THAT(test.render().text, Catch::Contains("sqs:SendMessage"));
        CHECK_THAT(test.render().text, !Catch::Contains("sqs:ReceiveMessage"));
    }
    SECTION("receiving") {
        queue.grantReceive(role);
        CHECK_THAT(test.render().text, Catch::Contains("sqs:ReceiveMessage"));
        CHECK_THAT(test.render().text, !Catch::Contains("sqs:SendMessage"));
    }
}

TEST_CASE(
    "a secret is made up at deployment, kept, and its lack of rotation reported", "[secret]") {
    OneStack test;
    auto& secret = test.stack.add<Secret>("Secret",
        {.secretStringTemplate = R"({"username": "app"})", .generateStringKey = "password"});

    CHECK_THAT(test.render(),
        hasResource("AWS::SecretsManager::Secret", R"({
        "DeletionPolicy": "Retain",
        "Properties": {"SecretString": "{{absent}}", "GenerateSecretString": {"PasswordLength": 32,
            "GenerateStringKey": "password", "SecretStringTemplate": {"{{json}}": {"username": "app"}}}}
    })",
            Part::Entry));
    CHECK(test.findings() == Ids{"secret-rotation"});
    secret.acknowledge("secret-rotation", "Changed by hand every year");
    CHECK(test.findings().empty());
}

TEST_CASE("reading a secret is granted for that secret only", "[secret]") {
    OneStack test;
    auto& secret = test.stack.add<Secret>("Secret", {});
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    secret.grantRead(role);

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [{
        "Action": ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        "Resource": {"Ref": "Secret"}}]}})"));
}

TEST_CASE("rejects a secret's template without a key name", "[secret]") {
    OneStack test;

    CHECK_THROWS_WITH(test.stack.add<Secret>("Secret", {.secretStringTemplate = "{}"}),
        Catch::Contains("give both or none"));
}
