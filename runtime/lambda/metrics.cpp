#include "runtime/lambda/metrics.hpp"

#include <array>
#include <charconv>
#include <chrono>

#include "runtime/request/text.hpp"

namespace loam::runtime::lambda {
namespace {

/// The shortest form of a finite number; whole numbers have no fraction.
std::string shortest(double value) {
    std::array<char, 32> buffer{};
    char* const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

}  // namespace

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
        definitions.append(request::jsonString(metric.name)).append(R"(,"Unit":)");
        definitions.append(request::jsonString(metric.unit)).append("}");
        members += "," + request::jsonString(metric.name) + ":" + shortest(value);
    }
    const std::string dimension = request::jsonString(contract::metric::dimension);
    sink_(
        R"({"_aws":{"Timestamp":)" + std::to_string(now) +
        R"(,"CloudWatchMetrics":[{"Namespace":)" + request::jsonString(namespace_) +
        R"(,"Dimensions":[[)" + dimension + R"(]],"Metrics":[)" + definitions + "]}]}," +
        dimension + ":" + request::jsonString(instance_) + members + "}");
    values_.clear();
}

}  // namespace loam::runtime::lambda
