#pragma once

#include <loam/iam.hpp>

namespace loam {

class KeyBase;

/// How long logs are kept.
enum class Retention {
    OneDay = 1,
    ThreeDays = 3,
    FiveDays = 5,
    OneWeek = 7,
    TwoWeeks = 14,
    OneMonth = 30,
    TwoMonths = 60,
    ThreeMonths = 90,
    FourMonths = 120,
    FiveMonths = 150,
    SixMonths = 180,
    OneYear = 365,
    ThirteenMonths = 400,
    EighteenMonths = 545,
    TwoYears = 731,
    ThreeYears = 1096,
    FiveYears = 1827,
    TenYears = 3653,
    /// For ever.
    Infinite = 0,
};

struct LogGroupProps {
    /// Default: made by CloudFormation.
    Str logGroupName = {};
    Retention retention = Retention::ThreeMonths;
    /// Default: CloudWatch's own encryption.
    KeyBase* key = nullptr;
    /// Default: Retain.
    RemovalPolicy removalPolicy = RemovalPolicy::Default;
};

/// A log group.
class LogGroup : public Construct {
  public:
    using Props = LogGroupProps;
    LogGroup(Scope scope, Props props);

    Str logGroupName() const;
    /// With `:*` at its end, the form that policies want.
    Str logGroupArn() const;
    /// Without `:*`, the form that services want which deliver logs.
    Str destinationArn() const;

    Grant grantWrite(Grantee& grantee);
    /// Lets a service write, by a resource policy of CloudWatch Logs.
    void allowWriteFrom(const Principal& principal);

  private:
    Resource* resource_;
};

}  // namespace loam
