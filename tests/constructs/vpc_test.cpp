#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

TEST_CASE("a VPC has isolated subnets in two zones and no way out", "[vpc]") {
    OneStack test;
    test.stack.add<Vpc>("Vpc", {});

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::EC2::VPC", R"({"CidrBlock": "10.0.0.0/16",
        "EnableDnsHostnames": true, "EnableDnsSupport": true, "Tags": [{"Key": "Name", "Value": "Test/Vpc"}]})"));
    CHECK_THAT(document, resourceCount("AWS::EC2::Subnet", 2));
    CHECK_THAT(document, hasResource("AWS::EC2::Subnet", R"({"CidrBlock": "10.0.128.0/21",
        "MapPublicIpOnLaunch": false,
        "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}})"));
    CHECK_THAT(document, resourceCount("AWS::EC2::InternetGateway", 0));
    CHECK_THAT(document, resourceCount("AWS::EC2::Route", 0));
    CHECK(test.findings().empty());
}

TEST_CASE("connections are recorded unless said otherwise", "[vpc]") {
    OneStack test;

    SECTION("by default, with a role for that log group") {
        test.stack.add<Vpc>("Vpc", {});
        const auto document = test.render();
        CHECK_THAT(document, hasResource("AWS::EC2::FlowLog", R"({"TrafficType": "ALL",
            "LogDestinationType": "cloud-watch-logs", "ResourceType": "VPC", "ResourceId": {"Ref": "Vpc"}})"));
        CHECK_THAT(document, hasResource("AWS::Logs::LogGroup", R"({"RetentionInDays": 30})"));
    }
    SECTION("without them a finding says so") {
        test.stack.add<Vpc>("Vpc", {.flowLogs = false});
        CHECK_THAT(test.render(), resourceCount("AWS::EC2::FlowLog", 0));
        CHECK(test.findings() == Ids{"vpc-flow-logs"});
    }
}

TEST_CASE("a further zone or type of subnet moves no other subnet", "[vpc]") {
    const auto blocksOf = [](VpcProps props) {
        OneStack test;
        auto& vpc = test.stack.add<Vpc>("Vpc", std::move(props));
        std::vector<std::string> ids;
        for (const auto* subnet : vpc.innerSubnets()) ids.emplace_back(subnet->path());
        return std::pair(ids, test.render().text);
    };

    const auto [few, small] = blocksOf({});
    const auto [many, large] = blocksOf({.availabilityZoneCount = 3, .natGateways = 1});

    CHECK(std::vector(many.begin(), many.begin() + 2) == few);
    for (const auto* block : {"10.0.128.0/21", "10.0.136.0/21"}) {
        CHECK_THAT(small, Catch::Contains(block));
        CHECK_THAT(large, Catch::Contains(block));
    }
}

TEST_CASE("zones by name have the place of their letter", "[vpc]") {
    OneStack test;
    test.stack.add<Vpc>("Vpc", {.availabilityZones = {"eu-central-1a", "eu-central-1c"}});

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::EC2::Subnet",
            R"({"AvailabilityZone": "eu-central-1c", "CidrBlock": "10.0.144.0/21"})"));
    CHECK_THAT(document, resourceCount("AWS::EC2::Subnet", 2));
}

TEST_CASE("NAT gateways come with public and private subnets", "[vpc]") {
    OneStack test;
    test.stack.add<Vpc>("Vpc", {.isolatedSubnets = false, .natGateways = 1});

    const auto document = test.render();

    CHECK_THAT(document, resourceCount("AWS::EC2::Subnet", 4));
    CHECK_THAT(document, resourceCount("AWS::EC2::NatGateway", 1));
    CHECK_THAT(document, resourceCount("AWS::EC2::EIP", 1));
    CHECK_THAT(document,
        hasResource("AWS::EC2::Route",
            R"({"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": {"Ref": "{{any}}"}})"));
    CHECK_THAT(document,
        hasResource("AWS::EC2::Route",
            R"({"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": {"Ref": "{{any}}"}})"));
    CHECK(test.findings().empty());
}

