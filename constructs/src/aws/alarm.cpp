#include <loam/alarm.hpp>
#include <loam/aws/cloudwatch.hpp>
#include <loam/function.hpp>
#include <loam/lazy.hpp>
#include <loam/node.hpp>
#include <loam/topic.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

using Query = aws::cloudwatch::AlarmMetricDataQuery;

const char* name(ComparisonOperator comparison) {
    switch (comparison) {
        case ComparisonOperator::GreaterThanOrEqualToThreshold:
            return "GreaterThanOrEqualToThreshold";
        case ComparisonOperator::GreaterThanThreshold:
            return "GreaterThanThreshold";
        case ComparisonOperator::LessThanThreshold:
            return "LessThanThreshold";
        case ComparisonOperator::LessThanOrEqualToThreshold:
            return "LessThanOrEqualToThreshold";
        case ComparisonOperator::LessThanLowerOrGreaterThanUpperThreshold:
            return "LessThanLowerOrGreaterThanUpperThreshold";
        case ComparisonOperator::GreaterThanUpperThreshold:
            return "GreaterThanUpperThreshold";
        case ComparisonOperator::LessThanLowerThreshold:
            return "LessThanLowerThreshold";
    }
    return "";
}

const char* name(TreatMissingData treatment) {
    switch (treatment) {
        case TreatMissingData::Missing:
            return "missing";
        case TreatMissingData::Ignore:
            return "ignore";
        case TreatMissingData::Breaching:
            return "breaching";
        case TreatMissingData::NotBreaching:
            return "notBreaching";
    }
    return "";
}

/// Whether the comparison is with a band around the expected value.
bool isBand(ComparisonOperator comparison) {
    return comparison >= ComparisonOperator::LessThanLowerOrGreaterThanUpperThreshold;
}

List<aws::cloudwatch::AlarmDimension> dimensionsOf(const MetricProps& metric) {
    if (metric.dimensions.empty()) return {};
    std::vector<aws::cloudwatch::AlarmDimension> dimensions;
    for (const auto& [key, value] : metric.dimensions) {
        dimensions.push_back({.name = key, .value = value});
    }
    return dimensions;
}

Query queryOf(const std::string& id, const MetricProps& metric, seconds period) {
    return {
        .id = id,
        .label = given(metric.label),
        .metricStat = {{
            .metric = {{
                .dimensions = dimensionsOf(metric),
                .metricName = metric.metricName.get(),
                .namespace_ = metric.metricNamespace.get(),
            }},
            .period = period.count(),
            .stat = metric.statistic.text(),
            .unit = metric.unit ? Str(loam::name(*metric.unit)) : Str(),
        }},
        .returnData = false,
    };
}

/// Adds the metric and all that its expression names; only the outermost returns data.
void addQueries(std::vector<Query>& queries, const std::string& id, const Metric& metric,
    seconds period, const Construct& at) {
    const auto taken = [&](const Query& query) { return equal(query.id, Str(id)); };
    require(std::ranges::none_of(queries, taken), at,
        "two metrics of the expression have the name \"" + id + "\"; give each its own");
    if (metric.props() != nullptr) {
        queries.push_back(queryOf(id, *metric.props(), period));
        return;
    }
    const auto& math = *metric.mathProps();
    queries.push_back({
        .expression = math.expression.get(),
        .id = id,
        .label = given(math.label),
        .returnData = false,
    });
    for (const auto& [variable, part] : math.metrics) {
        addQueries(queries, variable, part, period, at);
    }
}

std::string plainText(double number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.begin(), text.end(), number).ptr;
    return {text.data(), end};
}

/// Id of the expression or band that the alarm looks at.
constexpr const char* resultId = "result";

