// Buckets: the provider has one resource for each aspect of a bucket.
#include "templates/src/json/json_writer.hpp"
#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

/// What a rule of the lifecycle applies to: one criterion, or several within `and`.
Body filterOf(Builder& builder, const Guarded& rule) {
    const auto prefix = propertyOf(rule.value, "Prefix");
    const auto greater = propertyOf(rule.value, "ObjectSizeGreaterThan");
    const auto less = propertyOf(rule.value, "ObjectSizeLessThan");
    const auto tagFilters = propertyOf(rule.value, "TagFilters");
    const auto tagItems = itemsOf(builder.scope(), tagFilters, rule.path + ".TagFilters");
    const auto criteria =
        static_cast<std::size_t>(prefix.present()) + greater.present() + less.present() +
        tagItems.size();
    Body body;
    body.set("prefix", builder.argument(prefix));
    body.set("object_size_greater_than", builder.argument(greater));
    body.set("object_size_less_than", builder.argument(less));
    if (criteria > 1) {
        if (!tagItems.empty()) {
            body.set("tags",
                pairsOf(builder.scope(), tagFilters, "Key", "Value", rule.path + ".TagFilters"));
        }
        Body filter;
        filter.add("and", body);
        return filter;
    }
    for (const auto& item : tagItems) {
        body.add("tag", builder.bodyOf({{"Key", "key"}, {"Value", "value"}}, item), item.guard);
    }
    return body;
}

/// The fields of a rule that stand for themselves, by the table; the rest below.
Table plainRuleFields() {
    const Table current{"StorageClass", {"TransitionDate", "date"}, {"TransitionInDays", "days"}};
    const Table noncurrent{
        "NewerNoncurrentVersions", "StorageClass", {"TransitionInDays", "noncurrent_days"}};
    return {block("AbortIncompleteMultipartUpload", {"DaysAfterInitiation"}),
        custom("ExpirationDate"), custom("ExpirationInDays"), custom("ExpiredObjectDeleteMarker"),
        "Id", block("NoncurrentVersionExpiration", {"NewerNoncurrentVersions", "NoncurrentDays"}),
        custom("NoncurrentVersionExpirationInDays"),
        block("NoncurrentVersionTransition", noncurrent),
        block("NoncurrentVersionTransitions", "noncurrent_version_transition", noncurrent),
        custom("ObjectSizeGreaterThan"), custom("ObjectSizeLessThan"), custom("Prefix"), "Status",
        custom("TagFilters"), block("Transition", current),
        block("Transitions", "transition", current)};
}

Body lifecycleRule(Builder& builder, const Guarded& rule) {
    static const Table table = plainRuleFields();
    Body body = builder.bodyOf(table, rule);
    const auto value = [&](const char* field) {
        return builder.argument(propertyOf(rule.value, field));
    };
    Body expiration;
    expiration.set("date", value("ExpirationDate"));
    expiration.set("days", value("ExpirationInDays"));
    expiration.set("expired_object_delete_marker", value("ExpiredObjectDeleteMarker"));
    if (!expiration.empty()) body.add("expiration", expiration);
    const auto noncurrentDays = value("NoncurrentVersionExpirationInDays");
    if (noncurrentDays.present()) {
        Body noncurrent;
        noncurrent.set("noncurrent_days", noncurrentDays);
        body.add("noncurrent_version_expiration", noncurrent);
    }
    body.add("filter", filterOf(builder, rule));
    // CloudFormation makes up an id; here it follows from what the rule does.
    if (!body.has("id"))
        body.set("id", ("rule" + labelOf(writeJson(body.value(), JsonStyle::Compact))).c_str());
    return body;
}

