#include <loam/error.hpp>
#include <loam/metric.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace loam {

namespace {

std::string withNumber(const char* prefix, double percent) {
    if (!(percent >= 0 && percent <= 100)) {
        throw ValidationError(
            "", "a percentile is a number from 0 to 100, got " + std::to_string(percent));
    }
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.begin(), text.end(), percent, std::chars_format::fixed).ptr;
    return prefix + std::string(text.data(), end);
}

void checkPeriod(seconds period) {
    const bool high =
        period == seconds{1} || period == seconds{5} || period == seconds{10} ||
        period == seconds{20} || period == seconds{30};
    const bool whole = period >= minutes{1} && period % minutes{1} == seconds{0};
    if (high || whole) return;
    throw ValidationError("",
        "the period of a metric is 1, 5, 10, 20 or 30 seconds or whole minutes, got " +
            std::to_string(period.count()) + " seconds");
}

bool isVariable(const std::string& name) {
    const auto isWord = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, isWord);
}

}  // namespace

Statistic Statistic::percentile(double percent) { return {withNumber("p", percent), false}; }
Statistic Statistic::trimmedMean(double percent) { return {withNumber("tm", percent), false}; }
Statistic Statistic::winsorizedMean(double percent) { return {withNumber("wm", percent), false}; }

const char* name(Unit unit) {
    switch (unit) {
        case Unit::None:
            return "None";
        case Unit::Seconds:
            return "Seconds";
        case Unit::Milliseconds:
            return "Milliseconds";
        case Unit::Microseconds:
            return "Microseconds";
        case Unit::Bytes:
            return "Bytes";
        case Unit::Kilobytes:
            return "Kilobytes";
        case Unit::Megabytes:
            return "Megabytes";
        case Unit::Gigabytes:
            return "Gigabytes";
        case Unit::Bits:
            return "Bits";
        case Unit::Percent:
            return "Percent";
        case Unit::Count:
            return "Count";
        case Unit::BytesPerSecond:
            return "Bytes/Second";
        case Unit::CountPerSecond:
            return "Count/Second";
    }
    return "None";
}

Metric::Metric(MetricProps props) : props_(std::make_shared<const MetricProps>(std::move(props))) {
    checkPeriod(props_->period);
}

Metric Metric::math(MetricMathProps props) {
    checkPeriod(props.period);
    for (const auto& [variable, metric] : props.metrics) {
        if (isVariable(variable)) continue;
        throw ValidationError("",
            "the name of a metric in an expression starts with a lower-case letter and "
            "goes on with letters, digits and underscores, got \"" +
                variable + "\"");
    }
    Metric result;
    result.math_ = std::make_shared<const MetricMathProps>(std::move(props));
    return result;
}

Metric Metric::with(const MetricOptions& options) const {
    if (math_ != nullptr) {
        auto changed = *math_;
        if (options.period) changed.period = *options.period;
        if (!options.label.empty()) changed.label = options.label;
        return math(std::move(changed));
    }
    auto changed = *props_;
    if (options.period) changed.period = *options.period;
    if (options.statistic) changed.statistic = *options.statistic;
    if (!options.label.empty()) changed.label = options.label;
    return Metric(std::move(changed));
}

seconds Metric::period() const noexcept { return math_ ? math_->period : props_->period; }

}  // namespace loam
