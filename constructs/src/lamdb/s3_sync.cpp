#include <loam/aws/datasync.hpp>
#include <loam/key.hpp>
#include <loam/s3_sync.hpp>
#include <loam/stack.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

const std::vector<std::string> bucketActions{
    "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"};
const std::vector<std::string> objectActions{"s3:AbortMultipartUpload", "s3:DeleteObject",
    "s3:GetObject", "s3:GetObjectTagging", "s3:ListMultipartUploadParts", "s3:PutObject",
    "s3:PutObjectTagging"};

constexpr seconds shortestInterval = hours{1};

Principal dataSync() { return Principal::service("datasync.amazonaws.com"); }

/// A role that DataSync takes on for this account only.
Role& addRole(Construct& scope, std::string_view id) {
    return scope.add<Role>(id,
        {
            .assumedBy = dataSync(),
            .conditions = {{"StringEquals", "aws:SourceAccount", {scope.stack().account()}}},
        });
}

}  // namespace

S3Sync::S3Sync(Scope scope, const Props& props) : Construct(std::move(scope)) {
    require(props.source != nullptr && props.destination != nullptr, *this,
        "source and destination are required; give an access point and a bucket");
    const auto interval = props.scheduleExpression.interval();
    require(interval == seconds{0} || interval >= shortestInterval, *this,
        "DataSync runs at most once an hour, got " + props.scheduleExpression.text());
    const auto& subdirectory = props.subdirectory;
    require(!subdirectory.empty() && !subdirectory.starts_with('/') && !subdirectory.ends_with('/'),
        *this,
        "subdirectory is the start of keys, such as efs or backup/efs, without slashes around it, "
        "got \"" +
            subdirectory + "\"");
    auto& source = addSource(*props.source);
    auto& destination = addDestination(props);
    const auto name = props.taskName.empty() ? pathWithHyphens(*this) : props.taskName;
    logGroup_ = &add<LogGroup>("LogGroup",
        {
            .logGroupName = "/aws/datasync/" + name,
            .retention = props.logRetention,
            .removalPolicy = RemovalPolicy::Destroy,
        });
    logGroup_->allowWriteFrom(dataSync());
    auto& task = add<aws::datasync::Task>("Task",
        {
            .cloudWatchLogGroupArn = logGroup_->destinationArn(),
            .destinationLocationArn = destination.ref(),
            .name = name,
            .options = {{
                .logLevel = "TRANSFER",
                .preserveDeletedFiles = props.removeDeletedFiles ? "REMOVE" : "PRESERVE",
                .verifyMode = "ONLY_FILES_TRANSFERRED",
            }},
            .schedule = {{.scheduleExpression = props.scheduleExpression.text()}},
            .sourceLocationArn = source.ref(),
        });
    task.addDependency(*logGroup_);
    task_ = &task;
}

Resource& S3Sync::addSource(AccessPoint& source) {
    auto& fileSystem = source.fileSystem();
    auto& securityGroup = add<SecurityGroup>("SecurityGroup",
        {.vpc = fileSystem.vpc(), .description = "DataSync " + std::string(path())});
    fileSystem.allowMountFrom(securityGroup);
    auto& role = addRole(*this, "SourceRole");
    const auto grant = source.grantRead(role);
    const auto& subnet = *fileSystem.subnets().front();
    auto& location = add<aws::datasync::LocationEFS>("Source",
        {
            .accessPointArn = source.accessPointArn(),
            .ec2Config = {{
                .securityGroupArns = {stack().formatArn(
                    "ec2", "security-group/" + securityGroup.securityGroupId())},
                .subnetArn = stack().formatArn("ec2", "subnet/" + subnet.subnetId()),
            }},
            .efsFilesystemArn = fileSystem.fileSystemArn(),
            .fileSystemAccessRoleArn = role.roleArn(),
            .inTransitEncryption = "TLS1_2",
        });
    location.addDependency(fileSystem.mountTargets());
    location.addDependency(securityGroup);
    grant.applyBefore(location);
    return location;
}

Resource& S3Sync::addDestination(const Props& props) {
    auto& bucket = *props.destination;
    auto& role = addRole(*this, "DestinationRole");
    if (auto* key = bucket.encryptionKey()) key->grantEncryptDecrypt(role);
    role.addToPolicy({.actions = bucketActions, .resources = {bucket.bucketArn()}});
    const auto grant = role.addToPolicy(
        {.actions = objectActions, .resources = {bucket.arnForObjects(props.subdirectory + "/*")}});
    auto& location = add<aws::datasync::LocationS3>("Destination",
        {
            .s3BucketArn = bucket.bucketArn(),
            .s3Config = {{.bucketAccessRoleArn = role.roleArn()}},
            .subdirectory = "/" + props.subdirectory,
        });
    grant.applyBefore(location);
    return location;
}

Str S3Sync::taskArn() const { return task_->ref(); }

}  // namespace loam
