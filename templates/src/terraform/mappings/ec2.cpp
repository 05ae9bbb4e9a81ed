#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

constexpr const char* ingressRule = "aws_vpc_security_group_ingress_rule";
constexpr const char* egressRule = "aws_vpc_security_group_egress_rule";

const Table& ingressTable() {
    static const Table table{{"CidrIp", "cidr_ipv4"}, {"CidrIpv6", "cidr_ipv6"}, "Description",
        custom("FromPort"), {"GroupId", "security_group_id"},
        refused("GroupName", "the provider has no groups outside of a VPC; give GroupId"),
        "IpProtocol", {"SourcePrefixListId", "prefix_list_id"},
        {"SourceSecurityGroupId", "referenced_security_group_id"},
        refused("SourceSecurityGroupName",
            "the provider has no groups outside of a VPC; give SourceSecurityGroupId"),
        refused("SourceSecurityGroupOwnerId",
            "write the group as \"account/sg-id\" in SourceSecurityGroupId"),
        tags(), custom("ToPort")};
    return table;
}

const Table& egressTable() {
    static const Table table{{"CidrIp", "cidr_ipv4"}, {"CidrIpv6", "cidr_ipv6"}, "Description",
        {"DestinationPrefixListId", "prefix_list_id"},
        {"DestinationSecurityGroupId", "referenced_security_group_id"}, custom("FromPort"),
        {"GroupId", "security_group_id"}, "IpProtocol", tags(), custom("ToPort")};
    return table;
}

/// The ports of a rule. For all protocols the provider takes none, as the service ignores them.
void setPorts(Builder& builder, const Value& rule, Body& body) {
    const auto protocol = propertyOf(rule, "IpProtocol");
    const auto* text = protocol.present() ? literal(protocol) : nullptr;
    const bool isNumber = protocol.present() && protocol.node()->kind == NodeKind::Number;
    if (isNumber || (text != nullptr && *text == "-1")) {
        body.set("ip_protocol", builder.argument(protocol));
        const bool all = !isNumber || as<NumberNode>(*protocol.node()).integer == -1;
        if (all) return;
    }
    body.set("from_port", builder.argument(propertyOf(rule, "FromPort")));
    body.set("to_port", builder.argument(propertyOf(rule, "ToPort")));
}

void finishRule(Builder& builder) {
    setPorts(builder, builder.resource().properties, builder.main());
}

/// Rules have no names, so that their resource is named after what they allow.
std::string ruleLabel(Builder& builder, const Value& rule) {
    std::string text;
    for (const char* field :
        {"IpProtocol", "FromPort", "ToPort", "CidrIp", "CidrIpv6", "SourceSecurityGroupId",
            "DestinationSecurityGroupId", "SourcePrefixListId", "DestinationPrefixListId"}) {
        const auto value = propertyOf(rule, field);
        if (!value.present()) continue;
        text += (text.empty() ? "" : "_") + textOf(builder.scope(), value).inJson();
    }
    return labelOf(text);
}

void addRules(Builder& builder, const char* property, const char* type, const Table& table) {
    for (const auto& rule : builder.items(property)) {
        auto& part = builder.part(type, ruleLabel(builder, rule.value), rule.guard);
        part.body.set("security_group_id", builder.mainAttribute("id"));
        builder.apply(table, rule, part.body);
        setPorts(builder, rule.value, part.body);
    }
}

void finishSecurityGroup(Builder& builder) {
    addRules(builder, "SecurityGroupIngress", ingressRule, ingressTable());
    addRules(builder, "SecurityGroupEgress", egressRule, egressTable());
    const auto egress = builder.property("SecurityGroupEgress");
    const bool none =
        !egress.present() ||
        (egress.node()->kind == NodeKind::List && as<ListNode>(*egress.node()).items.empty());
    if (!none) return;
    // CloudFormation leaves the service's rule in place, which allows all; the provider removes it.
    auto& part = builder.part(egressRule, "all");
    part.body.set("security_group_id", builder.mainAttribute("id"));
    part.body.set("cidr_ipv4", "0.0.0.0/0");
    part.body.set("ip_protocol", "-1");
}

void finishEip(Builder& builder) {
    if (!builder.main().has("domain")) builder.main().set("domain", "vpc");
}

