#pragma once

#include <loam/resource.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam {

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

}  // namespace loam
