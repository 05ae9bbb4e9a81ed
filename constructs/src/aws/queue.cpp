#include <loam/aws/sqs.hpp>
#include <loam/findings.hpp>
#include <loam/key.hpp>
#include <loam/lazy.hpp>
#include <loam/queue.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

const std::vector<std::string> sendActions{
    "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"};
const std::vector<std::string> receiveActions{"sqs:ChangeMessageVisibility", "sqs:DeleteMessage",
    "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"};

}  // namespace

Queue::Queue(Scope scope, Props props)
    : Construct(std::move(scope)),
      key_(props.key),
      deadLetterQueue_(props.deadLetterQueue.has_value()) {
    Any redrive;
    if (props.deadLetterQueue) {
        auto& target = props.deadLetterQueue->queue;
        target.isDeadLetterQueue_ = true;
        redrive = Any::object({{"deadLetterTargetArn", target.queueArn()},
            {"maxReceiveCount", props.deadLetterQueue->maxReceiveCount}});
    }
    auto& resource = add<aws::sqs::Queue>("Resource",
        {
            .kmsMasterKeyId = key_ == nullptr ? Str() : key_->keyArn(),
            .messageRetentionPeriod = props.retentionPeriod.count(),
            .queueName = given(props.queueName),
            .redrivePolicy = redrive,
            .sqsManagedSseEnabled = key_ == nullptr ? Bool(true) : Bool(),
            .visibilityTimeout = props.visibilityTimeout.count(),
        });
    resource.applyRemovalPolicy(props.removalPolicy);
    resource_ = &resource;
    policy_.add(denyWithoutTls({"sqs:*"}, {queueArn()}));
    add<aws::sqs::QueuePolicy>(
        "Policy", {.policyDocument = policy_.render(), .queues = {queueUrl()}});
}

Str Queue::queueArn() const { return resource_->attribute("Arn"); }
Str Queue::queueUrl() const { return resource_->ref(); }

Grant Queue::grantSend(Grantee& grantee) {
    if (key_ != nullptr) key_->grantEncryptDecrypt(grantee);
    return Grant::give(grantee, {.actions = sendActions, .resources = {queueArn()}});
}

Grant Queue::grantReceive(Grantee& grantee) {
    if (key_ != nullptr) key_->grantDecrypt(grantee);
    return Grant::give(grantee, {.actions = receiveActions, .resources = {queueArn()}});
}

Metric Queue::metricOldestMessageAge(const MetricOptions& options) const {
    return Metric(
        {
            .metricNamespace = "AWS/SQS",
            .metricName = "ApproximateAgeOfOldestMessage",
            .dimensions = {{"QueueName", resource_->attribute("QueueName")}},
            .statistic = Statistic::maximum(),
        })
        .with(options);
}

void Queue::validate(Findings& findings) const {
    if (deadLetterQueue_ || isDeadLetterQueue_) return;
    findings.warning(*this, "queue-dead-letter",
        "messages that cannot be handled come back until they expire; give deadLetterQueue, or "
        "acknowledge \"queue-dead-letter\" with the reason");
}

}  // namespace loam
