#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void finishQueuePolicy(Builder& builder) {
    builder.policyParts("Queues", "aws_sqs_queue_policy", "queue_url");
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
