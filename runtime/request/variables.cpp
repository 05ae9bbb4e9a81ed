#include "runtime/request/variables.hpp"

#include <charconv>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/request/operation.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::request {
namespace {

bool fitsInt(std::string_view digits) {
    std::int32_t number = 0;
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return problem == std::errc() && end == digits.data() + digits.size();
}

bool matches(std::string_view type, const Value& value) {
    using Kind = Value::Kind;
    if (type == "Int") {
        return value.kind == Kind::Integer && fitsInt(value.text);
    }
    if (type == "Float") {
        return value.isNumber();
    }
    if (type == "String") {
        return value.kind == Kind::String;
    }
    if (type == "ID") {
        return value.kind == Kind::String || value.kind == Kind::Integer;
    }
    return type != "Boolean" || value.kind == Kind::Boolean;
}

[[noreturn]] void fail(const VariableDefinition& variable, const std::string& problem) {
    throw RequestError("P2009",
        "The variable `$" + std::string(variable.name) + "` of type `" + variable.type.toString() +
            "` " + problem + ".")
        .at(variable.location);
}

Value coerce(const VariableDefinition& variable, const TypeReference& type, const Value& value) {
    if (value.isNull()) {
        if (type.isRequired) {
            fail(variable, "must not be null");
        }
        return value;
    }
    if (!type.isList()) {
        if (!matches(type.name, value)) {
            fail(variable,
                "was given the value " + excerpt(print(value), 100) + ", which is not of type `" +
                    std::string(type.name) + "`");
        }
        return value;
    }
    const TypeReference& element = type.element.front();
    if (value.kind != Value::Kind::List) {
        return Value::list({coerce(variable, element, value)}, value.location);
    }
    std::vector<Value> items;
    items.reserve(element.isList() ? value.items().size() : 0);
    for (const Value& item : value.items()) {
        Value coerced = coerce(variable, element, item);
        // Only a list that stands in for its single element is another value than before.
        if (element.isList()) {
            items.push_back(std::move(coerced));
        }
    }
    return element.isList() ? Value::list(std::move(items), value.location) : value;
}

}  // namespace

Variables coerceVariables(const std::vector<VariableDefinition>& definitions, const Value& given) {
    Variables variables;
    std::unordered_set<std::string_view> names;
    std::unordered_map<std::string_view, const Value*> values;
    for (const Member& member : given.members()) {
        values.emplace(member.name, &member.value);
    }
    for (const VariableDefinition& variable : definitions) {
        if (!names.insert(variable.name).second) {
            fail(variable, "is declared twice");
        }
        const auto found = values.find(variable.name);
        const Value* value = found == values.end() ? nullptr : found->second;
        if (value == nullptr && variable.defaultValue) {
            value = &*variable.defaultValue;
        }
        if (value != nullptr) {
            variables.emplace(variable.name, coerce(variable, variable.type, *value));
        } else if (variable.type.isRequired) {
            fail(variable, "is required but was not given");
        }
    }
    return variables;
}

}  // namespace loam::runtime::request
