#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void finishQueuePolicy(Builder& builder) {
    for (const auto& item : builder.items("Queues")) {
        auto& part = builder.part("aws_sqs_queue_policy", builder.label(item.value), item.guard);
        part.body.set("queue_url", builder.argument(item.value));
        part.body.set("policy", documentOf(builder.scope(), builder.property("PolicyDocument")));
    }
}

}  // namespace

std::vector<TypeMapping> sqsMappings() {
    return {
        {"AWS::SQS::Queue", "aws_sqs_queue",
            {"ContentBasedDeduplication", "DeduplicationScope", "DelaySeconds", "FifoQueue",
                "FifoThroughputLimit", "KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId",
                {"MaximumMessageSize", "max_message_size"},
                {"MessageRetentionPeriod", "message_retention_seconds"}, {"QueueName", "name"},
                {"ReceiveMessageWaitTimeSeconds", "receive_wait_time_seconds"},
                document("RedriveAllowPolicy"), document("RedrivePolicy"), "SqsManagedSseEnabled",
                tags(), {"VisibilityTimeout", "visibility_timeout_seconds"}},
            {{"Ref", "url"}, {"QueueUrl", "url"}, {"Arn", "arn"}, {"QueueName", "name"}}},
        {"AWS::SQS::QueuePolicy", "", {custom("PolicyDocument"), custom("Queues")}, {},
            finishQueuePolicy}};
}

}  // namespace loam::terraform
