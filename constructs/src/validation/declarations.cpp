#include "constructs/src/validation/declarations.hpp"

#include <algorithm>
#include <cmath>

#include "constructs/src/validation/limits.hpp"
#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/patterns.hpp"
#include "constructs/src/validation/property_path.hpp"
#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The parts of a text between delimiters; at least one.
std::vector<std::string_view> parts(std::string_view text, std::string_view delimiter) {
    std::vector<std::string_view> result;
    for (auto at = text.find(delimiter); at != std::string_view::npos; at = text.find(delimiter)) {
        result.push_back(text.substr(0, at));
        text.remove_prefix(at + delimiter.size());
    }
    result.push_back(text);
    return result;
}

/// Checks the limits of a parameter and its default against each other.
class ParameterCheck {
  public:
    ParameterCheck(const Parameter& parameter, Findings& findings)
        : parameter_(parameter), props_(parameter.props()), findings_(findings) {}

    void run() {
        checkOrder(props_.minValue, props_.maxValue, "Value");
        checkOrder(props_.minLength, props_.maxLength, "Length");
        if (!props_.defaultValue) return;
        const std::string& text = *props_.defaultValue;
        if (props_.type == ParameterType::String) {
            checkLength(text);
            checkPattern(text);
        }
        if (props_.type == ParameterType::Number) checkNumber(text);
        if (props_.type == ParameterType::NumberList) {
            for (const std::string_view item : parts(text, ",")) numberOf(trimmed(item));
        }
    }

  private:
    template <class T>
    void checkOrder(const std::optional<T>& least, const std::optional<T>& most, const char* what) {
        for (const auto& [limit, name] : {std::pair(least, "Min"), std::pair(most, "Max")}) {
            if (!limit || std::isfinite(static_cast<double>(*limit))) continue;
            reportInfinite(Num(*limit), std::string(name) + what, parameter_, findings_);
        }
        if (!least || !most || !(*least > *most)) return;
        report(rules::range,
            shown(Num(*least)) + " is above Max" + what + ", which is " + shown(Num(*most)) +
                ", so no value is allowed; correct one of them",
            std::string("Min") + what);
    }

    std::optional<double> numberOf(std::string_view text) {
        const auto number = numberIn(text);
        if (!number) {
            report(rules::wrongType,
                "takes a number, got " + shown(Str(text)) +
                    "; correct it, or choose another type of parameter");
        }
        return number;
    }

    void checkNumber(const std::string& text) {
        const auto number = numberOf(text);
        if (!number) return;
        const bool tooSmall = props_.minValue && *number < *props_.minValue;
        const bool tooLarge = props_.maxValue && *number > *props_.maxValue;
        if (!tooSmall && !tooLarge) return;
        report(rules::range,
            "takes " + rangeLimits(props_.minValue, props_.maxValue) + ", got " + shown(Str(text)) +
                "; correct the default or the limits");
    }

    void checkLength(const std::string& text) {
        const std::int64_t given = codePoints(text);
        const std::int64_t least = props_.minLength.value_or(0);
        const std::int64_t most = props_.maxLength.value_or(-1);
        if (given >= least && (most < 0 || given <= most)) return;
        report(rules::length,
            "takes " + countLimits(least, most) + " characters, got " + std::to_string(given) +
                ": " + shown(Str(text)) + "; correct the default or the limits");
    }

    void checkPattern(const std::string& text) {
        if (props_.allowedPattern.empty() || describes(props_.allowedPattern, text)) return;
        report(rules::pattern,
            "takes a text that AllowedPattern, which is " + shown(Str(props_.allowedPattern)) +
                ", describes as a whole, got " + shown(Str(text)) +
                "; correct the default or the pattern");
    }

    void report(std::string_view rule, const std::string& message,
        const std::string& property = "Default") {
        findings_.error(parameter_, rule, message, property);
    }

    const Parameter& parameter_;
    const ParameterProps& props_;
    Findings& findings_;
};

void checkMappingValue(const Value& value, const PropertyPath& path, const Mapping& mapping,
    bool isItem, Findings& findings) {
    if (!value.present()) return;
    const Node& node = *value.node();
    if (node.kind == NodeKind::List && !isItem) {
        const auto& items = as<ListNode>(node).items;
        for (std::size_t i = 0; i < items.size(); ++i) {
            checkMappingValue(items[i], PropertyPath(path, i), mapping, true, findings);
        }
        return;
    }
    if (isInfinite(node)) return reportInfinite(value, path.text(), mapping, findings);
    if (node.kind == NodeKind::String || node.kind == NodeKind::Number ||
        node.kind == NodeKind::Boolean) {
        return;
    }
    findings.error(mapping, rules::wrongType,
        "a mapping holds literals only, got " + shown(value) +
            "; give a text, a number, a boolean or a list of them, and choose between other values "
            "with ifElse",
        path.text());
}

bool isWord(std::string_view text, std::string_view further) {
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               further.find(c) != std::string_view::npos;
    });
}

bool isTypeName(std::string_view name) {
    std::vector<std::string_view> words = parts(name, "::");
    if (words.front() == "Custom") {
        return words.size() == 2 && name.size() <= 60 && isWord(words[1], "_@-");
    }
    if (words.size() == 4 && words.back() == "MODULE") words.pop_back();
    return words.size() == 3 && std::ranges::all_of(words, [](std::string_view word) {
        return isWord(word, {});
    });
}

}  // namespace

void checkParameter(const Parameter& parameter, Findings& findings) {
    ParameterCheck(parameter, findings).run();
}

void checkMapping(const Mapping& mapping, Findings& findings) {
    for (const auto& [top, entries] : mapping.props().values) {
        const PropertyPath topPath(top);
        for (const auto& [second, value] : entries) {
            checkMappingValue(value, PropertyPath(topPath, second), mapping, false, findings);
        }
    }
}

void checkTypeName(const Resource& resource, Findings& findings) {
    if (isTypeName(resource.typeName())) return;
    findings.error(resource, rules::pattern,
        "takes a type such as AWS::S3::Bucket, Custom::Name or Company::Service::Thing::MODULE, "
        "with letters and digits between the colons, got " +
            shown(Str(resource.typeName())),
        "Type");
}

}  // namespace loam
