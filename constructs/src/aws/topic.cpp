#include <loam/aws/sns.hpp>
#include <loam/key.hpp>
#include <loam/lazy.hpp>
#include <loam/stack.hpp>
#include <loam/topic.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

const std::vector<std::string> publishActions{"sns:Publish"};

struct ImportedTopicProps {
    Str arn;
};

/// A topic known by its ARN.
class ImportedTopic : public TopicBase {
  public:
    using Props = ImportedTopicProps;
    ImportedTopic(Scope scope, Props props)
        : TopicBase(std::move(scope)), arn_(std::move(props.arn)) {}
    Str topicArn() const override { return arn_; }

  private:
    Str arn_;
};

}  // namespace

Grant TopicBase::grantPublish(Grantee& grantee) {
    return Grant::give(grantee, {.actions = publishActions, .resources = {topicArn()}});
}

void TopicBase::allowPublishFrom(std::string_view) {}

Topic::Topic(Scope scope, const Props& props)
    : TopicBase(std::move(scope)),
      key_(props.key != nullptr
               ? props.key
               : &add<Key>(
                     "Key", {.description = "Encrypts the messages of " + std::string(path())})) {
    resource_ = &add<aws::sns::Topic>("Resource",
        {
            .displayName = given(props.displayName),
            .kmsMasterKeyId = key_->keyArn(),
            .topicName = given(props.topicName),
        });
    policy_.add(denyWithoutTls(publishActions, {topicArn()}));
    add<aws::sns::TopicPolicy>("Policy",
        {
            .policyDocument = lazy<Any>([this] { return policy_.render(); }),
            .topics = {topicArn()},
        });
}

TopicBase& Topic::fromArn(Construct& scope, std::string_view id, Str arn, SourceLocation where) {
    return scope.add<ImportedTopic>(id, {.arn = std::move(arn)}, where);
}

Str Topic::topicArn() const { return resource_->ref(); }

Grant Topic::grantPublish(Grantee& grantee) {
    key_->grantEncryptDecrypt(grantee);
    return TopicBase::grantPublish(grantee);
}

void Topic::allowPublishFrom(std::string_view service) {
    const auto principal = Principal::service(service);
    key_->allowUseBy(principal);
    policy_.add({
        .actions = publishActions,
        .resources = {topicArn()},
        .conditions = {{"StringEquals", "aws:SourceAccount", {stack().account()}}},
        .principals = {principal},
    });
}

void Topic::addEmailSubscription(std::string_view id, Str address) {
    add<aws::sns::Subscription>(
        id, {.endpoint = std::move(address), .protocol = "email", .topicArn = topicArn()});
}

}  // namespace loam
