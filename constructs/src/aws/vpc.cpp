#include <loam/aws/ec2.hpp>
#include <loam/error.hpp>
#include <loam/findings.hpp>
#include <loam/intrinsics.hpp>
#include <loam/stack.hpp>
#include <loam/tags.hpp>
#include <loam/vpc.hpp>

#include <algorithm>
#include <iterator>

#include "constructs/src/aws/address_block.hpp"
#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

constexpr int mostZones = 6;

const char* name(SubnetType type) {
    switch (type) {
        case SubnetType::Public:
            return "Public";
        case SubnetType::Private:
            return "Private";
        case SubnetType::Isolated:
            return "Isolated";
    }
    return "";
}

/// One availability zone of a VPC.
struct Zone {
    /// What the ids of its subnets end in.
    std::string suffix;
    /// Its place among the eight parts of a type's addresses.
    unsigned slot;
    Str name;
};

/// Zones by name have the place of their letter, so that one more in between moves no other.
std::vector<Zone> zonesOf(const VpcProps& props, const Construct& at) {
    std::vector<Zone> zones;
    for (const auto& zone : props.availabilityZones) {
        const char letter = zone.empty() ? ' ' : zone.back();
        require(letter >= 'a' && letter <= 'h', at,
            "an availability zone is named by its region and a letter, eu-central-1a, got \"" +
                zone + "\"");
        zones.push_back({"-" + zone, static_cast<unsigned>(letter - 'a'), zone});
    }
    if (!zones.empty()) return zones;
    for (int i = 0; i < props.availabilityZoneCount; ++i) {
        zones.push_back({std::to_string(i + 1), static_cast<unsigned>(i), select(i, getAzs())});
    }
    return zones;
}

/// `SsmEndpoint`.
std::string endpointId(std::string_view service) {
    std::string id(service);
    if (!id.empty() && id.front() >= 'a' && id.front() <= 'z') {
        id.front() = static_cast<char>(id.front() - 'a' + 'A');
    }
    return id + "Endpoint";
}

const char* serviceName(GatewayService service) {
    return service == GatewayService::S3 ? "s3" : "dynamodb";
}

void setName(Construct& construct, const std::string& name, std::vector<std::string> types) {
    construct.tags().add("Name", name, {.includeTypes = std::move(types)});
}

}  // namespace

Subnet::Subnet(Scope scope, Props props)
    : Construct(std::move(scope)),
      type_(props.type),
      availabilityZone_(std::move(props.availabilityZone)) {
    const auto vpcId = props.vpc.vpcId();
    resource_ = &add<aws::ec2::Subnet>("Resource",
        {
            .availabilityZone = availabilityZone_,
            .cidrBlock = props.cidr,
            .mapPublicIpOnLaunch = false,
            .vpcId = vpcId,
        });
    routeTable_ = &add<aws::ec2::RouteTable>("RouteTable", {.vpcId = vpcId});
    add<aws::ec2::SubnetRouteTableAssociation>("RouteTableAssociation",
        {.routeTableId = routeTable_->ref(), .subnetId = resource_->ref()});
}

Str Subnet::subnetId() const { return resource_->ref(); }
Str Subnet::routeTableId() const { return routeTable_->ref(); }

