#include <loam/error.hpp>
#include <loam/intrinsics.hpp>
#include <loam/lazy.hpp>
#include <loam/mapping.hpp>
#include <loam/node.hpp>
#include <loam/stack.hpp>

#include <algorithm>
#include <array>

#include "constructs/src/core/construct_state.hpp"

namespace loam {

namespace {

Str pseudo(Pseudo which) { return Str::of(make<PseudoNode>(which)); }

Value function(Intrinsic which, std::vector<Value> arguments) {
    return make<FunctionNode>(which, std::move(arguments));
}

Value logical(Intrinsic which, std::string_view name,
    std::initializer_list<ConditionExpression> expressions) {
    if (expressions.size() < 2 || expressions.size() > 10) {
        throw ValidationError("",
            std::string(name) + " takes 2 to 10 expressions, got " +
                std::to_string(expressions.size()) + "; nest several of them");
    }
    return function(which, {expressions.begin(), expressions.end()});
}

/// The value that `${name}` stands for in a template text.
Value variable(std::string_view text, std::string_view name, const StrMap& variables) {
    constexpr std::array all{Pseudo::AccountId, Pseudo::Region, Pseudo::Partition,
        Pseudo::UrlSuffix, Pseudo::StackName, Pseudo::StackId};
    const auto* known = std::ranges::find_if(all, [&](Pseudo candidate) {
        return loam::name(candidate) == name;
    });
    if (known != all.end()) return make<PseudoNode>(*known);
    const Value* found = variables.present() ? as<MapNode>(*variables.node()).find(name) : nullptr;
    if (found == nullptr) {
        throw ValidationError("",
            "subTemplate(\"" + std::string(text) + "\"): ${" + std::string(name) +
                "} is neither a pseudo parameter nor one of the variables; pass " +
                "its value as a variable, or write ${!" + std::string(name) +
                "} for the text itself");
    }
    return *found;
}

const std::vector<Value>* literalItems(const Value& list) {
    if (!list.present() || list.node()->kind != NodeKind::List) return nullptr;
    return &as<ListNode>(*list.node()).items;
}

}  // namespace

Str accountId() { return pseudo(Pseudo::AccountId); }
Str region() { return pseudo(Pseudo::Region); }
Str partition() { return pseudo(Pseudo::Partition); }
Str urlSuffix() { return pseudo(Pseudo::UrlSuffix); }
Str stackName() { return pseudo(Pseudo::StackName); }
Str stackId() { return pseudo(Pseudo::StackId); }
StrList notificationArns() { return StrList::of(make<PseudoNode>(Pseudo::NotificationArns)); }

Str join(std::string_view delimiter, StrList items) {
    const auto* list = literalItems(items);
    const bool isLiteral = list != nullptr && std::ranges::all_of(*list, [](const Value& item) {
        return literal(item) != nullptr;
    });
    if (isLiteral || (delimiter.empty() && list != nullptr)) {
        Str joined("");
        for (std::size_t i = 0; i < list->size(); ++i) {
            if (i > 0) joined = joined + Str(delimiter);
            joined = joined + Str::of((*list)[i]);
        }
        return joined;
    }
    return Str::of(function(Intrinsic::Join, {Str(delimiter), std::move(items)}));
}

Str subTemplate(std::string_view text, const StrMap& variables) {
    Str result("");
    std::size_t at = 0;
    while (at < text.size()) {
        const auto open = text.find("${", at);
        result = result + Str(text.substr(at, open - at));
        if (open == std::string_view::npos) break;
        const auto close = text.find('}', open);
        if (close == std::string_view::npos) {
            throw ValidationError(
                "", "subTemplate(\"" + std::string(text) + "\"): ${ is not closed");
        }
        const auto name = text.substr(open + 2, close - open - 2);
        if (name.starts_with('!')) {
            result = result + Str("${" + std::string(name.substr(1)) + "}");
        } else {
            result = result + Str::of(variable(text, name, variables));
        }
        at = close + 1;
    }
    return result;
}

Str select(int index, StrList items) {
    if (index < 0) {
        throw ValidationError("", "select takes an index from 0, got " + std::to_string(index));
    }
    return Str::of(function(Intrinsic::Select, {Num(index), std::move(items)}));
}

StrList split(std::string_view delimiter, Str text) {
    if (delimiter.empty())
        throw ValidationError("", "split takes a delimiter, got an empty string");
    return StrList::of(function(Intrinsic::Split, {Str(delimiter), std::move(text)}));
}

Str base64(Str text) { return Str::of(function(Intrinsic::Base64, {std::move(text)})); }

StrList getAzs(Str inRegion) {
    return StrList::of(function(Intrinsic::GetAzs, {std::move(inRegion)}));
}

StrList cidr(Str block, int count, int cidrBits) {
    if (count < 1 || count > 256) {
        throw ValidationError("", "cidr takes a count from 1 to 256, got " + std::to_string(count));
    }
    return StrList::of(function(Intrinsic::Cidr, {std::move(block), Num(count), Num(cidrBits)}));
}

Str importValue(Str exportName) {
    return Str::of(function(Intrinsic::ImportValue, {std::move(exportName)}));
}

Str findInMap(const Mapping& mapping, Str topLevelKey, Str secondLevelKey) {
    return Str::of(function(Intrinsic::FindInMap,
        {make<ReferenceNode>(mapping.state().target), std::move(topLevelKey),
            std::move(secondLevelKey)}));
}

Num length(StrList items) { return Num::of(function(Intrinsic::Length, {std::move(items)})); }

Str toJsonString(Any value) {
    return Str::of(function(Intrinsic::ToJsonString, {std::move(value)}));
}

ConditionExpression::ConditionExpression(const Condition& condition)
    : Value(make<ReferenceNode>(condition.state().target)) {}

ConditionExpression equals(Str left, Str right) {
    return ConditionExpression::of(
        function(Intrinsic::Equals, {std::move(left), std::move(right)}));
}

ConditionExpression allOf(std::initializer_list<ConditionExpression> expressions) {
    return ConditionExpression::of(logical(Intrinsic::And, "allOf", expressions));
}

ConditionExpression anyOf(std::initializer_list<ConditionExpression> expressions) {
    return ConditionExpression::of(logical(Intrinsic::Or, "anyOf", expressions));
}

ConditionExpression notOf(ConditionExpression expression) {
    return ConditionExpression::of(function(Intrinsic::Not, {std::move(expression)}));
}

namespace detail {

Value makeIf(const Condition& condition, Value whenTrue, Value whenFalse) {
    return function(Intrinsic::If,
        {make<ReferenceNode>(condition.state().target), std::move(whenTrue), std::move(whenFalse)});
}

Value makeLazy(std::function<Value()> produce) { return make<LazyNode>(std::move(produce)); }

}  // namespace detail

}  // namespace loam
