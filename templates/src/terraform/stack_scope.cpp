#include "templates/src/terraform/stack_scope.hpp"

#include <algorithm>
#include <array>

#include "templates/src/terraform/expressions.hpp"
#include "templates/src/terraform/settings.hpp"

namespace loam::terraform {

namespace {

/// What an entry of the attribute table says for this resource.
Template answerOf(const AttributeMapping& entry, const AssembledResource& resource,
    std::string_view providerType) {
    auto rest = entry.to;
    const bool isExpression = rest.starts_with('=');
    if (isExpression) rest.remove_prefix(1);
    if (!isExpression && rest.find('{') == std::string_view::npos) {
        return Template::expression(StackScope::address(resource, providerType, rest));
    }
    Template text;
    std::string expression;
    while (!rest.empty()) {
        const auto open = rest.find('{');
        text += Template::literal(std::string(rest.substr(0, open)));
        expression += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        const auto address =
            StackScope::address(resource, providerType, rest.substr(open + 1, close - open - 1));
        text += Template::expression(address);
        expression += address;
        rest.remove_prefix(close + 1);
    }
    return isExpression ? Template::expression(expression) : text;
}

Value literalObject(std::initializer_list<std::pair<std::string_view, Any>> entries) {
    return Any::object(entries);
}

/// What `Ref` returns, where it is a property of Cloud Control's answer rather than the identifier.
std::string_view refProperty(const Resource& resource) {
    const auto* type = resource.type();
    if (type == nullptr || type->refReturns == nullptr) return {};
    const auto* identifier = type->primaryIdentifier;
    const bool isIdentifier =
        identifier != nullptr && identifier[0] != nullptr && identifier[1] == nullptr &&
        std::string_view(identifier[0]) == type->refReturns;
    return isIdentifier ? std::string_view() : std::string_view(type->refReturns);
}

}  // namespace

std::string variableName(std::string_view logicalId) {
    constexpr std::array<std::string_view, 8> reserved{
        "count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"};
    std::string name(logicalId);
    if (std::find(reserved.begin(), reserved.end(), logicalId) != reserved.end()) name += '_';
    return name;
}

StackScope::StackScope(const AssembledStack& stack)
    : stack_(stack), settings_(terraform::settings(*stack.stack)), construct_(stack.stack) {
    for (const auto& resource : stack.resources) resources_.emplace(resource.resource, &resource);
    findPublishedFunctions();
}

void StackScope::findPublishedFunctions() {
    for (const auto& resource : stack_.resources) {
        if (resource.resource->typeName() != "AWS::Lambda::Version") continue;
        const auto name = propertyOf(resource.properties, "FunctionName");
        if (!name.present()) continue;
        visit(name, [this](const Node& node, const std::string&) {
            const Target* target = nullptr;
            if (node.kind == NodeKind::Reference) target = as<ReferenceNode>(node).target.get();
            if (node.kind == NodeKind::Attribute) target = as<AttributeNode>(node).target.get();
            if (target == nullptr) return;
            const auto* function = dynamic_cast<const Resource*>(target->construct);
            if (function != nullptr) published_.insert(function);
        });
    }
}

const AssembledResource* StackScope::find(const Construct& target) const {
    const auto found = resources_.find(&target);
    return found == resources_.end() ? nullptr : found->second;
}

std::string StackScope::address(
    const AssembledResource& resource, std::string_view providerType, std::string_view attribute) {
    const auto base = std::string(providerType) + "." + resource.logicalId;
    const auto dot = std::string(".") + std::string(attribute);
    return resource.condition == nullptr ? base + dot : "one(" + base + "[*]" + dot + ")";
}

void StackScope::enter(const Construct& construct, std::string property) {
    construct_ = &construct;
    property_ = std::move(property);
}

void StackScope::error(std::string_view id, const std::string& message) {
    findings_.error(*construct_, id, message, property_);
}

std::set<const AssembledResource*> StackScope::takeReferenced() {
    return std::exchange(referenced_, {});
}

std::string
StackScope::data(const std::string& providerType, const std::string& name, const Value& body) {
    data_[providerType].try_emplace(name, body);
    return "data." + providerType + "." + name;
}

Template StackScope::reference(const ReferenceNode& node) {
    const auto* target = node.target->construct;
    if (target == nullptr) {
        error("dangling-reference", "refers to " + node.target->path + ", which is gone");
        return {};
    }
    if (const auto* parameter = dynamic_cast<const Parameter*>(target)) {
        return parameterValue(*parameter);
    }
    const bool isLocal =
        dynamic_cast<const Condition*>(target) != nullptr ||
        dynamic_cast<const Mapping*>(target) != nullptr;
    if (isLocal) {
        const auto& element = static_cast<const Element&>(*target);
        return Template::expression("local." + std::string(element.logicalId()));
    }
    return attribute(*target, "Ref");
}

Template StackScope::parameterValue(const Parameter& parameter) {
    const auto variable = "var." + variableName(parameter.logicalId());
    if (parameter.props().type != ParameterType::SsmString) return Template::expression(variable);
    const auto source = data("aws_ssm_parameter", std::string(parameter.logicalId()),
        literalObject({{"name", "${" + variable + "}"}}));
    const auto value = source + ".insecure_value";
    return Template::expression(parameter.isList() ? "split(\",\", " + value + ")" : value);
}

Template StackScope::attribute(const Construct& target, std::string_view name) {
    const auto* resource = find(target);
    if (resource == nullptr) {
        error("dangling-reference",
            "refers to [" + std::string(target.path()) + "], which is no resource of this stack");
        return {};
    }
    referenced_.insert(resource);
    const auto* mapping = findMapping(resource->resource->typeName());
    if (mapping != nullptr) return mappedAttribute(*resource, *mapping, name);
    if (settings_.cloudControl) return cloudControlAttribute(*resource, name);
    // The missing mapping itself is reported once, at the resource.
    return {};
}

Template StackScope::mappedAttribute(
    const AssembledResource& resource, const TypeMapping& mapping, std::string_view name) {
    if (mapping.attribute != nullptr) {
        if (auto answer = mapping.attribute(*this, resource, name)) return *answer;
    }
    for (const auto& entry : mapping.attributes) {
        if (entry.from != name) continue;
        const auto type = entry.resource.empty() ? mapping.resource : entry.resource;
        return answerOf(entry, resource, type);
    }
    std::string known;
    for (const auto& entry : mapping.attributes) {
        known += (known.empty() ? "" : ", ") + std::string(entry.from);
    }
    const auto what = name == "Ref" ? "Ref" : "the attribute " + std::string(name);
    error("terraform-attribute",
        "uses " + what + " of [" + std::string(resource.resource->path()) + "] (" +
            std::string(mapping.type) +
            "), which has no equal in Terraform; there are: " + (known.empty() ? "none" : known));
    return {};
}

Template
StackScope::cloudControlAttribute(const AssembledResource& resource, std::string_view name) {
    constexpr std::string_view type = "aws_cloudcontrolapi_resource";
    auto path = std::string(name == "Ref" ? refProperty(*resource.resource) : name);
    if (path.empty()) return Template::expression(address(resource, type, "id"));
    std::string steps;
    for (std::size_t dot = 0; dot != std::string::npos;) {
        dot = path.find('.');
        steps += "[" + quoted(path.substr(0, dot)) + "]";
        if (dot != std::string::npos) path.erase(0, dot + 1);
    }
    return Template::expression(
        "jsondecode(" + address(resource, type, "properties") + ")" + steps);
}

Template StackScope::pseudo(Pseudo parameter) {
    const auto current = [this](const char* type, const char* attribute) {
        return Template::expression(data(type, "current", literalObject({})) + "." + attribute);
    };
    switch (parameter) {
        case Pseudo::AccountId:
            return current("aws_caller_identity", "account_id");
        case Pseudo::Region:
            return current("aws_region", "region");
        case Pseudo::Partition:
            return current("aws_partition", "partition");
        case Pseudo::UrlSuffix:
            return current("aws_partition", "dns_suffix");
        case Pseudo::StackName:
            return Template::literal(std::string(stack_.stack->stackName()));
        case Pseudo::NoValue:
            return Template::expression("null");
        case Pseudo::StackId:
        case Pseudo::NotificationArns:
            error("terraform-pseudo-parameter",
                "uses " + std::string(name(parameter)) +
                    ", which Terraform has no equal of; use AWS::StackName or a parameter");
            return {};
    }
    return {};
}

Template StackScope::import(const ImportNode& node) {
    const std::string_view name = node.producer->stackName();
    const auto source =
        data("terraform_remote_state", variableName(name), remoteStateOf(*node.producer));
    const auto value = source + ".outputs." + node.outputId;
    return Template::expression(node.isList ? "split(\"||\", " + value + ")" : value);
}

std::string StackScope::zones(const Template& region) {
    const bool own = region.isLiteral() && region.literalText().empty();
    const auto isOwnRegion = region.inExpression() == "data.aws_region.current.region";
    detail::MapBuilder body;
    body.add("state", Str("available"));
    // Local and wavelength zones have to be opted in to; Fn::GetAZs does not list them.
    body.add("filter",
        Any::list({Any::object(
            {{"name", "opt-in-status"}, {"values", Any::list({"opt-in-not-required"})}})}));
    std::string name = "available";
    if (!own && !isOwnRegion) {
        body.add("region", jsonString(region));
        name += "_" + labelOf(region.inExpression());
    }
    return data("aws_availability_zones", name, body.take()) + ".names";
}

Template StackScope::ssmParameter(const std::string& name) {
    const auto source = data(
        "aws_ssm_parameter", "p" + labelOf(name), literalObject({{"name", escapeTemplate(name)}}));
    return Template::expression(source + ".insecure_value");
}

}  // namespace loam::terraform
