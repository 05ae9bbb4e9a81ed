#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

std::vector<TypeMapping> ssmMappings() {
    return {{"AWS::SSM::Parameter", "aws_ssm_parameter",
        {"AllowedPattern", "DataType", "Description", "Name",
            refused("Policies", "the provider has no parameter policies"), "Tags", "Tier", "Type",
            // CloudFormation makes no SecureString, so that the value need not be hidden.
            {"Value", "insecure_value"}},
        {{"Ref", "name"}, {"Type", "type"}, {"Value", "insecure_value"}}, nullptr, "name", 1011}};
}

}  // namespace loam::terraform
