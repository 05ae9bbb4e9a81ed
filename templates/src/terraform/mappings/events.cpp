#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

Table targetTable() {
    const Table network{
        flatten("AwsVpcConfiguration", {"AssignPublicIp", "SecurityGroups", "Subnets"})};
    return {"Arn",
        block("AppSyncParameters", "appsync_target", {{"GraphQLOperation", "graphql_operation"}}),
        block("BatchParameters", "batch_target",
            {flatten("ArrayProperties", {{"Size", "array_size"}}), "JobDefinition", "JobName",
                flatten("RetryStrategy", {{"Attempts", "job_attempts"}})}),
        block("DeadLetterConfig", {"Arn"}),
        block("EcsParameters", "ecs_target",
            {block("CapacityProviderStrategy", {"Base", "CapacityProvider", "Weight"}),
                {"EnableECSManagedTags", "enable_ecs_managed_tags"}, "EnableExecuteCommand",
                "Group", "LaunchType", block("NetworkConfiguration", network),
                block("PlacementConstraints", "placement_constraint", {"Expression", "Type"}),
                block("PlacementStrategies", "ordered_placement_strategy", {"Field", "Type"}),
                "PlatformVersion", "PropagateTags", pairs("TagList", "tags", "Key", "Value"),
                "TaskCount", "TaskDefinitionArn"}),
        block("HttpParameters", "http_target",
            {"HeaderParameters", "PathParameterValues", "QueryStringParameters"}),
        {"Id", "target_id"}, "Input", "InputPath",
        block("InputTransformer", {{"InputPathsMap", "input_paths"}, "InputTemplate"}),
        block("KinesisParameters", "kinesis_target", {"PartitionKeyPath"}),
        block("RetryPolicy", {"MaximumEventAgeInSeconds", "MaximumRetryAttempts"}), "RoleArn",
        block("SqsParameters", "sqs_target", {"MessageGroupId"})};
}

void finishRule(Builder& builder) {
    static const Table table = targetTable();
    const auto bus = builder.property("EventBusName");
    for (const auto& target : builder.items("Targets")) {
        const auto id = propertyOf(target.value, "Id");
        auto& part = builder.part("aws_cloudwatch_event_target",
            id.present() ? builder.label(id) : std::string(), target.guard);
        part.body.set("rule", builder.mainAttribute("name"));
        part.body.set("event_bus_name", builder.argument(bus));
        builder.apply(table, target, part.body);
    }
}

}  // namespace

std::vector<TypeMapping> eventsMappings() {
    return {{"AWS::Events::Rule", "aws_cloudwatch_event_rule",
        {"Description", "EventBusName", document("EventPattern"), "Name", "RoleArn",
            "ScheduleExpression", "State", tags(), custom("Targets")},
        {{"Ref", "name"}, {"Arn", "arn"}}, finishRule}};
}

}  // namespace loam::terraform
