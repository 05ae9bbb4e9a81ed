#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void finishDocument(Builder& builder) {
    if (!builder.main().has("document_type")) builder.main().set("document_type", "Command");
}

}  // namespace

std::vector<TypeMapping> ssmMappings() {
    return {
        {"AWS::SSM::Parameter", "aws_ssm_parameter",
            {"AllowedPattern", "DataType", "Description", "Name",
                refused("Policies", "the provider has no parameter policies"), "Tags", "Tier",
                "Type",
                // CloudFormation makes no SecureString, so that the value need not be hidden.
                {"Value", "insecure_value"}},
            {{"Ref", "name"}, {"Type", "type"}, {"Value", "insecure_value"}}, nullptr, "name",
            1011},
        {"AWS::SSM::Document", "aws_ssm_document",
            {document("Content"), "DocumentFormat", "DocumentType", "Name", tags(), "TargetType",
                refused("UpdateMethod", "the provider always makes a new version"), "VersionName"},
            {{"Ref", "name"}}, finishDocument, "name", 128}};
}

}  // namespace loam::terraform
