#pragma once

#include <loam/iam.hpp>

namespace loam {

class Key;
class KeyBase;

/// A topic of this app or of elsewhere.
class TopicBase : public Construct {
  public:
    virtual Str topicArn() const = 0;
    /// Permission to publish.
    virtual Grant grantPublish(Grantee& grantee);
    /// Lets a service publish, `cloudwatch.amazonaws.com`. A topic defined elsewhere must permit it
    /// there.
    virtual void allowPublishFrom(std::string_view service);

  protected:
    using Construct::Construct;
};

struct TopicProps {
    std::string displayName = {};
    /// Default: made by CloudFormation.
    std::string topicName = {};
    /// Default: a key of its own. The key that SNS keeps for the account would refuse alarms.
    Key* key = nullptr;
};

/// An encrypted topic that takes messages over TLS only.
class Topic : public TopicBase {
  public:
    using Props = TopicProps;
    Topic(Scope scope, const Props& props);

    /// A topic defined elsewhere.
    static TopicBase& fromArn(Construct& scope, std::string_view id, Str arn,
        SourceLocation where = SourceLocation::current());

    Str topicArn() const override;
    Grant grantPublish(Grantee& grantee) override;
    void allowPublishFrom(std::string_view service) override;
    Key& key() const noexcept { return *key_; }

    /// Sends the messages to an address, which has to confirm it.
    void addEmailSubscription(std::string_view id, Str address);

  private:
    PolicyDocument policy_;
    Key* key_;
    Resource* resource_;
};

}  // namespace loam
