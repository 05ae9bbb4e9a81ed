#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

Metric errors(const MetricOptions& options = {}) {
    return Metric(
        {
            .metricNamespace = "Shop",
            .metricName = "Errors",
            .dimensions = {{"Service", "orders"}},
            .statistic = Statistic::sum(),
        })
        .with(options);
}

/// An alarm over that metric whose other props a test changes.
AlarmProps above(double threshold) { return {.metric = errors(), .threshold = threshold}; }

}  // namespace

TEST_CASE("an alarm compares a metric with a threshold", "[alarm]") {
    OneStack test;
    test.stack.add<Alarm>("Alarm",
        {
            .metric = errors({.period = 1min}),
            .threshold = 10_GiB,
            .evaluationPeriods = 3,
            .alarmDescription = "Too many",
            .datapointsToAlarm = 2,
        });

    CHECK_THAT(test.render(), hasResource("AWS::CloudWatch::Alarm", R"({
        "Namespace": "Shop", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
        "Dimensions": [{"Name": "Service", "Value": "orders"}],
        "Threshold": 10737418240, "EvaluationPeriods": 3, "DatapointsToAlarm": 2,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "missing",
        "AlarmDescription": "Too many", "ActionsEnabled": "{{absent}}", "AlarmActions": "{{absent}}",
        "ExtendedStatistic": "{{absent}}", "Metrics": "{{absent}}", "Unit": "{{absent}}"
    })"));
    CHECK(test.findings().empty());
}

TEST_CASE("every comparison has CloudWatch's name", "[alarm]") {
    const auto [comparison, name] = GENERATE(table<ComparisonOperator, const char*>({
        {ComparisonOperator::GreaterThanOrEqualToThreshold, "GreaterThanOrEqualToThreshold"},
        {ComparisonOperator::GreaterThanThreshold, "GreaterThanThreshold"},
        {ComparisonOperator::LessThanThreshold, "LessThanThreshold"},
        {ComparisonOperator::LessThanOrEqualToThreshold, "LessThanOrEqualToThreshold"},
        {ComparisonOperator::LessThanLowerOrGreaterThanUpperThreshold,
            "LessThanLowerOrGreaterThanUpperThreshold"},
        {ComparisonOperator::GreaterThanUpperThreshold, "GreaterThanUpperThreshold"},
        {ComparisonOperator::LessThanLowerThreshold, "LessThanLowerThreshold"},
    }));
    OneStack test;
    auto props = above(2);
    props.comparisonOperator = comparison;

    test.stack.add<Alarm>("Alarm", props);

    CHECK_THAT(test.render(),
        hasResource(
            "AWS::CloudWatch::Alarm", std::string(R"({"ComparisonOperator": ")") + name + "\"}"));
    CHECK(test.findings().empty());
}

TEST_CASE("every treatment of missing data has CloudWatch's name", "[alarm]") {
    const auto [treatment, name] = GENERATE(table<TreatMissingData, const char*>({
        {TreatMissingData::Missing, "missing"},
        {TreatMissingData::Ignore, "ignore"},
        {TreatMissingData::Breaching, "breaching"},
        {TreatMissingData::NotBreaching, "notBreaching"},
    }));
    OneStack test;
    auto props = above(1);
    props.treatMissingData = treatment;

    test.stack.add<Alarm>("Alarm", props);

    CHECK_THAT(test.render(),
        hasResource(
            "AWS::CloudWatch::Alarm", std::string(R"({"TreatMissingData": ")") + name + "\"}"));
}

TEST_CASE("statistics beyond the five basic ones are extended statistics", "[alarm]") {
    const auto [statistic, text] = GENERATE(table<Statistic, const char*>({
        {Statistic::percentile(99.9), "p99.9"},
        {Statistic::percentile(50), "p50"},
        {Statistic::trimmedMean(90), "tm90"},
        {Statistic::winsorizedMean(95), "wm95"},
        {Statistic::interquartileMean(), "IQM"},
        {Statistic::extended("TM(2%:98%)"), "TM(2%:98%)"},
    }));
    OneStack test;
    test.stack.add<Alarm>("Alarm",
        {.metric = errors({.statistic = statistic}),
            .threshold = 1,
            .ignoreLowSampleCounts = true});

    CHECK_THAT(test.render(),
        hasResource("AWS::CloudWatch::Alarm",
            std::string(R"({"Statistic": "{{absent}}", "EvaluateLowSampleCountPercentile": "ignore",
            "ExtendedStatistic": ")") +
                text + "\"}"));
}

