#include "constructs/src/aws/props.hpp"

#include <algorithm>

namespace loam {

std::string pathWithHyphens(const Construct& construct) {
    std::string name(construct.path());
    std::ranges::replace(name, '/', '-');
    return name;
}

PolicyStatement denyWithoutTls(std::vector<std::string> actions, std::vector<Str> resources) {
    return {
        .effect = Effect::Deny,
        .actions = std::move(actions),
        .resources = std::move(resources),
        .conditions = {{"Bool", "aws:SecureTransport", {"false"}}},
        .principals = {Principal::any()},
    };
}

void require(bool condition, const Construct& at, const std::string& message) {
    if (!condition) throw ValidationError(at.path(), message);
}

}  // namespace loam
