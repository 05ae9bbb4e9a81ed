#include <loam/aws/iam.hpp>
#include <loam/findings.hpp>
#include <loam/iam.hpp>
#include <loam/intrinsics.hpp>
#include <loam/lazy.hpp>
#include <loam/node.hpp>

#include <algorithm>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

constexpr std::size_t longestPolicyName = 128;

struct ImportedRoleProps {
    Str arn;
};

/// A role known by its ARN.
class ImportedRole : public RoleBase {
  public:
    using Props = ImportedRoleProps;
    ImportedRole(Scope scope, Props props)
        : RoleBase(std::move(scope)), arn_(std::move(props.arn)) {}
    Str roleArn() const override { return arn_; }
    /// The last segment; of an ARN known only at deployment the one after the first slash.
    Str roleName() const override {
        const auto* text = literal(arn_);
        if (text == nullptr) return select(1, split("/", arn_));
        return std::string_view(*text).substr(text->rfind('/') + 1);
    }

  private:
    Str arn_;
};

PolicyDocument trustPolicy(const RoleProps& props) {
    PolicyDocument document;
    document.add({
        .actions = {"sts:AssumeRole"},
        .conditions = props.conditions,
        .principals = {props.assumedBy},
    });
    return document;
}

}  // namespace

Grant Grant::give(Grantee& grantee, PolicyStatement statement) {
    return grantee.grantRole().addToPolicy(std::move(statement));
}

void Grant::applyBefore(Construct& construct) const { construct.addDependency(*policy_); }

Grant RoleBase::addToPolicy(PolicyStatement statement) {
    if (policy_ == nullptr) policy_ = &add<Policy>("Policy", {.roles = {this}});
    policy_->addStatement(statement);
    return {*policy_, std::move(statement)};
}

Grant RoleBase::grantPassRole(Grantee& grantee) {
    return Grant::give(grantee, {.actions = {"iam:PassRole"}, .resources = {roleArn()}});
}

Role::Role(Scope scope, Props props) : RoleBase(std::move(scope)) {
    std::vector<Str> managedPolicyArns;
    for (const auto* policy : props.managedPolicies) {
        managedPolicyArns.push_back(policy->managedPolicyArn());
    }
    resource_ = &add<aws::iam::Role>("Resource",
        {
            .assumeRolePolicyDocument = trustPolicy(props).render(),
            .description = given(props.description),
            .managedPolicyArns = given(managedPolicyArns),
            .maxSessionDuration =
                props.maxSessionDuration ? Num(props.maxSessionDuration->count()) : Num(),
            .permissionsBoundary = props.permissionsBoundary,
            .roleName = given(props.roleName),
        });
}

RoleBase& Role::fromArn(Construct& scope, std::string_view id, Str arn, SourceLocation where) {
    return scope.add<ImportedRole>(id, {.arn = std::move(arn)}, where);
}

Str Role::roleArn() const { return resource_->attribute("Arn"); }
Str Role::roleName() const { return resource_->ref(); }

Policy::Policy(Scope scope, Props props)
    : Construct(std::move(scope)), roles_(std::move(props.roles)) {
    for (auto& statement : props.statements) document_.add(std::move(statement));
    add<aws::iam::Policy>("Resource",
        {
            .policyDocument = lazy<Any>([this] { return document_.render(); }),
            .policyName = lazy<Str>([this, name = props.policyName] {
                if (!name.empty()) return Str(name);
                const auto id = static_cast<const Element*>(find("Resource"))->logicalId();
                return Str(id.substr(id.size() - std::min(id.size(), longestPolicyName)));
            }),
            .roles = lazy<StrList>([this] {
                std::vector<Str> names;
                for (const auto* role : roles_) names.push_back(role->roleName());
                return StrList(names);
            }),
        });
}

void Policy::validate(Findings& findings) const {
    if (document_.empty()) {
        findings.error(
            *this, "empty-policy", "the policy has no statement; add one or remove the policy");
    }
    if (roles_.empty()) {
        findings.error(*this, "unused-policy", "the policy is attached to no role; use attachTo");
    }
    document_.reportWildcards(*this, findings);
}

ManagedPolicy::ManagedPolicy(Scope scope, Props props) : Construct(std::move(scope)) {
    for (auto& statement : props.statements) document_.add(std::move(statement));
    resource_ = &add<aws::iam::ManagedPolicy>("Resource",
        {
            .description = given(props.description),
            .managedPolicyName = given(props.managedPolicyName),
            .policyDocument = lazy<Any>([this] { return document_.render(); }),
        });
}

Str ManagedPolicy::managedPolicyArn() const { return resource_->ref(); }

void ManagedPolicy::validate(Findings& findings) const {
    if (document_.empty()) {
        findings.error(
            *this, "empty-policy", "the policy has no statement; add one or remove the policy");
    }
    document_.reportWildcards(*this, findings);
}

}  // namespace loam
