#include <loam/aws/cloudwatch.hpp>
#include <loam/aws/sqs.hpp>
#include <loam/stack.hpp>
#include <loam/synth.hpp>
#include <loam/tags.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string>

// Many stacks of queues and alarms: `scale N synth --out DIR`. Groups of a queue, its dead-letter
// queue and an alarm on its depth, 450 resources in a stack, two tags on every resource, references
// within a group and one to the stack before. What is measured by measure.sh is the whole program:
// building the tree, checking every resource, and writing the templates.

namespace {

using namespace loam;
namespace sqs = loam::aws::sqs;
namespace cloudwatch = loam::aws::cloudwatch;

constexpr int resourcesInStack = 450;
constexpr int resourcesInGroup = 3;

/// Makes one group; returns its queue.
const sqs::Queue& addGroup(Stack& stack, int index, const sqs::Queue* previous) {
    const auto number = std::to_string(index);
    auto& deadLetters = stack.add<sqs::Queue>("Dlq" + number, {.messageRetentionPeriod = 1209600});
    auto& queue = stack.add<sqs::Queue>("Queue" + number,
        {
            .redrivePolicy = Any::object(
                {{"deadLetterTargetArn", deadLetters.attrArn()}, {"maxReceiveCount", 3}}),
            .visibilityTimeout = 30 + index % 60,
        });
    stack.add<cloudwatch::Alarm>("Alarm" + number,
        {
            .alarmDescription =
                sub("depth of {}", previous ? previous->attrQueueName() : Str("none")),
            .comparisonOperator = "GreaterThanOrEqualToThreshold",
            .dimensions = {{.name = "QueueName", .value = queue.attrQueueName()}},
            .evaluationPeriods = 2,
            .metricName = "ApproximateNumberOfMessagesVisible",
            .namespace_ = "AWS/SQS",
            .period = 300,
            .statistic = "Maximum",
            .threshold = 100 + index,
        });
    return queue;
}

void addStacks(App& app, int resources) {
    const sqs::Queue* previous = nullptr;
    int made = 0;
    for (int number = 0; made < resources; ++number) {
        auto& stack = app.add<Stack>("Scale" + std::to_string(number));
        stack.tags().add("stack", std::to_string(number));
        stack.tags().add("owner", "bench");
        const int quota = std::min(resourcesInStack, resources - made);
        for (int i = 0; i + resourcesInGroup <= quota; i += resourcesInGroup) {
            const auto& queue = addGroup(stack, i, previous);
            if (i == 0) previous = &queue;
        }
        made += quota;
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view number = argc > 1 ? argv[1] : "";
    int resources = 0;
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), resources);
    if (error != std::errc() || end != number.data() + number.size() || resources <= 0) {
        std::fputs(
            "usage: scale RESOURCES synth [--out DIR]; RESOURCES is a number above 0\n", stderr);
        return 2;
    }

    App app;
    addStacks(app, resources);

    argv[1] = argv[0];
    return synth(app, argc - 1, argv + 1);
}
