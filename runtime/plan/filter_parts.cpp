#include "runtime/plan/filter_parts.hpp"

#include <utility>

namespace loam::runtime::plan {

Filter combine(Filter::Kind kind, std::vector<Filter> operands) {
    if (operands.size() == 1) {
        return std::move(operands.front());
    }
    Filter filter;
    filter.kind = kind;
    filter.operands = std::move(operands);
    return filter;
}

std::optional<Filter> conjunction(std::vector<Filter> operands) {
    return operands.empty()
               ? std::nullopt
               : std::optional(combine(Filter::Kind::And, std::move(operands)));
}

Filter negate(Filter operand) {
    Filter filter;
    filter.kind = Filter::Kind::Not;
    filter.operands.push_back(std::move(operand));
    return filter;
}

Filter condition(const schema::Field& field, schema::FilterOperator filterOperator, bool isNegated,
    Scalar value) {
    Filter filter = openCondition(field, filterOperator, isNegated);
    filter.values.push_back(std::move(value));
    return filter;
}

Filter
openCondition(const schema::Field& field, schema::FilterOperator filterOperator, bool isNegated) {
    Filter filter;
    filter.kind = Filter::Kind::Condition;
    filter.field = &field;
    filter.filterOperator = filterOperator;
    filter.isNegated = isNegated;
    return filter;
}

Filter relatedFilter(const Link& link, bool isNegated, Filter operand) {
    Filter filter;
    filter.kind = Filter::Kind::Related;
    filter.link = &link;
    filter.isNegated = isNegated;
    filter.operands.push_back(std::move(operand));
    return filter;
}

}  // namespace loam::runtime::plan
