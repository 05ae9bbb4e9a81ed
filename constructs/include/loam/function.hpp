#pragma once

#include <loam/asset.hpp>
#include <loam/bucket.hpp>
#include <loam/file_system.hpp>
#include <loam/log_group.hpp>
#include <loam/metric.hpp>
#include <loam/size.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace loam {

class Alias;
class Version;
struct AliasOptions;

enum class Architecture {
    X86_64,  // NOLINT(readability-identifier-naming): the architecture's own name
    Arm64,
};

/// The package of a function.
class Code {
  public:
    /// Everything in a directory, relative to the working directory; it holds an executable
    /// `bootstrap`.
    static Code directory(std::string path);
    /// A function that comes with loam, built for the function's architecture, and further files.
    static Code bundled(std::string name, std::vector<AssetEntry> files = {});
    /// Single files and directories.
    static Code files(std::vector<AssetEntry> entries);
    /// A zip archive that is in a bucket already.
    static Code fromBucket(BucketBase& bucket, Str key, Str objectVersion = {});

    const std::vector<AssetEntry>& entries() const noexcept { return entries_; }

  private:
    friend class Function;
    Code() = default;
    std::vector<AssetEntry> entries_;
    BucketBase* bucket_ = nullptr;
    Str key_;
    Str objectVersion_;
};

/// A function of this app or of elsewhere, or an alias of one.
class FunctionBase : public Construct {
  public:
    virtual Str functionArn() const = 0;
    virtual Str functionName() const = 0;

    /// Permission to call the function.
    Grant grantInvoke(Grantee& grantee);
    /// Lets a service call the function on behalf of one of its resources. The same id twice is
    /// refused.
    void allowInvokeFrom(std::string_view id, std::string_view service, Str sourceArn);

    /// Metrics of Lambda: calls, failed calls, calls refused for want of concurrency, milliseconds.
    Metric metricInvocations(const MetricOptions& options = {}) const;
    Metric metricErrors(const MetricOptions& options = {}) const;
    Metric metricThrottles(const MetricOptions& options = {}) const;
    Metric metricDuration(const MetricOptions& options = {}) const;

  protected:
    using Construct::Construct;
    virtual std::map<std::string, Str> metricDimensions() const;

  private:
    Metric metric(const char* metricName, Statistic statistic, const MetricOptions& options) const;
};

/// A file system in a function.
struct FileSystemMount {
    AccessPoint& accessPoint;
    /// `/mnt/` and a name.
    Required<std::string> path;
    /// The role may then not write, so EFS refuses it.
    bool readOnly = false;
};

struct FunctionProps {
    Required<Code> code;
    /// The entry point that the runtime is told; native functions may use it as they like.
    std::string handler = "bootstrap";
    Architecture architecture = Architecture::X86_64;
    /// 128 MiB to 10,240 MiB; the share of the processor grows with it.
    Size memory = 256_MiB;
    /// At most 15 minutes.
    seconds timeout = seconds{30};
    std::map<std::string, Str> environment = {};
    std::string description = {};
    /// Default: made by CloudFormation.
    std::string functionName = {};
    /// The VPC that the function is in. Default: none, or that of the file system.
    Vpc* vpc = nullptr;
    /// Default: the VPC's inner subnets.
    std::vector<Subnet*> subnets = {};
    /// Default: one of its own, which lets nothing in or out until told to.
    std::vector<SecurityGroup*> securityGroups = {};
    std::optional<FileSystemMount> fileSystem = {};
    /// Calls at one time that are kept for this function, and its limit. Default: no limit of its
    /// own.
    std::optional<int> reservedConcurrency = {};
    /// Send traces to X-Ray.
    bool tracing = false;
    /// Default: a log group of its own, kept as long as `logRetention` and deleted with the
    /// function.
    LogGroup* logGroup = nullptr;
    Retention logRetention = Retention::OneMonth;
    /// Space in /tmp, 512 MiB to 10,240 MiB.
    Size ephemeralStorage = 512_MiB;
    /// Encrypts the environment variables. Default: Lambda's own key.
    KeyBase* environmentKey = nullptr;
    /// Default: a role of its own.
    RoleBase* role = nullptr;
};

/// A native function on Amazon Linux 2023. It has a role that permits what the props imply and no
/// more, and a log group that is made before it.
class Function : public FunctionBase, public Grantee {
  public:
    using Props = FunctionProps;
    /// Throws ValidationError for sizes, times or paths that Lambda does not accept.
    Function(Scope scope, const Props& props);

    /// A function defined elsewhere.
    static FunctionBase& fromArn(Construct& scope, std::string_view id, Str arn,
        SourceLocation where = SourceLocation::current());

    Str functionArn() const override;
    Str functionName() const override;
    RoleBase& role() const noexcept { return *role_; }
    RoleBase& grantRole() override { return *role_; }
    LogGroup& logGroup() const noexcept { return *logGroup_; }
    /// The first security group. Throws ValidationError if the function is in no VPC.
    SecurityGroup& securityGroup() const;

    void addEnvironment(std::string_view name, Str value);
    /// A permission for the function itself.
    Grant addToRolePolicy(PolicyStatement statement) {
        return role_->addToPolicy(std::move(statement));
    }
    /// The code and settings as they are now, as a version that never changes.
    Version& currentVersion();
    /// A name for the current version.
    Alias& addAlias(std::string_view aliasName, const AliasOptions& options);

    const std::optional<int>& reservedConcurrency() const noexcept { return reservedConcurrency_; }
    /// The security groups whose rules let the function reach its VPC and file system.
    const std::vector<const Construct*>& connections() const noexcept { return connections_; }
    /// The package; null if it is in a bucket.
    const Asset* asset() const noexcept { return asset_; }
    /// The typed resource, for overrides.
    Resource& resource() const noexcept { return *resource_; }

  private:
    void check(const Props& props) const;
    void makeLogGroup(const Props& props);
    void placeInVpc(const Props& props);
    void makeRole(const Props& props);
    void makeResource(const Props& props);

    std::optional<int> reservedConcurrency_;
    std::map<std::string, Str> environment_;
    Vpc* vpc_ = nullptr;
    std::vector<Subnet*> subnets_;
    std::vector<SecurityGroup*> securityGroups_;
    std::vector<const Construct*> connections_;
    RoleBase* role_ = nullptr;
    Policy* executionPolicy_ = nullptr;
    LogGroup* logGroup_ = nullptr;
    Asset* asset_ = nullptr;
    Resource* resource_ = nullptr;
    Version* version_ = nullptr;
};

}  // namespace loam
