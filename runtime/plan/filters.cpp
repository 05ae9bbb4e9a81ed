#include "runtime/plan/filters.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "runtime/plan/catalog.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using schema::Field;
using schema::FilterOperand;
using schema::FilterOperator;
using schema::FilterOperatorRow;
using schema::Model;

/// The two null values of Json as clients name them.
constexpr std::string_view storedNull = "DbNull";
constexpr std::string_view jsonNull = "JsonNull";
constexpr std::string_view anyNull = "AnyNull";

Filter combine(Filter::Kind kind, std::vector<Filter> operands) {
    if (operands.size() == 1) {
        return std::move(operands.front());
    }
    Filter filter;
    filter.kind = kind;
    filter.operands = std::move(operands);
    return filter;
}

Filter negate(Filter operand) {
    Filter filter;
    filter.kind = Filter::Kind::Not;
    filter.operands.push_back(std::move(operand));
    return filter;
}

Filter condition(const Field& field, FilterOperator filterOperator, bool isNegated, Scalar value) {
    Filter filter;
    filter.kind = Filter::Kind::Condition;
    filter.field = &field;
    filter.filterOperator = filterOperator;
    filter.isNegated = isNegated;
    filter.values.push_back(std::move(value));
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

class Reader {
  public:
    enum class Of : std::uint8_t { Rows, Groups };

    Reader(Context& context, const Model& model, Of of = Of::Rows)
        : context_(context), model_(model), of_(of) {}

    /// The conditions of an object, or nothing when it has none. An empty object counts as not
    /// written, so that it neither widens an OR nor turns a NOT into nothing.
    std::optional<Filter> object(const std::vector<Member>& members, std::size_t depth) {
        std::vector<Filter> operands;
        for (const Member& member : members) {
            const auto step = context_.enterArgument(member.name);
            if (std::optional<Filter> operand = this->member(member, depth)) {
                operands.push_back(std::move(*operand));
            }
        }
        return operands.empty()
                   ? std::nullopt
                   : std::optional(combine(Filter::Kind::And, std::move(operands)));
    }

    /// One field, AND, OR or NOT; the context is already inside it.
    std::optional<Filter> member(const Member& member, std::size_t depth) {
        if (member.name == "AND" || member.name == "OR" || member.name == "NOT") {
            return logical(member, depth);
        }
        const Field* field = model_.findField(member.name);
        if (field != nullptr && field->isRelation() && !field->isIgnored && of_ == Of::Rows) {
            return relation(context_.links.of(*field), member.value);
        }
        if (field == nullptr || !field->isUsableColumn()) {
            context_.failUnknownField(member, names());
        }
        return column(*field, member.value);
    }

    /// A value that must be equal, as in a unique criterion.
    Filter equal(const Field& field, const Value& value) {
        if (value.isNull()) {
            context_.failRequired(value.location);
        }
        return condition(field, FilterOperator::Equals, false, scalarOf(context_, field, value));
    }

  private:
    Names names() const {
        Names names{"AND", "OR", "NOT"};
        for (const Field& field : model_.fields) {
            if (field.isUsableColumn() ||
                (field.isRelation() && !field.isIgnored && of_ == Of::Rows)) {
                names.push_back(field.name);
            }
        }
        return names;
    }

    /// What stands under the name of a relation field: quantifiers, or the filter of the one
    /// related record.
    std::optional<Filter> relation(const Link& link, const Value& value) {
        if (!link.isList() && (value.isNull() || !hasQuantifier(value))) {
            return related(link, value, "is");
        }
        const std::string type =
            link.related->name + (link.isList() ? "ListRelationFilter" : "RelationFilter");
        std::vector<Filter> operands;
        for (const Member& member : membersOf(context_, value, type)) {
            const auto step = context_.enterArgument(member.name);
            const bool isKnown =
                link.isList()
                    ? member.name == "some" || member.name == "every" || member.name == "none"
                    : member.name == "is" || member.name == "isNot";
            if (!isKnown) {
                context_.failUnknownField(
                    member, link.isList() ? Names{"some", "every", "none"} : Names{"is", "isNot"});
            }
            operands.push_back(related(link, member.value, member.name));
        }
        return operands.empty()
                   ? std::nullopt
                   : std::optional(combine(Filter::Kind::And, std::move(operands)));
    }

    static bool hasQuantifier(const Value& value) {
        return value.find("is") != nullptr || value.find("isNot") != nullptr;
    }

    /// Every: none that does not. Is not: there is none, or one that does not.
    Filter related(const Link& link, const Value& value, std::string_view quantifier) {
        const bool isNot = quantifier == "isNot";
        if (value.isNull()) {
            if (link.isList() || link.field->isRequired()) {
                context_.failRequired(value.location);
            }
            return relatedFilter(link, !isNot, {});
        }
        Filter operand =
            Reader(context_, *link.related)
                .object(membersOf(context_, value, link.related->name + "WhereInput"), 0)
                .value_or(Filter{});
        if (quantifier == "every") {
            return relatedFilter(link, true, negate(std::move(operand)));
        }
        if (isNot) {
            std::vector<Filter> either;
            either.push_back(relatedFilter(link, true, {}));
            either.push_back(relatedFilter(link, false, negate(std::move(operand))));
            return combine(Filter::Kind::Or, std::move(either));
        }
        return relatedFilter(link, quantifier == "none", std::move(operand));
    }

    /// A group without conditions has its mathematical meaning (an empty OR matches nothing) at the
    /// top level only; deeper it counts as not written.
    std::optional<Filter> logical(const Member& member, std::size_t depth) {
        std::vector<Filter> operands;
        for (const Value* element : elementsOf(member.value)) {
            std::optional<Filter> operand =
                object(membersOf(context_, *element, model_.name + "WhereInput"), depth + 1);
            if (operand) {
                operands.push_back(
                    member.name == "NOT" ? negate(std::move(*operand)) : std::move(*operand));
            }
        }
        if (operands.empty() && depth > 0) {
            return std::nullopt;
        }
        return combine(
            member.name == "OR" ? Filter::Kind::Or : Filter::Kind::And, std::move(operands));
    }

    /// What stands under the name of a field: a value, or an object of operators.
    std::optional<Filter> column(const Field& field, const Value& value) {
        if (value.kind == Value::Kind::Object) {
            return operators(field, value.members(), false);
        }
        if (isJson(field)) {
            if (value.isNull()) {
                context_.failRequired(value.location);
            }
            context_.failType(value, {"JsonFilter"});
        }
        return compare(field, schema::filterOperators.front(), value, false);
    }

    /// `isReversed` inside of `not`.
    std::optional<Filter>
    operators(const Field& field, const std::vector<Member>& members, bool isReversed) {
        std::vector<Filter> operands;
        const std::string path = isJson(field) ? jsonPath(members) : "";
        for (const Member& member : members) {
            if (isJson(field) && (member.name == "path" || member.name == "mode")) {
                continue;
            }
            const auto step = context_.enterArgument(member.name);
            const AggregationRow* aggregation =
                of_ == Of::Groups ? findAggregation(member.name) : nullptr;
            if (aggregation != nullptr && canAggregate(*aggregation, field)) {
                if (auto operand = aggregated(field, *aggregation, member.value)) {
                    operands.push_back(std::move(*operand));
                }
                continue;
            }
            const FilterOperatorRow& row = operatorOf(field, member);
            if (std::optional<Filter> operand = compare(field, row, member.value, isReversed)) {
                setPath(*operand, path);
                operands.push_back(std::move(*operand));
            }
        }
        return operands.empty()
                   ? std::nullopt
                   : std::optional(combine(Filter::Kind::And, std::move(operands)));
    }

    /// Conditions on what an aggregation makes of the field, which may have another type.
    std::optional<Filter>
    aggregated(const Field& field, const AggregationRow& row, const Value& value) {
        Field type = field;
        type.arity = schema::Arity::Optional;
        if (row.aggregation == Aggregation::Count) {
            type.kind = schema::FieldKind::Scalar;
            type.scalar = schema::ScalarType::Int;
        } else if (row.aggregation == Aggregation::Average &&
                   field.scalar != schema::ScalarType::Decimal) {
            type.scalar = schema::ScalarType::Float;
        }
        std::optional<Filter> filter =
            value.kind == Value::Kind::Object
                ? operators(type, value.members(), false)
                : compare(type, schema::filterOperators.front(), value, false);
        if (filter) {
            aim(*filter, type, field, row.aggregation);
        }
        return filter;
    }

    /// Lets the conditions on `from` be on an aggregation of `to`.
    static void aim(Filter& filter, const Field& from, const Field& to, Aggregation aggregation) {
        if (filter.field == &from) {
            filter.field = &to;
            filter.aggregation = aggregation;
        }
        for (Filter& operand : filter.operands) {
            aim(operand, from, to, aggregation);
        }
    }

    /// The value of `path`; `mode` is accepted, since texts in documents are compared without
    /// regard to case anyway.
    std::string jsonPath(const std::vector<Member>& members) {
        std::string path;
        for (const Member& member : members) {
            const auto step = context_.enterArgument(member.name);
            if (member.name == "path" && !member.value.isNull()) {
                if (member.value.kind != Value::Kind::String || member.value.text.empty() ||
                    member.value.text.front() != '$') {
                    context_.failType(member.value, {"String (a path such as `$.a[0]`)"});
                }
                path = member.value.text;
            } else if (member.name == "mode" && wordOf(member.value) != "insensitive" &&
                       wordOf(member.value) != "default") {
                context_.failType(member.value, {"QueryMode (default or insensitive)"});
            }
        }
        return path;
    }

    static void setPath(Filter& filter, const std::string& path) {
        filter.path = path;
        for (Filter& operand : filter.operands) {
            setPath(operand, path);
        }
    }

    const FilterOperatorRow& operatorOf(const Field& field, const Member& member) const {
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
        context_.failUnknownField(member, allowed);
    }

    std::optional<Filter>
    compare(const Field& field, const FilterOperatorRow& row, const Value& value, bool isReversed) {
        const bool isNegated = row.isNegated != isReversed;
        const bool isObject = value.kind == Value::Kind::Object;
        if (isReference(value)) {
            return reference(field, row, value, isNegated);
        }
        if (isObject && row.operand == FilterOperand::ValueOrFilter && !isJson(field)) {
            return operators(field, value.members(), isNegated);
        }
        if (value.isNull()) {
            if (!row.acceptsNull || field.isRequired()) {
                context_.failRequired(value.location);
            }
            return condition(field, FilterOperator::Equals, isNegated, {});
        }
        if (isJson(field) && value.kind == Value::Kind::Enum) {
            return compareNull(field, value, isNegated);
        }
        if (row.operand == FilterOperand::List) {
            return compareList(field, value, isNegated);
        }
        return condition(field, row.filterOperator, isNegated,
            isTextOperator(row) && isJson(field)
                ? textOf(value)
                : scalarOf(context_, field, value));
    }

    bool isReference(const Value& value) const {
        return context_.notation == request::Notation::Json
                   ? value.tag == Value::Tag::FieldReference && value.find("_ref") != nullptr
                   : value.kind == Value::Kind::Object && value.find("_ref") != nullptr;
    }

    static bool isTextOperator(const FilterOperatorRow& row) {
        return row.filterOperator == FilterOperator::Contains ||
               row.filterOperator == FilterOperator::StartsWith ||
               row.filterOperator == FilterOperator::EndsWith;
    }

    Scalar textOf(const Value& value) const {
        if (value.kind != Value::Kind::String) {
            context_.failType(value, {"String"});
        }
        return std::string(value.text);
    }

    Filter compareList(const Field& field, const Value& value, bool isNegated) {
        Filter filter = condition(field, FilterOperator::In, isNegated, {});
        filter.values.clear();
        for (const Value* element : elementsOf(value)) {
            if (element->isNull()) {
                context_.failRequired(value.location);
            }
            filter.values.push_back(scalarOf(context_, field, *element));
        }
        return filter;
    }

    /// DbNull is NULL, JsonNull the document `null`, AnyNull both.
    Filter compareNull(const Field& field, const Value& value, bool isNegated) {
        const std::string_view word = value.text;
        if (word != storedNull && word != jsonNull && word != anyNull) {
            context_.failValue(value,
                "`" + std::string(word) + "` is not a valid `JsonNullValueFilter`",
                "JsonNullValueFilter");
        }
        std::vector<Filter> operands;
        if (word != jsonNull) {
            operands.push_back(condition(field, FilterOperator::Equals, isNegated, {}));
        }
        if (word != storedNull) {
            operands.push_back(condition(field, FilterOperator::Equals, isNegated, Json{"null"}));
        }
        return combine(isNegated ? Filter::Kind::And : Filter::Kind::Or, std::move(operands));
    }

    /// `{_ref: "field", _container: "Model"}`: another field of the same record.
    Filter reference(
        const Field& field, const FilterOperatorRow& row, const Value& value, bool isNegated) {
        const Value* name = value.find("_ref");
        const Value* container = value.find("_container");
        if (row.operand == FilterOperand::List) {
            context_.failType(value, {typeName(context_, field)});
        }
        const Field* other = model_.findField(wordOf(*name));
        if (container != nullptr && wordOf(*container) != model_.name) {
            failReference(
                "Expected a referenced scalar field of model " + model_.name +
                    ", but found a field of model " + std::string(wordOf(*container)) + ".",
                value);
        }
        const std::string path = model_.name + "." + std::string(wordOf(*name));
        if (other == nullptr || other->isIgnored) {
            failReference("The referenced scalar field " + path + " does not exist.", value);
        }
        if (!other->isUsableColumn()) {
            failReference(
                "Expected a referenced scalar field " + path + " but found a relation field.",
                value);
        }
        const std::string_view expected =
            isJson(field) && isTextOperator(row) ? "String" : typeName(context_, field);
        if (typeName(context_, *other) != expected) {
            failReference(
                "Expected a referenced scalar field of type " + std::string(expected) +
                    " but found " + path + " of type " + std::string(typeName(context_, *other)) +
                    ".",
                value);
        }
        Filter filter = condition(field, row.filterOperator, isNegated, {});
        filter.values.clear();
        filter.reference = other;
        return filter;
    }

    [[noreturn]] void failReference(const std::string& problem, const Value& value) const {
        context_.fail("P2019", "", "Input error. " + problem, value.location);
    }

    Context& context_;
    const Model& model_;
    Of of_;
};

const schema::Key* findKey(const std::vector<const schema::Key*>& keys, std::string_view name) {
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const schema::Key* key) {
        return key->name == name;
    });
    return found == keys.end() ? nullptr : *found;
}

