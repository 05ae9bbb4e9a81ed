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

bool isJson(const Field& field) {
    return field.kind == schema::FieldKind::Scalar && field.scalar == schema::ScalarType::Json;
}

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

class Reader {
  public:
    Reader(Context& context, const Model& model) : context_(context), model_(model) {}

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
        if (field != nullptr && field->isRelation() && !field->isIgnored) {
            context_.failUnsupported(
                "Filters on relations (`" + field->name + "`) are", member.location);
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
        const Names columns = columnNames(model_);
        names.insert(names.end(), columns.begin(), columns.end());
        return names;
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
        for (const Member& member : members) {
            const auto step = context_.enterArgument(member.name);
            const auto* row = std::find_if(schema::filterOperators.begin(),
                schema::filterOperators.end(), [&](const FilterOperatorRow& candidate) {
                    return candidate.name == member.name && appliesTo(candidate, field);
                });
            if (row == schema::filterOperators.end()) {
                failOperator(field, member);
            }
            if (std::optional<Filter> operand = compare(field, *row, member.value, isReversed)) {
                operands.push_back(std::move(*operand));
            }
        }
        return operands.empty()
                   ? std::nullopt
                   : std::optional(combine(Filter::Kind::And, std::move(operands)));
    }

    [[noreturn]] void failOperator(const Field& field, const Member& member) const {
        constexpr std::array jsonOperators{"path", "string_contains", "string_starts_with",
            "string_ends_with", "array_contains", "array_starts_with", "array_ends_with", "lt",
            "lte", "gt", "gte"};
        if (isJson(field) &&
            std::find(jsonOperators.begin(), jsonOperators.end(), member.name) !=
                jsonOperators.end()) {
            context_.failUnsupported(
                "The Json filter `" + std::string(member.name) + "` is", member.location);
        }
        Names allowed;
        for (const FilterOperatorRow& row : schema::filterOperators) {
            if (appliesTo(row, field)) {
                allowed.push_back(row.name);
            }
        }
        context_.failUnknownField(member, allowed);
    }

    std::optional<Filter>
    compare(const Field& field, const FilterOperatorRow& row, const Value& value, bool isReversed) {
        const bool isNegated = row.isNegated != isReversed;
        const bool isObject = value.kind == Value::Kind::Object;
        if (isObject && value.find("_ref") != nullptr) {
            return reference(field, row, value, isNegated);
        }
        if (isObject && row.operand == FilterOperand::ValueOrFilter) {
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
        return condition(field, row.filterOperator, isNegated, scalarOf(context_, field, value));
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
            context_.failValue(
                value, "`" + std::string(word) + "` is not a valid `JsonNullValueFilter`");
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
        if (row.operand == FilterOperand::List || isJson(field)) {
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
        if (typeName(context_, *other) != typeName(context_, field)) {
            failReference(
                "Expected a referenced scalar field of type " +
                    std::string(typeName(context_, field)) + " but found " + path + " of type " +
                    std::string(typeName(context_, *other)) + ".",
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
