#include "runtime/lambda/metrics.hpp"

#include <chrono>

#include "runtime/lambda/json_text.hpp"

namespace loam::runtime::lambda {

Metrics::Metrics(bool enabled, std::string metricNamespace, std::string instance, LineSink sink)
    : enabled_(enabled),
      namespace_(std::move(metricNamespace)),
      instance_(std::move(instance)),
      sink_(std::move(sink)) {}

void Metrics::add(const contract::metric::Metric& metric, double value) {
    if (!enabled_) {
        return;
    }
    for (auto& [known, sum] : values_) {
        if (known.name == metric.name) {
            sum += value;
            return;
        }
    }
    values_.emplace_back(metric, value);
}

void Metrics::flush() {
    if (values_.empty()) {
        return;
    }
    using namespace std::chrono;
    const auto now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    std::string definitions;
    std::string members;
    for (const auto& [metric, value] : values_) {
        definitions.append(definitions.empty() ? "" : ",").append(R"({"Name":)");
        definitions.append(quoted(metric.name)).append(R"(,"Unit":)");
        definitions.append(quoted(metric.unit)).append("}");
        members.append(",").append(quoted(metric.name)).append(":").append(number(value));
    }
    const std::string dimension = quoted(contract::metric::dimension);
    sink_(
        R"({"_aws":{"Timestamp":)" + std::to_string(now) +
        R"(,"CloudWatchMetrics":[{"Namespace":)" + quoted(namespace_) + R"(,"Dimensions":[[)" +
        dimension + R"(]],"Metrics":[)" + definitions + "]}]}," + dimension + ":" +
        quoted(instance_) + members + "}");
    values_.clear();
}

}  // namespace loam::runtime::lambda
