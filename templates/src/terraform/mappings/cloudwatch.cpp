#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

constexpr std::size_t longestName = 255;

TypeMapping alarm() {
    const auto dimensions = pairs("Dimensions", "dimensions", "Name", "Value");
    const Table stat{
        flatten("Metric", {dimensions, "MetricName", "Namespace"}), "Period", "Stat", "Unit"};
    const Table query{"AccountId", "Expression", "Id", "Label", block("MetricStat", "metric", stat),
        "Period", "ReturnData"};
    return {"AWS::CloudWatch::Alarm", "aws_cloudwatch_metric_alarm",
        {"ActionsEnabled", "AlarmActions", "AlarmDescription", "AlarmName", "ComparisonOperator",
            "DatapointsToAlarm", dimensions,
            {"EvaluateLowSampleCountPercentile", "evaluate_low_sample_count_percentiles"},
            "EvaluationPeriods", "ExtendedStatistic", "InsufficientDataActions", "MetricName",
            block("Metrics", "metric_query", query), "Namespace", {"OKActions", "ok_actions"},
            "Period", "Statistic", tags(), "Threshold", "ThresholdMetricId", "TreatMissingData",
            "Unit"},
        {{"Ref", "alarm_name"}, {"Arn", "arn"}}, nullptr, "alarm_name", longestName};
}

void finishCompositeAlarm(Builder& builder) {
    const auto suppressor = builder.property("ActionsSuppressor");
    if (!suppressor.present()) return;
    Body body;
    body.set("alarm", builder.argument(suppressor));
    body.set(
        "extension_period", builder.argument(builder.property("ActionsSuppressorExtensionPeriod")));
    body.set("wait_period", builder.argument(builder.property("ActionsSuppressorWaitPeriod")));
    builder.main().add("actions_suppressor", body);
}

}  // namespace

std::vector<TypeMapping> cloudwatchMappings() {
    return {alarm(),
        {"AWS::CloudWatch::CompositeAlarm", "aws_cloudwatch_composite_alarm",
            {"ActionsEnabled", custom("ActionsSuppressor"),
                custom("ActionsSuppressorExtensionPeriod"), custom("ActionsSuppressorWaitPeriod"),
                "AlarmActions", "AlarmDescription", "AlarmName", "AlarmRule",
                "InsufficientDataActions", {"OKActions", "ok_actions"}, tags()},
            {{"Ref", "alarm_name"}, {"Arn", "arn"}}, finishCompositeAlarm, "alarm_name",
            longestName},
        {"AWS::CloudWatch::Dashboard", "aws_cloudwatch_dashboard",
            {document("DashboardBody"), "DashboardName"}, {{"Ref", "dashboard_name"}}, nullptr,
            "dashboard_name", longestName}};
}

}  // namespace loam::terraform
