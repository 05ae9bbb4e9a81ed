#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void finishFileSystem(Builder& builder) {
    for (const auto& item : builder.items("BackupPolicy")) {
        auto& part = builder.partOf(item, "aws_efs_backup_policy");
        part.body.set("file_system_id", builder.mainAttribute("id"));
        part.body.add("backup_policy", builder.bodyOf({"Status"}, item));
    }
    builder.documentPart(
        "FileSystemPolicy", "aws_efs_file_system_policy", "policy", "file_system_id", "id");
    const auto bypass = builder.property("BypassPolicyLockoutSafetyCheck");
    for (auto& part : builder.parts()) {
        if (bypass.present() && part.type == "aws_efs_file_system_policy") {
            part.body.set("bypass_policy_lockout_safety_check", builder.argument(bypass));
        }
    }
    const Table destination{"AvailabilityZoneName", "FileSystemId", "KmsKeyId", "Region"};
    builder.partFor("ReplicationConfiguration", "aws_efs_replication_configuration",
        {block("Destinations", "destination", destination)}, "source_file_system_id", "id");
}

TypeMapping fileSystem() {
    const Table lifecycle{{"TransitionToArchive", "transition_to_archive"},
        {"TransitionToIA", "transition_to_ia"}, "TransitionToPrimaryStorageClass"};
    return {"AWS::EFS::FileSystem", "aws_efs_file_system",
        {"AvailabilityZoneName", custom("BackupPolicy"), custom("BypassPolicyLockoutSafetyCheck"),
            "Encrypted", custom("FileSystemPolicy"),
            block("FileSystemProtection", "protection",
                {{"ReplicationOverwriteProtection", "replication_overwrite"}}),
            tags("FileSystemTags"), "KmsKeyId",
            block("LifecyclePolicies", "lifecycle_policy", lifecycle), "PerformanceMode",
            "ProvisionedThroughputInMibps", custom("ReplicationConfiguration"), "ThroughputMode"},
        {{"Ref", "id"}, {"FileSystemId", "id"}, {"Arn", "arn"}}, finishFileSystem};
}

}  // namespace

std::vector<TypeMapping> efsMappings() {
    const Table creation{"OwnerGid", "OwnerUid", "Permissions"};
    return {fileSystem(),
        {"AWS::EFS::MountTarget", "aws_efs_mount_target",
            {"FileSystemId", "IpAddress", "IpAddressType", "Ipv6Address", "SecurityGroups",
                "SubnetId"},
            {{"Ref", "id"}, {"Id", "id"}, {"IpAddress", "ip_address"}}},
        {"AWS::EFS::AccessPoint", "aws_efs_access_point",
            {tags("AccessPointTags"),
                refused("ClientToken", "it only makes a request repeatable; leave it out"),
                "FileSystemId", block("PosixUser", {"Gid", "SecondaryGids", "Uid"}),
                block("RootDirectory", {block("CreationInfo", creation), "Path"})},
            {{"Ref", "id"}, {"AccessPointId", "id"}, {"Arn", "arn"}}}};
}

}  // namespace loam::terraform
