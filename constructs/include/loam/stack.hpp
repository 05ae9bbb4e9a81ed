#pragma once

#include <loam/construct.hpp>
#include <loam/intrinsics.hpp>
#include <loam/resource.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace loam {

/// Where a stack is deployed. Empty: decided at deployment.
struct Environment {
    std::string account = {};
    std::string region = {};
};

struct StackProps {
    /// Where the stack is deployed. Default: wherever the AWS CLI or Terraform points.
    Environment env = {};
    /// Name in CloudFormation. Default: the path with hyphens, which is the id for a stack below
    /// the app.
    std::string stackName = {};
    std::string description = {};
    /// Tags of every taggable resource.
    std::map<std::string, std::string> tags = {};
    /// The deployed stack cannot be deleted by accident; part of the printed deployment commands.
    bool terminationProtection = false;
};

/// One unit of deployment: a CloudFormation template, or a Terraform root.
class Stack : public Construct {
  public:
    using Props = StackProps;
    Stack(Scope scope, Props props);

    const std::string& stackName() const noexcept { return props_.stackName; }
    const Environment& env() const noexcept { return props_.env; }
    const std::string& description() const noexcept { return props_.description; }
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

enum class ParameterType : std::uint8_t {
    String,
    Number,
    NumberList,
    CommaDelimitedList,
    SsmString,
    AwsType
};

struct ParameterProps {
    ParameterType type = ParameterType::String;
    /// For AwsType: `AWS::EC2::VPC::Id` and the like; for SsmString the value type. Default:
    /// String.
    std::string typeName = {};
    /// Absent: the deployment must give a value.
    std::optional<std::string> defaultValue = {};
    std::vector<std::string> allowedValues = {};
    std::string allowedPattern = {};
    std::string constraintDescription = {};
    std::string description = {};
    std::optional<int> minLength = {};
    std::optional<int> maxLength = {};
    std::optional<double> minValue = {};
    std::optional<double> maxValue = {};
    /// The value is hidden in consoles and logs.
    bool noEcho = false;
};

/// A value given at deployment.
class Parameter : public Element {
  public:
    using Props = ParameterProps;
    Parameter(Scope scope, Props props);

    const Props& props() const noexcept { return props_; }
    /// The full CloudFormation type: `AWS::SSM::Parameter::Value<String>`.
    std::string typeName() const;
    bool isList() const;

    Str value() const;
    Num number() const;
    StrList list() const;

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

struct MappingProps {
    /// Top-level key, second-level key, value.
    std::map<std::string, std::map<std::string, Any>> values = {};
};

/// A table of constants.
class Mapping : public Element {
  public:
    using Props = MappingProps;
    Mapping(Scope scope, Props props);
    const Props& props() const noexcept { return props_; }

  private:
    Props props_;
};

struct OutputProps {
    Any value = {};
    std::string description = {};
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
