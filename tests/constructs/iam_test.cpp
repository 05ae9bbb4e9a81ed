#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

TEST_CASE("statements that differ only in resources or only in actions become one", "[iam]") {
    OneStack test;
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    role.addToPolicy({.actions = {"s3:PutObject", "s3:GetObject"}, .resources = {"arn:a"}});
    role.addToPolicy(
        {.actions = {"s3:GetObject", "s3:PutObject"}, .resources = {"arn:b", "arn:a"}});
    role.addToPolicy({.actions = {"s3:DeleteObject"}, .resources = {"arn:a", "arn:b"}});

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({
        "PolicyDocument": {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            "Resource": ["arn:a", "arn:b"]
        }]},
        "Roles": [{"Ref": "Role"}]
    })"));
}

TEST_CASE("statements with different conditions stay apart", "[iam]") {
    OneStack test;
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    role.addToPolicy({.actions = {"s3:GetObject"}, .resources = {"arn:a"}});
    role.addToPolicy({.actions = {"s3:GetObject"},
        .resources = {"arn:b"},
        .conditions = {{"Bool", "aws:SecureTransport", {"true"}}}});

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [
        {"Resource": "arn:a", "Condition": "{{absent}}"},
        {"Resource": "arn:b", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
    ]}})"));
}

TEST_CASE("a role is taken on by its principal under its conditions", "[iam]") {
    OneStack test;
    test.stack.add<Role>("Role",
        {
            .assumedBy = Principal::service("datasync.amazonaws.com"),
            .conditions = {{"StringEquals", "aws:SourceAccount", {"123456789012"}}},
        });

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Role", R"({
        "AssumeRolePolicyDocument": {"Statement": [{
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "datasync.amazonaws.com"},
            "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}
        }]},
        "ManagedPolicyArns": "{{absent}}", "RoleName": "{{absent}}"
    })"));
}

TEST_CASE("a role defined elsewhere gets a policy by its name", "[iam]") {
    OneStack test;
    auto& role = Role::fromArn(test.stack, "Role", "arn:aws:iam::123456789012:role/team/deployer");

    role.addToPolicy({.actions = {"s3:GetObject"}, .resources = {"arn:a"}});

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"Roles": ["deployer"]})"));
    CHECK_THAT(test.render(), resourceCount("AWS::IAM::Role", 0));
}

TEST_CASE("a managed policy is attached by its ARN", "[iam]") {
    OneStack test;
    auto& policy = test.stack.add<ManagedPolicy>(
        "Shared", {.statements = {{.actions = {"s3:GetObject"}, .resources = {"arn:a"}}}});
    test.stack.add<Role>("Role",
        {.assumedBy = Principal::service("ec2.amazonaws.com"), .managedPolicies = {&policy}});

    CHECK_THAT(test.render(),
        hasResource("AWS::IAM::Role", R"({"ManagedPolicyArns": [{"Ref": "Shared"}]})"));
}

TEST_CASE("rejects wildcards that nobody gave a reason for", "[iam]") {
    OneStack test;
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    SECTION("all resources") {
        role.addToPolicy({.actions = {"s3:ListBucket"}, .resources = {"*"}});
        CHECK(test.findings() == Ids{"wildcard-permission"});
    }
    SECTION("all actions of a service") {
        role.addToPolicy({.actions = {"s3:*"}, .resources = {"arn:aws:s3:::x"}});
        CHECK(std::ranges::count(test.findings(), "wildcard-permission") == 1);
    }
    SECTION("with a reason they are accepted") {
        role.addToPolicy({.actions = {"xray:PutTraceSegments"}, .resources = {"*"}});
        role.acknowledge("wildcard-permission", "X-Ray has no resources");
        CHECK(test.findings().empty());
        CHECK(test.reasonFor("wildcard-permission") == "X-Ray has no resources");
    }
    SECTION("denying everything is fine") {
        role.addToPolicy(
            {.effect = Effect::Deny, .actions = {"s3:DeleteBucket"}, .resources = {"*"}});
        CHECK(test.findings().empty());
    }
}

TEST_CASE("rejects a policy without statement or role", "[iam]") {
    OneStack test;
    test.stack.add<Policy>("Policy", {});

    const auto ids = test.findings();

    CHECK(std::ranges::count(ids, "empty-policy") == 1);
    CHECK(std::ranges::count(ids, "unused-policy") == 1);
}

TEST_CASE("a grant can be waited for", "[iam]") {
    OneStack test;
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});
    auto& bucket = test.stack.add<Bucket>("Bucket", {});

    role.addToPolicy({.actions = {"s3:GetObject"}, .resources = {"arn:a"}}).applyBefore(bucket);

    CHECK_THAT(test.render(),
        hasResource("AWS::S3::Bucket", R"({"DependsOn": "{{matches ^RolePolicy}}"})", Part::Entry));
}

TEST_CASE("rejects statements that say nothing or contradict themselves", "[iam]") {
    PolicyDocument document;

    CHECK_THROWS_WITH(
        document.add({.resources = {"*"}}), Catch::Contains("needs at least one action"));
    CHECK_THROWS_WITH(
        document.add({.actions = {"s3:GetObject"},
            .resources = {"*"},
            .conditions = {{"StringEquals", "aws:SourceAccount", {"1"}},
                {"StringEquals", "aws:SourceAccount", {"2"}}}}),
        Catch::Contains("StringEquals of aws:SourceAccount twice"));
}
