#pragma once

#include <loam/iam.hpp>

namespace loam {

class KeyBase;

struct SecretProps {
    std::string description = {};
    /// Default: made by CloudFormation.
    std::string secretName = {};
    /// Length of the password that Secrets Manager makes up.
    int passwordLength = 32;
    bool excludePunctuation = false;
    /// A JSON object to which the password is added under `generateStringKey`:
    /// `{"username": "app"}`. Default: the secret is the password alone.
    std::string secretStringTemplate = {};
    std::string generateStringKey = {};
    /// Default: the key that Secrets Manager keeps for the account.
    KeyBase* key = nullptr;
    /// Default: Retain.
    RemovalPolicy removalPolicy = RemovalPolicy::Default;
};

/// A secret whose value is made up by Secrets Manager and never stands in a template.
class Secret : public Construct {
  public:
    using Props = SecretProps;
    /// Throws ValidationError if only one of template and key name is given.
    Secret(Scope scope, const Props& props);

    Str secretArn() const;
    Grant grantRead(Grantee& grantee);
    Grant grantWrite(Grantee& grantee);

    /// Reports `secret-rotation`: nothing here rotates the secret.
    void validate(Findings& findings) const override;

  private:
    KeyBase* key_;
    Resource* resource_;
};

}  // namespace loam
