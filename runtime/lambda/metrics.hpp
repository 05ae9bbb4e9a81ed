#pragma once

#include <string>
#include <utility>
#include <vector>

#include "runtime/contract/contract.hpp"
#include "runtime/lambda/log.hpp"

namespace loam::runtime::lambda {

/// Collects the metrics of one invocation and writes them as one line of CloudWatch's embedded
/// metric format, so that no call to CloudWatch is needed.
class Metrics {
  public:
    /// Writes nothing unless `enabled`. `instance` is the value of the one dimension, LamDBName.
    Metrics(
        bool enabled, std::string metricNamespace, std::string instance, LineSink sink = writeLine);

    /// Notes a value for the next line; values of the same metric are added up.
    void add(const contract::metric::Metric& metric, double value);

    /// Writes the noted values, if any, and forgets them.
    void flush();

  private:
    bool enabled_;
    std::string namespace_;
    std::string instance_;
    LineSink sink_;
    std::vector<std::pair<contract::metric::Metric, double>> values_;
};

}  // namespace loam::runtime::lambda
