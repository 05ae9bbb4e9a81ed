#include <loam/aws/ec2.hpp>
#include <loam/aws/iam.hpp>
#include <loam/bastion_host.hpp>
#include <loam/findings.hpp>
#include <loam/intrinsics.hpp>
#include <loam/key.hpp>
#include <loam/parameter.hpp>
#include <loam/stack.hpp>
#include <loam/tags.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

/// What the agent on the host calls for a session.
const std::vector<std::string> sessionActions{"ec2messages:AcknowledgeMessage",
    "ec2messages:DeleteMessage", "ec2messages:FailMessage", "ec2messages:GetEndpoint",
    "ec2messages:GetMessages", "ec2messages:SendReply", "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"};
constexpr const char* sessionServices[] = {"ssm", "ssmmessages", "ec2messages"};

constexpr const char* imageParameter =
    "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/// Mounts the file system now and after each start. The packages come from the region's bucket of
/// Amazon Linux, through the gateway endpoint.
Str mountScript(const FileSystem& fileSystem, const std::string& name) {
    const auto directory = "/mnt/" + name + "-efs";
    return "#!/bin/bash\n"
           "set -eu\n"
           "dnf install --assumeyes amazon-efs-utils\n"
           "mkdir --parents " +
           directory + "\necho '" + fileSystem.fileSystemId() + ":/ " + directory +
           " efs _netdev,noresvport,tls,iam 0 0' >> /etc/fstab\n"
           "mount --all --types efs\n";
}

aws::ec2::InstanceBlockDeviceMapping encryptedRoot() {
    return {
        .deviceName = "/dev/xvda",
        .ebs = {{.deleteOnTermination = true, .encrypted = true, .volumeType = "gp3"}},
    };
}

Vpc& networkOf(const BastionHostProps& props, const Construct& at) {
    require(props.vpc != nullptr || props.fileSystem != nullptr, at,
        "a network is required; give vpc or fileSystem");
    return props.vpc != nullptr ? *props.vpc : props.fileSystem->vpc();
}

}  // namespace

BastionHost::BastionHost(Scope scope, Props props)
    : Construct(std::move(scope)), terminationProtection_(props.terminationProtection) {
    auto& vpc = networkOf(props, *this);
    auto& subnet = *vpc.innerSubnets().front();
    securityGroup_ = &add<SecurityGroup>(
        "SecurityGroup", {.vpc = vpc, .description = "Bastion host " + std::string(path())});
    // The subnet has no way out but the endpoints. The addresses of S3 behind the gateway endpoint
    // are a prefix list whose id differs by region and has no name in a template.
    securityGroup_->allowTo(Peer::anyIpv4(), Port::tcp(443), "HTTPS to the endpoints");
    role_ = &add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});
    const auto grant = role_->addToPolicy({.actions = sessionActions, .resources = {"*"}});
    policy_ = &grant.policy();
    policy_->acknowledge(
        "wildcard-permission", "Session Manager has no resources to name for the side of the host");
    if (props.bucket != nullptr) props.bucket->grantReadWrite(*this);
    if (props.fileSystem != nullptr) {
        props.fileSystem->allowMountFrom(*securityGroup_);
        props.fileSystem->grantMount(*this, FileSystemAccess::Root);
    }
    if (!terminationProtection_) {
        acknowledge("instance-termination-protection",
            "The host holds no data and can be made anew at any time");
    }
    auto& instance = addInstance(props, subnet);
    openSessions(props, vpc, subnet, instance);
}

void BastionHost::openSessions(const Props& props, Vpc& vpc, Subnet& subnet, Construct& instance) {
    instance.addDependency(vpc.addGatewayEndpoint(GatewayService::S3));
    std::vector<std::string> services(std::begin(sessionServices), std::end(sessionServices));
    if (props.sessionKey != nullptr) {
        props.sessionKey->grantDecrypt(*this);
        services.emplace_back("kms");
    }
    for (const auto& service : services) {
        auto& endpoint = vpc.addInterfaceEndpoint(service, {&subnet});
        endpoint.allowFrom(*securityGroup_);
        instance.addDependency(endpoint);
    }
}

Resource& BastionHost::addInstance(const Props& props, Subnet& subnet) {
    const auto name = props.instanceName.empty() ? std::string(id()) : props.instanceName;
    auto& image = add<Parameter>("Image",
        {
            .type = ParameterType::SsmString,
            .typeName = "AWS::EC2::Image::Id",
            .defaultValue = imageParameter,
            .description = "Image of the bastion host",
        });
    auto& profile =
        add<aws::iam::InstanceProfile>("InstanceProfile", {.roles = {role_->roleName()}});
    auto& instance = add<aws::ec2::Instance>("Resource",
        {
            .blockDeviceMappings = {encryptedRoot()},
            .disableApiTermination = terminationProtection_ ? Bool(true) : Bool(),
            .ebsOptimized = true,
            .iamInstanceProfile = profile.ref(),
            .imageId = image.value(),
            .instanceType = props.instanceType,
            .metadataOptions = {{.httpPutResponseHopLimit = 1, .httpTokens = "required"}},
            .monitoring = true,
            .securityGroupIds = {securityGroup_->securityGroupId()},
            .subnetId = subnet.subnetId(),
            .userData =
                props.fileSystem == nullptr ? Str() : base64(mountScript(*props.fileSystem, name)),
        });
    tags().add("Name", name + "-bastion", {.includeTypes = {"AWS::EC2::Instance"}});
    instance.addDependency(*policy_);
    instance.addDependency(*securityGroup_);
    if (props.fileSystem != nullptr) instance.addDependency(props.fileSystem->mountTargets());
    instance_ = &instance;
    return instance;
}

Str BastionHost::instanceId() const { return instance_->ref(); }

void BastionHost::validate(Findings& findings) const {
    if (terminationProtection_) return;
    findings.warning(*this, "instance-termination-protection",
        "the host can be terminated by mistake; set terminationProtection, or acknowledge "
        "\"instance-termination-protection\" with the reason");
}

}  // namespace loam
