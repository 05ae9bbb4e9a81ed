#include <loam/aws/efs.hpp>
#include <loam/file_system.hpp>
#include <loam/key.hpp>
#include <loam/lazy.hpp>
#include <loam/tags.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

constexpr int nfsPort = 2049;
constexpr unsigned largestMode = 07777;

/// What a client may do, each including the one before.
const std::vector<std::string> accessActions{"elasticfilesystem:ClientMount",
    "elasticfilesystem:ClientWrite", "elasticfilesystem:ClientRootAccess"};

std::vector<std::string> actionsFor(FileSystemAccess access) {
    return {accessActions.begin(), accessActions.begin() + static_cast<int>(access) + 1};
}

std::vector<aws::efs::FileSystemLifecyclePolicy> lifecycleOf(const FileSystemProps& props) {
    if (!props.infrequentAccessAfterDays) return {};
    const int after = *props.infrequentAccessAfterDays;
    const auto transition = "AFTER_" + std::to_string(after) + (after == 1 ? "_DAY" : "_DAYS");
    return {{.transitionToIA = transition}, {.transitionToPrimaryStorageClass = "AFTER_1_ACCESS"}};
}

/// `0750`.
std::string octal(unsigned mode) {
    std::string text;
    for (int shift = 9; shift >= 0; shift -= 3)
        text += static_cast<char>('0' + (mode >> shift & 7));
    return text;
}

}  // namespace

FileSystem::FileSystem(Scope scope, Props props)
    : Construct(std::move(scope)),
      vpc_(&props.vpc),
      subnets_(props.subnets.empty() ? props.vpc.innerSubnets() : props.subnets) {
    policy_.add(denyWithoutTls(accessActions, {}));
    const auto lifecycle = lifecycleOf(props);
    auto& resource = add<aws::efs::FileSystem>("Resource",
        {
            .backupPolicy = {{.status = props.automaticBackups ? "ENABLED" : "DISABLED"}},
            .encrypted = true,
            .fileSystemPolicy = lazy<Any>([this] { return policy_.render(); }),
            .kmsKeyId = props.key == nullptr ? Str() : props.key->keyArn(),
            .lifecyclePolicies =
                lifecycle.empty() ? List<aws::efs::FileSystemLifecyclePolicy>()
                                  : List<aws::efs::FileSystemLifecyclePolicy>(lifecycle),
            .throughputMode =
                props.throughputMode == ThroughputMode::Elastic ? "elastic" : "bursting",
        });
    if (!props.fileSystemName.empty()) {
        tags().add("Name", props.fileSystemName, {.includeTypes = {"AWS::EFS::FileSystem"}});
    }
    resource.applyRemovalPolicy(props.removalPolicy);
    resource_ = &resource;
    securityGroup_ = &add<SecurityGroup>(
        "SecurityGroup", {.vpc = *vpc_, .description = "File system " + std::string(path())});
    mountTargets_ = &add<Group>("MountTargets");
    for (const auto* subnet : subnets_) {
        mountTargets_->add<aws::efs::MountTarget>(subnet->id(),
            {
                .fileSystemId = fileSystemId(),
                .securityGroups = {securityGroup_->securityGroupId()},
                .subnetId = subnet->subnetId(),
            });
    }
}

Str FileSystem::fileSystemId() const { return resource_->ref(); }
Str FileSystem::fileSystemArn() const { return resource_->attribute("Arn"); }

void FileSystem::allowMountFrom(SecurityGroup& client) {
    securityGroup_->allowFrom(client, Port::tcp(nfsPort), "NFS");
}

Grant FileSystem::grantMount(Grantee& grantee, FileSystemAccess access) {
    return Grant::give(grantee, {.actions = actionsFor(access), .resources = {fileSystemArn()}});
}

AccessPoint::AccessPoint(Scope scope, Props props)
    : Construct(std::move(scope)), fileSystem_(&props.fileSystem) {
    require(props.path.starts_with('/'), *this,
        "path must start with a slash, got \"" + props.path + "\"");
    require(props.permissions <= largestMode, *this,
        "permissions must have at most four octal digits, such as 0750");
    const auto uid = std::to_string(props.uid);
    const auto gid = std::to_string(props.gid);
    aws::efs::AccessPointRootDirectory root{.path = props.path};
    if (props.path != "/") {
        root.creationInfo = {{
            .ownerGid = gid,
            .ownerUid = uid,
            .permissions = octal(props.permissions),
        }};
    }
    resource_ = &add<aws::efs::AccessPoint>("Resource",
        {
            .fileSystemId = fileSystem_->fileSystemId(),
            .posixUser = {{.gid = gid, .uid = uid}},
            .rootDirectory = root,
        });
}

Str AccessPoint::accessPointId() const { return resource_->ref(); }
Str AccessPoint::accessPointArn() const { return resource_->attribute("Arn"); }

PolicyStatement AccessPoint::mountStatement(FileSystemAccess access) const {
    return {
        .actions = actionsFor(access),
        .resources = {fileSystem_->fileSystemArn()},
        .conditions = {{"StringEquals", "elasticfilesystem:AccessPointArn", {accessPointArn()}}},
    };
}

Grant AccessPoint::grantRead(Grantee& grantee) {
    return Grant::give(grantee, mountStatement(FileSystemAccess::Read));
}

Grant AccessPoint::grantReadWrite(Grantee& grantee) {
    return Grant::give(grantee, mountStatement(FileSystemAccess::ReadWrite));
}

}  // namespace loam
