#pragma once

#include <loam/construct.hpp>

#include <string>
#include <vector>

namespace loam {

class Resource;
class SecurityGroup;
class Vpc;

/// A range of ports of a protocol.
class Port {
  public:
    static Port tcp(int port) { return Port("tcp", port, port); }
    static Port tcpRange(int from, int to) { return Port("tcp", from, to); }
    static Port udp(int port) { return Port("udp", port, port); }
    static Port udpRange(int from, int to) { return Port("udp", from, to); }
    static Port icmpPing() { return Port("icmp", 8, -1); }
    /// Every protocol and port.
    static Port all() { return Port("-1", 0, 0); }

    const char* protocol() const noexcept { return protocol_; }
    bool isAll() const noexcept { return protocol_[0] == '-'; }
    int from() const noexcept { return from_; }
    int to() const noexcept { return to_; }
    /// `tcp443`, `udp8000to8010`.
    std::string text() const;

  private:
    constexpr Port(const char* protocol, int from, int to)
        : protocol_(protocol), from_(from), to_(to) {}
    const char* protocol_;
    int from_;
    int to_;
};

/// The other end of a connection: a security group, a block of addresses or a prefix list.
class Peer {
  public:
    enum class Kind { Group, Ipv4, Ipv6, PrefixList };

    Peer(SecurityGroup& group) : kind_(Kind::Group), group_(&group) {}
    /// `10.0.0.0/8`, or a value known at deployment.
    static Peer ipv4(Str block) { return Peer(Kind::Ipv4, std::move(block)); }
    static Peer ipv6(Str block) { return Peer(Kind::Ipv6, std::move(block)); }
    /// Every IPv4 address.
    static Peer anyIpv4() { return ipv4("0.0.0.0/0"); }
    static Peer anyIpv6() { return ipv6("::/0"); }
    /// Addresses of an AWS service: `pl-6da54004`.
    static Peer prefixList(Str id) { return Peer(Kind::PrefixList, std::move(id)); }

    Kind kind() const noexcept { return kind_; }
    SecurityGroup* group() const noexcept { return group_; }
    const Str& value() const noexcept { return value_; }

  private:
    Peer(Kind kind, Str value) : kind_(kind), value_(std::move(value)) {}
    Kind kind_;
    SecurityGroup* group_ = nullptr;
    Str value_;
};

struct SecurityGroupProps {
    Vpc& vpc;
    /// What the group is for; shown in the console. Letters, digits and `. _-:/()#,@[]+=&;{}!$*`.
    Required<std::string> description;
    /// Default: made by CloudFormation.
    std::string groupName = {};
};

/// A firewall around network interfaces. Nothing may enter and nothing may leave until `allowFrom`
/// and `allowTo` say so. Rules are resources of their own, so that groups may name each other.
class SecurityGroup : public Construct {
  public:
    using Props = SecurityGroupProps;
    /// Throws ValidationError if the description is empty.
    SecurityGroup(Scope scope, const Props& props);

    Str securityGroupId() const;

    /// Lets the peer connect to members of this group. If the peer is a group, it may also send;
    /// one call opens both ends. Asking twice for the same peer and port changes nothing.
    void allowFrom(const Peer& peer, Port port, std::string_view description);
    /// Lets members of this group connect to the peer; the mirror of `allowFrom`.
    void allowTo(const Peer& peer, Port port, std::string_view description);

    /// Reports ingress from everywhere as `open-ingress`.
    void validate(Findings& findings) const override;

  private:
    void addRule(bool ingress, const Peer& peer, Port port, std::string_view description);

    Resource* resource_;
    std::vector<std::string> openPorts_;
};

}  // namespace loam
