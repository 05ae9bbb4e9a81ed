#pragma once

#include <loam/construct.hpp>
#include <loam/intrinsics.hpp>
#include <loam/resource.hpp>

namespace loam {

/// Where a stack is deployed. Empty: decided at deployment.
struct Environment {
    /// 12 digits.
    Text account = {};
    Text region = {};
};

struct StackProps {
    /// Where the stack is deployed. Default: wherever the AWS CLI or Terraform points.
    Environment env = {};
    /// Name in CloudFormation. Default: the path with hyphens, which is the id for a stack below
    /// the app.
    Text stackName = {};
    Text description = {};
    /// Tags of the stack and of every taggable resource; literals only.
    StrMap tags = {};
    /// The deployed stack cannot be deleted by accident; part of the printed deployment commands.
    bool terminationProtection = false;
};

/// One unit of deployment: a CloudFormation template, or a Terraform root.
class Stack : public Construct {
  public:
    using Props = StackProps;
    Stack(Scope scope, Props props);

    std::string_view stackName() const noexcept { return props_.stackName; }
    const Environment& env() const noexcept { return props_.env; }
    std::string_view description() const noexcept { return props_.description; }
    bool terminationProtection() const noexcept { return props_.terminationProtection; }

    /// The account as a literal if the stack is bound to one, else `AWS::AccountId`.
    Str account() const;
    /// The region as a literal if the stack is bound to one, else `AWS::Region`.
    Str region() const;
    /// `arn:${partition}:service:region:account:resource` in this stack's environment.
    Str formatArn(std::string_view service, const Str& resource) const;

    const Props& props() const noexcept { return props_; }

  private:
    Props props_;
};

struct ConditionProps {
    ConditionExpression expression = {};
};

/// A named condition, decided at deployment.
class Condition : public Element {
  public:
    using Props = ConditionProps;
    Condition(Scope scope, Props props);
    const ConditionExpression& expression() const noexcept { return props_.expression; }

  private:
    Props props_;
};

struct OutputProps {
    Any value = {};
    Text description = {};
    /// Name of the export; empty: not exported.
    Str exportName = {};
    /// Hidden in Terraform's output.
    bool sensitive = false;
};

/// A value shown after the deployment.
class Output : public Element {
  public:
    using Props = OutputProps;
    Output(Scope scope, Props props);
    const Props& props() const noexcept { return props_; }
    /// The output exists only where the condition holds.
    void setCondition(const Condition& condition) { condition_ = &condition; }
    const Condition* condition() const noexcept { return condition_; }

  private:
    Props props_;
    const Condition* condition_ = nullptr;
};

}  // namespace loam
