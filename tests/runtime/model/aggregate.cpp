#include <algorithm>

#include "tests/runtime/model/oracle.hpp"

namespace loam::modeltest {
namespace {

double doubleOf(const Value& value) {
    return std::holds_alternative<double>(value)
               ? std::get<double>(value)
               : static_cast<double>(std::get<Number>(value));
}

}  // namespace

Subject aggregated(const Model& model, const std::string& function, std::size_t column,
    const std::vector<const Record*>& records) {
    const Type type = model.columns[column].type;
    std::vector<Value> values;
    for (const Record* record : records) {
        if (!isNull(record->values[column])) {
            values.push_back(record->values[column]);
        }
    }
    if (function == "_count") {
        return {Type::Int, static_cast<Number>(values.size())};
    }
    const bool isAverage = function == "_avg" && type != Type::Decimal;
    if (values.empty()) {
        return {isAverage ? Type::Float : type, {}};
    }
    if (function == "_min" || function == "_max") {
        return {type,
            function == "_min"
                ? *std::min_element(values.begin(), values.end())
                : *std::max_element(values.begin(), values.end())};
    }
    if (function == "_sum" && std::holds_alternative<Number>(values.front())) {
        Number sum = 0;
        for (const Value& value : values) {
            sum += std::get<Number>(value);
        }
        return {type, sum};
    }
    double sum = 0;
    for (const Value& value : values) {
        sum += doubleOf(value);
    }
    sum /= function == "_avg" ? static_cast<double>(values.size()) : 1;
    return {isAverage ? Type::Float : type, sum};
}

std::string aggregateJson(
    const Model& model, const Selection& selection, const std::vector<const Record*>& records) {
    std::string text;
    for (const Selection& field : selection.fields) {
        text += (text.empty() ? "" : ",") + jsonString(field.name) + ":";
        if (field.name == "_all") {
            text += std::to_string(records.size());
            continue;
        }
        const Subject result =
            aggregated(model, selection.name, *model.column(field.name), records);
        text += jsonOf(result.type, result.value);
    }
    return "{" + text + "}";
}

Truth holdsOf(const Model& model, const std::vector<const Record*>& group, const Node& having) {
    Truth truth = Truth::True;
    for (const auto& [name, conditions] : having.members) {
        const std::size_t column = *model.column(name);
        const bool isAggregated =
            conditions.isObject() && !conditions.members.empty() &&
            conditions.members.front().first.starts_with('_');
        if (isAggregated) {
            const auto& [function, condition] = conditions.members.front();
            truth =
                both(truth, holds(aggregated(model, function, column, group), condition, false));
        } else {
            const Subject subject{
                model.columns[column].type, group.front()->values[column], nullptr, nullptr};
            truth = both(truth, holds(subject, conditions, false));
        }
    }
    return truth;
}

}  // namespace loam::modeltest
