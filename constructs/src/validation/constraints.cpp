#include "constructs/src/validation/constraints.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

#include "constructs/src/validation/limits.hpp"
#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

std::size_t combine(std::size_t seed, std::size_t value) {
    return seed ^ (value + 0x9e3779b97f4a7c15U + (seed << 6U) + (seed >> 2U));
}

std::size_t hashOf(const Value& value);

std::size_t hashOf(std::size_t seed, const std::vector<Value>& values) {
    for (const Value& value : values) seed = combine(seed, hashOf(value));
    return seed;
}

/// Equal values have equal hashes; see `equal`.
std::size_t hashOf(const Value& value) {
    if (!value.present()) return 0;
    const Node& node = *value.node();
    const auto seed = static_cast<std::size_t>(node.kind) + 1;
    switch (node.kind) {
        case NodeKind::String:
            return combine(seed, std::hash<std::string>()(as<StringNode>(node).text));
        case NodeKind::Number: {
            const auto& number = as<NumberNode>(node);
            return combine(seed,
                number.integral
                    ? std::hash<std::int64_t>()(number.integer)
                    : std::hash<double>()(number.real));
        }
        case NodeKind::Boolean:
            return combine(seed, as<BooleanNode>(node).value ? 1 : 0);
        case NodeKind::List:
            return hashOf(seed, as<ListNode>(node).items);
        case NodeKind::Object:
            return hashOf(seed, as<ObjectNode>(node).fields);
        case NodeKind::Map: {
            std::size_t hash = seed;
            for (const auto& [key, item] : as<MapNode>(node).entries) {
                hash = combine(combine(hash, std::hash<std::string>()(key)), hashOf(item));
            }
            return hash;
        }
        case NodeKind::Reference:
            return combine(seed, std::hash<const void*>()(as<ReferenceNode>(node).target.get()));
        case NodeKind::Attribute:
            return combine(seed, std::hash<std::string>()(as<AttributeNode>(node).attribute));
        case NodeKind::Function:
            return hashOf(seed, as<FunctionNode>(node).arguments);
        case NodeKind::Pseudo:
        case NodeKind::Import:
        case NodeKind::Asset:
        case NodeKind::Lazy:
            break;
    }
    return seed;
}

bool mayVanish(const Value& item) {
    return item.node()->kind == NodeKind::Function &&
           as<FunctionNode>(*item.node()).function == Intrinsic::If;
}

}  // namespace

void ConstraintCheck::checkText(
    const Field& field, const std::string& text, const PropertyPath& path) {
    if (field.constraints == nullptr) return;
    const Constraints& limits = *field.constraints;
    checkAllowed(limits, text, path);
    checkLength(limits, text, path);
    if (limits.pattern != nullptr && !patterns_.accepts(limits.pattern, text)) {
        findings_.error(at_, rules::pattern,
            "must match " + std::string(limits.pattern) + ", got " + shown(Str(text)), path.text());
    }
}

void ConstraintCheck::checkAllowed(
    const Constraints& limits, const std::string& text, const PropertyPath& path) {
    if (limits.valueCount == 0) return;
    const char* const* end = limits.values + limits.valueCount;
    const bool known = std::any_of(limits.values, end, [&](const char* value) {
        return std::strcmp(value, text.c_str()) == 0;
    });
    if (known) return;
    const std::vector<std::string_view> values(limits.values, end);
    findings_.warning(at_, rules::unknownValue,
        shown(Str(text)) + " is not among the known values " + alternatives(values) + "." +
            suggestion(text, values) + " Correct it, or acknowledge " +
            std::string(rules::unknownValue) + " if AWS has added it since",
        path.text());
}

void ConstraintCheck::checkLength(
    const Constraints& limits, const std::string& text, const PropertyPath& path) {
    if (limits.minLength <= 0 && limits.maxLength < 0) return;
    const std::int64_t given = codePoints(text);
    if (given >= limits.minLength && (limits.maxLength < 0 || given <= limits.maxLength)) return;
    findings_.error(at_, rules::length,
        "takes " + countLimits(limits.minLength, limits.maxLength) + " characters, got " +
            std::to_string(given) + ": " + shown(Str(text)),
        path.text());
}

void ConstraintCheck::checkNumber(
    const Field& field, double number, const Value& given, const PropertyPath& path) {
    if (field.constraints == nullptr) return;
    const Constraints& limits = *field.constraints;
    if (limits.valueCount > 0) checkAllowed(limits, numberText(number), path);
    const bool tooSmall = limits.hasMinimum && number < limits.minimum;
    const bool tooLarge = limits.hasMaximum && number > limits.maximum;
    if (!tooSmall && !tooLarge) return;
    const auto limit = [](bool has, double value) {
        return has ? std::optional(value) : std::nullopt;
    };
    const std::string allowed = rangeLimits(
        limit(limits.hasMinimum, limits.minimum), limit(limits.hasMaximum, limits.maximum));
    findings_.error(at_, rules::range, "takes " + allowed + ", got " + shown(given), path.text());
}

void ConstraintCheck::checkItems(
    const Field& field, const ListNode& list, const PropertyPath& path) {
    if ((field.flags & fieldUniqueItems) != 0 && list.items.size() > 1) checkUnique(list, path);
    if (field.constraints != nullptr) checkCount(*field.constraints, list, path);
}

void ConstraintCheck::checkCount(
    const Constraints& limits, const ListNode& list, const PropertyPath& path) {
    if (limits.minItems <= 0 && limits.maxItems < 0) return;
    // An item under a condition counts for the minimum and not against the maximum.
    std::int64_t most = 0;
    std::int64_t least = 0;
    for (const Value& item : list.items) {
        if (!item.present() || isNoValue(item)) continue;
        ++most;
        if (!mayVanish(item)) ++least;
    }
    if (most >= limits.minItems && (limits.maxItems < 0 || least <= limits.maxItems)) return;
    findings_.error(at_, rules::itemCount,
        "takes " + countLimits(limits.minItems, limits.maxItems) + " items, got " +
            std::to_string(most),
        path.text());
}

void ConstraintCheck::checkUnique(const ListNode& list, const PropertyPath& path) {
    // By hash first, so that a long list does not take the square of its length.
    std::vector<std::pair<std::size_t, std::size_t>> order;
    order.reserve(list.items.size());
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (list.items[i].present()) order.emplace_back(hashOf(list.items[i]), i);
    }
    std::sort(order.begin(), order.end());
    for (std::size_t i = 1; i < order.size(); ++i) {
        const Value& first = list.items[order[i - 1].second];
        const Value& second = list.items[order[i].second];
        if (order[i - 1].first != order[i].first || !equal(first, second)) continue;
        findings_.error(at_, rules::repeatedItem,
            "is the same as item " + std::to_string(order[i - 1].second) + ", " + shown(first) +
                "; items of this list must differ, so remove one",
            PropertyPath(path, order[i].second).text());
    }
}

}  // namespace loam
