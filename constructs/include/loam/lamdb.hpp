#pragma once

#include <loam/alias.hpp>
#include <loam/bastion_host.hpp>
#include <loam/http_api.hpp>
#include <loam/s3_sync.hpp>

#include <map>
#include <optional>
#include <string>

namespace loam {

/// From which severity on the functions log.
enum class LogLevel { Trace, Debug, Info, Warn, Error, Fatal };

/// The file system of a LamDB.
struct LamDBFileSystemProps {
    /// A host for maintenance and restores, `true` or options.
    Toggle<BastionHostProps> bastionHost = {};
    /// Copies the database to the bucket, `true` for hourly or options.
    Toggle<S3SyncProps> s3Sync = {};
};

/// What differs for one function of a LamDB.
struct LamDBFunctionProps {
    /// Default: 1 GiB.
    std::optional<Size> memory = {};
    /// Default: 30 seconds, 10 minutes for migrate.
    std::optional<seconds> timeout = {};
    /// Added to the variables that the function gets anyway; those cannot be replaced.
    std::map<std::string, Str> environment = {};
    /// Default: that of the LamDB.
    std::optional<Architecture> architecture = {};
    /// Environments that are kept ready. Default: none. The writer takes one at most, migrate none.
    std::optional<int> provisionedConcurrency = {};
};

/// How a LamDB is deployed.
struct LamDBProps {
    /// Name of the instance; prefixes every physical name. Lower-case letters, digits and hyphens,
    /// at most 40, starting with a letter.
    Required<std::string> name;

    /// Path of the Prisma schema, relative to the working directory.
    Required<std::string> schemaPath;

    /// Default: the directory `migrations` beside the schema.
    std::string migrationsPath = {};

    /// Maintenance and backup; both cost extra, so both are off.
    LamDBFileSystemProps efs = {};

    /// Metrics in CloudWatch, see `metricDatabaseSize` and its like.
    bool metrics = true;

    LogLevel logLevel = LogLevel::Info;

    /// Send traces to X-Ray. Default: off, since every traced request costs money.
    bool tracing = false;

    /// Records every request to the API.
    bool accessLogging = true;

    /// Who may send queries. Open to everyone only if said so: `Authorization::None`.
    Authorization authorization = Authorization::Iam;

    /// Answers raw queries, which are SQL of the client; false refuses them.
    bool rawQueries = true;

    /// Adds the routes `/reader` and `/writer`, for clients that tell reads from writes themselves.
    bool exposeReaderWriterEndpoints = false;

    /// How long logs of functions, requests and connections are kept.
    Retention logRetention = Retention::OneMonth;

    /// Of all functions, unless they say otherwise.
    Architecture architecture = Architecture::X86_64;

    LamDBFunctionProps reader = {};
    LamDBFunctionProps writer = {};
    LamDBFunctionProps migrate = {};

    /// Noncurrent versions in the bucket are deleted after this time.
    days backupRetention = days{90};

    /// What happens to file system and bucket when they leave the stack. Default: they stay.
    RemovalPolicy removalPolicy = RemovalPolicy::Default;
};

/// A serverless SQL database: SQLite on EFS behind functions that speak Prisma's GraphQL protocol.
///
/// It makes a VPC without a way to the internet, an encrypted file system, a bucket for backups,
/// the functions `<name>-reader`, `<name>-writer` and `<name>-migrate`, and an HTTP API. After a
/// deployment the tables are made by calling `<name>-migrate`.
class LamDB : public Construct {
  public:
    using Props = LamDBProps;
    /// Throws ValidationError for a name that some physical name would not take, an empty path, or
    /// settings of a function that exclude each other.
    LamDB(Scope scope, Props props);

    /// `https://abc.execute-api.eu-central-1.amazonaws.com/graphql`.
    Str url() const;

    Vpc& vpc() const noexcept { return *vpc_; }
    FileSystem& fileSystem() const noexcept { return *fileSystem_; }
    AccessPoint& accessPoint() const noexcept { return *accessPoint_; }
    Bucket& bucket() const noexcept { return *bucket_; }
    Function& reader() const noexcept { return *reader_; }
    Function& writer() const noexcept { return *writer_; }
    Function& migrate() const noexcept { return *migrate_; }
    HttpApi& api() const noexcept { return *api_; }

    /// Permission to send queries to the API with signed requests.
    Grant grantQuery(Grantee& grantee);
    /// Permission to call migrate.
    Grant grantMigrate(Grantee& grantee) { return migrate_->grantInvoke(grantee); }

    /// Successful reads. Default: sum.
    Metric metricReadOperations(const MetricOptions& options = {}) const;
    /// Successful writes. Default: sum.
    Metric metricWriteOperations(const MetricOptions& options = {}) const;
    /// Bytes of the answers to successful reads. Default: sum.
    Metric metricReadThroughput(const MetricOptions& options = {}) const;
    /// Bytes of the answers to successful writes. Default: sum.
    Metric metricWriteThroughput(const MetricOptions& options = {}) const;
    /// Milliseconds of successful reads. Default: average.
    Metric metricReadLatency(const MetricOptions& options = {}) const;
    /// Milliseconds of successful writes. Default: average.
    Metric metricWriteLatency(const MetricOptions& options = {}) const;
    /// Failed operations. Default: sum.
    Metric metricOperationErrors(const MetricOptions& options = {}) const;
    /// Bytes of the main database file. Default: maximum.
    Metric metricDatabaseSize(const MetricOptions& options = {}) const;
    /// Applied migrations. Default: sum.
    Metric metricMigrationsApplied(const MetricOptions& options = {}) const;

    /// Name of the instance.
    const std::string& name() const noexcept { return props_.name.get(); }

  private:
    void check() const;
    void addStorage();
    void addFunctions();
    Function& addFunction(std::string_view id, FunctionProps props, const LamDBFunctionProps& own);
    void addApi();
    void addCompanions();
    std::map<std::string, Str> queryEnvironment() const;
    std::map<std::string, Str>
    environmentOf(std::map<std::string, Str> fixed, const LamDBFunctionProps& own) const;

    Props props_;
    Vpc* vpc_ = nullptr;
    FileSystem* fileSystem_ = nullptr;
    AccessPoint* accessPoint_ = nullptr;
    Bucket* bucket_ = nullptr;
    Function* reader_ = nullptr;
    Function* writer_ = nullptr;
    Function* migrate_ = nullptr;
    HttpApi* api_ = nullptr;
};

}  // namespace loam
