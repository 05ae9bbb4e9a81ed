#include <loam/alarm.hpp>

#include <loam/aws/cloudwatch.hpp>
#include <loam/function.hpp>
#include <loam/lazy.hpp>
#include <loam/topic.hpp>

#include <algorithm>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

using Query = aws::cloudwatch::AlarmMetricDataQuery;

const char* name(ComparisonOperator comparison) {
    switch (comparison) {
        case ComparisonOperator::GreaterThanOrEqualToThreshold:
            return "GreaterThanOrEqualToThreshold";
        case ComparisonOperator::GreaterThanThreshold: return "GreaterThanThreshold";
        case ComparisonOperator::LessThanThreshold: return "LessThanThreshold";
        case ComparisonOperator::LessThanOrEqualToThreshold: return "LessThanOrEqualToThreshold";
        case ComparisonOperator::LessThanLowerOrGreaterThanUpperThreshold:
            return "LessThanLowerOrGreaterThanUpperThreshold";
        case ComparisonOperator::GreaterThanUpperThreshold: return "GreaterThanUpperThreshold";
        case ComparisonOperator::LessThanLowerThreshold: return "LessThanLowerThreshold";
    }
    return "";
}

const char* name(TreatMissingData treatment) {
    switch (treatment) {
        case TreatMissingData::Missing: return "missing";
        case TreatMissingData::Ignore: return "ignore";
        case TreatMissingData::Breaching: return "breaching";
        case TreatMissingData::NotBreaching: return "notBreaching";
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

/// Id of the expression or band that the alarm looks at.
constexpr const char* resultId = "result";

void describeMetric(aws::cloudwatch::AlarmProps& alarm, const AlarmProps& props, const Construct& at) {
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
            .expression = "ANOMALY_DETECTION_BAND(watched, " + at.bandWidth + ")",
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

}  // namespace

}  // namespace loam
