// Instances and launch templates.
#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

const Table& metadataOptions() {
    static const Table table{"HttpEndpoint", "HttpProtocolIpv6", "HttpPutResponseHopLimit",
        "HttpTokens", "InstanceMetadataTags"};
    return table;
}

const Table& privateDnsOptions() {
    static const Table table{
        {"EnableResourceNameDnsAAAARecord", "enable_resource_name_dns_aaaa_record"},
        {"EnableResourceNameDnsARecord", "enable_resource_name_dns_a_record"}, "HostnameType"};
    return table;
}

const Table& instanceEbs() {
    static const Table table{"DeleteOnTermination", "Encrypted", "Iops", "KmsKeyId", "SnapshotId",
        "Throughput", "VolumeSize", "VolumeType"};
    return table;
}

/// CloudFormation takes base64 text; the provider encodes `user_data` by itself.
void setUserData(Builder& builder) {
    const auto data = builder.property("UserData");
    if (!data.present()) return;
    if (data.node()->kind == NodeKind::Function &&
        as<FunctionNode>(*data.node()).function == Intrinsic::Base64) {
        const auto& text = as<FunctionNode>(*data.node()).arguments[0];
        builder.main().set("user_data", builder.argument(text));
    } else {
        builder.main().set("user_data_base64", builder.argument(data));
    }
}

/// The provider has a block of its own for the root device, whose name the image decides. Amazon's
/// images use these two.
bool isRootDevice(const Value& name) {
    const auto* text = name.present() ? literal(name) : nullptr;
    return text != nullptr && (*text == "/dev/xvda" || *text == "/dev/sda1");
}

void setBlockDevices(Builder& builder) {
    for (const auto& device : builder.items("BlockDeviceMappings")) {
        const auto name = propertyOf(device.value, "DeviceName");
        const auto ebs = propertyOf(device.value, "Ebs");
        Body body;
        if (!isRootDevice(name)) body.set("device_name", builder.argument(name));
        if (!ebs.present()) {
            builder.apply({custom("DeviceName"), custom("NoDevice"), "VirtualName"}, device, body);
            if (propertyOf(device.value, "NoDevice").present()) body.set("no_device", Bool(true));
            builder.main().add("ephemeral_block_device", body, device.guard);
            continue;
        }
        builder.apply({custom("DeviceName"), flatten("Ebs", instanceEbs())}, device, body);
        builder.main().add(
            isRootDevice(name) ? "root_block_device" : "ebs_block_device", body, device.guard);
    }
}

/// The primary interface, which the provider describes by arguments of the instance.
void setNetworkInterface(Builder& builder) {
    const auto interfaces = builder.items("NetworkInterfaces");
    for (const auto& item : interfaces) {
        if (interfaces.size() > 1 || !item.guard.empty()) {
            builder.refuse("NetworkInterfaces",
                "several or conditional interfaces; give one, or use a launch template");
            return;
        }
        builder.apply(
            {{"AssociatePublicIpAddress", "associate_public_ip_address"},
                custom("DeleteOnTermination"), custom("DeviceIndex"),
                {"GroupSet", "vpc_security_group_ids"}, "Ipv6AddressCount",
                {"PrivateIpAddress", "private_ip"}, "SubnetId"},
            item, builder.main());
        const auto deletes = propertyOf(item.value, "DeleteOnTermination");
        const bool keeps =
            deletes.present() &&
            (deletes.node()->kind != NodeKind::Boolean || !as<BooleanNode>(*deletes.node()).value);
        if (keeps) {
            builder.refuse(item.path + ".DeleteOnTermination",
                "the primary interface always goes with its instance; leave it out or write true");
        }
    }
}

void finishInstance(Builder& builder) {
    setUserData(builder);
    setBlockDevices(builder);
    setNetworkInterface(builder);
    std::vector<Value> addresses;
    for (const auto& item : builder.items("Ipv6Addresses")) {
        addresses.push_back(builder.argument(propertyOf(item.value, "Ipv6Address")));
    }
    if (!addresses.empty()) {
        builder.main().set("ipv6_addresses", make<ListNode>(std::move(addresses)));
    }
    const auto propagate = builder.property("PropagateTagsToVolumeOnCreation");
    if (!propagate.present()) return;
    if (propagate.node()->kind != NodeKind::Boolean) {
        builder.refuse("PropagateTagsToVolumeOnCreation", "it has to be a literal");
    } else if (as<BooleanNode>(*propagate.node()).value) {
        builder.main().set("volume_tags",
            pairsOf(builder.scope(), builder.property("Tags"), "Key", "Value", "Tags"));
    }
}

