// A construct of one's own: a queue of orders, a function that may send to it and read one setting
// and nothing else, and alarms that send mail. The setting is a typed resource, for which loam has
// no hand-written construct.

#include <loam/aws/ssm.hpp>
#include <loam/loam.hpp>

using namespace loam;

struct OrderIntakeProps {
    /// Who is told about trouble.
    Required<std::string> email;

    /// Orders above this amount are looked at by a person.
    int reviewAbove = 1000;
};

class OrderIntake : public Construct {
  public:
    using Props = OrderIntakeProps;

    OrderIntake(Scope scope, const Props& props)
        : Construct(std::move(scope)),
          rejected_(add<Queue>("Rejected", {.retentionPeriod = days{14}})),
          orders_(add<Queue>("Orders", {.deadLetterQueue = DeadLetterQueue{rejected_}})),
          limit_(add<aws::ssm::Parameter>(
              "ReviewLimit", {.type = "String", .value = std::to_string(props.reviewAbove)})),
          intake_(add<Function>("Intake",
              {
                  .code = Code::directory("intake"),
                  .architecture = Architecture::Arm64,
                  .timeout = 10s,
                  .environment = {{"QUEUE_URL", orders_.queueUrl()}, {"LIMIT", limit_.ref()}},
              })) {
        orders_.grantSend(intake_);
        intake_.addToRolePolicy({
            .actions = {"ssm:GetParameter"},
            .resources = {stack().formatArn("ssm", "parameter/" + limit_.ref())},
        });
        alert(props.email);
    }

    Function& intake() const { return intake_; }

  private:
    void alert(const std::string& email) {
        auto& alerts = add<Topic>("Alerts");
        alerts.addEmailSubscription("Mail", email);
        add<Alarm>("Failures",
            {
                .metric = Metric::math({
                    .expression = "errors / calls * 100",
                    .metrics = {{"errors", intake_.metricErrors()},
                        {"calls", intake_.metricInvocations()}},
                    .label = "Failed calls in percent",
                }),
                .threshold = 1,
                .evaluationPeriods = 3,
                .alarmDescription = "More than one call in a hundred failed for 15 minutes",
                .treatMissingData = TreatMissingData::NotBreaching,
                .alarmActions = {alerts},
            });
        add<Alarm>("Backlog",
            {
                .metric = orders_.metricOldestMessageAge({.period = 5min}),
                .threshold = 3600,
                .alarmDescription = "An order waits for more than an hour",
                .alarmActions = {alerts},
            });
    }

    Queue& rejected_;
    Queue& orders_;
    aws::ssm::Parameter& limit_;
    Function& intake_;
};

int main(int argc, char** argv) {
    App app;
    auto& stack = app.add<Stack>("Orders");

    stack.add<OrderIntake>("Intake", {.email = "operations@example.com"});

    return synth(app, argc, argv);
}
