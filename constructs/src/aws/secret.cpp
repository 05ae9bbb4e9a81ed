#include <loam/aws/secretsmanager.hpp>
#include <loam/findings.hpp>
#include <loam/key.hpp>
#include <loam/secret.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

const std::vector<std::string> readActions{
    "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"};
const std::vector<std::string> writeActions{
    "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecret"};

}  // namespace

Secret::Secret(Scope scope, const Props& props) : Construct(std::move(scope)), key_(props.key) {
    require(props.secretStringTemplate.empty() == props.generateStringKey.empty(), *this,
        "secretStringTemplate and generateStringKey belong together; give both or none");
    auto& resource = add<aws::secretsmanager::Secret>("Resource",
        {
            .description = given(props.description),
            .generateSecretString = {{
                .excludePunctuation = props.excludePunctuation ? Bool(true) : Bool(),
                .generateStringKey = given(props.generateStringKey),
                .passwordLength = props.passwordLength,
                .secretStringTemplate = given(props.secretStringTemplate),
            }},
            .kmsKeyId = key_ == nullptr ? Str() : key_->keyArn(),
            .name = given(props.secretName),
        });
    resource.applyRemovalPolicy(props.removalPolicy);
    resource_ = &resource;
}

Str Secret::secretArn() const { return resource_->ref(); }

Grant Secret::grantRead(Grantee& grantee) {
    if (key_ != nullptr) key_->grantDecrypt(grantee);
    return Grant::give(grantee, {.actions = readActions, .resources = {secretArn()}});
}

Grant Secret::grantWrite(Grantee& grantee) {
    if (key_ != nullptr) key_->grantEncryptDecrypt(grantee);
    return Grant::give(grantee, {.actions = writeActions, .resources = {secretArn()}});
}

void Secret::validate(Findings& findings) const {
    findings.warning(*this, "secret-rotation",
        "nothing rotates the secret; add an aws::secretsmanager::RotationSchedule and acknowledge "
        "\"secret-rotation\" with it, or with the reason why the secret stays");
}

}  // namespace loam
