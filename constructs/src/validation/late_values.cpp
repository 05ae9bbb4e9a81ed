#include "constructs/src/validation/late_values.hpp"

#include <loam/parameter.hpp>
#include <loam/resource.hpp>

#include <algorithm>

#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

constexpr std::string_view refWord = "Ref";

LateShape shapeOfReference(const ReferenceNode& reference) {
    if (resourceOf(reference) != nullptr) return LateShape::Scalar;
    const auto* parameter = dynamic_cast<const Parameter*>(reference.target->construct);
    if (parameter == nullptr) return LateShape::Unknown;
    return parameter->isList() ? LateShape::List : LateShape::Scalar;
}

LateShape shapeOfAttribute(const AttributeNode& attribute) {
    if (attribute.isList) return LateShape::List;
    const Resource* resource = resourceOf(attribute);
    if (resource == nullptr || resource->type() == nullptr) return LateShape::Unknown;
    const ResourceType& type = *resource->type();
    for (std::uint16_t i = 0; i < type.attributeCount; ++i) {
        const Attribute& fact = type.attributes[i];
        if (attribute.attribute != fact.name) continue;
        if (fact.container == Container::List) return LateShape::List;
        const bool isScalar =
            fact.container == Container::None && fact.type != FieldType::Struct &&
            fact.type != FieldType::Json;
        return isScalar ? LateShape::Scalar : LateShape::Unknown;
    }
    return LateShape::Unknown;
}

LateShape shapeOfFunction(Intrinsic function) {
    switch (function) {
        case Intrinsic::Concat:
        case Intrinsic::Join:
        case Intrinsic::Base64:
        case Intrinsic::ImportValue:
        case Intrinsic::Length:
        case Intrinsic::ToJsonString:
            return LateShape::Scalar;
        case Intrinsic::Split:
        case Intrinsic::GetAzs:
        case Intrinsic::Cidr:
            return LateShape::List;
        case Intrinsic::Select:
        case Intrinsic::FindInMap:
        case Intrinsic::If:
        case Intrinsic::And:
        case Intrinsic::Or:
        case Intrinsic::Not:
        case Intrinsic::Equals:
            break;
    }
    return LateShape::Unknown;
}

bool endsWith(std::string_view text, std::string_view suffix, std::string_view alternative) {
    return text.ends_with(suffix) || text.ends_with(alternative);
}

bool isArn(std::string_view name) { return endsWith(name, "Arn", "ARN"); }
bool isIdOrName(std::string_view name) {
    return endsWith(name, "Id", "ID") || endsWith(name, "Name", "Identifier");
}

/// Whether the facts leave open what the value is: `Id` is what they say of Ref if they know no
/// more, and the one of a secret is in truth an ARN. Only where there is an ARN beside it, it is an
/// id.
bool isUncertain(std::string_view given, const ResourceType& type) {
    return given == "Id" &&
           std::none_of(type.attributes, type.attributes + type.attributeCount,
               [](const Attribute& attribute) { return isArn(attribute.name); });
}

/// What the field wants of a resource of this type, by the facts; all of it if `type` is empty.
std::vector<std::string_view> wantedOf(const Constraints* limits, std::string_view type) {
    std::vector<std::string_view> wanted;
    if (limits == nullptr) return wanted;
    for (std::uint16_t i = 0; i < limits->relationCount; ++i) {
        const Relation& relation = limits->relations[i];
        if (!type.empty() && type != relation.type) continue;
        if (std::find(wanted.begin(), wanted.end(), relation.attribute) == wanted.end()) {
            wanted.emplace_back(relation.attribute);
        }
    }
    return wanted;
}

/// Whether the field takes an ARN as well as an id: so it is, unless its pattern says otherwise.
bool acceptsArn(const Constraints* limits, Patterns& patterns) {
    return limits == nullptr || limits->pattern == nullptr ||
           patterns.accepts(limits->pattern,
               "arn:aws:service:us-east-1:123456789012:thing/name-0123456789abcdef0");
}

}  // namespace

const Resource* resourceOf(const Node& node) {
    const Construct* construct = nullptr;
    if (node.kind == NodeKind::Reference) construct = as<ReferenceNode>(node).target->construct;
    if (node.kind == NodeKind::Attribute) construct = as<AttributeNode>(node).target->construct;
    return dynamic_cast<const Resource*>(construct);
}

std::string_view attributeGivenBy(const Node& node, const Resource& resource) {
    if (node.kind == NodeKind::Attribute) return as<AttributeNode>(node).attribute;
    if (resource.type() == nullptr || resource.type()->refReturns == nullptr) return {};
    return resource.type()->refReturns;
}

LateShape shapeOf(const Node& node) {
    switch (node.kind) {
        case NodeKind::Reference:
            return shapeOfReference(as<ReferenceNode>(node));
        case NodeKind::Attribute:
            return shapeOfAttribute(as<AttributeNode>(node));
        case NodeKind::Function:
            return shapeOfFunction(as<FunctionNode>(node).function);
        case NodeKind::Import:
            return as<ImportNode>(node).isList ? LateShape::List : LateShape::Scalar;
        case NodeKind::Pseudo: {
            const Pseudo pseudo = as<PseudoNode>(node).pseudo;
            if (pseudo == Pseudo::NoValue) return LateShape::Unknown;
            return pseudo == Pseudo::NotificationArns ? LateShape::List : LateShape::Scalar;
        }
        case NodeKind::String:
        case NodeKind::Number:
        case NodeKind::Boolean:
        case NodeKind::List:
        case NodeKind::Map:
        case NodeKind::Object:
        case NodeKind::Asset:
        case NodeKind::Lazy:
            break;
    }
    return LateShape::Unknown;
}

void checkReferenceKind(const Construct& at, const Field& field, const Node& node,
    const PropertyPath& path, Patterns& patterns, Findings& findings) {
    const Resource* resource = resourceOf(node);
    if (resource == nullptr) return;
    const std::string_view given = attributeGivenBy(node, *resource);
    if (given.empty() || resource->type() == nullptr || isUncertain(given, *resource->type()))
        return;
    const std::string_view type = resource->typeName();
    std::vector<std::string_view> wanted = wantedOf(field.constraints, type);
    const bool fits = std::any_of(wanted.begin(), wanted.end(), [&](std::string_view attribute) {
        return attribute == given || attribute == refWord;
    });
    if (fits) return;
    if (wanted.empty()) wanted = wantedOf(field.constraints, {});
    if (wanted.empty()) wanted.emplace_back(field.name);

    const bool wantsArn = std::all_of(wanted.begin(), wanted.end(), isArn);
    const bool wantsOther = std::all_of(wanted.begin(), wanted.end(), isIdOrName);
    const bool arnMissing = wantsArn && isIdOrName(given);
    const bool arnUnwanted = wantsOther && isArn(given) && !acceptsArn(field.constraints, patterns);
    if (!arnMissing && !arnUnwanted) return;
    const std::string how = node.kind == NodeKind::Reference ? "Ref of [" : "this attribute of [";
    findings.error(at, rules::wrongReference,
        "takes " + std::string(arnMissing ? "an ARN" : "no ARN but " + alternatives(wanted)) +
            ", but " + how + std::string(resource->path()) + "] is its " + std::string(given) +
            "; give " +
            (arnMissing ? "its ARN, for example attrArn()" : "the " + alternatives(wanted)),
        path.text());
}

}  // namespace loam
