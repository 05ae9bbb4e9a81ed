#pragma once

#include <loam/iam.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam {

class KeyBase;

/// A bucket of this app or of elsewhere.
class BucketBase : public Construct {
  public:
    virtual Str bucketName() const = 0;
    virtual Str bucketArn() const = 0;
    /// The key that encrypts the objects, or null if S3 does it alone.
    virtual KeyBase* encryptionKey() const { return nullptr; }
    /// ARN of the objects whose keys match: `arnForObjects("efs/*")`.
    Str arnForObjects(std::string_view keyPattern) const;

    /// Listing, and reading objects whose keys match.
    Grant grantRead(Grantee& grantee, std::string_view keyPattern = "*");
    /// Writing and deleting objects whose keys match.
    Grant grantWrite(Grantee& grantee, std::string_view keyPattern = "*");
    Grant grantReadWrite(Grantee& grantee, std::string_view keyPattern = "*");
    /// Lets S3 store the access logs of other buckets here. A bucket defined elsewhere must permit
    /// it there.
    virtual void allowAccessLogs();

  protected:
    using Construct::Construct;
};

/// When objects of a bucket go away.
struct LifecycleRule {
    Required<std::string> id;
    /// Only keys that start so. Default: all.
    std::string prefix = {};
    /// Default: never.
    std::optional<days> expiration = {};
    /// Time after which a version is deleted that is not the newest any more. Default: never.
    std::optional<days> noncurrentVersionExpiration = {};
    /// So many of those versions are kept all the same; together with
    /// noncurrentVersionExpiration.
    std::optional<int> newerNoncurrentVersions = {};
    /// Default: never.
    std::optional<days> abortIncompleteMultipartUploadAfter = {};
};

struct BucketProps {
    /// Default: made by CloudFormation.
    Str bucketName = {};
    /// Keeps every version of an object.
    bool versioned = true;
    std::vector<LifecycleRule> lifecycleRules = {};
    /// Default: S3's own encryption.
    KeyBase* key = nullptr;
    /// Where S3 records requests. Default: nowhere, which is reported as `bucket-access-logs`.
    BucketBase* serverAccessLogsBucket = nullptr;
    std::string serverAccessLogsPrefix = {};
    /// Default: Retain.
    RemovalPolicy removalPolicy = RemovalPolicy::Default;
};

/// A private, encrypted, versioned bucket that answers over TLS only.
class Bucket : public BucketBase {
  public:
    using Props = BucketProps;
    Bucket(Scope scope, Props props);

    /// A bucket defined elsewhere.
    static BucketBase& fromName(Construct& scope, std::string_view id, Str name,
        SourceLocation where = SourceLocation::current());

    Str bucketName() const override;
    Str bucketArn() const override;
    KeyBase* encryptionKey() const override { return key_; }

    void addToResourcePolicy(PolicyStatement statement) { policy_.add(std::move(statement)); }
    void allowAccessLogs() override;

    /// Reports a bucket whose requests are not recorded as `bucket-access-logs`.
    void validate(Findings& findings) const override;

  private:
    PolicyDocument policy_;
    KeyBase* key_;
    bool accessLogs_;
    bool isLogBucket_ = false;
    Resource* resource_;
};

}  // namespace loam
