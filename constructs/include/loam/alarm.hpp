#pragma once

#include <loam/construct.hpp>
#include <loam/metric.hpp>
#include <loam/size.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam {

class FunctionBase;
class Resource;
class TopicBase;

/// How the metric is compared with the threshold. The last three compare with a band around the
/// expected value that CloudWatch learns; the threshold is then its width in standard deviations.
enum class ComparisonOperator {
    GreaterThanOrEqualToThreshold,
    GreaterThanThreshold,
    LessThanThreshold,
    LessThanOrEqualToThreshold,
    LessThanLowerOrGreaterThanUpperThreshold,
    GreaterThanUpperThreshold,
    LessThanLowerThreshold,
};

/// What periods without data mean.
enum class TreatMissingData {
    /// The alarm looks further back and says INSUFFICIENT_DATA if there is nothing.
    Missing,
    /// The state stays.
    Ignore,
    Breaching,
    NotBreaching,
};

/// The limit of an alarm: a number, or an amount of data for metrics in bytes.
class Threshold {
  public:
    template <class T>
    requires(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) Threshold(T number)
        : value_(number), number_(static_cast<double>(number)) {}
    Threshold(Size size) : Threshold(size.toBytes()) {}
    const Num& value() const noexcept { return value_; }
    double number() const noexcept { return number_; }

  private:
    Num value_;
    double number_;
};

/// Something that happens when an alarm changes its state: a notification, a function call, or any
/// other action by its ARN.
class AlarmAction {
  public:
    AlarmAction(TopicBase& topic) : topic_(&topic) {}
    AlarmAction(FunctionBase& function) : function_(&function) {}
    static AlarmAction arn(Str arn) {
        AlarmAction action;
        action.arn_ = std::move(arn);
        return action;
    }

  private:
    friend class Alarm;
    AlarmAction() = default;
    TopicBase* topic_ = nullptr;
    FunctionBase* function_ = nullptr;
    Str arn_;
};

struct AlarmProps {
    Required<Metric> metric;
    /// `10_GiB`, `0.5`.
    Required<Threshold> threshold;
    /// Periods that are looked at.
    int evaluationPeriods = 1;
    ComparisonOperator comparisonOperator = ComparisonOperator::GreaterThanOrEqualToThreshold;
    std::string alarmDescription = {};
    TreatMissingData treatMissingData = TreatMissingData::Missing;
    /// Breaching periods that are enough, out of `evaluationPeriods`. Default: all of them.
    std::optional<int> datapointsToAlarm = {};
    /// For percentiles: whether few samples are looked at too. Default: they are.
    bool ignoreLowSampleCounts = false;
    /// Default: no actions. They are asked for with `addAlarmAction` too.
    std::vector<AlarmAction> alarmActions = {};
    std::vector<AlarmAction> okActions = {};
    std::vector<AlarmAction> insufficientDataActions = {};
    bool actionsEnabled = true;
    /// Name in CloudWatch. Default: made by CloudFormation.
    std::string alarmName = {};
};

/// Watches a metric and acts when it crosses a threshold.
class Alarm : public Construct {
  public:
    using Props = AlarmProps;
    /// Throws ValidationError for numbers of periods that CloudWatch does not accept.
    Alarm(Scope scope, const Props& props);

    void addAlarmAction(const AlarmAction& action) { append(alarmActions_, action); }
    void addOkAction(const AlarmAction& action) { append(okActions_, action); }
    void addInsufficientDataAction(const AlarmAction& action) {
        append(insufficientDataActions_, action);
    }

    Str alarmArn() const;
    Str alarmName() const;

  private:
    void append(std::vector<Str>& actions, const AlarmAction& action);

    std::vector<Str> alarmActions_;
    std::vector<Str> okActions_;
    std::vector<Str> insufficientDataActions_;
    const Resource* resource_ = nullptr;
};

}  // namespace loam
