#include "constructs/src/validation/physical_names.hpp"

#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

/// Cannot be part of a name.
constexpr char separator = '\n';

/// Types whose names must differ, although AWS identifies them by something that it makes itself.
struct NamedType {
    std::string_view type;
    const char* properties[2];
};
constexpr NamedType namedTypes[] = {
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", {"Name"}},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", {"Name"}},
    {"AWS::IAM::ManagedPolicy", {"ManagedPolicyName"}},
    {"AWS::SNS::Topic", {"TopicName"}},
    {"AWS::SQS::Queue", {"QueueName"}},
    {"AWS::SecretsManager::Secret", {"Name"}},
    {"AWS::StepFunctions::StateMachine", {"StateMachineName"}},
};

/// The properties that make the name, null-terminated; null if there are none.
const char* const* namingProperties(const ResourceType& type) {
    for (const auto& named : namedTypes) {
        if (named.type == type.name) return named.properties;
    }
    return type.primaryIdentifier;
}

/// Account and region of the stack, or the stack itself if it may be deployed anywhere.
std::string placeOf(const Stack& stack) {
    const Environment& environment = stack.env();
    if (environment.account.empty() || environment.region.empty()) return std::string(stack.path());
    return std::string(std::string_view(environment.account)) + separator +
           std::string(std::string_view(environment.region));
}

}  // namespace

void PhysicalNames::add(
    const AssembledStack& stack, const AssembledResource& resource, Findings& findings) {
    const ResourceType* type = resource.resource->type();
    // Of two resources under conditions perhaps only one exists.
    if (type == nullptr || resource.condition != nullptr) return;
    const char* const* part = namingProperties(*type);
    if (part == nullptr) return;
    std::string names;
    std::string properties;
    for (; *part != nullptr; ++part) {
        const Value value = propertyOf(resource.properties, *part);
        const std::string* text = literal(value);
        if (text == nullptr) return;
        names += (names.empty() ? "" : ", ") + ("\"" + *text + "\"");
        properties += (properties.empty() ? "" : ", ") + std::string(*part);
    }
    const std::string key = type->name + (separator + placeOf(*stack.stack)) + separator + names;
    const auto [entry, isNew] = seen_.try_emplace(key, resource.resource);
    if (isNew) return;
    findings.error(*resource.resource, rules::duplicateName,
        names + " is the name of [" + std::string(entry->second->path()) + "] too, another " +
            type->name + "; choose another name, or leave it out and AWS makes one",
        properties);
}

}  // namespace loam