Vpc::Vpc(Scope scope, const Props& props)
    : Construct(std::move(scope)), cidr_(props.cidr), flowLogs_(props.flowLogs) {
    const auto zones = zonesOf(props, *this);
    const auto count = static_cast<int>(zones.size());
    require(count >= 1 && count <= mostZones, *this,
        "a VPC has 1 to 6 availability zones, got " + std::to_string(count));
    require(props.natGateways >= 0 && props.natGateways <= count, *this,
        "natGateways must be from 0 to the number of zones (" + std::to_string(count) + "), got " +
            std::to_string(props.natGateways));
    resource_ = &add<aws::ec2::VPC>(
        "Resource", {.cidrBlock = cidr_, .enableDnsHostnames = true, .enableDnsSupport = true});
    const auto vpcName = props.vpcName.empty() ? std::string(path()) : props.vpcName;
    setName(*this, vpcName, {"AWS::EC2::VPC"});
    if (props.isolatedSubnets) addSubnets(props, SubnetType::Isolated);
    if (props.natGateways > 0) addSubnets(props, SubnetType::Private);
    if (props.publicSubnets || props.natGateways > 0) addSubnets(props, SubnetType::Public);
    for (auto* subnet : subnets_) {
        setName(*subnet, vpcName + "/" + std::string(subnet->id()),
            {"AWS::EC2::Subnet", "AWS::EC2::RouteTable"});
    }
    addInternet(props);
    for (const auto service : props.gatewayEndpoints) addGatewayEndpoint(service);
    if (flowLogs_) addFlowLogs(props.flowLogRetention);
}

void Vpc::addSubnets(const VpcProps& props, SubnetType type) {
    const auto block = AddressBlock::parse(cidr_, *this);
    for (const auto& zone : zonesOf(props, *this)) {
        subnets_.push_back(&add<Subnet>(name(type) + std::string("Subnet") + zone.suffix,
            {
                .vpc = *this,
                .type = type,
                .cidr = block.part(static_cast<unsigned>(type), zone.slot).text(),
                .availabilityZone = zone.name,
            }));
    }
}

void Vpc::addInternet(const VpcProps& props) {
    const auto outer = subnets(SubnetType::Public);
    if (outer.empty()) return;
    auto& gateway = add<aws::ec2::InternetGateway>("InternetGateway", {});
    auto& attachment = add<aws::ec2::VPCGatewayAttachment>(
        "GatewayAttachment", {.internetGatewayId = gateway.ref(), .vpcId = vpcId()});
    std::vector<Resource*> natGateways;
    for (auto* subnet : outer) {
        auto& route = subnet->add<aws::ec2::Route>("DefaultRoute",
            {
                .destinationCidrBlock = "0.0.0.0/0",
                .gatewayId = gateway.ref(),
                .routeTableId = subnet->routeTableId(),
            });
        route.addDependency(attachment);
        if (natGateways.size() == static_cast<std::size_t>(props.natGateways)) continue;
        auto& address = subnet->add<aws::ec2::EIP>("NatAddress", {.domain = "vpc"});
        address.addDependency(attachment);
        natGateways.push_back(&subnet->add<aws::ec2::NatGateway>("NatGateway",
            {.allocationId = address.attribute("AllocationId"), .subnetId = subnet->subnetId()}));
        natGateways.back()->addDependency(route);
    }
    std::size_t next = 0;
    for (auto* subnet : subnets(SubnetType::Private)) {
        subnet->add<aws::ec2::Route>("DefaultRoute",
            {
                .destinationCidrBlock = "0.0.0.0/0",
                .natGatewayId = natGateways[next++ % natGateways.size()]->ref(),
                .routeTableId = subnet->routeTableId(),
            });
    }
}

void Vpc::addFlowLogs(Retention retention) {
    auto& scope = add<Group>("FlowLogs");
    // Not worth keeping when the network is gone.
    auto& logGroup = scope.add<LogGroup>(
        "LogGroup", {.retention = retention, .removalPolicy = RemovalPolicy::Destroy});
    auto& role = scope.add<Role>("Role",
        {
            .assumedBy = Principal::service("vpc-flow-logs.amazonaws.com"),
            .conditions = {{"StringEquals", "aws:SourceAccount", {stack().account()}}},
        });
    logGroup.grantWrite(role);
    const auto grant = role.addToPolicy(
        {.actions = {"logs:DescribeLogStreams"}, .resources = {logGroup.logGroupArn()}});
    auto& flowLog = scope.add<aws::ec2::FlowLog>("Resource",
        {
            .deliverLogsPermissionArn = role.roleArn(),
            .logDestination = logGroup.destinationArn(),
            .logDestinationType = "cloud-watch-logs",
            .resourceId = vpcId(),
            .resourceType = "VPC",
            .trafficType = "ALL",
        });
    grant.applyBefore(flowLog);
}

