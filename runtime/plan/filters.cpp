#include "runtime/plan/filters.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "runtime/plan/catalog.hpp"
#include "runtime/plan/conditions.hpp"
#include "runtime/plan/filter_parts.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using schema::Field;
using schema::Model;

class Reader {
  public:
    Reader(Context& context, const Model& model, FilterTarget target)
        : context_(context), model_(model), target_(target) {}

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
        return conjunction(std::move(operands));
    }

    /// One field, AND, OR or NOT; the context is already inside it.
    std::optional<Filter> member(const Member& member, std::size_t depth) {
        if (member.name == "AND" || member.name == "OR" || member.name == "NOT") {
            return logical(member, depth);
        }
        const Field* field = model_.findField(member.name);
        if (field != nullptr && isUsableRelation(*field)) {
            return relation(context_.links.of(*field), member.value);
        }
        if (field == nullptr || !field->isUsableColumn()) {
            context_.failUnknownField(member, names());
        }
        return conditionsOf(context_, model_, *field, member.value, target_);
    }

  private:
    bool isUsableRelation(const Field& field) const {
        return field.isRelation() && !field.isIgnored && target_ == FilterTarget::Rows;
    }

    Names names() const {
        Names names{"AND", "OR", "NOT"};
        for (const Field& field : model_.fields) {
            if (field.isUsableColumn() || isUsableRelation(field)) {
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
        return conjunction(std::move(operands));
    }

    static bool hasQuantifier(const Value& value) {
        return value.find("is") != nullptr || value.find("isNot") != nullptr;
    }

    /// A foreign key of several columns counts as NULL when all of them are.
    static Filter keyIsNull(const Link& link, bool isNegated) {
        std::vector<Filter> operands;
        for (const Field* column : link.columns) {
            operands.push_back(
                condition(*column, schema::FilterOperator::Equals, isNegated, Scalar{}));
        }
        return combine(isNegated ? Filter::Kind::Or : Filter::Kind::And, std::move(operands));
    }

    /// Every: none that does not. Is not: there is none, or one that does not.
    Filter related(const Link& link, const Value& value, std::string_view quantifier) {
        const bool isNot = quantifier == "isNot";
        if (value.isNull()) {
            if (link.isList() || link.field->isRequired()) {
                context_.failRequired(value.location);
            }
            return link.holdsForeignKey()
                       ? keyIsNull(link, isNot)
                       : relatedFilter(link, !isNot, {});
        }
        Filter operand =
            Reader(context_, *link.related, FilterTarget::Rows)
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

    Context& context_;
    const Model& model_;
    FilterTarget target_;
};

const schema::Key* findKey(const std::vector<const schema::Key*>& keys, std::string_view name) {
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const schema::Key* key) {
        return key->name == name;
    });
    return found == keys.end() ? nullptr : *found;
}

Filter keyFilter(Context& context, const Model& model, const schema::Key& key, const Value& value) {
    if (!key.isCompound()) {
        return equalTo(context, model.fields[key.fields.front().field], value);
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
        operands.push_back(equalTo(context, field, *given));
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
    return Reader(context, model, FilterTarget::Rows).object(members, 0).value_or(Filter{});
}

Filter havingOf(Context& context, const Model& model, const Value& having) {
    const auto& members = membersOf(context, having, model.name + "ScalarWhereWithAggregatesInput");
    return Reader(context, model, FilterTarget::Groups).object(members, 0).value_or(Filter{});
}

Filter uniqueFilterOf(Context& context, const Model& model, const Value& where) {
    const auto& members = membersOf(context, where, model.name + "WhereUniqueInput");
    const std::vector<const schema::Key*> keys = uniqueKeys(model);
    Reader reader(context, model, FilterTarget::Rows);
    std::vector<Filter> operands;
    bool isUnique = false;
    for (const Member& member : members) {
        const auto step = context.enterArgument(member.name);
        if (const schema::Key* key = findKey(keys, member.name)) {
            operands.push_back(keyFilter(context, model, *key, member.value));
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
