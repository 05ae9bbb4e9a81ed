#include <loam/aws/kms.hpp>
#include <loam/intrinsics.hpp>
#include <loam/key.hpp>
#include <loam/lazy.hpp>
#include <loam/stack.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

const std::vector<std::string> decryptActions{"kms:Decrypt"};
const std::vector<std::string> encryptActions{"kms:Encrypt", "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"};

struct ImportedKeyProps {
    Str arn;
};

/// A key known by its ARN.
class ImportedKey : public KeyBase {
  public:
    using Props = ImportedKeyProps;
    ImportedKey(Scope scope, Props props) : KeyBase(std::move(scope)), arn_(std::move(props.arn)) {}
    Str keyArn() const override { return arn_; }
    Str keyId() const override { return arn_; }

  private:
    Str arn_;
};

}  // namespace

Grant KeyBase::grantDecrypt(Grantee& grantee) {
    return Grant::give(grantee, {.actions = decryptActions, .resources = {keyArn()}});
}

Grant KeyBase::grantEncrypt(Grantee& grantee) {
    return Grant::give(grantee, {.actions = encryptActions, .resources = {keyArn()}});
}

Grant KeyBase::grantEncryptDecrypt(Grantee& grantee) {
    grantDecrypt(grantee);
    return grantEncrypt(grantee);
}

void KeyBase::allowUseBy(const Principal&, const std::vector<PolicyCondition>&) {}

Key::Key(Scope scope, const Props& props) : KeyBase(std::move(scope)) {
    const auto window = props.pendingWindow.count();
    require(window >= 7 && window <= 30, *this,
        "pendingWindow must be 7 to 30 days, got " + std::to_string(window));
    // In a key's policy "*" is the key itself. Without this statement nobody could manage the key.
    policy_.add({
        .actions = {"kms:*"},
        .resources = {"*"},
        .principals = {Principal::account(stack().account())},
    });
    auto& resource = add<aws::kms::Key>("Resource",
        {
            .description = given(props.description),
            .enableKeyRotation = true,
            .keyPolicy = lazy<Any>([this] { return policy_.render(); }),
            .pendingWindowInDays = window,
        });
    resource.applyRemovalPolicy(props.removalPolicy);
    resource_ = &resource;
    if (!props.alias.empty()) {
        add<aws::kms::Alias>("Alias",
            {
                .aliasName =
                    props.alias.starts_with("alias/") ? props.alias : "alias/" + props.alias,
                .targetKeyId = keyId(),
            });
    }
}

KeyBase& Key::fromArn(Construct& scope, std::string_view id, Str arn, SourceLocation where) {
    return scope.add<ImportedKey>(id, {.arn = std::move(arn)}, where);
}

Str Key::keyArn() const { return resource_->attribute("Arn"); }
Str Key::keyId() const { return resource_->ref(); }

void Key::allowUseBy(const Principal& service, const std::vector<PolicyCondition>& conditions) {
    std::vector<std::string> actions(decryptActions);
    actions.emplace_back("kms:DescribeKey");
    actions.insert(actions.end(), encryptActions.begin(), encryptActions.end());
    policy_.add({
        .actions = std::move(actions),
        .resources = {"*"},
        .conditions = conditions,
        .principals = {service},
    });
}

}  // namespace loam