TEST_CASE("an alarm can watch a calculation", "[alarm]") {
    OneStack test;
    test.stack.add<Alarm>("Alarm",
        {
            .metric = Metric::math({
                .expression = "errors / calls * 100",
                .metrics = {{"errors", errors()}, {"calls", errors({.label = "Calls"})}},
                .period = 1min,
                .label = "Percent",
            }),
            .threshold = 0.5,
        });

    CHECK_THAT(test.render(), hasResource("AWS::CloudWatch::Alarm", R"({
        "Threshold": 0.5, "MetricName": "{{absent}}", "Period": "{{absent}}",
        "Metrics": [
            {"Id": "result", "Expression": "errors / calls * 100", "Label": "Percent", "ReturnData": true},
            {"Id": "errors", "ReturnData": false, "MetricStat": {"Period": 60, "Stat": "Sum",
                "Metric": {"Namespace": "Shop", "MetricName": "Errors", "Dimensions": [{"Name": "Service", "Value": "orders"}]}}},
            {"Id": "calls", "Label": "Calls"}
        ]
    })"));
}

TEST_CASE("a band comparison watches the distance from what is expected", "[alarm]") {
    OneStack test;
    auto props = above(2.5);
    props.comparisonOperator = ComparisonOperator::GreaterThanUpperThreshold;
    test.stack.add<Alarm>("Alarm", props);

    CHECK_THAT(test.render(), hasResource("AWS::CloudWatch::Alarm", R"json({
        "Threshold": "{{absent}}", "ThresholdMetricId": "result",
        "Metrics": [{"Id": "watched", "ReturnData": true},
            {"Id": "result", "Expression": "ANOMALY_DETECTION_BAND(watched, 2.5)", "ReturnData": true}]
    })json"));
}

TEST_CASE("an alarm notifies topics, which let CloudWatch publish", "[alarm]") {
    OneStack test;
    auto& topic = test.stack.add<Topic>("Topic", {});
    auto& alarm = test.stack.add<Alarm>("Alarm", above(1));

    alarm.addAlarmAction(topic);
    alarm.addOkAction(topic);
    alarm.addInsufficientDataAction(AlarmAction::arn("arn:aws:automate:eu-central-1:ec2:stop"));

    const auto document = test.render();
    CHECK_THAT(
        document, hasResource("AWS::CloudWatch::Alarm", R"({"AlarmActions": [{"Ref": "Topic"}],
        "OKActions": [{"Ref": "Topic"}],
        "InsufficientDataActions": ["arn:aws:automate:eu-central-1:ec2:stop"]})"));
    CHECK_THAT(document, hasResource("AWS::SNS::TopicPolicy", R"({"PolicyDocument": {"Statement": [
        {"Effect": "Deny"},
        {"Effect": "Allow", "Action": "sns:Publish", "Principal": {"Service": "cloudwatch.amazonaws.com"}}]}})"));
    CHECK_THAT(document, hasResource("AWS::KMS::Key", R"({"KeyPolicy": {"Statement": [
        {"Action": "kms:*"}, {"Principal": {"Service": "cloudwatch.amazonaws.com"}}]}})"));
}

