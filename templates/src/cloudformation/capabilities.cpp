#include <loam/cloudformation.hpp>

#include <algorithm>

#include "templates/src/cloudformation/intrinsics.hpp"

namespace loam::cloudformation {

namespace {

/// The property that gives an IAM resource a name of its own.
struct NamedType {
    std::string_view type;
    std::string_view property;
};
constexpr NamedType namedTypes[] = {
    {"AWS::IAM::Group", "GroupName"},
    {"AWS::IAM::InstanceProfile", "InstanceProfileName"},
    {"AWS::IAM::ManagedPolicy", "ManagedPolicyName"},
    {"AWS::IAM::Role", "RoleName"},
    {"AWS::IAM::User", "UserName"},
};

bool hasName(const AssembledResource& resource) {
    return std::any_of(std::begin(namedTypes), std::end(namedTypes), [&](const NamedType& named) {
        return named.type == resource.resource->typeName() &&
               propertyOf(resource.properties, named.property).present();
    });
}

bool usesLanguageExtensions(const Value& value) {
    bool found = false;
    if (!value.present() || !value.node()->late) return found;
    visit(value, [&](const Node& node, const std::string&) {
        found =
            found ||
            (node.kind == NodeKind::Function &&
                isLanguageExtension(as<FunctionNode>(node).function));
    });
    return found;
}

}  // namespace

std::vector<std::string> capabilities(const AssembledStack& stack) {
    bool iam = false;
    bool namedIam = false;
    bool expand = false;
    for (const AssembledResource& resource : stack.resources) {
        const std::string_view type = resource.resource->typeName();
        iam = iam || type.starts_with("AWS::IAM::");
        namedIam = namedIam || hasName(resource);
        expand = expand || usesLanguageExtensions(resource.properties);
        // What a nested template holds is not known here.
        if (type == "AWS::CloudFormation::Stack") namedIam = expand = true;
    }
    for (const AssembledOutput& output : stack.outputs) {
        expand = expand || usesLanguageExtensions(output.value);
    }
    std::vector<std::string> needed;
    if (expand) needed.emplace_back("CAPABILITY_AUTO_EXPAND");
    if (namedIam) {
        needed.emplace_back("CAPABILITY_NAMED_IAM");
    } else if (iam) {
        needed.emplace_back("CAPABILITY_IAM");
    }
    return needed;
}

}  // namespace loam::cloudformation
