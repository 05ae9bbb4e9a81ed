#pragma once

#include <loam/assembly.hpp>
#include <loam/terraform.hpp>

#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "templates/src/terraform/mapping.hpp"
#include "templates/src/terraform/text.hpp"

namespace loam::terraform {

/// What a stack's expressions can refer to, and where mistakes are collected while one is rendered.
class StackScope {
  public:
    explicit StackScope(const AssembledStack& stack);

    const AssembledStack& stack() const { return stack_; }
    const TerraformProps& settings() const { return settings_; }
    Findings& findings() { return findings_; }

    /// `Ref` of a resource or parameter, or a condition.
    Template reference(const ReferenceNode& node);
    /// `Fn::GetAtt`; `Ref` for the name "Ref".
    Template attribute(const Construct& target, std::string_view name);
    Template pseudo(Pseudo parameter);
    /// A value of another stack, from its state.
    Template import(const ImportNode& node);
    /// The names of availability zones; a region as an expression, or empty for the stack's own.
    std::string zones(const Template& region);
    /// The value of a public parameter, `{{resolve:ssm:name}}`.
    Template ssmParameter(const std::string& name);

    /// The assembled resource, or null if it is none of this stack.
    const AssembledResource* find(const Construct& target) const;
    /// `aws_vpc.Network.id`, or `one(aws_vpc.Network[*].id)` for a conditional resource.
    static std::string address(const AssembledResource& resource, std::string_view providerType,
        std::string_view attribute);

    /// Adds a data source once and returns its address: `data.aws_region.current`.
    std::string data(const std::string& providerType, const std::string& name, const Value& body);
    const std::map<std::string, std::map<std::string, Value>>& dataSources() const { return data_; }

    /// Where mistakes from now on happen.
    void enter(const Construct& construct, std::string property = {});
    const Construct* construct() const { return construct_; }
    const std::string& property() const { return property_; }
    /// Reports that something has no equal in Terraform.
    void error(std::string_view id, const std::string& message);

    /// Resources that were referred to since the last call.
    std::set<const AssembledResource*> takeReferenced();

    /// Whether the function's versions are used, so that it has to publish them.
    bool publishes(const Resource& function) const { return published_.count(&function) != 0; }

  private:
    Template mappedAttribute(
        const AssembledResource& resource, const TypeMapping& mapping, std::string_view name);
    Template cloudControlAttribute(const AssembledResource& resource, std::string_view name);
    Template parameterValue(const Parameter& parameter);
    void findPublishedFunctions();

    const AssembledStack& stack_;
    TerraformProps settings_;
    Findings findings_;
    std::unordered_map<const Construct*, const AssembledResource*> resources_;
    std::set<const Resource*> published_;
    std::map<std::string, std::map<std::string, Value>> data_;
    std::set<const AssembledResource*> referenced_;
    const Construct* construct_;
    std::string property_;
};

/// `var.Size` for the logical id `Size`; names that Terraform reserves get an underscore.
std::string variableName(std::string_view logicalId);

}  // namespace loam::terraform
