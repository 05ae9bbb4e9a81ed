#pragma once

// Values as Terraform writes them. Every function takes any value; what Terraform cannot say is
// reported to the scope.

#include "templates/src/terraform/stack_scope.hpp"

namespace loam::terraform {

/// A scalar as a template. Lists and maps become the text of an expression.
Template textOf(StackScope& scope, const Value& value);

/// Any value as the text of an expression: `[var.A, "b"]`.
std::string expressionOf(StackScope& scope, const Value& value);

/// Any value at the place of an argument in the JSON document. Absent for AWS::NoValue.
Value argumentOf(StackScope& scope, const Value& value);

/// A document, such as a policy, as JSON text. A string passes as it is.
Value documentOf(StackScope& scope, const Value& value);

/// A function of CloudFormation.
Template functionText(StackScope& scope, const FunctionNode& node);

/// Whether a list item or map entry may turn out to be AWS::NoValue at deployment.
bool mayBeNull(const Value& value);
bool hasNullable(const std::vector<Value>& items);

/// Whether the value is a list, map or struct.
bool isContainer(const Value& value);

/// The present entries of a map or struct, sorted by key.
std::vector<MapNode::Entry> entriesOf(const Value& value);

/// One value that a property may have, and the expression under which it has it; empty for always.
struct Guarded {
    std::string guard;
    Value value;
    std::string path;
};

/// The items of a list, or the value alone, with conditions resolved and AWS::NoValue left out.
/// `path` is the property's, for messages.
std::vector<Guarded> itemsOf(StackScope& scope, const Value& value, const std::string& path);

/// The fields of a struct or map that are present; empty, with a finding, for anything else.
std::vector<MapNode::Entry> fieldsOf(StackScope& scope, const Guarded& item);

/// A list of {Key, Value} as a map.
Value pairsOf(StackScope& scope, const Value& list, std::string_view key, std::string_view value,
    const std::string& path);

/// A string of the document.
inline Value jsonString(const Template& text) { return make<StringNode>(text.inJson()); }
/// A string of the document that is one expression.
inline Value jsonExpression(const std::string& expression) {
    return jsonString(Template::expression(expression));
}

}  // namespace loam::terraform
