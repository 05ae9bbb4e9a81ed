#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

std::vector<TypeMapping> schedulerMappings() {
    const Table network{
        flatten("AwsvpcConfiguration", {"AssignPublicIp", "SecurityGroups", "Subnets"})};
    const Table ecs{block("CapacityProviderStrategy", {"Base", "CapacityProvider", "Weight"}),
        {"EnableECSManagedTags", "enable_ecs_managed_tags"}, "EnableExecuteCommand", "Group",
        "LaunchType", block("NetworkConfiguration", network),
        block("PlacementConstraints", {"Expression", "Type"}),
        block("PlacementStrategy", {"Field", "Type"}), "PlatformVersion", "PropagateTags",
        "ReferenceId", "TaskCount", "TaskDefinitionArn"};
    const Table target{"Arn", block("DeadLetterConfig", {"Arn"}), block("EcsParameters", ecs),
        block("EventBridgeParameters", "eventbridge_parameters", {"DetailType", "Source"}), "Input",
        block("KinesisParameters", {"PartitionKey"}),
        block("RetryPolicy", {"MaximumEventAgeInSeconds", "MaximumRetryAttempts"}), "RoleArn",
        block("SqsParameters", {"MessageGroupId"})};
    return {{"AWS::Scheduler::Schedule", "aws_scheduler_schedule",
        {"Description", "EndDate", block("FlexibleTimeWindow", {"MaximumWindowInMinutes", "Mode"}),
            "GroupName", "KmsKeyArn", "Name", "ScheduleExpression", "ScheduleExpressionTimezone",
            "StartDate", "State", block("Target", target)},
        {{"Ref", "name"}, {"Arn", "arn"}}}};
}

}  // namespace loam::terraform
