#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

struct TwoGroups : OneStack {
    Vpc& vpc = stack.add<Vpc>("Vpc", {});
    SecurityGroup& server =
        stack.add<SecurityGroup>("Server", {.vpc = vpc, .description = "Server"});
    SecurityGroup& client =
        stack.add<SecurityGroup>("Client", {.vpc = vpc, .description = "Client"});
};

}  // namespace

TEST_CASE("nothing enters or leaves a new security group", "[security_group]") {
    TwoGroups test;

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::EC2::SecurityGroup", R"({"GroupDescription": "Server",
        "SecurityGroupEgress": [{"CidrIp": "127.0.0.1/32", "IpProtocol": "-1"}],
        "SecurityGroupIngress": "{{absent}}"})"));
    CHECK_THAT(document, resourceCount("AWS::EC2::SecurityGroupIngress", 0));
}

TEST_CASE("letting a group in opens both ends once", "[security_group]") {
    TwoGroups test;

    test.server.allowFrom(test.client, Port::tcp(2049), "NFS");
    test.client.allowTo(test.server, Port::tcp(2049), "NFS again");

    const auto document = test.render();
    CHECK_THAT(document, resourceCount("AWS::EC2::SecurityGroupIngress", 1));
    CHECK_THAT(document, resourceCount("AWS::EC2::SecurityGroupEgress", 1));
    CHECK_THAT(document, hasResource("AWS::EC2::SecurityGroupIngress", R"({
        "GroupId": {"Fn::GetAtt": ["Server", "GroupId"]},
        "SourceSecurityGroupId": {"Fn::GetAtt": ["Client", "GroupId"]},
        "FromPort": 2049, "ToPort": 2049, "IpProtocol": "tcp", "Description": "NFS"})"));
    CHECK_THAT(document, hasResource("AWS::EC2::SecurityGroupEgress", R"({
        "GroupId": {"Fn::GetAtt": ["Client", "GroupId"]},
        "DestinationSecurityGroupId": {"Fn::GetAtt": ["Server", "GroupId"]}})"));
}

TEST_CASE("groups may let each other in", "[security_group]") {
    TwoGroups test;

    test.server.allowFrom(test.client, Port::tcp(80), "HTTP");
    test.client.allowFrom(test.server, Port::udp(53), "DNS");

    CHECK_THAT(test.render(), resourceCount("AWS::EC2::SecurityGroupIngress", 2));
    CHECK(test.findings().empty());
}

TEST_CASE("peers may be addresses and prefix lists", "[security_group]") {
    TwoGroups test;

    test.server.allowFrom(Peer::ipv4("10.1.0.0/16"), Port::tcpRange(8000, 8010), "Office");
    test.server.allowTo(Peer::prefixList("pl-6da54004"), Port::all(), "S3");
    test.server.allowFrom(Peer::ipv6("fd00::/8"), Port::icmpPing(), "Ping");

    const auto document = test.render();
    CHECK_THAT(document,
        hasResource("AWS::EC2::SecurityGroupIngress",
            R"({"CidrIp": "10.1.0.0/16", "FromPort": 8000, "ToPort": 8010})"));
    CHECK_THAT(document,
        hasResource("AWS::EC2::SecurityGroupIngress",
            R"({"CidrIpv6": "fd00::/8", "IpProtocol": "icmp", "FromPort": 8, "ToPort": -1})"));
    CHECK_THAT(document,
        hasResource("AWS::EC2::SecurityGroupEgress",
            R"({"DestinationPrefixListId": "pl-6da54004", "IpProtocol": "-1", "FromPort": "{{absent}}"})"));
}

TEST_CASE("ingress from everywhere is reported", "[security_group]") {
    TwoGroups test;

    test.server.allowFrom(Peer::anyIpv4(), Port::tcp(443), "HTTPS");

    CHECK(test.findings() == Ids{"open-ingress"});
}

TEST_CASE("rejects a security group that does not say what it is for", "[security_group]") {
    TwoGroups test;

    CHECK_THROWS_WITH(
        (test.stack.add<SecurityGroup>("Group", {.vpc = test.vpc, .description = ""})),
        Catch::Contains("description must not be empty"));
}