TypeMapping instance() {
    return {"AWS::EC2::Instance", "aws_instance",
        {"AvailabilityZone", custom("BlockDeviceMappings"),
            block("CpuOptions", {"CoreCount", "ThreadsPerCore"}),
            block("CreditSpecification", {{"CPUCredits", "cpu_credits"}}), "DisableApiTermination",
            "EbsOptimized", block("EnclaveOptions", {"Enabled"}),
            flatten("HibernationOptions", {{"Configured", "hibernation"}}), "HostId",
            "HostResourceGroupArn", "IamInstanceProfile", {"ImageId", "ami"},
            "InstanceInitiatedShutdownBehavior", "InstanceType", "Ipv6AddressCount",
            custom("Ipv6Addresses"), "KeyName",
            block("LaunchTemplate",
                {{"LaunchTemplateId", "id"}, {"LaunchTemplateName", "name"}, "Version"}),
            block("MetadataOptions", metadataOptions()), "Monitoring", custom("NetworkInterfaces"),
            {"PlacementGroupName", "placement_group"},
            block("PrivateDnsNameOptions", privateDnsOptions()), {"PrivateIpAddress", "private_ip"},
            custom("PropagateTagsToVolumeOnCreation"),
            {"SecurityGroupIds", "vpc_security_group_ids"}, "SecurityGroups", "SourceDestCheck",
            "SubnetId", tags(), "Tenancy", custom("UserData")},
        {{"Ref", "id"}, {"InstanceId", "id"}, {"AvailabilityZone", "availability_zone"},
            {"PrivateDnsName", "private_dns"}, {"PrivateIp", "private_ip"},
            {"PublicDnsName", "public_dns"}, {"PublicIp", "public_ip"}},
        finishInstance};
}

Table launchTemplateData() {
    const Table ebs{"DeleteOnTermination", "Encrypted", "Iops", "KmsKeyId", "SnapshotId",
        "Throughput", "VolumeInitializationRate", "VolumeSize", "VolumeType"};
    const Table networkInterface{"AssociateCarrierIpAddress", "AssociatePublicIpAddress",
        "DeleteOnTermination", "Description", "DeviceIndex", "EnaQueueCount",
        {"Groups", "security_groups"}, "InterfaceType", "Ipv6AddressCount", "NetworkCardIndex",
        "NetworkInterfaceId", "PrimaryIpv6", "PrivateIpAddress", "SubnetId"};
    return {
        block("BlockDeviceMappings", {"DeviceName", block("Ebs", ebs), "NoDevice", "VirtualName"}),
        block("CpuOptions", {"AmdSevSnp", "CoreCount", "ThreadsPerCore"}),
        block("CreditSpecification", {"CpuCredits"}), "DisableApiStop", "DisableApiTermination",
        "EbsOptimized", block("EnclaveOptions", {"Enabled"}),
        block("HibernationOptions", {"Configured"}), block("IamInstanceProfile", {"Arn", "Name"}),
        "ImageId", "InstanceInitiatedShutdownBehavior", "InstanceType", "KernelId", "KeyName",
        block("MaintenanceOptions", {"AutoRecovery"}), block("MetadataOptions", metadataOptions()),
        block("Monitoring", {"Enabled"}), block("NetworkInterfaces", networkInterface),
        block("Placement",
            {"Affinity", "AvailabilityZone", "GroupId", "GroupName", "HostId",
                "HostResourceGroupArn", "PartitionNumber", "SpreadDomain", "Tenancy"}),
        block("PrivateDnsNameOptions",
            {{"EnableResourceNameDnsAAAARecord", "enable_resource_name_dns_aaaa_record"},
                {"EnableResourceNameDnsARecord", "enable_resource_name_dns_a_record"},
                "HostnameType"}),
        "RamDiskId", {"SecurityGroupIds", "vpc_security_group_ids"},
        {"SecurityGroups", "security_group_names"},
        block("TagSpecifications", {"ResourceType", tags()}), "UserData"};
}

/// The provider's `tags` are those of the template itself.
void finishLaunchTemplate(Builder& builder) {
    for (const auto& item : builder.items("TagSpecifications")) {
        Body body;
        builder.apply({custom("ResourceType"), tags()}, item, builder.main());
    }
}

TypeMapping launchTemplate() {
    return {"AWS::EC2::LaunchTemplate", "aws_launch_template",
        {flatten("LaunchTemplateData", launchTemplateData()), {"LaunchTemplateName", "name"},
            custom("TagSpecifications"), {"VersionDescription", "description"}},
        {{"Ref", "id"}, {"LaunchTemplateId", "id"}, {"DefaultVersionNumber", "default_version"},
            {"LatestVersionNumber", "latest_version"}},
        finishLaunchTemplate};
}

}  // namespace

std::vector<TypeMapping> ec2InstanceMappings() { return {instance(), launchTemplate()}; }

}  // namespace loam::terraform
