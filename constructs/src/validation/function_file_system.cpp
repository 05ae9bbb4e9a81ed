#include "constructs/src/validation/function_file_system.hpp"

#include <algorithm>

#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

const std::vector<Value>* itemsOf(const Value& value) {
    if (!value.present() || value.node()->kind != NodeKind::List) return nullptr;
    return &as<ListNode>(*value.node()).items;
}

struct MountTarget {
    const AssembledResource* resource;
    const AssembledResource* fileSystem;
    Value subnet;
};

std::vector<MountTarget> mountTargetsOf(const StackGraph& graph) {
    std::vector<MountTarget> targets;
    for (const AssembledResource& resource : graph.stack().resources) {
        if (resource.resource->typeName() != "AWS::EFS::MountTarget") continue;
        targets.push_back({&resource,
            graph.resourceOf(propertyOf(resource.properties, "FileSystemId")),
            propertyOf(resource.properties, "SubnetId")});
    }
    return targets;
}

/// The mount targets of the file system in the function's subnets; all of them if its subnets have
/// none that is known here.
std::vector<const MountTarget*> neededTargets(const std::vector<MountTarget>& targets,
    const AssembledResource& fileSystem, const std::vector<Value>* subnets) {
    std::vector<const MountTarget*> ofFileSystem;
    std::vector<const MountTarget*> inSubnets;
    for (const MountTarget& target : targets) {
        if (target.fileSystem != &fileSystem) continue;
        ofFileSystem.push_back(&target);
        const bool near =
            subnets != nullptr &&
            std::any_of(subnets->begin(), subnets->end(), [&](const Value& subnet) {
                return equal(subnet, target.subnet);
            });
        if (near) inSubnets.push_back(&target);
    }
    return inSubnets.empty() ? ofFileSystem : inSubnets;
}

void checkMount(const StackGraph& graph, const std::vector<MountTarget>& targets,
    const AssembledResource& function, const Value& accessPointArn, const std::string& path,
    const std::vector<Value>* subnets, Findings& findings) {
    const AssembledResource* accessPoint = graph.resourceOf(accessPointArn);
    if (accessPoint == nullptr) return;
    const AssembledResource* fileSystem =
        graph.resourceOf(propertyOf(accessPoint->properties, "FileSystemId"));
    if (fileSystem == nullptr) return;

    const auto needed = neededTargets(targets, *fileSystem, subnets);
    const std::string name = "[" + std::string(fileSystem->resource->path()) + "]";
    if (needed.empty()) {
        findings.error(*function.resource, rules::fileSystemDependency,
            "mounts " + name +
                ", which has no mount target in this stack; add one in each of the function's "
                "subnets and let the function depend on them",
            path);
        return;
    }
    const std::vector<bool> reached = graph.reachableFrom(function);
    for (const MountTarget* target : needed) {
        if (reached[graph.indexOf(*target->resource)]) continue;
        findings.error(*function.resource, rules::fileSystemDependency,
            "mounts " + name + " but may be created before its mount target [" +
                std::string(target->resource->resource->path()) +
                "], and would then fail; call addDependency with that mount target",
            path);
    }
}

void checkFunction(const StackGraph& graph, const std::vector<MountTarget>& targets,
    const AssembledResource& function, Findings& findings) {
    const Value mounts = propertyOf(function.properties, "FileSystemConfigs");
    const auto* items = itemsOf(mounts);
    if (items == nullptr || items->empty()) return;
    const Value network = propertyOf(function.properties, "VpcConfig");
    const Value subnetIds = propertyOf(network, "SubnetIds");
    const auto* subnets = itemsOf(subnetIds);
    const bool isLiteral =
        network.present() &&
        (network.node()->kind == NodeKind::Object || network.node()->kind == NodeKind::Map);
    if (!network.present() ||
        (isLiteral && (!subnetIds.present() || (subnets != nullptr && subnets->empty())))) {
        findings.error(*function.resource, rules::fileSystemWithoutVpc,
            "mounts a file system, which only a function in a VPC can; set VpcConfig with the "
            "subnets of its "
            "mount targets",
            "FileSystemConfigs");
    }
    for (std::size_t i = 0; i < items->size(); ++i) {
        checkMount(graph, targets, function, propertyOf((*items)[i], "Arn"),
            "FileSystemConfigs." + std::to_string(i) + ".Arn", subnets, findings);
    }
}

}  // namespace

void checkFunctionFileSystems(const StackGraph& graph, Findings& findings) {
    const std::vector<MountTarget> targets = mountTargetsOf(graph);
    for (const AssembledResource& resource : graph.stack().resources) {
        if (resource.resource->typeName() == "AWS::Lambda::Function") {
            checkFunction(graph, targets, resource, findings);
        }
    }
}

}  // namespace loam
