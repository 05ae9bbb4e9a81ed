#pragma once

#include <loam/iam.hpp>

namespace loam {

/// An encryption key of this app or of elsewhere.
class KeyBase : public Construct {
  public:
    virtual Str keyArn() const = 0;
    virtual Str keyId() const = 0;

    /// Lets someone read what the key encrypts.
    Grant grantDecrypt(Grantee& grantee);
    /// Lets someone write what the key encrypts.
    Grant grantEncrypt(Grantee& grantee);
    Grant grantEncryptDecrypt(Grantee& grantee);
    /// Lets a service use the key where the conditions hold. The policy of a key defined elsewhere
    /// must permit it there.
    virtual void
    allowUseBy(const Principal& service, const std::vector<PolicyCondition>& conditions = {});

  protected:
    using Construct::Construct;
};

struct KeyProps {
    std::string description = {};
    /// A name beside the id: `alias/orders`. Default: none.
    std::string alias = {};
    /// Time between the deletion and its effect, 7 to 30 days.
    days pendingWindow = days{30};
    /// Default: Retain.
    RemovalPolicy removalPolicy = RemovalPolicy::Default;
};

/// A symmetric KMS key that is rotated every year. The account's identity policies decide who uses
/// it.
class Key : public KeyBase {
  public:
    using Props = KeyProps;
    Key(Scope scope, const Props& props);

    /// A key defined elsewhere.
    static KeyBase& fromArn(Construct& scope, std::string_view id, Str arn,
        SourceLocation where = SourceLocation::current());

    Str keyArn() const override;
    Str keyId() const override;
    void allowUseBy(
        const Principal& service, const std::vector<PolicyCondition>& conditions = {}) override;
    void addToResourcePolicy(PolicyStatement statement) { policy_.add(std::move(statement)); }

  private:
    PolicyDocument policy_;
    Resource* resource_;
};

}  // namespace loam
