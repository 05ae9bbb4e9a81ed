#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void finishLocationS3(Builder& builder) {
    if (!builder.main().has("subdirectory")) builder.main().set("subdirectory", "/");
}

TypeMapping task() {
    const Table filter{"FilterType", "Value"};
    const Table options{"Atime", "BytesPerSecond", "Gid", "LogLevel", "Mtime", "ObjectTags",
        "OverwriteMode", "PosixPermissions", "PreserveDeletedFiles", "PreserveDevices",
        "SecurityDescriptorCopyFlags", "TaskQueueing", "TransferMode", "Uid", "VerifyMode"};
    const Table destination{{"BucketAccessRoleArn", "bucket_access_role_arn"},
        {"S3BucketArn", "s3_bucket_arn"}, "Subdirectory"};
    const Table report{flatten("Destination", {block("S3", "s3_destination", destination)}),
        {"ObjectVersionIds", "s3_object_versioning"}, "OutputType",
        block("Overrides", "report_overrides",
            {flatten("Deleted", {{"ReportLevel", "deleted_override"}}),
                flatten("Skipped", {{"ReportLevel", "skipped_override"}}),
                flatten("Transferred", {{"ReportLevel", "transferred_override"}}),
                flatten("Verified", {{"ReportLevel", "verified_override"}})}),
        "ReportLevel"};
    return {"AWS::DataSync::Task", "aws_datasync_task",
        {{"CloudWatchLogGroupArn", "cloudwatch_log_group_arn", Form::LogGroupArn},
            "DestinationLocationArn", block("Excludes", filter), block("Includes", filter), "Name",
            block("Options", options), block("Schedule", {"ScheduleExpression", "Status"}),
            "SourceLocationArn", tags(), "TaskMode", block("TaskReportConfig", report)},
        {{"Ref", "arn"}, {"TaskArn", "arn"}}};
}

}  // namespace

std::vector<TypeMapping> datasyncMappings() {
    const Table network{"SecurityGroupArns", "SubnetArn"};
    return {task(),
        {"AWS::DataSync::LocationEFS", "aws_datasync_location_efs",
            {"AccessPointArn", block("Ec2Config", network),
                {"EfsFilesystemArn", "efs_file_system_arn"}, "FileSystemAccessRoleArn",
                "InTransitEncryption", "Subdirectory", tags()},
            {{"Ref", "arn"}, {"LocationArn", "arn"}, {"LocationUri", "uri"}}},
        {"AWS::DataSync::LocationS3", "aws_datasync_location_s3",
            {"S3BucketArn", block("S3Config", {"BucketAccessRoleArn"}), "S3StorageClass",
                "Subdirectory", tags()},
            {{"Ref", "arn"}, {"LocationArn", "arn"}, {"LocationUri", "uri"}}, finishLocationS3}};
}

}  // namespace loam::terraform
