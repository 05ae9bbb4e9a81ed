#include <loam/aws/ec2.hpp>
#include <loam/findings.hpp>
#include <loam/node.hpp>
#include <loam/security_group.hpp>
#include <loam/stack.hpp>
#include <loam/vpc.hpp>

#include <algorithm>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

/// Without any egress rule EC2 adds one that allows everything; this one allows nothing of use.
const std::vector<aws::ec2::SecurityGroupEgress_> noEgress{{
    .cidrIp = "127.0.0.1/32",
    .description = "Nothing may leave, apart from the rules that follow",
    .ipProtocol = "-1",
}};

/// What a rule's id says of the peer. It is the same for the same peer, and holds no slash.
std::string labelOf(const Peer& peer, const Construct& at, std::string_view description) {
    std::string label;
    if (peer.kind() == Peer::Kind::Group) {
        const auto& group = *peer.group();
        label = group.path();
        if (&group.stack() == &at.stack()) label.erase(0, at.stack().path().size() + 1);
    } else if (const auto* text = literal(peer.value())) {
        label = *text;
    } else {
        label = description;
    }
    std::ranges::replace(label, '/', '-');
    return label;
}

bool isAnywhere(const Peer& peer) {
    const auto* block = literal(peer.value());
    return block != nullptr && (*block == "0.0.0.0/0" || *block == "::/0");
}

Str valueIf(const Peer& peer, Peer::Kind kind) {
    return peer.kind() == kind ? peer.value() : Str();
}

}  // namespace

std::string Port::text() const {
    if (isAll()) return "all";
    const auto text = protocol_ + std::to_string(from_);
    return from_ == to_ ? text : text + "to" + std::to_string(to_);
}

SecurityGroup::SecurityGroup(Scope scope, const Props& props) : Construct(std::move(scope)) {
    require(!props.description->empty(), *this,
        "description must not be empty; say what the security group is for");
    resource_ = &add<aws::ec2::SecurityGroup>("Resource",
        {
            .groupDescription = props.description.get(),
            .groupName = given(props.groupName),
            .securityGroupEgress = noEgress,
            .vpcId = props.vpc.vpcId(),
        });
}

Str SecurityGroup::securityGroupId() const { return resource_->attribute("GroupId"); }

void SecurityGroup::allowFrom(const Peer& peer, Port port, std::string_view description) {
    addRule(true, peer, port, description);
    if (peer.group() != nullptr) peer.group()->addRule(false, *this, port, description);
}

void SecurityGroup::allowTo(const Peer& peer, Port port, std::string_view description) {
    addRule(false, peer, port, description);
    if (peer.group() != nullptr) peer.group()->addRule(true, *this, port, description);
}

void SecurityGroup::addRule(
    bool ingress, const Peer& peer, Port port, std::string_view description) {
    const auto ruleId =
        (ingress ? "From " : "To ") + labelOf(peer, *this, description) + " " + port.text();
    if (find(ruleId) != nullptr) return;
    const auto group = peer.group() == nullptr ? Str() : peer.group()->securityGroupId();
    const auto from = port.isAll() ? Num() : Num(port.from());
    const auto to = port.isAll() ? Num() : Num(port.to());
    if (ingress) {
        if (isAnywhere(peer)) openPorts_.push_back(port.text());
        add<aws::ec2::SecurityGroupIngress>(ruleId,
            {
                .cidrIp = valueIf(peer, Peer::Kind::Ipv4),
                .cidrIpv6 = valueIf(peer, Peer::Kind::Ipv6),
                .description = description,
                .fromPort = from,
                .groupId = securityGroupId(),
                .ipProtocol = port.protocol(),
                .sourcePrefixListId = valueIf(peer, Peer::Kind::PrefixList),
                .sourceSecurityGroupId = group,
                .toPort = to,
            });
        return;
    }
    add<aws::ec2::SecurityGroupEgress>(ruleId,
        {
            .cidrIp = valueIf(peer, Peer::Kind::Ipv4),
            .cidrIpv6 = valueIf(peer, Peer::Kind::Ipv6),
            .description = description,
            .destinationPrefixListId = valueIf(peer, Peer::Kind::PrefixList),
            .destinationSecurityGroupId = group,
            .fromPort = from,
            .groupId = securityGroupId(),
            .ipProtocol = port.protocol(),
            .toPort = to,
        });
}

void SecurityGroup::validate(Findings& findings) const {
    for (const auto& port : openPorts_) {
        findings.warning(*this, "open-ingress",
            "everyone may connect to " + port +
                "; name the peers, or acknowledge \"open-ingress\" with the reason");
    }
}

}  // namespace loam
