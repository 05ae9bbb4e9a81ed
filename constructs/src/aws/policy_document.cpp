#include <loam/error.hpp>
#include <loam/findings.hpp>
#include <loam/iam.hpp>
#include <loam/intrinsics.hpp>
#include <loam/node.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace loam {

namespace {

bool same(const std::vector<Str>& left, const std::vector<Str>& right) {
    return std::ranges::equal(left, right, [](const Str& a, const Str& b) { return equal(a, b); });
}

bool same(const PolicyCondition& left, const PolicyCondition& right) {
    return left.comparison == right.comparison && left.key == right.key &&
           same(left.values, right.values);
}

bool same(const Principal& left, const Principal& right) {
    return left.kind() == right.kind() && equal(left.value(), right.value());
}

/// Whether the statements agree in all but actions and resources.
bool alike(const PolicyStatement& left, const PolicyStatement& right) {
    const auto byContent = [](const auto& a, const auto& b) { return same(a, b); };
    return left.effect == right.effect &&
           std::ranges::equal(left.conditions, right.conditions, byContent) &&
           std::ranges::equal(left.principals, right.principals, byContent);
}

void addMissing(std::vector<Str>& resources, const Str& resource) {
    const auto known = [&](const Str& other) { return equal(other, resource); };
    if (std::ranges::none_of(resources, known)) resources.push_back(resource);
}

void sortActions(std::vector<std::string>& actions) {
    std::ranges::sort(actions);
    actions.erase(std::unique(actions.begin(), actions.end()), actions.end());
}

void check(const PolicyStatement& statement) {
    if (statement.actions.empty()) {
        throw ValidationError("",
            "a statement of a policy needs at least one action, such as s3:GetObject; got none");
    }
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const auto& [comparison, key, values] : statement.conditions) {
        if (seen.emplace(comparison, key).second) continue;
        throw ValidationError("",
            "a statement of a policy has the condition " + comparison + " of " + key +
                " twice, of which a policy can hold one; give one condition with all its values, "
                "or two statements");
    }
}

/// One value stands alone, several are a list.
template <class T>
Any oneOrList(const std::vector<T>& items) {
    if (items.size() == 1) return Any::of(Str(items.front()));
    return Any::of(StrList(items));
}

Any conditionsOf(const PolicyStatement& statement) {
    std::map<std::string, std::map<std::string, Any>> byComparison;
    for (const auto& condition : statement.conditions) {
        byComparison[condition.comparison][condition.key] = oneOrList(condition.values);
    }
    detail::MapBuilder comparisons;
    for (const auto& [comparison, keys] : byComparison) {
        detail::MapBuilder entries;
        for (const auto& [key, values] : keys) entries.add(key, values);
        comparisons.add(comparison, entries.take());
    }
    return Any::of(comparisons.take());
}

Any principalsOf(const PolicyStatement& statement) {
    std::map<std::string, std::vector<Str>> byKind;
    for (const auto& principal : statement.principals) {
        addMissing(byKind[principal.kind()], principal.value());
    }
    detail::MapBuilder kinds;
    for (const auto& [kind, values] : byKind) kinds.add(kind, oneOrList(values));
    return Any::of(kinds.take());
}

Any render(const PolicyStatement& statement) {
    detail::MapBuilder entries;
    entries.add("Effect", Str(statement.effect == Effect::Allow ? "Allow" : "Deny"));
    entries.add("Action", oneOrList(statement.actions));
    if (!statement.resources.empty()) entries.add("Resource", oneOrList(statement.resources));
    if (!statement.conditions.empty()) entries.add("Condition", conditionsOf(statement));
    if (!statement.principals.empty()) entries.add("Principal", principalsOf(statement));
    return Any::of(entries.take());
}

}  // namespace

Principal Principal::account(const Str& accountId) {
    return arn(sub("arn:{}:iam::{}:root", partition(), accountId));
}

void PolicyDocument::add(PolicyStatement statement) {
    check(statement);
    sortActions(statement.actions);
    std::vector<Str> resources;
    for (const auto& resource : statement.resources) addMissing(resources, resource);
    statement.resources = std::move(resources);
    for (auto& known : statements_) {
        if (!alike(known, statement)) continue;
        if (known.actions == statement.actions) {
            for (const auto& resource : statement.resources) addMissing(known.resources, resource);
            return;
        }
        if (same(known.resources, statement.resources)) {
            std::ranges::copy(statement.actions, std::back_inserter(known.actions));
            sortActions(known.actions);
            return;
        }
    }
    statements_.push_back(std::move(statement));
}

Any PolicyDocument::render() const {
    detail::ListBuilder statements;
    for (const auto& statement : statements_) statements.add(loam::render(statement));
    return Any::object({{"Version", "2012-10-17"}, {"Statement", Any::of(statements.take())}});
}

void PolicyDocument::reportWildcards(const Construct& at, Findings& findings) const {
    const auto report = [&](const std::string& what) {
        findings.error(at, "wildcard-permission",
            what + "; name what is needed, or acknowledge \"wildcard-permission\" with the reason");
    };
    for (const auto& statement : statements_) {
        if (statement.effect == Effect::Deny) continue;
        for (const auto& action : statement.actions) {
            if (action == "*" || action.ends_with(":*"))
                report("allows the actions \"" + action + "\"");
        }
        for (const auto& resource : statement.resources) {
            const auto* text = literal(resource);
            if (text == nullptr || *text != "*") continue;
            report("allows " + statement.actions.front() + " on all resources, \"*\"");
        }
    }
}

}  // namespace loam
