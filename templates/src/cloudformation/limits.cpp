// Lengths of names and descriptions are checked by the constructs that take them.

#include <loam/cloudformation.hpp>

namespace loam::cloudformation {

namespace {

/// From this part of a limit on there is a warning.
constexpr std::size_t warningPercent = 80;

class LimitCheck {
  public:
    LimitCheck(const Construct& at, Findings& findings) : at_(at), findings_(findings) {}

    /// `what` completes "has 510 resources".
    void count(
        std::size_t given, std::size_t limit, const std::string& what, const std::string& advice) {
        if (given * 100 < limit * warningPercent) return;
        const std::string message =
            "has " + std::to_string(given) + " " + what + "; CloudFormation takes " +
            std::to_string(limit) + " at most" + (given > limit ? "" : ", and this is near") +
            ": " + advice;
        if (given > limit) {
            findings_.error(at_, "limit", message);
        } else {
            findings_.warning(at_, "near-limit", message);
        }
    }

    /// An error if the text is too long; nothing is gained by a warning before.
    void length(std::string_view text, std::size_t limit, const std::string& what) {
        if (text.size() <= limit) return;
        findings_.error(at_, "limit",
            what + " \"" + std::string(text.substr(0, 40)) + "...\" has " +
                std::to_string(text.size()) + " bytes; CloudFormation takes " +
                std::to_string(limit) + " at most: shorten it");
    }

  private:
    const Construct& at_;
    Findings& findings_;
};

}  // namespace

void checkLimits(const AssembledStack& stack, std::string_view text, Findings& findings) {
    LimitCheck limits(*stack.stack, findings);
    const std::string split =
        "move resources into another stack of the app; references to them go on "
        "working";
    limits.count(stack.resources.size(), 500, "resources", split);
    limits.count(stack.outputs.size(), 200, "outputs",
        "move resources that other stacks use to where they are used, or split the stack");
    limits.count(stack.parameters.size(), 200, "parameters",
        "join related ones into lists, or split the stack");
    limits.count(stack.mappings.size(), 200, "mappings", "join related ones, or split the stack");
    limits.count(text.size(), templateBytes, "bytes of template", split);

    for (const Parameter* parameter : stack.parameters) {
        LimitCheck own(*parameter, findings);
        if (parameter->props().defaultValue)
            own.length(*parameter->props().defaultValue, 4096, "default value");
    }
    for (const AssembledOutput& output : stack.outputs) {
        limits.length(output.logicalId, 255, "output name");
    }
    for (const Mapping* mapping : stack.mappings) {
        LimitCheck own(*mapping, findings);
        own.count(
            mapping->props().values.size(), 200, "keys", "join related ones, or split the mapping");
    }
}

}  // namespace loam::cloudformation
