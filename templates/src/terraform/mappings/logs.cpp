#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void finishLogGroup(Builder& builder) {
    builder.documentPart("DataProtectionPolicy", "aws_cloudwatch_log_data_protection_policy",
        "policy_document", "log_group_name", "name");
}

}  // namespace

std::vector<TypeMapping> logsMappings() {
    return {
        {"AWS::Logs::LogGroup", "aws_cloudwatch_log_group",
            {custom("DataProtectionPolicy"), "DeletionProtectionEnabled", "KmsKeyId",
                "LogGroupClass", {"LogGroupName", "name"}, "RetentionInDays", tags()},
            {{"Ref", "name"}, {"Arn", "{arn}:*"}}, finishLogGroup, {}, 0, nullptr, "skip_destroy"},
        {"AWS::Logs::ResourcePolicy", "aws_cloudwatch_log_resource_policy",
            {document("PolicyDocument"), "PolicyName"}, {{"Ref", "policy_name"}}}};
}

}  // namespace loam::terraform
