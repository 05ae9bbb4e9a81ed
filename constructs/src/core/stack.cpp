#include <loam/error.hpp>
#include <loam/mapping.hpp>
#include <loam/node.hpp>
#include <loam/parameter.hpp>
#include <loam/stack.hpp>
#include <loam/tags.hpp>

#include <algorithm>

#include "constructs/src/core/construct_state.hpp"

namespace loam {

namespace {

bool isDigits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool isStackName(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !name.empty() && name.size() <= 128 && letter(name.front()) &&
           std::ranges::all_of(name, [&](char c) {
               return letter(c) || (c >= '0' && c <= '9') || c == '-';
           });
}

Str reference(const Construct& construct) {
    return Str::of(make<ReferenceNode>(targetOf(construct)));
}

}  // namespace

Stack::Stack(Scope scope, Props props) : Construct(std::move(scope)), props_(std::move(props)) {
    if (props_.stackName.empty()) {
        std::string name(path());
        std::ranges::replace(name, '/', '-');
        props_.stackName = name;
    }
    if (!isStackName(stackName())) {
        throw ValidationError(path(),
            "a stack's name starts with a letter and has at most 128 letters, digits and hyphens, "
            "got \"" +
                std::string(stackName()) + "\"; correct the id or set stackName");
    }
    if (description().size() > 1024) {
        throw ValidationError(path(),
            "a stack's description has at most 1024 bytes, got " +
                std::to_string(description().size()));
    }
    const std::string_view account = props_.env.account;
    if (!account.empty() && (account.size() != 12 || !isDigits(account))) {
        throw ValidationError(
            path(), "env.account must be 12 digits, got \"" + std::string(account) + "\"");
    }
    if (!props_.tags.present()) return;
    if (props_.tags.node()->late || props_.tags.node()->kind != NodeKind::Map) {
        throw ValidationError(path(),
            "the tags of a stack must be literal, as they are part of the command that deploys it");
    }
    for (const auto& [key, value] : as<MapNode>(*props_.tags.node()).entries) {
        tags().add(key, *literal(value));
    }
}

Str Stack::account() const {
    return props_.env.account.empty() ? accountId() : Str(props_.env.account);
}

Str Stack::region() const {
    return props_.env.region.empty() ? loam::region() : Str(props_.env.region);
}

Str Stack::formatArn(std::string_view service, const Str& resource) const {
    return sub("arn:{}:{}:{}:{}:{}", partition(), Str(service), region(), account(), resource);
}

Parameter::Parameter(Scope scope, Props props)
    : Element(std::move(scope)), props_(std::move(props)) {
    if (props_.type == ParameterType::AwsType && props_.typeName.empty()) {
        throw ValidationError(path(),
            "a parameter of an AWS type needs typeName, for example "
            "AWS::EC2::VPC::Id");
    }
    const auto& allowed = props_.allowedValues;
    if (props_.defaultValue && !isList() && !allowed.empty() &&
        std::ranges::find(allowed, *props_.defaultValue) == allowed.end()) {
        throw ValidationError(path(),
            "the default \"" + *props_.defaultValue +
                "\" is not among allowedValues; add it or choose one of them");
    }
}

std::string Parameter::typeName() const {
    switch (props_.type) {
        case ParameterType::String:
            return "String";
        case ParameterType::Number:
            return "Number";
        case ParameterType::NumberList:
            return "List<Number>";
        case ParameterType::CommaDelimitedList:
            return "CommaDelimitedList";
        case ParameterType::SsmString:
            return "AWS::SSM::Parameter::Value<" +
                   (props_.typeName.empty() ? "String" : props_.typeName) + ">";
        case ParameterType::AwsType:
            return props_.typeName;
    }
    return {};
}

bool Parameter::isList() const {
    return typeName().find("List<") != std::string::npos ||
           props_.type == ParameterType::CommaDelimitedList;
}

Str Parameter::value() const {
    if (isList()) {
        throw ValidationError(path(), "is a list of type " + typeName() + "; use list()");
    }
    return reference(*this);
}

Num Parameter::number() const {
    if (props_.type != ParameterType::Number) {
        throw ValidationError(path(), "is of type " + typeName() + ", not Number");
    }
    return Num::of(reference(*this));
}

StrList Parameter::list() const {
    if (!isList()) throw ValidationError(path(), "is of type " + typeName() + "; use value()");
    return StrList::of(reference(*this));
}

Condition::Condition(Scope scope, Props props)
    : Element(std::move(scope)), props_(std::move(props)) {
    if (!props_.expression.present()) {
        throw ValidationError(path(),
            "a condition needs an expression, for example "
            ".expression = equals(stage.value(), \"prod\")");
    }
}

Mapping::Mapping(Scope scope, Props props) : Element(std::move(scope)), props_(std::move(props)) {
    if (props_.values.empty()) throw ValidationError(path(), "a mapping needs at least one key");
}

Output::Output(Scope scope, Props props) : Element(std::move(scope)), props_(std::move(props)) {
    if (!props_.value.present()) throw ValidationError(path(), "an output needs a value");
    const std::string_view description = props_.description;
    if (description.size() > 1024) {
        throw ValidationError(path(),
            "an output's description has at most 1024 bytes, got " +
                std::to_string(description.size()));
    }
}

}  // namespace loam
