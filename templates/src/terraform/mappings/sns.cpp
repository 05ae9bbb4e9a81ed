#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

void addDeliveryLogging(Builder& builder) {
    for (const auto& item : builder.items("DeliveryStatusLogging")) {
        const auto protocol = propertyOf(item.value, "Protocol");
        const auto* text = protocol.present() ? literal(protocol) : nullptr;
        if (text == nullptr || !item.guard.empty()) {
            builder.refuse(item.path, "it needs a literal Protocol and no condition");
            continue;
        }
        const auto name = text->starts_with("http") ? std::string("http") : *text;
        builder.apply(
            {{"FailureFeedbackRoleArn", name + "_failure_feedback_role_arn"}, custom("Protocol"),
                {"SuccessFeedbackRoleArn", name + "_success_feedback_role_arn"},
                {"SuccessFeedbackSampleRate", name + "_success_feedback_sample_rate"}},
            item, builder.main());
    }
}

void finishTopic(Builder& builder) {
    addDeliveryLogging(builder);
    builder.documentPart(
        "DataProtectionPolicy", "aws_sns_topic_data_protection_policy", "policy", "arn", "arn");
    for (const auto& item : builder.items("Subscription")) {
        const auto endpoint = propertyOf(item.value, "Endpoint");
        auto& part = builder.part("aws_sns_topic_subscription",
            endpoint.present() ? builder.label(endpoint) : std::string(), item.guard);
        part.body.set("topic_arn", builder.mainAttribute("arn"));
        builder.apply({"Endpoint", "Protocol"}, item, part.body);
    }
}

void finishTopicPolicy(Builder& builder) {
    builder.policyParts("Topics", "aws_sns_topic_policy", "arn");
}

}  // namespace

std::vector<TypeMapping> snsMappings() {
    return {
        {"AWS::SNS::Topic", "aws_sns_topic",
            {document("ArchivePolicy"), "ContentBasedDeduplication", custom("DataProtectionPolicy"),
                custom("DeliveryStatusLogging"), "DisplayName", "FifoThroughputScope", "FifoTopic",
                "KmsMasterKeyId", "SignatureVersion", custom("Subscription"), tags(),
                {"TopicName", "name"}, "TracingConfig"},
            {{"Ref", "arn"}, {"TopicArn", "arn"}, {"TopicName", "name"}}, finishTopic},
        {"AWS::SNS::TopicPolicy", "", {custom("PolicyDocument"), custom("Topics")}, {},
            finishTopicPolicy},
        {"AWS::SNS::Subscription", "aws_sns_topic_subscription",
            {document("DeliveryPolicy"), "Endpoint", document("FilterPolicy"), "FilterPolicyScope",
                "Protocol", "RawMessageDelivery", document("RedrivePolicy"),
                document("ReplayPolicy"), "SubscriptionRoleArn", "TopicArn"},
            {{"Ref", "arn"}, {"Arn", "arn"}}}};
}

}  // namespace loam::terraform