void finishLifecycle(Builder& builder) {
    for (const auto& item : builder.items("LifecycleConfiguration")) {
        auto& part = builder.partOf(item, "aws_s3_bucket_lifecycle_configuration");
        part.body.set("bucket", builder.mainAttribute("bucket"));
        builder.apply({custom("Rules"), "TransitionDefaultMinimumObjectSize"}, item, part.body);
        const auto rules = propertyOf(item.value, "Rules");
        for (const auto& rule : itemsOf(builder.scope(), rules, item.path + ".Rules")) {
            part.body.add("rule", lifecycleRule(builder, rule), rule.guard);
        }
        // Rules for noncurrent versions need versioning first.
        for (const auto& other : builder.parts()) {
            if (other.type == "aws_s3_bucket_versioning") part.after.push_back(other.address());
        }
    }
}

void addNotifications(Builder& builder, const Guarded& configuration, const char* property,
    const char* block, const char* targetField, const char* targetArgument, Body& body) {
    const auto list = propertyOf(configuration.value, property);
    for (const auto& item : itemsOf(builder.scope(), list, configuration.path + "." + property)) {
        Body content;
        builder.apply(
            {custom("Event"), custom("Filter"), {targetField, targetArgument}}, item, content);
        content.set("events",
            make<ListNode>(std::vector<Value>{builder.argument(propertyOf(item.value, "Event"))}));
        const auto rules =
            propertyOf(propertyOf(propertyOf(item.value, "Filter"), "S3Key"), "Rules");
        for (const auto& rule :
            itemsOf(builder.scope(), rules, item.path + ".Filter.S3Key.Rules")) {
            const auto name = propertyOf(rule.value, "Name");
            const auto* text = name.present() ? literal(name) : nullptr;
            const bool known = text != nullptr && (*text == "prefix" || *text == "suffix");
            if (!known || !rule.guard.empty()) {
                builder.refuse(rule.path, "a rule has the literal Name prefix or suffix");
                continue;
            }
            content.set("filter_" + *text, builder.argument(propertyOf(rule.value, "Value")));
        }
        body.add(block, content, item.guard);
    }
}

void finishNotifications(Builder& builder) {
    for (const auto& item : builder.items("NotificationConfiguration")) {
        auto& part = builder.partOf(item, "aws_s3_bucket_notification");
        part.body.set("bucket", builder.mainAttribute("bucket"));
        builder.apply(
            {custom("EventBridgeConfiguration"), custom("LambdaConfigurations"),
                custom("QueueConfigurations"), custom("TopicConfigurations")},
            item, part.body);
        const auto bridge = propertyOf(item.value, "EventBridgeConfiguration");
        if (bridge.present()) {
            const auto enabled = propertyOf(bridge, "EventBridgeEnabled");
            part.body.set(
                "eventbridge", enabled.present() ? builder.argument(enabled) : Value(Bool(true)));
        }
        addNotifications(builder, item, "LambdaConfigurations", "lambda_function", "Function",
            "lambda_function_arn", part.body);
        addNotifications(
            builder, item, "QueueConfigurations", "queue", "Queue", "queue_arn", part.body);
        addNotifications(
            builder, item, "TopicConfigurations", "topic", "Topic", "topic_arn", part.body);
    }
}

/// A further resource with everything in one block, which the provider has around it.
void wrappedPart(Builder& builder, const char* property, const char* type, const char* block,
    const Table& table) {
    for (const auto& item : builder.items(property)) {
        auto& part = builder.partOf(item, type);
        part.body.set("bucket", builder.mainAttribute("bucket"));
        part.body.add(block, builder.bodyOf(table, item));
    }
}

void finishWebsite(Builder& builder) {
    const Table redirect{
        "HostName", "HttpRedirectCode", "Protocol", "ReplaceKeyPrefixWith", "ReplaceKeyWith"};
    const Table condition{"HttpErrorCodeReturnedEquals", "KeyPrefixEquals"};
    const Table table{custom("ErrorDocument"), custom("IndexDocument"),
        block("RedirectAllRequestsTo", {"HostName", "Protocol"}),
        block("RoutingRules", "routing_rule",
            {block("RedirectRule", "redirect", redirect),
                block("RoutingRuleCondition", "condition", condition)})};
    for (const auto& item : builder.items("WebsiteConfiguration")) {
        auto& part = builder.partOf(item, "aws_s3_bucket_website_configuration");
        part.body.set("bucket", builder.mainAttribute("bucket"));
        builder.apply(table, item, part.body);
        const auto nest = [&](const char* field, const char* block, const char* argument) {
            const auto value = propertyOf(item.value, field);
            if (!value.present()) return;
            Body body;
            body.set(argument, builder.argument(value));
            part.body.add(block, body);
        };
        nest("ErrorDocument", "error_document", "key");
        nest("IndexDocument", "index_document", "suffix");
    }
}

