#pragma once

// How a CloudFormation type becomes resources of the provider. Most of it is data: tables of
// properties and of attributes. A type whose properties spread over several resources, or change
// their shape, adds one function. A test compares every table with the provider's schema.

#include <loam/node.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "templates/src/terraform/text.hpp"

namespace loam {
struct AssembledResource;
}

namespace loam::terraform {

class Builder;
class StackScope;
struct Property;

/// The properties of a struct or of a type.
using Table = std::vector<Property>;

/// How a property's value is written.
enum class Form : std::uint8_t {
    /// An argument: scalars, lists and maps of scalars.
    Argument,
    /// A nested block for the struct, or one for each struct of the list.
    Block,
    /// The fields of the struct belong to the surrounding block.
    Flatten,
    /// A list of {Key, Value}, written as a map.
    Pairs,
    /// A document, written as JSON text. A string passes as it is.
    Document,
    /// The ARN of a log group, which the provider wants without the `:*` at its end.
    LogGroupArn,
    /// Handled by the type's function.
    Custom,
    /// Refused, with `to` as the reason.
    Refused,
};

/// One property of CloudFormation and what it becomes.
struct Property {
    /// An argument whose name differs in spelling only: `CidrBlock`, `cidr_block`.
    Property(const char* name) : from(name), to(snakeCase(name)) {}
    /// An argument of another name.
    Property(const char* name, std::string argument) : from(name), to(std::move(argument)) {}
    Property(const char* name, std::string argument, Form how, Table fields = {})
        : from(name), to(std::move(argument)), form(how), nested(std::move(fields)) {}

    std::string_view from;
    std::string to;
    Form form = Form::Argument;
    Table nested;
    /// Names of the fields of a pair.
    const char* pairKey = "Key";
    const char* pairValue = "Value";
};

inline Property block(const char* from, std::string to, Table fields) {
    return {from, std::move(to), Form::Block, std::move(fields)};
}
/// A block whose name differs in spelling only.
inline Property block(const char* from, Table fields) {
    return {from, snakeCase(from), Form::Block, std::move(fields)};
}
inline Property flatten(const char* from, Table fields) {
    return {from, "", Form::Flatten, std::move(fields)};
}
inline Property document(const char* from, std::string to) {
    return {from, std::move(to), Form::Document};
}
inline Property document(const char* from) { return {from, snakeCase(from), Form::Document}; }
inline Property custom(const char* from) { return {from, "", Form::Custom}; }
inline Property refused(const char* from, std::string reason) {
    return {from, std::move(reason), Form::Refused};
}
inline Property pairs(const char* from, std::string to, const char* key, const char* value) {
    Property property(from, std::move(to), Form::Pairs);
    property.pairKey = key;
    property.pairValue = value;
    return property;
}
inline Property tags(const char* from = "Tags") { return pairs(from, "tags", "Key", "Value"); }

/// What `Ref` or `Fn::GetAtt` of a type becomes.
struct AttributeMapping {
    /// `Ref`, or the name of the attribute.
    std::string_view from;
    /// An attribute of the provider's resource (`arn`), a text with attributes in braces
    /// (`{arn}:*`), or an expression with such, after an equals sign (`=tolist({names})`).
    std::string_view to;
    /// The resource that has the attribute; empty: the main one.
    std::string_view resource = {};
};

/// One CloudFormation type.
struct TypeMapping {
    std::string_view type;
    /// The main resource of the provider; empty if there is none.
    std::string_view resource;
    Table properties;
    std::vector<AttributeMapping> attributes;
    /// Splits and irregular properties; runs after the table.
    void (*finish)(Builder& builder) = nullptr;
    /// Required argument with a name that CloudFormation makes up when it is not given.
    std::string_view nameArgument = {};
    std::size_t nameLength = 64;
    /// Answers `Ref` and `Fn::GetAtt` in place of `attributes`, for types without a resource.
    std::optional<Template> (*attribute)(
        StackScope& scope, const AssembledResource& resource, std::string_view name) = nullptr;
    /// Argument of the main resource that makes `destroy` keep it, for the removal policy Retain.
    std::string_view retainArgument = {};
};

/// The mapping of a type, or null.
const TypeMapping* findMapping(std::string_view type);
/// All mappings, sorted by type.
const std::vector<const TypeMapping*>& allMappings();

// One function for each file of mappings/.
std::vector<TypeMapping> apiGatewayMappings();
std::vector<TypeMapping> backupMappings();
std::vector<TypeMapping> cloudwatchMappings();
std::vector<TypeMapping> datasyncMappings();
std::vector<TypeMapping> ec2Mappings();
std::vector<TypeMapping> ec2InstanceMappings();
std::vector<TypeMapping> efsMappings();
std::vector<TypeMapping> eventsMappings();
std::vector<TypeMapping> iamMappings();
std::vector<TypeMapping> kmsMappings();
std::vector<TypeMapping> lambdaMappings();
std::vector<TypeMapping> logsMappings();
std::vector<TypeMapping> s3Mappings();
std::vector<TypeMapping> schedulerMappings();
std::vector<TypeMapping> secretsManagerMappings();
std::vector<TypeMapping> snsMappings();
std::vector<TypeMapping> sqsMappings();
std::vector<TypeMapping> ssmMappings();

}  // namespace loam::terraform
