#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

TEST_CASE("a key is rotated, retained and managed by the account", "[kms]") {
    OneStack test;
    test.stack.add<Key>("Key", {.alias = "orders"});

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::KMS::Key", R"({
        "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain",
        "Properties": {
            "EnableKeyRotation": true, "PendingWindowInDays": 30,
            "KeyPolicy": {"Statement": [{"Action": "kms:*", "Resource": "*", "Principal": {"AWS": "{{any}}"}}]}
        }
    })",
            Part::Entry));
    CHECK_THAT(document, hasResource("AWS::KMS::Alias", R"({"AliasName": "alias/orders"})"));
    CHECK(test.findings().empty());
}

TEST_CASE("granting decryption gives that key and no other action", "[kms]") {
    OneStack test;
    auto& key = test.stack.add<Key>("Key", {});
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    key.grantDecrypt(role);

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Action": "kms:Decrypt", "Resource": {"Fn::GetAtt": ["Key", "Arn"]}}]}})"));
}

TEST_CASE("a key defined elsewhere is granted by its ARN", "[kms]") {
    OneStack test;
    auto& key = Key::fromArn(test.stack, "Key", "arn:aws:kms:eu-central-1:123456789012:key/a");
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    key.grantEncrypt(role);

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Resource": "arn:aws:kms:eu-central-1:123456789012:key/a"}]}})"));
}

TEST_CASE("rejects a pending window that KMS does not know", "[kms]") {
    OneStack test;

    CHECK_THROWS_WITH(test.stack.add<Key>("Key", {.pendingWindow = days{3}}),
        Catch::Contains("7 to 30 days, got 3"));
}
