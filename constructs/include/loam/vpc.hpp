#pragma once

#include <loam/log_group.hpp>
#include <loam/security_group.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam {

class Subnet;

/// What a subnet can reach.
enum class SubnetType {
    /// The internet, directly, and is reached from it.
    Public,
    /// The internet through a NAT gateway.
    Private,
    /// The VPC only.
    Isolated,
};

/// Services that a gateway endpoint reaches; it costs nothing.
enum class GatewayService { S3, DynamoDb };

struct VpcProps {
    /// Addresses, a prefix of /16 to /23. Each type of subnet has a fixed quarter of it and each
    /// zone a fixed eighth of that, so adding a type or a zone moves no other subnet.
    std::string cidr = "10.0.0.0/16";
    /// How many of the region's first availability zones are used, 1 to 6.
    int availabilityZoneCount = 2;
    /// The zones by name, `eu-central-1a`; then the count is theirs. Default: by count.
    std::vector<std::string> availabilityZones = {};
    bool isolatedSubnets = true;
    bool publicSubnets = false;
    /// NAT gateways, one in each of the first zones; at most one for each zone. More than zero
    /// makes public and private subnets.
    int natGateways = 0;
    std::vector<GatewayService> gatewayEndpoints = {};
    /// Records all connections in a log group.
    bool flowLogs = true;
    Retention flowLogRetention = Retention::OneMonth;
    /// Shown in the console. Default: the construct's path.
    std::string vpcName = {};
};

struct InterfaceEndpointProps {
    Vpc& vpc;
    /// The service's name within the region: `ssm`, `secretsmanager`.
    Required<std::string> service;
    /// Default: all inner subnets of the VPC, see `Vpc::innerSubnets`.
    std::vector<Subnet*> subnets = {};
};

/// A private way to a service of AWS, charged by the hour and zone.
class InterfaceEndpoint : public Construct {
  public:
    using Props = InterfaceEndpointProps;
    /// Throws ValidationError if the VPC has an endpoint of the service.
    InterfaceEndpoint(Scope scope, Props props);

    SecurityGroup& securityGroup() const noexcept { return *securityGroup_; }
    /// Lets members of the group use the service.
    void allowFrom(SecurityGroup& group);

  private:
    SecurityGroup* securityGroup_;
    std::string service_;
};

struct SubnetProps {
    Vpc& vpc;
    SubnetType type = SubnetType::Isolated;
    std::string cidr = {};
    Str availabilityZone = {};
};

/// A subnet with a route table of its own.
class Subnet : public Construct {
  public:
    using Props = SubnetProps;
    Subnet(Scope scope, Props props);

    Str subnetId() const;
    Str routeTableId() const;
    const Str& availabilityZone() const noexcept { return availabilityZone_; }
    SubnetType type() const noexcept { return type_; }

  private:
    SubnetType type_;
    Str availabilityZone_;
    Resource* resource_;
    Resource* routeTable_;
};

/// A private network. Without further wishes it has isolated subnets in two zones and flow logs.
class Vpc : public Construct {
  public:
    using Props = VpcProps;
    /// Throws ValidationError for a block, zone or count that does not fit.
    Vpc(Scope scope, const Props& props);

    Str vpcId() const;
    /// The block of addresses.
    const std::string& cidr() const noexcept { return cidr_; }
    /// The subnets of a type, by zone; empty if the VPC has none.
    std::vector<Subnet*> subnets(SubnetType type) const;
    /// Where functions and databases go: the isolated subnets, or the private ones if there are
    /// none. Throws ValidationError if the VPC has neither.
    std::vector<Subnet*> innerSubnets() const;

    /// A way to S3 or DynamoDB from every subnet. The same service twice is one endpoint.
    Construct& addGatewayEndpoint(GatewayService service);
    /// A way to a service from the inner subnets, or from the given ones. The same service twice is
    /// one endpoint.
    InterfaceEndpoint&
    addInterfaceEndpoint(std::string_view service, std::vector<Subnet*> subnets = {});

    /// Reports a VPC without flow logs as `vpc-flow-logs`.
    void validate(Findings& findings) const override;

  private:
    friend class InterfaceEndpoint;
    InterfaceEndpoint* findEndpoint(std::string_view service) const;
    void addSubnets(const VpcProps& props, SubnetType type);
    void addInternet(const VpcProps& props);
    void addFlowLogs(Retention retention);

    std::string cidr_;
    bool flowLogs_;
    Resource* resource_;
    std::vector<Subnet*> subnets_;
    std::vector<std::pair<std::string, InterfaceEndpoint*>> interfaceEndpoints_;
};

/// The ids of subnets, as properties take them.
StrList subnetIds(const std::vector<Subnet*>& subnets);

}  // namespace loam
