#include "templates/src/testing/json_match.hpp"

#include <loam/error.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <re2/re2.h>
#include <string_view>

namespace loam::testing {

namespace {

using nlohmann::json;
using Difference = std::optional<std::string>;

/// Longest text of a value in a message.
constexpr std::size_t shownLength = 200;

std::string shown(const json& value) {
    std::string text = value.dump();
    if (text.size() > shownLength) text = text.substr(0, shownLength) + "...";
    return text;
}

Difference difference(const std::string& path, const json* actual, const std::string& expectation) {
    return (path.empty() ? "the whole" : path) +
           (actual == nullptr ? " is absent" : " is " + shown(*actual)) + ", expected " +
           expectation;
}

std::string below(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
}

Difference
compareObject(const json& expected, const json* actual, const std::string& path, bool exactly) {
    if (actual == nullptr || !actual->is_object()) return difference(path, actual, shown(expected));
    for (const auto& [name, value] : expected.items()) {
        const auto entry = actual->find(name);
        const json* found = entry == actual->end() ? nullptr : &*entry;
        if (auto differs = firstDifference(value, found, below(path, name))) return differs;
    }
    if (!exactly) return {};
    for (const auto& [name, value] : actual->items()) {
        if (!expected.contains(name)) return difference(below(path, name), &value, "no such entry");
    }
    return {};
}

Difference compareList(const json& expected, const json* actual, const std::string& path) {
    if (actual == nullptr || !actual->is_array()) return difference(path, actual, shown(expected));
    const std::size_t common = std::min(expected.size(), actual->size());
    for (std::size_t i = 0; i < common; ++i) {
        if (auto differs =
                firstDifference(expected[i], &(*actual)[i], below(path, std::to_string(i)))) {
            return differs;
        }
    }
    if (expected.size() == actual->size()) return {};
    return difference(path, actual, "a list of " + std::to_string(expected.size()) + " items");
}

Difference compareContains(const json& expected, const json* actual, const std::string& path) {
    if (actual == nullptr || !actual->is_array()) {
        return difference(path, actual, "a list that contains " + shown(expected));
    }
    for (const json& item : expected) {
        const bool found = std::any_of(actual->begin(), actual->end(), [&](const json& candidate) {
            return !firstDifference(item, &candidate);
        });
        if (!found) return difference(path, actual, "a list that contains " + shown(item));
    }
    return {};
}

Difference compareJsonText(const json& expected, const json* actual, const std::string& path) {
    const json parsed =
        actual != nullptr && actual->is_string()
            ? json::parse(actual->get_ref<const std::string&>(), nullptr, false)
            : json(json::value_t::discarded);
    if (parsed.is_discarded()) return difference(path, actual, "a text that is JSON");
    return firstDifference(expected, &parsed, path + "{{json}}");
}

/// The comparison that an object with a single helper as its key asks for, or nothing.
std::optional<Difference>
compareHelper(const json& expected, const json* actual, const std::string& path) {
    if (expected.size() != 1) return std::nullopt;
    const std::string& name = expected.begin().key();
    const json& argument = expected.begin().value();
    if (!name.starts_with("{{")) return std::nullopt;
    if (name == "{{contains}}") return compareContains(argument, actual, path);
    if (name == "{{exactly}}") return compareObject(argument, actual, path, true);
    if (name == "{{json}}") return compareJsonText(argument, actual, path);
    if (name == "{{not}}") {
        if (firstDifference(argument, actual, path)) return Difference();
        return difference(path, actual, "anything but " + shown(argument));
    }
    throw ValidationError({},
        "the expectation has " + name +
            ", which is no helper; there are {{contains}}, {{exactly}}, {{not}} and {{json}} for "
            "objects");
}

Difference compareMatches(const std::string& pattern, const json* actual, const std::string& path) {
    const RE2 expression(pattern, RE2::Quiet);
    if (!expression.ok()) {
        throw ValidationError({},
            "the expectation's pattern \"" + pattern + "\" is not valid: " + expression.error());
    }
    const bool matches =
        actual != nullptr && actual->is_string() &&
        RE2::PartialMatch(actual->get_ref<const std::string&>(), expression);
    return matches ? Difference() : difference(path, actual, "a text that matches " + pattern);
}

Difference compareText(const json& expected, const json* actual, const std::string& path) {
    static constexpr std::string_view matches = "{{matches ";
    const auto& text = expected.get_ref<const std::string&>();
    if (text == "{{any}}")
        return actual != nullptr ? Difference() : difference(path, actual, "any value");
    if (text == "{{absent}}") {
        return actual == nullptr ? Difference() : difference(path, actual, "no such entry");
    }
    if (text.starts_with(matches) && text.ends_with("}}")) {
        return compareMatches(
            text.substr(matches.size(), text.size() - matches.size() - 2), actual, path);
    }
    if (actual != nullptr && expected == *actual) return {};
    return difference(path, actual, shown(expected));
}

}  // namespace

std::optional<std::string>
firstDifference(const json& expected, const json* actual, const std::string& path) {
    if (expected.is_object()) {
        if (const auto helper = compareHelper(expected, actual, path)) return *helper;
        return compareObject(expected, actual, path, false);
    }
    if (expected.is_array()) return compareList(expected, actual, path);
    if (expected.is_string()) return compareText(expected, actual, path);
    if (actual != nullptr && expected == *actual) return {};
    return difference(path, actual, shown(expected));
}

}  // namespace loam::testing
