#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void finishKey(Builder& builder) {
    const auto origin = builder.property("Origin");
    if (!origin.present()) return;
    const auto* text = literal(origin);
    if (text == nullptr || *text != "AWS_KMS") {
        builder.refuse("Origin", "keys of other origins are not mapped; only AWS_KMS is");
    }
}

}  // namespace

std::vector<TypeMapping> kmsMappings() {
    return {
        {"AWS::KMS::Key", "aws_kms_key",
            {"BypassPolicyLockoutSafetyCheck", "Description", "EnableKeyRotation",
                {"Enabled", "is_enabled"}, document("KeyPolicy", "policy"),
                {"KeySpec", "customer_master_key_spec"}, "KeyUsage", "MultiRegion",
                custom("Origin"), {"PendingWindowInDays", "deletion_window_in_days"},
                "RotationPeriodInDays", tags()},
            {{"Ref", "key_id"}, {"KeyId", "key_id"}, {"Arn", "arn"}}, finishKey},
        {"AWS::KMS::Alias", "aws_kms_alias", {{"AliasName", "name"}, "TargetKeyId"},
            {{"Ref", "name"}}}};
}

}  // namespace loam::terraform
