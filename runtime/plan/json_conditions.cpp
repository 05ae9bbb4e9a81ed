#include "runtime/plan/json_conditions.hpp"

#include <string_view>
#include <utility>

#include "runtime/plan/filter_parts.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {

using request::Member;
using request::Value;
using schema::FilterOperator;

bool isJsonSetting(const Member& member) { return member.name == "path" || member.name == "mode"; }

std::string jsonPathOf(Context& context, const std::vector<Member>& members) {
    std::string path;
    for (const Member& member : members) {
        const auto step = context.enterArgument(member.name);
        const Value& value = member.value;
        if (member.name == "path" && !value.isNull()) {
            if (value.kind != Value::Kind::String || !value.text.starts_with('$')) {
                context.failType(value, {"String (a path such as `$.a[0]`)"});
            }
            path = value.text;
        } else if (member.name == "mode" && wordOf(value) != "insensitive" &&
                   wordOf(value) != "default") {
            context.failType(value, {"QueryMode (default or insensitive)"});
        }
    }
    return path;
}

void setPath(Filter& filter, const std::string& path) {
    filter.path = path;
    for (Filter& operand : filter.operands) {
        setPath(operand, path);
    }
}

Filter jsonNullCondition(
    const Context& context, const schema::Field& field, const Value& value, bool isNegated) {
    const std::string_view word = value.text;
    const bool isAny = word == "AnyNull";
    if (!isAny && word != "DbNull" && word != "JsonNull") {
        context.failValue(value, "`" + std::string(word) + "` is not a valid `JsonNullValueFilter`",
            "JsonNullValueFilter");
    }
    std::vector<Filter> operands;
    if (isAny || word == "DbNull") {
        operands.push_back(condition(field, FilterOperator::Equals, isNegated, {}));
    }
    if (isAny || word == "JsonNull") {
        operands.push_back(condition(field, FilterOperator::Equals, isNegated, Json{"null"}));
    }
    return combine(isNegated ? Filter::Kind::And : Filter::Kind::Or, std::move(operands));
}

}  // namespace loam::runtime::plan
