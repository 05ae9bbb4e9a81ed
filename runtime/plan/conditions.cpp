#include "runtime/plan/conditions.hpp"

#include <string>
#include <utility>

#include "runtime/plan/catalog.hpp"
#include "runtime/plan/field_references.hpp"
#include "runtime/plan/filter_parts.hpp"
#include "runtime/plan/json_conditions.hpp"
#include "runtime/plan/values.hpp"
#include "runtime/schema/filter_operators.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using schema::Field;
using schema::FilterOperand;
using schema::FilterOperator;
using schema::FilterOperatorRow;

const FilterOperatorRow&
operatorOf(const Context& context, const Field& field, const Member& member) {
    Names allowed;
    if (isJson(field)) {
        allowed = {"path", "mode"};
        for (const FilterOperatorRow& row : schema::jsonOperators) {
            if (row.name == member.name) {
                return row;
            }
            allowed.push_back(row.name);
        }
    }
    for (const FilterOperatorRow& row : schema::filterOperators) {
        if (appliesTo(row, field)) {
            if (row.name == member.name) {
                return row;
            }
            allowed.push_back(row.name);
        }
    }
    context.failUnknownField(member, allowed);
}

/// The type that an aggregation makes of the field.
Field aggregatedType(const Field& field, Aggregation aggregation) {
    Field type = field;
    type.arity = schema::Arity::Optional;
    if (aggregation == Aggregation::Count) {
        type.kind = schema::FieldKind::Scalar;
        type.scalar = schema::ScalarType::Int;
    } else if (aggregation == Aggregation::Average && field.scalar != schema::ScalarType::Decimal) {
        type.scalar = schema::ScalarType::Float;
    }
    return type;
}

/// Lets the conditions on `from` be on an aggregation of `to`.
void aim(Filter& filter, const Field& from, const Field& to, Aggregation aggregation) {
    if (filter.field == &from) {
        filter.field = &to;
        filter.aggregation = aggregation;
    }
    for (Filter& operand : filter.operands) {
        aim(operand, from, to, aggregation);
    }
}

class Reader {
  public:
    Reader(Context& context, const schema::Model& model, FilterTarget target)
        : context_(context), model_(model), target_(target) {}

    std::optional<Filter> column(const Field& field, const Value& value) {
        if (value.kind != Value::Kind::Object && isJson(field)) {
            if (value.isNull()) {
                context_.failRequired(value.location);
            }
            context_.failType(value, {"JsonFilter"});
        }
        return valueOrOperators(field, value, false);
    }

  private:
    std::optional<Filter>
    valueOrOperators(const Field& field, const Value& value, bool isReversed) {
        return value.kind == Value::Kind::Object
                   ? operators(field, value.members(), isReversed)
                   : compare(field, schema::filterOperators.front(), value, isReversed);
    }

    /// `isReversed` inside of `not`.
    std::optional<Filter>
    operators(const Field& field, const std::vector<Member>& members, bool isReversed) {
        std::vector<Filter> operands;
        const std::string path = isJson(field) ? jsonPathOf(context_, members) : "";
        for (const Member& member : members) {
            if (isJson(field) && isJsonSetting(member)) {
                continue;
            }
            const auto step = context_.enterArgument(member.name);
            const AggregationRow* aggregation =
                target_ == FilterTarget::Groups ? findAggregation(member.name) : nullptr;
            std::optional<Filter> operand;
            if (aggregation != nullptr && canAggregate(*aggregation, field)) {
                operand = aggregated(field, aggregation->aggregation, member.value, isReversed);
            } else {
                const FilterOperatorRow& row = operatorOf(context_, field, member);
                operand = compare(field, row, member.value, isReversed);
                if (operand) {
                    setPath(*operand, path);
                }
            }
            if (operand) {
                operands.push_back(std::move(*operand));
            }
        }
        return conjunction(std::move(operands));
    }

    /// Conditions on what an aggregation makes of the field, which may have another type.
    std::optional<Filter>
    aggregated(const Field& field, Aggregation aggregation, const Value& value, bool isReversed) {
        const Field type = aggregatedType(field, aggregation);
        // What an aggregation makes is compared like the value of a row.
        Reader reader(context_, model_, FilterTarget::Rows);
        std::optional<Filter> filter = reader.valueOrOperators(type, value, isReversed);
        if (filter) {
            aim(*filter, type, field, aggregation);
        }
        return filter;
    }

    std::optional<Filter>
    compare(const Field& field, const FilterOperatorRow& row, const Value& value, bool isReversed) {
        const bool isObject = value.kind == Value::Kind::Object;
        // A value that follows `not` at once is refused however many stand around it, as in Prisma:
        // `not: {not: 1}` means not 1.
        const bool isNotValue =
            row.isNegated && row.operand == FilterOperand::ValueOrFilter && !isObject;
        const bool isNegated = isNotValue || row.isNegated != isReversed;
        if (isReference(context_, value)) {
            return referenceCondition(context_, model_, field, row, value, isNegated);
        }
        if (isObject && row.operand == FilterOperand::ValueOrFilter && !isJson(field)) {
            return operators(field, value.members(), isNegated);
        }
        const bool isElement =
            row.filterOperator == FilterOperator::ArrayStartsWith ||
            row.filterOperator == FilterOperator::ArrayEndsWith;
        if (value.isNull() && isElement) {
            return condition(field, row.filterOperator, isNegated, Json{"null"});
        }
        if (value.isNull() && !(row.acceptsNull && isDocument(context_, field))) {
            if (!row.acceptsNull || field.isRequired()) {
                context_.failRequired(value.location);
            }
            return condition(field, FilterOperator::Equals, isNegated, {});
        }
        if (isJson(field) && value.kind == Value::Kind::Enum) {
            return jsonNullCondition(context_, field, value, isNegated);
        }
        if (row.operand == FilterOperand::List) {
            return compareList(field, value, isNegated);
        }
        return condition(field, row.filterOperator, isNegated,
            row.isTextual() && isJson(field) ? textOf(value) : operandOf(context_, field, value));
    }

    Scalar textOf(const Value& value) const {
        if (value.kind != Value::Kind::String) {
            context_.failType(value, {"String"});
        }
        return std::string(value.text);
    }

    Filter compareList(const Field& field, const Value& value, bool isNegated) const {
        Filter filter = openCondition(field, FilterOperator::In, isNegated);
        for (const Value* element : elementsOf(value)) {
            if (element->isNull()) {
                context_.failRequired(value.location);
            }
            filter.values.push_back(operandOf(context_, field, *element));
        }
        return filter;
    }

    Context& context_;
    const schema::Model& model_;
    FilterTarget target_;
};

}  // namespace

std::optional<Filter> conditionsOf(Context& context, const schema::Model& model, const Field& field,
    const Value& value, FilterTarget target) {
    return Reader(context, model, target).column(field, value);
}

Filter equalTo(const Context& context, const Field& field, const Value& value) {
    if (value.isNull()) {
        context.failRequired(value.location);
    }
    return condition(field, FilterOperator::Equals, false, operandOf(context, field, value));
}

}  // namespace loam::runtime::plan
