#include "constructs/src/validation/messages.hpp"

#include <loam/node.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

constexpr std::size_t shownLength = 60;
constexpr std::size_t shownAlternatives = 12;

std::string quoted(const std::string& text) {
    if (text.size() <= shownLength) return "\"" + text + "\"";
    std::size_t end = shownLength;
    // Not within a character of several bytes.
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return "\"" + text.substr(0, end) + "...\"";
}

std::string shownNumber(const NumberNode& number) {
    char text[32];
    const auto end =
        number.integral
            ? std::to_chars(text, text + sizeof text, number.integer)
            : std::to_chars(text, text + sizeof text, number.real);
    return {text, end.ptr};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

/// Insertions, removals and replacements that turn one word into the other, capitals apart.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(left[i]) == lower(right[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, replaced});
        }
    }
    return row.back();
}

}  // namespace

std::string shown(const Value& value) {
    if (!value.present()) return "nothing";
    const Node& node = *value.node();
    switch (node.kind) {
        case NodeKind::String:
            return quoted(as<StringNode>(node).text);
        case NodeKind::Number:
            return shownNumber(as<NumberNode>(node));
        case NodeKind::Boolean:
            return as<BooleanNode>(node).value ? "true" : "false";
        case NodeKind::List:
            return "a list of " + std::to_string(as<ListNode>(node).items.size());
        case NodeKind::Map:
            return "an object";
        case NodeKind::Object:
            return "an object (" + std::string(as<ObjectNode>(node).table->name) + ")";
        case NodeKind::Reference:
            return "Ref of [" + as<ReferenceNode>(node).target->path + "]";
        case NodeKind::Attribute: {
            const auto& attribute = as<AttributeNode>(node);
            return attribute.attribute + " of [" + attribute.target->path + "]";
        }
        case NodeKind::Pseudo:
            return std::string(name(as<PseudoNode>(node).pseudo));
        case NodeKind::Function:
            return "a function's result";
        case NodeKind::Import:
            return "the import of " + as<ImportNode>(node).exportName;
        case NodeKind::Asset:
            return "the asset [" + as<AssetNode>(node).target->path + "]";
        case NodeKind::Lazy:
            return "a lazy value";
    }
    return {};
}

std::string suggestion(std::string_view given, const std::vector<std::string_view>& candidates) {
    // Of numbers, none is more likely meant than another.
    if (given.find_first_not_of("0123456789") == std::string_view::npos) return {};
    std::size_t best = std::max<std::size_t>(2, given.size() / 4) + 1;
    std::string_view nearest;
    for (const std::string_view candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), given.size());
        const std::size_t shorter = std::min(candidate.size(), given.size());
        if (longer - shorter >= best) continue;
        if (const std::size_t changes = distance(given, candidate); changes < best) {
            best = changes;
            nearest = candidate;
        }
    }
    return nearest.empty() ? "" : " Did you mean \"" + std::string(nearest) + "\"?";
}

std::string alternatives(const std::vector<std::string_view>& names) {
    std::string text;
    const std::size_t count = std::min(names.size(), shownAlternatives);
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    if (names.size() > count) text += " and " + std::to_string(names.size() - count) + " more";
    return text;
}

bool isInfinite(const Node& node) {
    return node.kind == NodeKind::Number && !as<NumberNode>(node).integral &&
           !std::isfinite(as<NumberNode>(node).real);
}

void reportInfinite(
    const Value& number, const std::string& property, const Construct& at, Findings& findings) {
    findings.error(at, rules::wrongType,
        "takes a finite number, got " + shown(number) +
            ", which templates cannot hold; correct the calculation that gave it",
        property);
}

}  // namespace loam
