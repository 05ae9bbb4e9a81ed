#include <loam/aws/s3.hpp>
#include <loam/bucket.hpp>
#include <loam/findings.hpp>
#include <loam/intrinsics.hpp>
#include <loam/key.hpp>
#include <loam/lazy.hpp>
#include <loam/stack.hpp>

#include <algorithm>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

const std::vector<std::string> listActions{"s3:GetBucketLocation", "s3:ListBucket"};
const std::vector<std::string> readActions{"s3:GetObject", "s3:GetObjectVersion"};
const std::vector<std::string> writeActions{
    "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"};

struct ImportedBucketProps {
    Str name;
};

/// A bucket known by its name.
class ImportedBucket : public BucketBase {
  public:
    using Props = ImportedBucketProps;
    ImportedBucket(Scope scope, Props props)
        : BucketBase(std::move(scope)), name_(std::move(props.name)) {}
    Str bucketName() const override { return name_; }
    Str bucketArn() const override { return sub("arn:{}:s3:::{}", partition(), name_); }

  private:
    Str name_;
};

Num daysOf(const std::optional<days>& duration) {
    return duration ? Num(duration->count()) : Num();
}

void checkRule(const LifecycleRule& rule, const Construct& at) {
    const auto name = "the lifecycle rule \"" + rule.id.get() + "\" ";
    const auto times = {rule.expiration, rule.noncurrentVersionExpiration,
        rule.abortIncompleteMultipartUploadAfter};
    require(!rule.newerNoncurrentVersions || rule.noncurrentVersionExpiration, at,
        name +
            "keeps newerNoncurrentVersions, so it needs noncurrentVersionExpiration for the rest");
    require(std::ranges::any_of(times, [](const auto& time) { return time.has_value(); }), at,
        name +
            "does nothing; give expiration, noncurrentVersionExpiration or "
            "abortIncompleteMultipartUploadAfter");
    for (const auto& time : times) {
        require(!time || *time >= days{1}, at,
            name + "takes times of at least one day, got " +
                std::to_string(time.value_or(days{0}).count()) + " days");
    }
}

aws::s3::BucketRule ruleOf(const LifecycleRule& rule) {
    aws::s3::BucketRule result{
        .expirationInDays = daysOf(rule.expiration),
        .id = rule.id.get(),
        .prefix = given(rule.prefix),
        .status = "Enabled",
    };
    if (rule.abortIncompleteMultipartUploadAfter) {
        result.abortIncompleteMultipartUpload = {
            {.daysAfterInitiation = daysOf(rule.abortIncompleteMultipartUploadAfter)}};
    }
    if (rule.noncurrentVersionExpiration) {
        result.noncurrentVersionExpiration = {{
            .newerNoncurrentVersions = given(rule.newerNoncurrentVersions),
            .noncurrentDays = daysOf(rule.noncurrentVersionExpiration),
        }};
    }
    return result;
}

aws::s3::BucketServerSideEncryptionRule encryptionBy(const KeyBase* key) {
    if (key == nullptr) return {.serverSideEncryptionByDefault = {{.sSEAlgorithm = "AES256"}}};
    return {
        .bucketKeyEnabled = true,
        .serverSideEncryptionByDefault = {{
            .kMSMasterKeyID = key->keyArn(),
            .sSEAlgorithm = "aws:kms",
        }},
    };
}

Obj<aws::s3::BucketLifecycleConfiguration>
lifecycleOf(const BucketProps& props, const Construct& at) {
    if (props.lifecycleRules.empty()) return {};
    std::vector<aws::s3::BucketRule> rules;
    for (const auto& rule : props.lifecycleRules) {
        checkRule(rule, at);
        rules.push_back(ruleOf(rule));
    }
    return {{.rules = rules}};
}

Obj<aws::s3::BucketLoggingConfiguration> loggingOf(const BucketProps& props) {
    if (props.serverAccessLogsBucket == nullptr) return {};
    return {{
        .destinationBucketName = props.serverAccessLogsBucket->bucketName(),
        .logFilePrefix = given(props.serverAccessLogsPrefix),
    }};
}

}  // namespace

Str BucketBase::arnForObjects(std::string_view keyPattern) const {
    return bucketArn() + "/" + keyPattern;
}

Grant BucketBase::grantRead(Grantee& grantee, std::string_view keyPattern) {
    if (auto* key = encryptionKey()) key->grantDecrypt(grantee);
    Grant::give(grantee, {.actions = listActions, .resources = {bucketArn()}});
    return Grant::give(grantee, {.actions = readActions, .resources = {arnForObjects(keyPattern)}});
}

Grant BucketBase::grantWrite(Grantee& grantee, std::string_view keyPattern) {
    // A multipart upload reads the key back.
    if (auto* key = encryptionKey()) key->grantEncryptDecrypt(grantee);
    return Grant::give(
        grantee, {.actions = writeActions, .resources = {arnForObjects(keyPattern)}});
}

Grant BucketBase::grantReadWrite(Grantee& grantee, std::string_view keyPattern) {
    grantRead(grantee, keyPattern);
    return grantWrite(grantee, keyPattern);
}

void BucketBase::allowAccessLogs() {}

Bucket::Bucket(Scope scope, Props props)
    : BucketBase(std::move(scope)),
      key_(props.key),
      accessLogs_(props.serverAccessLogsBucket != nullptr) {
    auto& resource = add<aws::s3::Bucket>("Resource",
        {
            .bucketEncryption = {{.serverSideEncryptionConfiguration = {encryptionBy(key_)}}},
            .bucketName = props.bucketName,
            .lifecycleConfiguration = lifecycleOf(props, *this),
            .loggingConfiguration = loggingOf(props),
            .ownershipControls = {{.rules = {{.objectOwnership = "BucketOwnerEnforced"}}}},
            .publicAccessBlockConfiguration = {{
                .blockPublicAcls = true,
                .blockPublicPolicy = true,
                .ignorePublicAcls = true,
                .restrictPublicBuckets = true,
            }},
            .versioningConfiguration = {{.status = props.versioned ? "Enabled" : "Suspended"}},
        });
    resource.applyRemovalPolicy(props.removalPolicy);
    resource_ = &resource;
    policy_.add(denyWithoutTls({"s3:*"}, {bucketArn(), arnForObjects("*")}));
    add<aws::s3::BucketPolicy>("Policy",
        {
            .bucket = bucketName(),
            .policyDocument = lazy<Any>([this] { return policy_.render(); }),
        });
    if (accessLogs_) props.serverAccessLogsBucket->allowAccessLogs();
}

BucketBase&
Bucket::fromName(Construct& scope, std::string_view id, Str name, SourceLocation where) {
    return scope.add<ImportedBucket>(id, {.name = std::move(name)}, where);
}

Str Bucket::bucketName() const { return resource_->ref(); }
Str Bucket::bucketArn() const { return resource_->attribute("Arn"); }

void Bucket::allowAccessLogs() {
    policy_.add({
        .actions = {"s3:PutObject"},
        .resources = {arnForObjects("*")},
        .conditions = {{"StringEquals", "aws:SourceAccount", {stack().account()}}},
        .principals = {Principal::service("logging.s3.amazonaws.com")},
    });
    isLogBucket_ = true;
}

void Bucket::validate(Findings& findings) const {
    if (accessLogs_ || isLogBucket_) return;
    findings.warning(*this, "bucket-access-logs",
        "requests to the bucket are not recorded; give serverAccessLogsBucket, or acknowledge "
        "\"bucket-access-logs\" with the reason");
}

}  // namespace loam
