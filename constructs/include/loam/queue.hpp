#pragma once

#include <loam/iam.hpp>
#include <loam/metric.hpp>

#include <optional>

namespace loam {

class KeyBase;
class Queue;

/// Where messages go that could not be handled.
struct DeadLetterQueue {
    Queue& queue;
    /// So many times a message is received before it goes there.
    int maxReceiveCount = 3;
};

struct QueueProps {
    /// Default: made by CloudFormation.
    std::string queueName = {};
    seconds visibilityTimeout = seconds{30};
    /// 1 minute to 14 days.
    seconds retentionPeriod = days{4};
    /// Default: none, which is reported as `queue-dead-letter` unless the queue is one itself.
    std::optional<DeadLetterQueue> deadLetterQueue = {};
    /// Default: SQS's own encryption.
    KeyBase* key = nullptr;
    /// Default: Retain.
    RemovalPolicy removalPolicy = RemovalPolicy::Default;
};

/// An encrypted queue that is used over TLS only.
class Queue : public Construct {
  public:
    using Props = QueueProps;
    Queue(Scope scope, Props props);

    Str queueArn() const;
    Str queueUrl() const;
    Grant grantSend(Grantee& grantee);
    Grant grantReceive(Grantee& grantee);
    Metric metricOldestMessageAge(const MetricOptions& options = {}) const;

    void validate(Findings& findings) const override;

  private:
    PolicyDocument policy_;
    KeyBase* key_;
    bool deadLetterQueue_;
    bool isDeadLetterQueue_ = false;
    Resource* resource_;
};

}  // namespace loam
