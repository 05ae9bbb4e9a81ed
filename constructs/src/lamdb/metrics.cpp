#include <loam/lamdb.hpp>

#include "runtime/contract/contract.hpp"

namespace loam {

namespace metric = contract::metric;

namespace {

Metric make(const std::string& instance, const metric::Metric& facts, Statistic statistic,
    const MetricOptions& options) {
    return Metric(
        {
            .metricNamespace = metric::defaultNamespace,
            .metricName = facts.name,
            .dimensions = {{std::string(metric::dimension), instance}},
            .statistic = std::move(statistic),
        })
        .with(options);
}

}  // namespace

Metric LamDB::metricReadOperations(const MetricOptions& options) const {
    return make(name(), metric::readOperations, Statistic::sum(), options);
}

Metric LamDB::metricWriteOperations(const MetricOptions& options) const {
    return make(name(), metric::writeOperations, Statistic::sum(), options);
}

Metric LamDB::metricReadThroughput(const MetricOptions& options) const {
    return make(name(), metric::readThroughput, Statistic::sum(), options);
}

Metric LamDB::metricWriteThroughput(const MetricOptions& options) const {
    return make(name(), metric::writeThroughput, Statistic::sum(), options);
}

Metric LamDB::metricReadLatency(const MetricOptions& options) const {
    return make(name(), metric::readLatency, Statistic::average(), options);
}

Metric LamDB::metricWriteLatency(const MetricOptions& options) const {
    return make(name(), metric::writeLatency, Statistic::average(), options);
}

Metric LamDB::metricOperationErrors(const MetricOptions& options) const {
    return make(name(), metric::operationErrors, Statistic::sum(), options);
}

Metric LamDB::metricDatabaseSize(const MetricOptions& options) const {
    return make(name(), metric::databaseSize, Statistic::maximum(), options);
}

Metric LamDB::metricMigrationsApplied(const MetricOptions& options) const {
    return make(name(), metric::migrationsApplied, Statistic::sum(), options);
}

}  // namespace loam