TEST_CASE("an alarm can call a function", "[alarm]") {
    OneStack test;
    auto& function =
        test.stack.add<Function>("Function", {.code = Code::directory("fixtures/noop")});
    auto props = above(1);
    props.alarmActions = {function};
    props.actionsEnabled = false;

    test.stack.add<Alarm>("Alarm", props);

    const auto document = test.render();
    CHECK_THAT(document,
        hasResource("AWS::CloudWatch::Alarm",
            R"({"AlarmActions": [{"Fn::GetAtt": ["Function", "Arn"]}], "ActionsEnabled": false})"));
    CHECK_THAT(document,
        hasResource("AWS::Lambda::Permission",
            R"({"Principal": "lambda.alarms.cloudwatch.amazonaws.com", "SourceArn": {"Fn::GetAtt": ["Alarm", "Arn"]}})"));
}

TEST_CASE("rejects numbers that CloudWatch does not accept", "[alarm]") {
    OneStack test;
    auto props = above(1);
    const auto add = [&] { test.stack.add<Alarm>("Alarm", props); };

    SECTION("no period") {
        props.evaluationPeriods = 0;
        CHECK_THROWS_WITH(add(), Catch::Contains("at least 1, got 0"));
    }
    SECTION("more data points than periods") {
        props.datapointsToAlarm = 2;
        CHECK_THROWS_WITH(add(), Catch::Contains("from 1 to evaluationPeriods (1), got 2"));
    }
    SECTION("an odd period") {
        CHECK_THROWS_WITH(errors({.period = 45s}), Catch::Contains("got 45 seconds"));
    }
    SECTION("a percentile beyond 100") {
        CHECK_THROWS_WITH(Statistic::percentile(101), Catch::Contains("0 to 100"));
    }
}

TEST_CASE("rejects names that an expression cannot hold", "[alarm]") {
    CHECK_THROWS_WITH(Metric::math({.expression = "Errors", .metrics = {{"Errors", errors()}}}),
        Catch::Contains("got \"Errors\""));

    OneStack test;
    CHECK_THROWS_WITH(
        (test.stack.add<Alarm>("Alarm",
            {
                .metric = Metric::math(
                    {.expression = "a + a", .metrics = {{"a", errors()}, {"a", errors()}}}),
                .threshold = 1,
            })),
        Catch::Contains("have the name \"a\""));
}

TEST_CASE("rejects an alarm that looks further back than CloudWatch does", "[alarm]") {
    const auto [period, periods, allowed] = GENERATE(table<seconds, int, const char*>({
        {minutes{5}, 289, "at most 288 for this period, which together is one day"},
        {minutes{59}, 25, "at most 24 for this period, which together is one day"},
        {hours{1}, 169, "at most 168 for this period, which together is seven days"},
        {seconds{10}, 8641, "at most 8640 for this period, which together is one day"},
    }));
    OneStack test;
    AlarmProps props{.metric = errors({.period = period}), .threshold = 1};
    props.evaluationPeriods = periods;

    CHECK_THROWS_WITH(test.stack.add<Alarm>("Alarm", props),
        Catch::Contains("[Test/Alarm] evaluationPeriods") && Catch::Contains(allowed));
}

TEST_CASE("an alarm may look back as far as CloudWatch does", "[alarm]") {
    OneStack test;
    test.stack.add<Alarm>("Day",
        {.metric = errors({.period = minutes{5}}), .threshold = 1, .evaluationPeriods = 288});
    test.stack.add<Alarm>(
        "Week", {.metric = errors({.period = hours{1}}), .threshold = 1, .evaluationPeriods = 168});

    CHECK(test.findings().empty());
}

TEST_CASE("rejects an alarm over a longer period than CloudWatch looks back", "[alarm]") {
    OneStack test;

    CHECK_THROWS_WITH(
        test.stack.add<Alarm>("Alarm", {.metric = errors({.period = days{8}}), .threshold = 1}),
        Catch::Contains("the period of an alarm is at most seven days, got 691200 seconds"));
}

TEST_CASE("rejects an alarm over periods that only metrics have", "[alarm]") {
    OneStack test;

    CHECK_THROWS_WITH(
        test.stack.add<Alarm>("Alarm", {.metric = errors({.period = seconds{5}}), .threshold = 1}),
        Catch::Contains("the period of an alarm is 10, 20 or 30 seconds or whole minutes, got 5"));
}
