#include <loam/aws/logs.hpp>
#include <loam/intrinsics.hpp>
#include <loam/key.hpp>
#include <loam/log_group.hpp>
#include <loam/stack.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

const std::vector<std::string> writeActions{"logs:CreateLogStream", "logs:PutLogEvents"};

}  // namespace

LogGroup::LogGroup(Scope scope, Props props) : Construct(std::move(scope)) {
    if (props.key != nullptr) {
        // The key's policy cannot name the log group, which waits for the key.
        props.key->allowUseBy(Principal::service("logs." + stack().region() + "." + urlSuffix()),
            {{"ArnLike", "kms:EncryptionContext:aws:logs:arn",
                {stack().formatArn("logs", "log-group:*")}}});
    }
    auto& resource = add<aws::logs::LogGroup>("Resource",
        {
            .kmsKeyId = props.key == nullptr ? Str() : props.key->keyArn(),
            .logGroupName = props.logGroupName,
            .retentionInDays =
                props.retention == Retention::Infinite
                    ? Num()
                    : Num(static_cast<int>(props.retention)),
        });
    resource.applyRemovalPolicy(props.removalPolicy);
    resource_ = &resource;
}

Str LogGroup::logGroupName() const { return resource_->ref(); }
Str LogGroup::logGroupArn() const { return resource_->attribute("Arn"); }

Str LogGroup::destinationArn() const {
    return stack().formatArn("logs", "log-group:" + logGroupName());
}

Grant LogGroup::grantWrite(Grantee& grantee) {
    return Grant::give(grantee, {.actions = writeActions, .resources = {logGroupArn()}});
}

void LogGroup::allowWriteFrom(const Principal& principal) {
    PolicyDocument document;
    document.add({
        .actions = writeActions,
        .resources = {logGroupArn()},
        .conditions = {{"StringEquals", "aws:SourceAccount", {stack().account()}}},
        .principals = {principal},
    });
    add<aws::logs::ResourcePolicy>("ResourcePolicy",
        {.policyDocument = document.render(), .policyName = pathWithHyphens(*this)});
}

}  // namespace loam
