#pragma once

#include <loam/bucket.hpp>
#include <loam/file_system.hpp>
#include <loam/vpc.hpp>

#include <string>

namespace loam {

class KeyBase;

/// How a host for maintenance is made.
struct BastionHostProps {
    /// An arm64 type.
    std::string instanceType = "t4g.nano";
    /// Key that encrypts the sessions, as chosen in the settings of Session Manager. Default: none.
    KeyBase* sessionKey = nullptr;
    /// The network. Default: that of the file system; one of the two is required.
    Vpc* vpc = nullptr;
    /// Mounted over TLS at `/mnt/<instanceName>-efs`. Default: none; a LamDB fills in its own.
    FileSystem* fileSystem = nullptr;
    /// A bucket that the host may read and write. Default: none; a LamDB fills in its own.
    BucketBase* bucket = nullptr;
    /// Name of what is maintained. Default: the construct's id.
    std::string instanceName = {};
    /// Refuses to be terminated; deleting the stack then fails until it is switched off.
    bool terminationProtection = false;
};

/// A small arm64 host without an open port, reached with Session Manager through private endpoints:
/// `aws ssm start-session --target <instance id>`.
class BastionHost : public Construct, public Grantee {
  public:
    using Props = BastionHostProps;
    /// Throws ValidationError without a network.
    BastionHost(Scope scope, Props props);

    Str instanceId() const;
    RoleBase& grantRole() override { return *role_; }
    SecurityGroup& securityGroup() const noexcept { return *securityGroup_; }

    /// Reports a host that can be terminated as `instance-termination-protection`.
    void validate(Findings& findings) const override;

  private:
    void openSessions(const Props& props, Vpc& vpc, Subnet& subnet, Construct& instance);
    Resource& addInstance(const Props& props, Subnet& subnet);

    bool terminationProtection_;
    RoleBase* role_;
    Policy* policy_ = nullptr;
    SecurityGroup* securityGroup_ = nullptr;
    Resource* instance_ = nullptr;
};

}  // namespace loam
