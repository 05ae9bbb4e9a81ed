// The functions of CloudFormation as expressions of Terraform.
#include <algorithm>

#include "templates/src/json/json_writer.hpp"
#include "templates/src/terraform/expressions.hpp"

namespace loam::terraform {

namespace {

/// Whether the value may be a number or a boolean once it is known.
bool mayBeNoText(const Value& value) {
    const Node& node = *value.node();
    if (node.kind == NodeKind::Reference) {
        const auto* target = as<ReferenceNode>(node).target->construct;
        const auto* parameter = dynamic_cast<const Parameter*>(target);
        return parameter != nullptr && parameter->props().type == ParameterType::Number;
    }
    if (node.kind != NodeKind::Function) return false;
    const auto function = as<FunctionNode>(node).function;
    return function == Intrinsic::FindInMap || function == Intrinsic::If ||
           function == Intrinsic::Select || function == Intrinsic::Length;
}

/// An operand of Fn::Equals. CloudFormation compares strings, Terraform `5 == "5"` is false.
std::string operandOf(StackScope& scope, const Value& value) {
    const auto kind = value.node()->kind;
    if (kind == NodeKind::Number || kind == NodeKind::Boolean) {
        return quoted(writeJson(value, JsonStyle::Compact));
    }
    const auto expression = expressionOf(scope, value);
    return mayBeNoText(value) ? "tostring(" + expression + ")" : expression;
}

std::string conditional(StackScope& scope, const FunctionNode& node) {
    const auto condition = expressionOf(scope, node.arguments[0]);
    const auto branch = [&](const Value& value) {
        return isNoValue(value) ? std::string("null") : expressionOf(scope, value);
    };
    const bool structured =
        std::any_of(node.arguments.begin() + 1, node.arguments.end(), [](const Value& value) {
            return isContainer(value) &&
                   (value.node()->kind != NodeKind::List ||
                       std::any_of(as<ListNode>(*value.node()).items.begin(),
                           as<ListNode>(*value.node()).items.end(), isContainer));
        });
    const auto yes = branch(node.arguments[1]);
    const auto no = branch(node.arguments[2]);
    // Structures of two shapes have no common type; their JSON has.
    if (structured) {
        return "jsondecode(" + condition + " ? jsonencode(" + yes + ") : jsonencode(" + no + "))";
    }
    return "(" + condition + " ? " + yes + " : " + no + ")";
}

std::string operators(StackScope& scope, const FunctionNode& node, std::string_view sign) {
    std::string out = "(";
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        if (i > 0) out += sign;
        out += expressionOf(scope, node.arguments[i]);
    }
    return out + ")";
}

std::string cidrBlocks(StackScope& scope, const FunctionNode& node) {
    const auto block = expressionOf(scope, node.arguments[0]);
    const auto count = expressionOf(scope, node.arguments[1]);
    const auto bits = expressionOf(scope, node.arguments[2]);
    const auto width = "(strcontains(" + block + ", \":\") ? 128 : 32)";
    return "[for i in range(" + count + ") : cidrsubnet(" + block + ", " + width + " - " + bits +
           " - tonumber(split(\"/\", " + block + ")[1]), i)]";
}

/// Fn::Join: readable text where the items are known one by one, else the function.
Template joined(StackScope& scope, const FunctionNode& node) {
    const auto& items = node.arguments[1];
    const auto* delimiter = literal(node.arguments[0]);
    const bool enumerable =
        delimiter != nullptr && items.present() && items.node()->kind == NodeKind::List &&
        !hasNullable(as<ListNode>(*items.node()).items);
    if (!enumerable) {
        return Template::expression(
            "join(" + expressionOf(scope, node.arguments[0]) + ", " + expressionOf(scope, items) +
            ")");
    }
    Template out;
    bool first = true;
    for (const auto& item : as<ListNode>(*items.node()).items) {
        if (!first) out += Template::literal(*delimiter);
        out += textOf(scope, item);
        first = false;
    }
    return out;
}

Template concatenated(StackScope& scope, const FunctionNode& node) {
    Template out;
    for (const auto& piece : node.arguments) out += textOf(scope, piece);
    return out;
}

std::string indexed(StackScope& scope, const FunctionNode& node) {
    return expressionOf(scope, node.arguments[1]) + "[" + expressionOf(scope, node.arguments[0]) +
           "]";
}

}  // namespace

Template functionText(StackScope& scope, const FunctionNode& node) {
    const auto& arguments = node.arguments;
    const auto argument = [&](std::size_t i) { return expressionOf(scope, arguments[i]); };
    const auto call = [](std::string text) { return Template::expression(std::move(text)); };
    switch (node.function) {
        case Intrinsic::Concat:
            return concatenated(scope, node);
        case Intrinsic::Join:
            return joined(scope, node);
        case Intrinsic::Select:
            return call(indexed(scope, node));
        case Intrinsic::Split:
            return call("split(" + argument(0) + ", " + argument(1) + ")");
        case Intrinsic::Base64:
            return call("base64encode(" + argument(0) + ")");
        case Intrinsic::GetAzs:
            return call(scope.zones(
                arguments[0].present() ? textOf(scope, arguments[0]) : Template::literal("")));
        case Intrinsic::Cidr:
            return call(cidrBlocks(scope, node));
        case Intrinsic::ImportValue:
            scope.error("terraform-import-value",
                "imports " + argument(0) +
                    " by name, but Terraform has no exports; pass the value as a parameter, or "
                    "refer "
                    "to the construct in the other stack of this app");
            return {};
        case Intrinsic::FindInMap:
            return call(argument(0) + "[" + argument(1) + "][" + argument(2) + "]");
        case Intrinsic::If:
            return call(conditional(scope, node));
        case Intrinsic::And:
            return call(operators(scope, node, " && "));
        case Intrinsic::Or:
            return call(operators(scope, node, " || "));
        case Intrinsic::Not:
            return call("!" + argument(0));
        case Intrinsic::Equals:
            return call(
                "(" + operandOf(scope, arguments[0]) + " == " + operandOf(scope, arguments[1]) +
                ")");
        case Intrinsic::Length:
            return call("length(" + argument(0) + ")");
        case Intrinsic::ToJsonString:
            return call("jsonencode(" + argument(0) + ")");
    }
    return {};
}

}  // namespace loam::terraform
