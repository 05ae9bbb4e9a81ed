#pragma once

// CloudFormation's functions and pseudo parameters as typed values. Both back ends render them:
// CloudFormation as Fn::..., Terraform as expressions.

#include <loam/value.hpp>

namespace loam {

class Condition;
class Mapping;

/// The account of the deployment, `AWS::AccountId`.
Str accountId();
/// The region of the deployment, `AWS::Region`.
Str region();
/// The partition (`aws`, `aws-cn`, `aws-us-gov`), `AWS::Partition`. ARNs start
/// `arn:${AWS::Partition}:`.
Str partition();
/// The domain suffix of the partition, `AWS::URLSuffix`.
Str urlSuffix();
/// The name of the stack, `AWS::StackName`.
Str stackName();
/// The id of the stack, `AWS::StackId`. Terraform has no equal and refuses it.
Str stackId();
/// The notification ARNs, `AWS::NotificationARNs`. Terraform has no equal and refuses it.
StrList notificationArns();

/// Fn::Join. With literals only, the result is a literal.
Str join(std::string_view delimiter, StrList items);
/// Fn::Sub in CloudFormation's own syntax: `${AWS::Region}` and `${Name}` from the variables;
/// `${!Literal}` writes `${Literal}`. Throws ValidationError for a name that is not among them.
Str subTemplate(std::string_view text, const StrMap& variables = {});
/// Fn::Select.
Str select(int index, StrList items);
/// Fn::Split.
StrList split(std::string_view delimiter, Str text);
/// Fn::Base64.
Str base64(Str text);
/// Fn::GetAZs of the stack's region, or of the given one.
StrList getAzs(Str region = {});
/// Fn::Cidr: `count` blocks with `cidrBits` host bits each, cut from `block`.
StrList cidr(Str block, int count, int cidrBits);
/// Fn::ImportValue of an export by name.
Str importValue(Str exportName);
/// Fn::FindInMap.
Str findInMap(const Mapping& mapping, Str topLevelKey, Str secondLevelKey);
/// Fn::Length. Adds the language-extensions transform to the template.
Num length(StrList items);
/// Fn::ToJsonString. Adds the language-extensions transform to the template.
Str toJsonString(Any value);

/// A boolean expression over parameters, for conditions.
class ConditionExpression : public Value {
  public:
    ConditionExpression() noexcept = default;
    /// The value of a named condition.
    ConditionExpression(const Condition& condition);
    static ConditionExpression of(Value value) { return ConditionExpression(std::move(value), 0); }

  private:
    ConditionExpression(Value value, int) : Value(std::move(value)) {}
};

/// Fn::Equals.
ConditionExpression equals(Str left, Str right);
/// Fn::And of two to ten expressions.
ConditionExpression allOf(std::initializer_list<ConditionExpression> expressions);
/// Fn::Or of two to ten expressions.
ConditionExpression anyOf(std::initializer_list<ConditionExpression> expressions);
/// Fn::Not.
ConditionExpression notOf(ConditionExpression expression);

namespace detail {
Value makeIf(const Condition& condition, Value whenTrue, Value whenFalse);
}

/// Fn::If. Both branches have the type of the property: `ifElse<Str>(isProd, "large", "small")`.
template <class T>
T ifElse(const Condition& condition, T whenTrue, T whenFalse) {
    return T::of(detail::makeIf(condition, std::move(whenTrue), std::move(whenFalse)));
}

}  // namespace loam
