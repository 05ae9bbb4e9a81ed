#pragma once

// Who may do what: principals, policy statements, roles, policies, and the grants that constructs
// give.

#include <loam/construct.hpp>
#include <loam/duration.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam {

class Findings;
class ManagedPolicy;
class Policy;
class Resource;
class RoleBase;

/// Who a statement of a resource policy or a trust policy is about.
class Principal {
  public:
    /// A service of AWS: `Principal::service("lambda.amazonaws.com")`.
    static Principal service(Str name) { return Principal("Service", std::move(name)); }
    /// Whatever the account itself permits.
    static Principal account(const Str& accountId);
    /// A role, user or session by its ARN.
    static Principal arn(Str arn) { return Principal("AWS", std::move(arn)); }
    /// Everyone. Meant for statements that deny, or that a condition narrows.
    static Principal any() { return Principal("AWS", "*"); }

    /// `Service` or `AWS`.
    const std::string& kind() const noexcept { return kind_; }
    const Str& value() const noexcept { return value_; }

  private:
    Principal(std::string kind, Str value) : kind_(std::move(kind)), value_(std::move(value)) {}
    std::string kind_;
    Str value_;
};

enum class Effect { Allow, Deny };

/// One condition of a statement: `{"StringEquals", "aws:SourceAccount", {accountId()}}`.
struct PolicyCondition {
    std::string comparison;
    std::string key;
    std::vector<Str> values;
};

/// One statement of a policy.
struct PolicyStatement {
    Effect effect = Effect::Allow;
    /// `s3:GetObject`. At least one.
    std::vector<std::string> actions = {};
    /// ARNs. Left out in trust policies.
    std::vector<Str> resources = {};
    /// All must hold.
    std::vector<PolicyCondition> conditions = {};
    /// Only in policies of resources, and in trust policies.
    std::vector<Principal> principals = {};
};

/// The statements of one policy. Statements that differ only in their resources, or only in their
/// actions, become one; actions are sorted, repetitions go.
class PolicyDocument {
  public:
    /// Throws ValidationError for a statement without actions, and for two conditions with one
    /// comparison and key.
    void add(PolicyStatement statement);
    bool empty() const noexcept { return statements_.empty(); }
    const std::vector<PolicyStatement>& statements() const noexcept { return statements_; }
    /// The document as a property's value.
    Any render() const;
    /// Reports each allowed action or resource that is a bare `*`, or an action that ends in `:*`,
    /// as `wildcard-permission`. Acknowledge it on the construct, with the reason.
    void reportWildcards(const Construct& at, Findings& findings) const;

  private:
    std::vector<PolicyStatement> statements_;
};

/// Anything that permissions can be given to: roles, functions, hosts.
class Grantee {
  public:
    virtual ~Grantee() = default;
    Grantee(const Grantee&) = delete;
    Grantee& operator=(const Grantee&) = delete;
    /// The role that holds the permissions.
    virtual RoleBase& grantRole() = 0;

  protected:
    Grantee() = default;
};

/// What a grant gave.
class Grant {
  public:
    /// Adds the statement to the grantee's policy.
    static Grant give(Grantee& grantee, PolicyStatement statement);

    const PolicyStatement& statement() const noexcept { return statement_; }
    /// The policy that now holds it.
    Policy& policy() const noexcept { return *policy_; }
    /// Makes the construct wait until the permission exists.
    void applyBefore(Construct& construct) const;

  private:
    friend class RoleBase;
    Grant(Policy& policy, PolicyStatement statement)
        : policy_(&policy), statement_(std::move(statement)) {}
    Policy* policy_;
    PolicyStatement statement_;
};

/// A role of this app or of elsewhere.
class RoleBase : public Construct, public Grantee {
  public:
    virtual Str roleArn() const = 0;
    virtual Str roleName() const = 0;
    RoleBase& grantRole() override { return *this; }

    /// Adds a statement to the role's policy, which is made when first needed.
    Grant addToPolicy(PolicyStatement statement);
    /// Lets someone pass this role to a service.
    Grant grantPassRole(Grantee& grantee);

  protected:
    using Construct::Construct;

  private:
    Policy* policy_ = nullptr;
};

struct RoleProps {
    /// Who may take on the role.
    Required<Principal> assumedBy;
    std::string description = {};
    /// Conditions under which it may be taken on.
    std::vector<PolicyCondition> conditions = {};
    std::vector<ManagedPolicy*> managedPolicies = {};
    /// Default: one hour, CloudFormation's own.
    std::optional<seconds> maxSessionDuration = {};
    /// ARN of a managed policy that bounds what the role can ever do.
    Str permissionsBoundary = {};
    /// Default: made by CloudFormation. A name makes the deployment ask for CAPABILITY_NAMED_IAM.
    std::string roleName = {};
};

class Role : public RoleBase {
  public:
    using Props = RoleProps;
    Role(Scope scope, Props props);

    /// A role defined elsewhere. Grants attach a policy to it.
    static RoleBase& fromArn(Construct& scope, std::string_view id, Str arn,
        SourceLocation where = SourceLocation::current());

    Str roleArn() const override;
    Str roleName() const override;

  private:
    Resource* resource_;
};

struct PolicyProps {
    std::vector<PolicyStatement> statements = {};
    std::vector<RoleBase*> roles = {};
    /// Default: the logical id.
    std::string policyName = {};
};

/// An inline policy of one or several roles. It needs at least one statement and one role.
class Policy : public Construct {
  public:
    using Props = PolicyProps;
    Policy(Scope scope, Props props);

    void addStatement(PolicyStatement statement) { document_.add(std::move(statement)); }
    void attachTo(RoleBase& role) { roles_.push_back(&role); }
    const PolicyDocument& document() const noexcept { return document_; }

    void validate(Findings& findings) const override;

  private:
    PolicyDocument document_;
    std::vector<RoleBase*> roles_;
};

struct ManagedPolicyProps {
    std::vector<PolicyStatement> statements = {};
    std::string description = {};
    /// Default: made by CloudFormation.
    std::string managedPolicyName = {};
};

/// A policy with an ARN of its own, for several roles: `RoleProps::managedPolicies`.
class ManagedPolicy : public Construct {
  public:
    using Props = ManagedPolicyProps;
    ManagedPolicy(Scope scope, Props props);

    void addStatement(PolicyStatement statement) { document_.add(std::move(statement)); }
    const PolicyDocument& document() const noexcept { return document_; }
    Str managedPolicyArn() const;

    void validate(Findings& findings) const override;

  private:
    PolicyDocument document_;
    Resource* resource_;
};

}  // namespace loam