Str Vpc::vpcId() const { return resource_->ref(); }

std::vector<Subnet*> Vpc::subnets(SubnetType type) const {
    std::vector<Subnet*> found;
    std::ranges::copy_if(subnets_, std::back_inserter(found), [&](const Subnet* subnet) {
        return subnet->type() == type;
    });
    return found;
}

std::vector<Subnet*> Vpc::innerSubnets() const {
    auto found = subnets(SubnetType::Isolated);
    if (found.empty()) found = subnets(SubnetType::Private);
    require(!found.empty(), *this,
        "the VPC has neither isolated nor private subnets; set isolatedSubnets or natGateways");
    return found;
}

Construct& Vpc::addGatewayEndpoint(GatewayService service) {
    const std::string id = service == GatewayService::S3 ? "S3Endpoint" : "DynamoDbEndpoint";
    if (auto* known = find(id)) return *known;
    std::vector<Str> routeTables;
    for (const auto* subnet : subnets_) routeTables.push_back(subnet->routeTableId());
    return add<aws::ec2::VPCEndpoint>(id,
        {
            .routeTableIds = routeTables,
            .serviceName = sub("com.amazonaws.{}.{}", stack().region(), serviceName(service)),
            .vpcEndpointType = "Gateway",
            .vpcId = vpcId(),
        });
}

InterfaceEndpoint* Vpc::findEndpoint(std::string_view service) const {
    for (const auto& [known, endpoint] : interfaceEndpoints_) {
        if (known == service) return endpoint;
    }
    return nullptr;
}

InterfaceEndpoint&
Vpc::addInterfaceEndpoint(std::string_view service, std::vector<Subnet*> subnets) {
    if (auto* known = findEndpoint(service)) return *known;
    return add<InterfaceEndpoint>(
        endpointId(service), {.vpc = *this, .service = service, .subnets = std::move(subnets)});
}

void Vpc::validate(Findings& findings) const {
    if (flowLogs_) return;
    findings.warning(*this, "vpc-flow-logs",
        "connections are not recorded; leave flowLogs on, or acknowledge \"vpc-flow-logs\" with "
        "the "
        "reason");
}

InterfaceEndpoint::InterfaceEndpoint(Scope scope, Props props)
    : Construct(std::move(scope)), service_(props.service.get()) {
    auto& vpc = props.vpc;
    require(vpc.findEndpoint(service_) == nullptr, *this,
        "the VPC has an endpoint of " + service_ +
            " already; use addInterfaceEndpoint to share it");
    securityGroup_ = &add<SecurityGroup>(
        "SecurityGroup", {.vpc = vpc, .description = "Private endpoint of " + service_});
    add<aws::ec2::VPCEndpoint>("Resource",
        {
            .privateDnsEnabled = true,
            .securityGroupIds = {securityGroup_->securityGroupId()},
            .serviceName = sub("com.amazonaws.{}.{}", stack().region(), service_),
            .subnetIds = subnetIds(props.subnets.empty() ? vpc.innerSubnets() : props.subnets),
            .vpcEndpointType = "Interface",
            .vpcId = vpc.vpcId(),
        });
    vpc.interfaceEndpoints_.emplace_back(service_, this);
}

void InterfaceEndpoint::allowFrom(SecurityGroup& group) {
    securityGroup_->allowFrom(group, Port::tcp(443), "HTTPS to the endpoint of " + service_);
}

StrList subnetIds(const std::vector<Subnet*>& subnets) {
    std::vector<Str> ids;
    ids.reserve(subnets.size());
    for (const auto* subnet : subnets) ids.push_back(subnet->subnetId());
    return ids;
}

}  // namespace loam
