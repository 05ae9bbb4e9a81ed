#include "constructs/src/validation/function_calls.hpp"

#include <algorithm>
#include <cmath>

#include "constructs/src/validation/limits.hpp"
#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

/// The number that a value is, also as a text.
std::optional<double> literalNumber(const Value& value) {
    if (const std::string* text = literal(value)) return numberIn(*text);
    if (!value.present() || value.node()->kind != NodeKind::Number) return std::nullopt;
    const auto& number = as<NumberNode>(*value.node());
    return number.integral ? static_cast<double>(number.integer) : number.real;
}

double piecesOf(const std::string& text, const std::string& delimiter) {
    double pieces = 1;
    for (auto at = text.find(delimiter); at != std::string::npos;
         at = text.find(delimiter, at + delimiter.size())) {
        ++pieces;
    }
    return pieces;
}

/// How many items a list will have, where that is known.
std::optional<double> countOf(const Value& list) {
    if (!list.present()) return std::nullopt;
    if (list.node()->kind == NodeKind::List) {
        return static_cast<double>(as<ListNode>(*list.node()).items.size());
    }
    const auto call = functionIn(*list.node());
    if (!call || call->arguments.size() < 2) return std::nullopt;
    if (call->function == Intrinsic::Cidr) return literalNumber(call->arguments[1]);
    if (call->function != Intrinsic::Split) return std::nullopt;
    const std::string* delimiter = literal(call->arguments[0]);
    const std::string* text = literal(call->arguments[1]);
    if (delimiter == nullptr || delimiter->empty() || text == nullptr) return std::nullopt;
    return piecesOf(*text, *delimiter);
}

void checkSelect(const std::vector<Value>& arguments, const PropertyPath& path, const Construct& at,
    Findings& findings) {
    if (arguments.size() != 2) return;
    const auto index = literalNumber(arguments[0]);
    const auto count = countOf(arguments[1]);
    if (!index || !count || (*index >= 0 && *index < *count)) return;
    findings.error(at, rules::range,
        "selects the item " + numberText(*index) + " of a list " +
            (*count == 0 ? "without items; give it the items"
                         : "of " + numberText(*count) + "; give an index from 0 to " +
                               numberText(*count - 1)),
        path.text());
}

template <class T>
std::vector<std::string_view> keysOf(const std::map<std::string, T>& map) {
    std::vector<std::string_view> keys;
    for (const auto& [key, value] : map) keys.emplace_back(key);
    return keys;
}

/// A mapping that is asked for a key.
class Lookup {
  public:
    Lookup(
        const Mapping& mapping, const PropertyPath& path, const Construct& at, Findings& findings)
        : mapping_(mapping), path_(path), at_(at), findings_(findings) {}

    void check(const Value& top, const Value& second) {
        const auto& values = mapping_.props().values;
        const std::string* topKey = literal(top);
        const std::string* secondKey = literal(second);
        if (topKey == nullptr) {
            if (secondKey != nullptr) checkAnywhere(*secondKey);
            return;
        }
        const auto entries = values.find(*topKey);
        if (entries == values.end()) {
            report(*topKey, "", keysOf(values));
        } else if (secondKey != nullptr && !entries->second.contains(*secondKey)) {
            report(*secondKey, shown(Str(*topKey)) + " in ", keysOf(entries->second));
        }
    }

  private:
    /// For a first key that is known only at deployment: some entry must have the second.
    void checkAnywhere(const std::string& secondKey) {
        const auto& values = mapping_.props().values;
        const bool known = std::ranges::any_of(values, [&](const auto& entry) {
            return entry.second.contains(secondKey);
        });
        if (!known) report(secondKey, "any entry in ", keysOf(values.begin()->second));
    }

    void report(const std::string& key, const std::string& where,
        const std::vector<std::string_view>& keys) {
        findings_.error(at_, rules::unknownKey,
            shown(Str(key)) + " is no key of " + where + "the mapping [" +
                std::string(mapping_.path()) + "]. There " + (keys.size() == 1 ? "is " : "are ") +
                alternatives(keys) + "." + suggestion(key, keys) +
                " Correct the key or add it to the mapping",
            path_.text());
    }

    const Mapping& mapping_;
    const PropertyPath& path_;
    const Construct& at_;
    Findings& findings_;
};

void checkFindInMap(const std::vector<Value>& arguments, const AssembledStack& stack,
    const PropertyPath& path, const Construct& at, Findings& findings) {
    // With a fourth argument there is a default.
    if (arguments.size() != 3 || !arguments[0].present()) return;
    const std::string* name = literal(arguments[0]);
    const auto found = std::ranges::find_if(stack.mappings, [&](const Mapping* mapping) {
        if (name != nullptr) return mapping->logicalId() == *name;
        return arguments[0].node()->kind == NodeKind::Reference &&
               as<ReferenceNode>(*arguments[0].node()).target->construct == mapping;
    });
    if (found != stack.mappings.end()) {
        Lookup(**found, path, at, findings).check(arguments[1], arguments[2]);
    } else if (name != nullptr) {
        findings.error(at, rules::danglingReference,
            "refers to \"" + *name +
                "\", which is the logical id of no mapping of this stack; correct it, or use "
                "findInMap with the construct",
            path.text());
    }
}

}  // namespace

void checkCall(const FunctionCall& call, const AssembledStack& stack, const PropertyPath& path,
    const Construct& at, Findings& findings) {
    if (call.function == Intrinsic::Select) checkSelect(call.arguments, path, at, findings);
    if (call.function == Intrinsic::FindInMap) {
        checkFindInMap(call.arguments, stack, path, at, findings);
    }
}

}  // namespace loam
