// A template is an object of sections, and each resource an object of attributes: tables give the
// order in which people read them, which is not that of the alphabet.

#include <loam/cloudformation.hpp>
#include <loam/error.hpp>

#include <ostream>

#include "templates/src/cloudformation/intrinsics.hpp"

namespace loam::cloudformation {

namespace {

constexpr Field templateFields[] = {
    {"AWSTemplateFormatVersion"},
    {"Description"},
    {"Transform"},
    {"Parameters"},
    {"Mappings"},
    {"Conditions"},
    {"Resources"},
    {"Outputs"},
};
constexpr StructTable templateTable{"Template", templateFields, std::size(templateFields)};

constexpr Field resourceFields[] = {
    {"Type"},
    {"Condition"},
    {"DependsOn"},
    {"Properties"},
    {"CreationPolicy"},
    {"UpdatePolicy"},
    {"DeletionPolicy"},
    {"UpdateReplacePolicy"},
    {"Metadata"},
};
constexpr StructTable resourceTable{"Resource", resourceFields, std::size(resourceFields)};

constexpr Field parameterFields[] = {
    {"Type"},
    {"Description"},
    {"Default"},
    {"AllowedValues"},
    {"AllowedPattern"},
    {"MinLength"},
    {"MaxLength"},
    {"MinValue"},
    {"MaxValue"},
    {"ConstraintDescription"},
    {"NoEcho"},
};
constexpr StructTable parameterTable{"Parameter", parameterFields, std::size(parameterFields)};

constexpr Field outputFields[] = {{"Description"}, {"Value"}, {"Export"}, {"Condition"}};
constexpr StructTable outputTable{"Output", outputFields, std::size(outputFields)};

/// An object of a table, filled by name.
class Entry {
  public:
    explicit Entry(const StructTable& table) : table_(&table), fields_(table.count) {}

    void set(std::string_view name, Value value) {
        const int index = table_->find(name);
        fields_[static_cast<std::size_t>(index)] = std::move(value);
    }
    void setText(std::string_view name, std::string_view value) {
        if (!value.empty()) set(name, Str(value));
    }
    bool knows(std::string_view name) const { return table_->find(name) >= 0; }
    Value take() { return make<ObjectNode>(*table_, std::move(fields_)); }