void finishBucket(Builder& builder) {
    const auto part = [&](const char* property, const char* type, const Table& table) {
        builder.partFor(property, type, table, "bucket", "bucket");
    };
    part("AccelerateConfiguration", "aws_s3_bucket_accelerate_configuration",
        {{"AccelerationStatus", "status"}});
    part("PublicAccessBlockConfiguration", "aws_s3_bucket_public_access_block",
        {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"});
    part("OwnershipControls", "aws_s3_bucket_ownership_controls",
        {block("Rules", "rule", {"ObjectOwnership"})});
    wrappedPart(builder, "VersioningConfiguration", "aws_s3_bucket_versioning",
        "versioning_configuration", {"Status"});
    const Table encryption{
        {"KMSMasterKeyID", "kms_master_key_id"}, {"SSEAlgorithm", "sse_algorithm"}};
    part("BucketEncryption", "aws_s3_bucket_server_side_encryption_configuration",
        {block("ServerSideEncryptionConfiguration", "rule",
            {"BucketKeyEnabled",
                block("ServerSideEncryptionByDefault", "apply_server_side_encryption_by_default",
                    encryption)})});
    part("CorsConfiguration", "aws_s3_bucket_cors_configuration",
        {block("CorsRules", "cors_rule",
            {"AllowedHeaders", "AllowedMethods", "AllowedOrigins",
                {"ExposedHeaders", "expose_headers"}, "Id", {"MaxAge", "max_age_seconds"}})});
    part("LoggingConfiguration", "aws_s3_bucket_logging",
        {{"DestinationBucketName", "target_bucket"}, {"LogFilePrefix", "target_prefix"},
            block("TargetObjectKeyFormat",
                {block("PartitionedPrefix", {"PartitionDateSource"}), block("SimplePrefix", {})})});
    part("ObjectLockConfiguration", "aws_s3_bucket_object_lock_configuration",
        {"ObjectLockEnabled",
            block("Rule", {block("DefaultRetention", {"Days", "Mode", "Years"})})});
    for (auto& made : builder.parts()) {
        const bool lacks = made.type == "aws_s3_bucket_logging" && !made.body.has("target_prefix");
        if (lacks) made.body.set("target_prefix", "");
    }
    finishLifecycle(builder);
    finishNotifications(builder);
    finishWebsite(builder);
}

TypeMapping bucket() {
    return {"AWS::S3::Bucket", "aws_s3_bucket",
        {custom("AccelerateConfiguration"),
            refused("AccessControl",
                "access lists are off for new buckets; grant access by a bucket policy"),
            custom("BucketEncryption"), {"BucketName", "bucket"}, custom("CorsConfiguration"),
            custom("LifecycleConfiguration"), custom("LoggingConfiguration"),
            custom("NotificationConfiguration"), custom("ObjectLockConfiguration"),
            "ObjectLockEnabled", custom("OwnershipControls"),
            custom("PublicAccessBlockConfiguration"), tags(), custom("VersioningConfiguration"),
            custom("WebsiteConfiguration")},
        {{"Ref", "bucket"}, {"Arn", "arn"}, {"DomainName", "bucket_domain_name"},
            {"RegionalDomainName", "bucket_regional_domain_name"},
            {"WebsiteURL", "http://{website_endpoint}", "aws_s3_bucket_website_configuration"}},
        finishBucket};
}

}  // namespace

std::vector<TypeMapping> s3Mappings() {
    return {bucket(),
        {"AWS::S3::BucketPolicy", "aws_s3_bucket_policy",
            {"Bucket", document("PolicyDocument", "policy")}, {{"Ref", "id"}}}};
}

}  // namespace loam::terraform
