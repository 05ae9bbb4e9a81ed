#pragma once

#include <loam/construct.hpp>
#include <loam/struct_table.hpp>

namespace loam {

class Condition;
struct ElementState;

/// Anything of a stack that has a logical id: resources, parameters, conditions, mappings, outputs.
class Element : public Construct {
  public:
    explicit Element(Scope scope);
    ~Element() override;

    /// The id in the template: the ids on the path below the stack, without a last `Resource` or
    /// `Default`, and, unless that is a single one of letters and digits, a hash of the path.
    /// Independent of creation order. Null-terminated.
    std::string_view logicalId() const;
    /// Fixes the logical id. Throws ValidationError unless it has only letters and digits, at most
    /// 255.
    void overrideLogicalId(std::string_view logicalId);

    /// For code that works on the whole tree; see core/construct_state.hpp.
    ElementState& elementState() const noexcept { return *elementState_; }

  private:
    ElementState* elementState_;
};

/// One deployable thing. The generated classes of `<loam/aws/...>` derive from it; `RawResource` is
/// for types that have none.
class Resource : public Element {
  public:
    /// With the facts of a known type.
    Resource(Scope scope, const ResourceType& resourceType, Value properties);
    /// Of a type without facts: only its form is checked. The name is null-terminated.
    Resource(Scope scope, std::string_view typeName, Value properties);

    /// `AWS::Lambda::Function`.
    std::string_view typeName() const noexcept;
    /// The facts about the type, or null for a type without.
    const ResourceType* type() const noexcept { return type_; }
    /// The properties as given; overrides are applied by `assemble`.
    const Value& properties() const noexcept { return properties_; }

    /// `Ref`: what it returns depends on the type.
    Str ref() const;
    /// `Fn::GetAtt`. The generated classes have one accessor for each attribute.
    Str attribute(std::string_view name) const;
    /// `Fn::GetAtt` of an attribute that is a list of strings.
    StrList attributeList(std::string_view name) const;

    /// Sets a property by CloudFormation's names, whatever the typed struct says:
    /// `addPropertyOverride("VpcConfig.SubnetIds.0", "subnet-1")`. Numbers index lists; the index
    /// equal to the length appends. A dot within a name is written `\.`.
    void addPropertyOverride(std::string_view path, Any value);
    /// Removes a property.
    void addPropertyDeletionOverride(std::string_view path);
    /// Sets anything of the resource's template entry: `addOverride("UpdatePolicy.X", v)`.
    void addOverride(std::string_view path, Any value);

    /// The resource exists only where the condition holds.
    void setCondition(const Condition& condition);

    /// Sets both policies; `onReplace` Default means the same as on deletion.
    void setRemovalPolicy(RemovalPolicy onDelete, RemovalPolicy onReplace = RemovalPolicy::Default);
    /// Sets the policy if the type holds data.
    void applyRemovalPolicy(RemovalPolicy policy) override;
    /// What holds: as set, or Retain for types that hold data. Default means nothing to write.
    RemovalPolicy deletionPolicy() const;
    RemovalPolicy updateReplacePolicy() const;

  private:
    const ResourceType* type_;
    Value properties_;
};

namespace detail {
/// Base of the generated classes: keeps them to one line each.
template <class P>
Value properties(const P& props) {
    return Obj<P>(props);
}
}  // namespace detail

struct RawResourceProps {
    /// `AWS::Service::Type`, `Custom::Name`.
    Required<Str> type;
    Any properties = {};
};

/// A resource of any type by name, for types and properties newer than loam's facts.
class RawResource : public Resource {
  public:
    using Props = RawResourceProps;
    RawResource(Scope scope, const Props& props);
};

}  // namespace loam
