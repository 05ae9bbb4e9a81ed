#include <loam/error.hpp>
#include <loam/node.hpp>
#include <loam/resource.hpp>
#include <loam/stack.hpp>

#include <algorithm>
#include <array>

#include "constructs/src/core/construct_state.hpp"
#include "constructs/src/core/logical_id.hpp"

namespace loam {

namespace {

/// Types that CloudFormation can take a snapshot of before it deletes them.
constexpr std::array snapshotTypes{std::string_view("AWS::DocDB::DBCluster"),
    std::string_view("AWS::EC2::Volume"), std::string_view("AWS::ElastiCache::CacheCluster"),
    std::string_view("AWS::ElastiCache::ReplicationGroup"),
    std::string_view("AWS::Neptune::DBCluster"), std::string_view("AWS::RDS::DBCluster"),
    std::string_view("AWS::RDS::DBInstance"), std::string_view("AWS::Redshift::Cluster")};

bool isLogicalId(std::string_view id) {
    return !id.empty() && id.size() <= 255 && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

}  // namespace

Element::Element(Scope scope) : Construct(std::move(scope)), elementState_(new ElementState) {}
Element::~Element() { delete elementState_; }

std::string_view Element::logicalId() const {
    if (elementState_->logicalId.empty()) elementState_->logicalId = logicalIdFromPath(*this);
    return elementState_->logicalId;
}

void Element::overrideLogicalId(std::string_view id) {
    if (!isLogicalId(id)) {
        throw ValidationError(path(),
            "a logical id has 1 to 255 letters and digits and nothing else, got \"" +
                std::string(id) + "\"");
    }
    elementState_->logicalId = id;
}

Resource::Resource(Scope scope, const ResourceType& resourceType, Value properties)
    : Element(std::move(scope)), type_(&resourceType), properties_(std::move(properties)) {}

Resource::Resource(Scope scope, std::string_view typeName, Value properties)
    : Element(std::move(scope)), type_(nullptr), properties_(std::move(properties)) {
    elementState().typeName = typeName;
}

std::string_view Resource::typeName() const noexcept {
    return type_ == nullptr
               ? std::string_view(elementState().typeName)
               : std::string_view(type_->name);
}

Str Resource::ref() const { return Str::of(make<ReferenceNode>(targetOf(*this))); }

Str Resource::attribute(std::string_view name) const {
    return Str::of(make<AttributeNode>(targetOf(*this), std::string(name), false));
}

StrList Resource::attributeList(std::string_view name) const {
    return StrList::of(make<AttributeNode>(targetOf(*this), std::string(name), true));
}

void Resource::addPropertyOverride(std::string_view path, Any value) {
    addOverride("Properties." + std::string(path), std::move(value));
}

void Resource::addPropertyDeletionOverride(std::string_view path) {
    elementState().overrides.push_back({"Properties." + std::string(path), {}});
}

void Resource::addOverride(std::string_view path, Any value) {
    if (!value.present()) {
        throw ValidationError(this->path(),
            "the override of " + std::string(path) +
                " has no value; use addPropertyDeletionOverride to remove a property");
    }
    elementState().overrides.push_back({std::string(path), std::move(value)});
}

void Resource::setCondition(const Condition& condition) { elementState().condition = &condition; }

void Resource::setRemovalPolicy(RemovalPolicy onDelete, RemovalPolicy onReplace) {
    if (onDelete == RemovalPolicy::Snapshot || onReplace == RemovalPolicy::Snapshot) {
        if (std::ranges::find(snapshotTypes, typeName()) == snapshotTypes.end()) {
            throw ValidationError(path(),
                std::string(typeName()) +
                    " has no snapshots; use RemovalPolicy::Retain to keep it");
        }
    }
    elementState().deletionPolicy = onDelete;
    elementState().updateReplacePolicy = onReplace;
}

void Resource::applyRemovalPolicy(RemovalPolicy policy) {
    if (type_ != nullptr && type_->stateful) setRemovalPolicy(policy);
}

RemovalPolicy Resource::deletionPolicy() const {
    if (elementState().deletionPolicy != RemovalPolicy::Default) {
        return elementState().deletionPolicy;
    }
    return type_ != nullptr && type_->stateful ? RemovalPolicy::Retain : RemovalPolicy::Default;
}

RemovalPolicy Resource::updateReplacePolicy() const {
    if (elementState().updateReplacePolicy != RemovalPolicy::Default) {
        return elementState().updateReplacePolicy;
    }
    // A failed creation is no replacement, so that policy exists for deletion only.
    const auto policy = deletionPolicy();
    return policy == RemovalPolicy::RetainExceptOnCreate ? RemovalPolicy::Retain : policy;
}

namespace {

std::string rawTypeName(const RawResourceProps& props) {
    const auto* text = literal(*props.type);
    if (text == nullptr || text->empty()) {
        throw ValidationError("", "RawResource takes a literal type name such as AWS::S3::Bucket");
    }
    return *text;
}

}  // namespace

RawResource::RawResource(Scope scope, const Props& props)
    : Resource(std::move(scope), rawTypeName(props), props.properties) {}

}  // namespace loam