void describeMetric(
    aws::cloudwatch::AlarmProps& alarm, const AlarmProps& props, const Construct& at) {
    const auto& metric = props.metric.get();
    const bool band = isBand(props.comparisonOperator);
    if (metric.props() != nullptr && !band) {
        const auto& plain = *metric.props();
        alarm.dimensions = dimensionsOf(plain);
        alarm.metricName = plain.metricName.get();
        alarm.namespace_ = plain.metricNamespace.get();
        alarm.period = plain.period.count();
        (plain.statistic.isBasic() ? alarm.statistic : alarm.extendedStatistic) =
            plain.statistic.text();
        if (plain.unit) alarm.unit = loam::name(*plain.unit);
        alarm.threshold = props.threshold->value();
        return;
    }
    std::vector<Query> queries;
    if (band) {
        addQueries(queries, "watched", metric, metric.period(), at);
        queries.front().returnData = true;
        queries.push_back({
            .expression =
                "ANOMALY_DETECTION_BAND(watched, " + plainText(props.threshold->number()) + ")",
            .id = resultId,
            .returnData = true,
        });
        alarm.thresholdMetricId = resultId;
    } else {
        addQueries(queries, resultId, metric, metric.period(), at);
        queries.front().returnData = true;
        alarm.threshold = props.threshold->value();
    }
    alarm.metrics = queries;
}

/// CloudWatch looks back one day for periods below an hour, and seven days for longer ones.
void checkPeriods(const AlarmProps& props, const Construct& at) {
    const seconds period = props.metric->period();
    const seconds longest = period < hours{1} ? days{1} : days{7};
    const std::string given = ", got " + std::to_string(period.count()) + " seconds";
    require(period >= seconds{10}, at,
        "the period of an alarm is 10, 20 or 30 seconds or whole minutes" + given);
    require(period <= longest, at, "the period of an alarm is at most seven days" + given);
    const auto most = longest / period;
    require(props.evaluationPeriods >= 1, at,
        "evaluationPeriods must be at least 1, got " + std::to_string(props.evaluationPeriods));
    require(props.evaluationPeriods <= most, at,
        "evaluationPeriods must be at most " + std::to_string(most) +
            " for this period, which together is " +
            (longest == days{1} ? "one day" : "seven days") + ", got " +
            std::to_string(props.evaluationPeriods) + " periods of " +
            std::to_string(period.count()) + " seconds");
    const int datapoints = props.datapointsToAlarm.value_or(props.evaluationPeriods);
    require(datapoints >= 1 && datapoints <= props.evaluationPeriods, at,
        "datapointsToAlarm must be from 1 to evaluationPeriods (" +
            std::to_string(props.evaluationPeriods) + "), got " + std::to_string(datapoints));
}

}  // namespace

Alarm::Alarm(Scope scope, const Props& props) : Construct(std::move(scope)) {
    checkPeriods(props, *this);
    aws::cloudwatch::AlarmProps alarm{
        .actionsEnabled = props.actionsEnabled ? Bool() : Bool(false),
        .alarmActions = lazy<StrList>([this] { return given(alarmActions_); }),
        .alarmDescription = given(props.alarmDescription),
        .alarmName = given(props.alarmName),
        .comparisonOperator = name(props.comparisonOperator),
        .datapointsToAlarm = given(props.datapointsToAlarm),
        .evaluateLowSampleCountPercentile = props.ignoreLowSampleCounts ? Str("ignore") : Str(),
        .evaluationPeriods = props.evaluationPeriods,
        .insufficientDataActions = lazy<StrList>([this] {
            return given(insufficientDataActions_);
        }),
        .oKActions = lazy<StrList>([this] { return given(okActions_); }),
        .treatMissingData = name(props.treatMissingData),
    };
    describeMetric(alarm, props, *this);
    resource_ = &add<aws::cloudwatch::Alarm>("Resource", alarm);
    for (const auto& action : props.alarmActions) addAlarmAction(action);
    for (const auto& action : props.okActions) addOkAction(action);
    for (const auto& action : props.insufficientDataActions) addInsufficientDataAction(action);
}

Str Alarm::alarmArn() const { return resource_->attribute("Arn"); }
Str Alarm::alarmName() const { return resource_->ref(); }

void Alarm::append(std::vector<Str>& actions, const AlarmAction& action) {
    if (action.topic_ != nullptr) {
        action.topic_->allowPublishFrom("cloudwatch.amazonaws.com");
        actions.push_back(action.topic_->topicArn());
    } else if (action.function_ != nullptr) {
        action.function_->allowInvokeFrom("Alarm " + pathWithHyphens(*this),
            "lambda.alarms.cloudwatch.amazonaws.com", alarmArn());
        actions.push_back(action.function_->functionArn());
    } else {
        actions.push_back(action.arn_);
    }
}

}  // namespace loam