  private:
    const StructTable* table_;
    std::vector<Value> fields_;
};

std::string_view policyName(RemovalPolicy policy) {
    switch (policy) {
        case RemovalPolicy::Default:
            return {};
        case RemovalPolicy::Destroy:
            return "Delete";
        case RemovalPolicy::Retain:
            return "Retain";
        case RemovalPolicy::RetainExceptOnCreate:
            return "RetainExceptOnCreate";
        case RemovalPolicy::Snapshot:
            return "Snapshot";
    }
    return {};
}

/// UpdateReplacePolicy has no such value; what replaces a resource was created before.
RemovalPolicy onReplacement(RemovalPolicy policy) {
    return policy == RemovalPolicy::RetainExceptOnCreate ? RemovalPolicy::Retain : policy;
}

Value dependsOn(const AssembledResource& resource) {
    if (resource.dependsOn.empty()) return {};
    if (resource.dependsOn.size() == 1) return Str(resource.dependsOn.front()->logicalId());
    detail::ListBuilder ids;
    for (const Resource* other : resource.dependsOn) ids.add(Str(other->logicalId()));
    return ids.take();
}

constexpr std::string_view metadataKey = "Metadata";

Value metadata(const AssembledResource& resource, Intrinsics& intrinsics) {
    detail::MapBuilder entries;
    entries.add("loam:path", Str(resource.resource->path()));
    for (const auto& [key, value] : resource.metadata) entries.add(key, intrinsics.property(value));
    for (const auto& [name, value] : resource.attributes) {
        if (name != metadataKey) continue;
        for (const auto& [key, entry] : as<MapNode>(*value.node()).entries) {
            entries.add(key, intrinsics.property(entry));
        }
    }
    return entries.take();
}

Value renderResource(const AssembledResource& resource, Intrinsics& intrinsics) {
    Entry entry(resourceTable);
    entry.setText("Type", resource.resource->typeName());
    if (resource.condition != nullptr) entry.setText("Condition", resource.condition->logicalId());
    entry.set("DependsOn", dependsOn(resource));
    entry.set("Properties", intrinsics.property(resource.properties));
    entry.setText("DeletionPolicy", policyName(resource.deletionPolicy));
    entry.setText("UpdateReplacePolicy", policyName(onReplacement(resource.updateReplacePolicy)));
    entry.set(metadataKey, metadata(resource, intrinsics));
    for (const auto& [name, value] : resource.attributes) {
        if (name == metadataKey) continue;
        if (!entry.knows(name)) {
            throw ValidationError(resource.resource->path(),
                "override sets \"" + name +
                    "\", which no resource of a template has; properties start "
                    "with \"Properties.\", and beside them there are CreationPolicy, UpdatePolicy, "
                    "DeletionPolicy, UpdateReplacePolicy, DependsOn, Condition, Metadata and Type");
        }
        entry.set(name, intrinsics.property(value));
    }
    return entry.take();
}

template <class T>
Value number(const std::optional<T>& value) {
    return value ? Num(*value) : Num();
}

Value renderParameter(const Parameter& parameter) {
    const ParameterProps& props = parameter.props();
    Entry entry(parameterTable);
    entry.setText("Type", parameter.typeName());
    entry.setText("Description", props.description);
    if (props.defaultValue) entry.set("Default", Str(*props.defaultValue));
    if (!props.allowedValues.empty()) entry.set("AllowedValues", StrList(props.allowedValues));
    entry.setText("AllowedPattern", props.allowedPattern);
    entry.set("MinLength", number(props.minLength));
    entry.set("MaxLength", number(props.maxLength));
    entry.set("MinValue", number(props.minValue));
    entry.set("MaxValue", number(props.maxValue));
    entry.setText("ConstraintDescription", props.constraintDescription);
    if (props.noEcho) entry.set("NoEcho", Bool(true));
    return entry.take();
}

Value renderMapping(const Mapping& mapping, Intrinsics& intrinsics) {
    detail::MapBuilder topLevel;
    for (const auto& [key, values] : mapping.props().values) {
        detail::MapBuilder secondLevel;
        for (const auto& [name, value] : values) secondLevel.add(name, intrinsics.property(value));
        topLevel.add(key, secondLevel.take());
    }
    return topLevel.take();
}

Value renderOutput(const AssembledOutput& output, Intrinsics& intrinsics) {
    Entry entry(outputTable);
    entry.setText("Description", output.description);
    entry.set("Value", intrinsics.property(output.value));
    if (output.exportName.present()) {
        entry.set("Export", single("Name", intrinsics.property(output.exportName)));
    }
    if (output.condition != nullptr) entry.setText("Condition", output.condition->logicalId());
    return entry.take();
}

/// The section of items sorted by logical id, absent if there are none: `pair` gives the logical id
/// and the rendered entry of each.
template <class Items, class Pair>
Value section(const Items& items, Pair pair) {
    if (items.empty()) return {};
    std::vector<MapNode::Entry> entries;
    entries.reserve(items.size());
    for (const auto& item : items) entries.push_back(pair(item));
    return make<MapNode>(std::move(entries));
}

}  // namespace

Value render(const AssembledStack& stack) {
    Intrinsics intrinsics;
    Entry document(templateTable);
    document.setText("AWSTemplateFormatVersion", "2010-09-09");
    document.setText("Description", stack.stack->description());
    document.set("Parameters", section(stack.parameters, [](const Parameter* parameter) {
        return MapNode::Entry(parameter->logicalId(), renderParameter(*parameter));
    }));
    document.set("Mappings", section(stack.mappings, [&](const Mapping* mapping) {
        return MapNode::Entry(mapping->logicalId(), renderMapping(*mapping, intrinsics));
    }));
    document.set("Conditions", section(stack.conditions, [&](const auto& condition) {
        return MapNode::Entry(condition.first->logicalId(), intrinsics.property(condition.second));
    }));
    Value resources = section(stack.resources, [&](const AssembledResource& resource) {
        return MapNode::Entry(resource.logicalId, renderResource(resource, intrinsics));
    });
    // CloudFormation insists on this one section even if nothing is in it.
    document.set("Resources", resources.present() ? resources : make<MapNode>());
    document.set("Outputs", section(stack.outputs, [&](const AssembledOutput& output) {
        return MapNode::Entry(output.logicalId, renderOutput(output, intrinsics));
    }));
    if (intrinsics.usesLanguageExtensions())
        document.setText("Transform", "AWS::LanguageExtensions");
    return document.take();
}

Template render(const Stack& stack) {
    const Assembly assembly = assemble(stack.app());
    return {json(render(assembly.of(stack)))};
}

std::ostream& operator<<(std::ostream& out, const Template& document) {
    return out << "the template (" << document.text.size() << " bytes)";
}

}  // namespace loam::cloudformation
