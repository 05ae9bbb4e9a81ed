#pragma once

#include <loam/bucket.hpp>
#include <loam/file_system.hpp>
#include <loam/log_group.hpp>
#include <loam/schedule.hpp>

#include <string>

namespace loam {

/// How a directory of a file system is copied to a bucket.
struct S3SyncProps {
    /// How often; not more than once an hour. Default: hourly.
    Schedule scheduleExpression = Schedule::rate(hours{1});
    /// What is copied. Required; a LamDB fills in its own.
    AccessPoint* source = nullptr;
    /// Where it is copied to. Required; a LamDB fills in its own.
    BucketBase* destination = nullptr;
    /// Start of the objects' keys, without slashes around it.
    std::string subdirectory = "efs";
    /// Name of the task; prefixes the log group. Default: the construct's path with hyphens.
    std::string taskName = {};
    /// Whether files that are gone are deleted in the bucket too. Its old versions stay.
    bool removeDeletedFiles = false;
    Retention logRetention = Retention::TwoWeeks;
};

/// Copies changed files to a bucket with AWS DataSync, over TLS through the access point. Its roles
/// may read that directory and write below that prefix, and nothing else.
class S3Sync : public Construct {
  public:
    using Props = S3SyncProps;
    /// Throws ValidationError without source or destination, or for a rate above once an hour.
    S3Sync(Scope scope, const Props& props);

    Str taskArn() const;
    LogGroup& logGroup() const noexcept { return *logGroup_; }

  private:
    Resource& addSource(AccessPoint& source);
    Resource& addDestination(const Props& props);

    Resource* task_ = nullptr;
    LogGroup* logGroup_ = nullptr;
};

}  // namespace loam