TEST_CASE("a gateway endpoint is in every route table, once", "[vpc]") {
    OneStack test;
    auto& vpc = test.stack.add<Vpc>("Vpc", {.gatewayEndpoints = {GatewayService::S3}});

    vpc.addGatewayEndpoint(GatewayService::S3);

    const auto document = test.render();
    CHECK_THAT(document, resourceCount("AWS::EC2::VPCEndpoint", 1));
    CHECK_THAT(document, hasResource("AWS::EC2::VPCEndpoint", R"({"VpcEndpointType": "Gateway",
        "ServiceName": "com.amazonaws.eu-central-1.s3", "RouteTableIds": [{"Ref": "{{any}}"}, {"Ref": "{{any}}"}]})"));
}

TEST_CASE("an interface endpoint takes HTTPS from those who are let in", "[vpc]") {
    OneStack test;
    auto& vpc = test.stack.add<Vpc>("Vpc", {});
    auto& client = test.stack.add<SecurityGroup>("Client", {.vpc = vpc, .description = "Client"});

    vpc.addInterfaceEndpoint("secretsmanager").allowFrom(client);
    vpc.addInterfaceEndpoint("secretsmanager");

    const auto document = test.render();
    CHECK_THAT(document, resourceCount("AWS::EC2::VPCEndpoint", 1));
    CHECK_THAT(document, hasResource("AWS::EC2::VPCEndpoint", R"({"VpcEndpointType": "Interface",
        "PrivateDnsEnabled": true, "ServiceName": "com.amazonaws.eu-central-1.secretsmanager"})"));
    CHECK_THAT(document,
        hasResource("AWS::EC2::SecurityGroupIngress",
            R"({"FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": {"Fn::GetAtt": ["Client", "GroupId"]}})"));
}

TEST_CASE("rejects networks that do not fit", "[vpc]") {
    OneStack test;
    const auto add = [&](VpcProps props) { test.stack.add<Vpc>("Vpc", std::move(props)); };

    CHECK_THROWS_WITH(add({.cidr = "10.0.0.0/8"}), Catch::Contains("got \"10.0.0.0/8\""));
    CHECK_THROWS_WITH(add({.cidr = "10.0.1.0/16"}), Catch::Contains("starts at its own beginning"));
    CHECK_THROWS_WITH(add({.cidr = "10.0.0/16"}), Catch::Contains("10.0.0.0/16"));
    CHECK_THROWS_WITH(add({.cidr = "10.0.0.300/16"}), Catch::Contains("got \"10.0.0.300/16\""));
    CHECK_THROWS_WITH(add({.availabilityZoneCount = 7}), Catch::Contains("1 to 6"));
    CHECK_THROWS_WITH(add({.availabilityZones = {"eu"}}), Catch::Contains("got \"eu\""));
    CHECK_THROWS_WITH(add({.natGateways = 3}), Catch::Contains("number of zones (2), got 3"));
}

TEST_CASE("rejects a second endpoint of one service", "[vpc]") {
    OneStack test;
    auto& vpc = test.stack.add<Vpc>("Vpc", {});
    vpc.addInterfaceEndpoint("ssm");

    CHECK_THROWS_WITH((test.stack.add<InterfaceEndpoint>("Ssm", {.vpc = vpc, .service = "ssm"})),
        Catch::Contains("has an endpoint of ssm already"));
}

TEST_CASE("rejects inner subnets of a VPC that has none", "[vpc]") {
    OneStack test;
    auto& vpc = test.stack.add<Vpc>("Vpc", {.isolatedSubnets = false, .publicSubnets = true});

    CHECK_THROWS_WITH(vpc.innerSubnets(), Catch::Contains("neither isolated nor private"));
}