void finishFlowLog(Builder& builder) {
    const auto group = builder.property("LogGroupName");
    if (group.present()) {
        auto arn = Template::literal("arn:");
        arn += builder.scope().pseudo(Pseudo::Partition);
        arn += Template::literal(":logs:");
        arn += builder.scope().pseudo(Pseudo::Region);
        arn += Template::literal(":");
        arn += builder.scope().pseudo(Pseudo::AccountId);
        arn += Template::literal(":log-group:");
        arn += textOf(builder.scope(), group);
        builder.main().set("log_destination", jsonString(arn));
    }
    const auto kind = builder.property("ResourceType");
    const auto* text = kind.present() ? literal(kind) : nullptr;
    const std::string type = text == nullptr ? "" : *text;
    const char* argument =
        type == "VPC"                ? "vpc_id"
        : type == "Subnet"           ? "subnet_id"
        : type == "NetworkInterface" ? "eni_id"
        : type == "TransitGateway"   ? "transit_gateway_id"
        : type == "TransitGatewayAttachment"
            ? "transit_gateway_attachment_id"
            : nullptr;
    if (argument == nullptr) {
        builder.refuse("ResourceType",
            "it has to be one of VPC, Subnet, NetworkInterface, TransitGateway, "
            "TransitGatewayAttachment, as a literal");
        return;
    }
    builder.main().set(argument, builder.argument(builder.property("ResourceId")));
}

TypeMapping vpc() {
    return {"AWS::EC2::VPC", "aws_vpc",
        {"CidrBlock", "EnableDnsHostnames", "EnableDnsSupport", "InstanceTenancy", "Ipv4IpamPoolId",
            "Ipv4NetmaskLength", tags()},
        {{"Ref", "id"}, {"VpcId", "id"}, {"CidrBlock", "cidr_block"},
            {"DefaultSecurityGroup", "default_security_group_id"},
            {"DefaultNetworkAcl", "default_network_acl_id"},
            {"Ipv6CidrBlocks", "=compact([{ipv6_cidr_block}])"}}};
}

TypeMapping subnet() {
    return {"AWS::EC2::Subnet", "aws_subnet",
        {"AssignIpv6AddressOnCreation", "AvailabilityZone", "AvailabilityZoneId", "CidrBlock",
            {"EnableDns64", "enable_dns64"}, "EnableLniAtDeviceIndex", "Ipv4IpamPoolId",
            "Ipv4NetmaskLength", "Ipv6CidrBlock", "Ipv6IpamPoolId", "Ipv6Native",
            "Ipv6NetmaskLength", "MapPublicIpOnLaunch", "OutpostArn",
            flatten("PrivateDnsNameOptionsOnLaunch",
                {{"EnableResourceNameDnsAAAARecord",
                     "enable_resource_name_dns_aaaa_record_on_launch"},
                    {"EnableResourceNameDnsARecord", "enable_resource_name_dns_a_record_on_launch"},
                    {"HostnameType", "private_dns_hostname_type_on_launch"}}),
            tags(), "VpcId"},
        {{"Ref", "id"}, {"SubnetId", "id"}, {"AvailabilityZone", "availability_zone"},
            {"AvailabilityZoneId", "availability_zone_id"}, {"CidrBlock", "cidr_block"},
            {"OutpostArn", "outpost_arn"}, {"VpcId", "vpc_id"},
            {"Ipv6CidrBlocks", "=compact([{ipv6_cidr_block}])"}}};
}

TypeMapping route() {
    return {"AWS::EC2::Route", "aws_route",
        {"CarrierGatewayId", "CoreNetworkArn", "DestinationCidrBlock", "DestinationIpv6CidrBlock",
            "DestinationPrefixListId", {"EgressOnlyInternetGatewayId", "egress_only_gateway_id"},
            "GatewayId",
            refused("InstanceId", "give NetworkInterfaceId, the instance's primary interface"),
            "LocalGatewayId", "NatGatewayId", "NetworkInterfaceId", "OdbNetworkArn", "RouteTableId",
            "TransitGatewayId", "VpcEndpointId", "VpcPeeringConnectionId"},
        {{"Ref", "id"}, {"CidrBlock", "destination_cidr_block"}}};
}

