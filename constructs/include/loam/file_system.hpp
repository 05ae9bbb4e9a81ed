#pragma once

#include <loam/iam.hpp>
#include <loam/vpc.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam {

class AccessPoint;
class KeyBase;

enum class ThroughputMode {
    /// Follows the load, paid by use.
    Elastic,
    /// Grows with the amount of data.
    Bursting,
};

struct FileSystemProps {
    Vpc& vpc;
    /// Shown in the console. Default: none.
    std::string fileSystemName = {};
    /// Where it can be mounted. Default: the VPC's inner subnets.
    std::vector<Subnet*> subnets = {};
    ThroughputMode throughputMode = ThroughputMode::Elastic;
    /// A daily backup by AWS Backup, kept for five weeks.
    bool automaticBackups = true;
    /// Moves files that were not read for so many days to cheaper, slower storage: 1, 7, 14, 30,
    /// 60, 90, 180, 270 or 365. Default: never.
    std::optional<int> infrequentAccessAfterDays = {};
    /// Default: the key that EFS keeps for the account.
    KeyBase* key = nullptr;
    /// Default: Retain.
    RemovalPolicy removalPolicy = RemovalPolicy::Default;
};

/// What a client may do with a file system.
enum class FileSystemAccess { Read, ReadWrite, Root };

/// An encrypted network file system with a mount target in each subnet. Its policy refuses
/// connections without TLS, and whoever mounts it needs a grant.
class FileSystem : public Construct {
  public:
    using Props = FileSystemProps;
    FileSystem(Scope scope, Props props);

    Str fileSystemId() const;
    Str fileSystemArn() const;
    Vpc& vpc() const noexcept { return *vpc_; }
    const std::vector<Subnet*>& subnets() const noexcept { return subnets_; }
    SecurityGroup& securityGroup() const noexcept { return *securityGroup_; }
    /// Holds the mount targets. Whatever mounts the file system when it is created depends on it.
    const Construct& mountTargets() const noexcept { return *mountTargets_; }

    /// Lets the client connect over the network and mount.
    void allowMountFrom(SecurityGroup& client);
    /// Permission to mount without an access point. Root access also keeps user 0.
    Grant grantMount(Grantee& grantee, FileSystemAccess access);

    void addToResourcePolicy(PolicyStatement statement) { policy_.add(std::move(statement)); }

  private:
    Vpc* vpc_;
    std::vector<Subnet*> subnets_;
    PolicyDocument policy_;
    SecurityGroup* securityGroup_;
    Construct* mountTargets_;
    Resource* resource_;
};

struct AccessPointProps {
    FileSystem& fileSystem;
    /// The directory that clients see as their root; made when first mounted.
    std::string path = "/";
    /// The user that all clients act as, whatever they say.
    unsigned uid = 1000;
    unsigned gid = 1000;
    /// Mode of the directory when it is made.
    unsigned permissions = 0750;
};

/// A door to one directory of a file system, with a fixed user.
class AccessPoint : public Construct {
  public:
    using Props = AccessPointProps;
    /// Throws ValidationError unless the path is absolute and the mode has at most four octal
    /// digits.
    AccessPoint(Scope scope, Props props);

    Str accessPointId() const;
    Str accessPointArn() const;
    FileSystem& fileSystem() const noexcept { return *fileSystem_; }

    /// Permission to mount through this access point, for reading.
    Grant grantRead(Grantee& grantee);
    /// Permission to mount through this access point.
    Grant grantReadWrite(Grantee& grantee);

    /// The statement that both grants give.
    PolicyStatement mountStatement(FileSystemAccess access) const;

  private:
    FileSystem* fileSystem_;
    Resource* resource_;
};

}  // namespace loam