Filter keyFilter(Context& context, Reader& reader, const Model& model, const schema::Key& key,
    const Value& value) {
    if (!key.isCompound()) {
        return reader.equal(model.fields[key.fields.front().field], value);
    }
    const auto& members = membersOf(context, value, model.name + key.name + "CompoundUniqueInput");
    std::vector<Filter> operands;
    Names names;
    for (const schema::KeyField& part : key.fields) {
        const Field& field = model.fields[part.field];
        names.push_back(field.name);
        const auto step = context.enterArgument(field.name);
        const Value* given = value.find(field.name);
        if (given == nullptr) {
            context.failRequired(value.location);
        }
        operands.push_back(reader.equal(field, *given));
    }
    for (const Member& member : members) {
        if (std::find(names.begin(), names.end(), member.name) == names.end()) {
            const auto step = context.enterArgument(member.name);
            context.failUnknownField(member, names);
        }
    }
    return combine(Filter::Kind::And, std::move(operands));
}

}  // namespace

Filter filterOf(Context& context, const Model& model, const Value& where) {
    const auto& members = membersOf(context, where, model.name + "WhereInput");
    return Reader(context, model).object(members, 0).value_or(Filter{});
}

Filter havingOf(Context& context, const Model& model, const Value& having) {
    const auto& members = membersOf(context, having, model.name + "ScalarWhereWithAggregatesInput");
    return Reader(context, model, Reader::Of::Groups).object(members, 0).value_or(Filter{});
}

Filter uniqueFilterOf(Context& context, const Model& model, const Value& where) {
    const auto& members = membersOf(context, where, model.name + "WhereUniqueInput");
    const std::vector<const schema::Key*> keys = uniqueKeys(model);
    Reader reader(context, model);
    std::vector<Filter> operands;
    bool isUnique = false;
    for (const Member& member : members) {
        const auto step = context.enterArgument(member.name);
        if (const schema::Key* key = findKey(keys, member.name)) {
            operands.push_back(keyFilter(context, reader, model, *key, member.value));
            isUnique = true;
        } else {
            std::optional<Filter> operand = reader.member(member, 0);
            operands.push_back(operand ? std::move(*operand) : Filter{});
        }
    }
    if (!isUnique) {
        Names names;
        for (const schema::Key* key : keys) {
            names.push_back(key->name);
        }
        context.fail("P2009", "SomeFieldsMissing",
            "`" + context.argumentPath() + "` of type " + model.name +
                "WhereUniqueInput needs at least one of the unique arguments." +
                suggestion("", names),
            where.location);
    }
    return combine(Filter::Kind::And, std::move(operands));
}

}  // namespace loam::runtime::plan