TypeMapping natGateway() {
    return {"AWS::EC2::NatGateway", "aws_nat_gateway",
        {"AllocationId", "AvailabilityMode", "ConnectivityType", {"PrivateIpAddress", "private_ip"},
            "SecondaryAllocationIds", "SecondaryPrivateIpAddressCount",
            "SecondaryPrivateIpAddresses", "SubnetId", tags(), "VpcId"},
        {{"Ref", "id"}, {"NatGatewayId", "id"}, {"RouteTableId", "route_table_id"}}};
}

TypeMapping eip() {
    return {"AWS::EC2::EIP", "aws_eip",
        {"Address", "Domain", {"InstanceId", "instance"}, "IpamPoolId", "NetworkBorderGroup",
            {"PublicIpv4Pool", "public_ipv4_pool"}, tags()},
        {{"Ref", "public_ip"}, {"PublicIp", "public_ip"}, {"AllocationId", "allocation_id"}},
        finishEip};
}

TypeMapping vpcEndpoint() {
    return {"AWS::EC2::VPCEndpoint", "aws_vpc_endpoint",
        {block("DnsOptions",
             {"DnsRecordIpType", "PrivateDnsPreference", "PrivateDnsSpecifiedDomains"}),
            "IpAddressType", document("PolicyDocument", "policy"), "PrivateDnsEnabled",
            "ResourceConfigurationArn", "RouteTableIds", "SecurityGroupIds", "ServiceName",
            "ServiceNetworkArn", "ServiceRegion", "SubnetIds", tags(), "VpcEndpointType", "VpcId"},
        {{"Ref", "id"}, {"Id", "id"},
            {"DnsEntries", "=[for e in {dns_entry} : \"${e.hosted_zone_id}:${e.dns_name}\"]"},
            {"NetworkInterfaceIds", "=tolist({network_interface_ids})"}}};
}

TypeMapping flowLog() {
    return {"AWS::EC2::FlowLog", "aws_flow_log",
        {"DeliverCrossAccountRole", {"DeliverLogsPermissionArn", "iam_role_arn"},
            block("DestinationOptions",
                {"FileFormat", "HiveCompatiblePartitions", "PerHourPartition"}),
            {"LogDestination", "log_destination", Form::LogGroupArn}, "LogDestinationType",
            "LogFormat", custom("LogGroupName"), "MaxAggregationInterval", custom("ResourceId"),
            custom("ResourceType"), tags(), "TrafficType"},
        {{"Ref", "id"}, {"Id", "id"}}, finishFlowLog};
}

}  // namespace

std::vector<TypeMapping> ec2Mappings() {
    return {vpc(), subnet(), route(), natGateway(), eip(), vpcEndpoint(), flowLog(),
        {"AWS::EC2::RouteTable", "aws_route_table", {tags(), "VpcId"},
            {{"Ref", "id"}, {"RouteTableId", "id"}}},
        {"AWS::EC2::SubnetRouteTableAssociation", "aws_route_table_association",
            {"RouteTableId", "SubnetId"}, {{"Ref", "id"}, {"Id", "id"}}},
        {"AWS::EC2::InternetGateway", "aws_internet_gateway", {tags()},
            {{"Ref", "id"}, {"InternetGatewayId", "id"}}},
        {"AWS::EC2::VPCGatewayAttachment", "aws_internet_gateway_attachment",
            {"InternetGatewayId", "VpcId",
                refused("VpnGatewayId", "only internet gateways are mapped")},
            {{"Ref", "id"}}},
        {"AWS::EC2::SecurityGroup", "aws_security_group",
            {{"GroupDescription", "description"}, {"GroupName", "name"},
                custom("SecurityGroupEgress"), custom("SecurityGroupIngress"), tags(), "VpcId"},
            {{"Ref", "id"}, {"GroupId", "id"}, {"Id", "id"}, {"VpcId", "vpc_id"}},
            finishSecurityGroup},
        {"AWS::EC2::SecurityGroupIngress", ingressRule, ingressTable(),
            {{"Ref", "id"}, {"Id", "id"}}, finishRule},
        {"AWS::EC2::SecurityGroupEgress", egressRule, egressTable(), {{"Ref", "id"}, {"Id", "id"}},
            finishRule}};
}

}  // namespace loam::terraform
