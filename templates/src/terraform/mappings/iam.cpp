#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

struct Principal {
    const char* property;
    const char* argument;
    const char* policyType;
    const char* attachmentType;
};

constexpr Principal principals[] = {
    {"Roles", "role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"},
    {"Users", "user", "aws_iam_user_policy", "aws_iam_user_policy_attachment"},
    {"Groups", "group", "aws_iam_group_policy", "aws_iam_group_policy_attachment"},
};

void finishRole(Builder& builder) {
    for (const auto& policy : builder.items("Policies")) {
        const auto name = propertyOf(policy.value, "PolicyName");
        const auto label = name.present() ? builder.label(name) : std::string();
        auto& part = builder.part("aws_iam_role_policy", label, policy.guard);
        part.body.set("role", builder.mainAttribute("name"));
        builder.apply(
            {document("PolicyDocument", "policy"), {"PolicyName", "name"}}, policy, part.body);
    }
    for (const auto& arn : builder.items("ManagedPolicyArns")) {
        auto& part =
            builder.part("aws_iam_role_policy_attachment", builder.label(arn.value), arn.guard);
        part.body.set("role", builder.mainAttribute("name"));
        part.body.set("policy_arn", builder.argument(arn.value));
    }
}

/// The provider's inline policies belong to one principal each.
void finishPolicy(Builder& builder) {
    for (const auto& principal : principals) {
        builder.policyParts(principal.property, principal.policyType, principal.argument);
    }
}

void finishManagedPolicy(Builder& builder) {
    for (const auto& principal : principals) {
        for (const auto& item : builder.items(principal.property)) {
            auto& part =
                builder.part(principal.attachmentType, builder.label(item.value), item.guard);
            part.body.set(principal.argument, builder.argument(item.value));
            part.body.set("policy_arn", builder.mainAttribute("arn"));
        }
    }
}

void finishInstanceProfile(Builder& builder) {
    const auto roles = builder.items("Roles");
    if (roles.size() != 1 || !roles.front().guard.empty()) {
        builder.refuse("Roles", "an instance profile has exactly one role, without a condition");
        return;
    }
    builder.main().set("role", builder.argument(roles.front().value));
}

}  // namespace

std::vector<TypeMapping> iamMappings() {
    const auto policy = document("PolicyDocument", "policy");
    return {
        {"AWS::IAM::Role", "aws_iam_role",
            {document("AssumeRolePolicyDocument", "assume_role_policy"), "Description",
                custom("ManagedPolicyArns"), "MaxSessionDuration", "Path", "PermissionsBoundary",
                custom("Policies"), {"RoleName", "name"}, tags()},
            {{"Ref", "name"}, {"Arn", "arn"}, {"RoleId", "unique_id"}}, finishRole},
        {"AWS::IAM::RolePolicy", "aws_iam_role_policy",
            {policy, {"PolicyName", "name"}, {"RoleName", "role"}}, {{"Ref", "id"}}},
        {"AWS::IAM::Policy", "",
            {custom("Groups"), custom("PolicyDocument"), custom("PolicyName"), custom("Roles"),
                custom("Users")},
            {}, finishPolicy},
        {"AWS::IAM::ManagedPolicy", "aws_iam_policy",
            {"Description", custom("Groups"), {"ManagedPolicyName", "name"}, "Path", policy,
                custom("Roles"), tags(), custom("Users")},
            {{"Ref", "arn"}, {"PolicyArn", "arn"}, {"PolicyId", "policy_id"}}, finishManagedPolicy},
        {"AWS::IAM::InstanceProfile", "aws_iam_instance_profile",
            {{"InstanceProfileName", "name"}, "Path", custom("Roles"), tags()},
            {{"Ref", "name"}, {"Arn", "arn"}}, finishInstanceProfile}};
}

}  // namespace loam::terraform
