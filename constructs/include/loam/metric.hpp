#pragma once

#include <loam/duration.hpp>
#include <loam/props.hpp>
#include <loam/value.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loam {

/// How the values of one period become one number.
class Statistic {
  public:
    static Statistic average() { return Statistic("Average", true); }
    static Statistic sum() { return Statistic("Sum", true); }
    static Statistic minimum() { return Statistic("Minimum", true); }
    static Statistic maximum() { return Statistic("Maximum", true); }
    static Statistic sampleCount() { return Statistic("SampleCount", true); }
    /// `p99.9`: the value below which so many percent lie; 0 to 100, at most ten decimals.
    static Statistic percentile(double percent);
    /// `tm90`: the average without the highest values.
    static Statistic trimmedMean(double percent);
    /// `wm90`: the average with the highest values replaced by the highest of the rest.
    static Statistic winsorizedMean(double percent);
    /// Interquartile mean.
    static Statistic interquartileMean() { return Statistic("IQM", false); }
    /// Any expression that CloudWatch knows: `TM(2%:98%)`, `PR(:300)`.
    static Statistic extended(std::string text) { return Statistic(std::move(text), false); }

    const std::string& text() const noexcept { return text_; }
    /// Whether it is one of the five basic statistics.
    bool isBasic() const noexcept { return basic_; }

  private:
    Statistic(std::string text, bool basic) : text_(std::move(text)), basic_(basic) {}
    std::string text_;
    bool basic_;
};

/// Units of CloudWatch.
enum class Unit {
    None,
    Seconds,
    Milliseconds,
    Microseconds,
    Bytes,
    Kilobytes,
    Megabytes,
    Gigabytes,
    Bits,
    Percent,
    Count,
    BytesPerSecond,
    CountPerSecond,
};

/// The unit's name in CloudWatch: `Milliseconds`, `Bytes/Second`.
const char* name(Unit unit);

/// How a metric that a construct offers is looked at: `db.metricDatabaseSize({.period = 5min})`.
struct MetricOptions {
    /// Length of one data point: 10, 20 or 30 seconds, or whole minutes. Default: the metric's own.
    std::optional<seconds> period = {};
    /// Default: the metric's own.
    std::optional<Statistic> statistic = {};
    /// Name in a graph. Default: the metric's name.
    std::string label = {};
};

struct MetricProps {
    /// `AWS/Lambda`, or that of an application; no colon at its start.
    Required<std::string> metricNamespace;
    Required<std::string> metricName;
    /// Default: none. At most 30.
    std::map<std::string, Str> dimensions = {};
    Statistic statistic = Statistic::average();
    /// Default: 5 minutes.
    seconds period = minutes{5};
    /// Looks only at data of this unit. Default: data of any unit.
    std::optional<Unit> unit = {};
    std::string label = {};
};

struct MetricMathProps;

/// One metric of CloudWatch, or a calculation over several. A value, not a construct.
class Metric {
  public:
    /// Throws ValidationError for a period that CloudWatch does not know.
    explicit Metric(MetricProps props);
    /// A calculation: `Metric::math({.expression = "errors / calls * 100", .metrics = {...}})`.
    /// Throws ValidationError if a name is not a lower-case letter followed by letters, digits,
    /// `_`.
    static Metric math(MetricMathProps props);

    /// The same metric looked at differently.
    Metric with(const MetricOptions& options) const;

    /// The metric's facts; null for a calculation.
    const MetricProps* props() const noexcept { return props_.get(); }
    /// The calculation; null for a plain metric.
    const MetricMathProps* mathProps() const noexcept { return math_.get(); }
    seconds period() const noexcept;

  private:
    Metric() = default;
    std::shared_ptr<const MetricProps> props_;
    std::shared_ptr<const MetricMathProps> math_;
};

/// A metric under the name that an expression uses for it.
struct NamedMetric {
    std::string name;
    Metric metric;
};

struct MetricMathProps {
    /// CloudWatch metric math: `errors / calls * 100`.
    Required<std::string> expression;
    /// The metrics by the names that stand in the expression; calculations may be among them.
    std::vector<NamedMetric> metrics = {};
    /// Period of every metric in the calculation. Default: 5 minutes.
    seconds period = minutes{5};
    std::string label = {};
};

}  // namespace loam
