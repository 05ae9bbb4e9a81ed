#include "runtime/request/graphql_operation.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/request/limits.hpp"
#include "runtime/request/variables.hpp"

namespace loam::runtime::request {
namespace {

[[noreturn]] void fail(const std::string& problem, Location location) {
    throw RequestError("P2009", problem).at(location);
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

class Resolver {
  public:
    Resolver(const Document& document, Variables variables, const OperationDefinition& definition)
        : variables_(std::move(variables)) {
        for (const Fragment& fragment : document.fragments) {
            if (!fragments_.emplace(fragment.name, &fragment).second) {
                fail("There are two fragments named " + quoted(fragment.name) + ".",
                    fragment.location);
            }
        }
        for (const VariableDefinition& variable : definition.variables) {
            declared_.insert(variable.name);
        }
    }

    std::vector<Field> resolveFields(const std::vector<Selection>& selections) {
        std::vector<Field> fields;
        std::vector<std::string_view> typeConditions;
        if (!selections.empty()) {
            collect(selections, typeConditions, fields);
        }
        return fields;
    }

    void checkDirectives(const std::vector<Directive>& directives) { isIncluded(directives); }

  private:
    void collect(const std::vector<Selection>& selections,
        std::vector<std::string_view>& typeConditions, std::vector<Field>& fields) {
        if (++depth_ > limits::depth) {
            fail("The selection is nested deeper than the limit of " +
                     std::to_string(limits::depth) + " levels.",
                selections.front().location);
        }
        for (const Selection& selection : selections) {
            if (!isIncluded(selection.directives)) {
                continue;
            }
            switch (selection.kind) {
                case Selection::Kind::Field:
                    addField(selection, typeConditions, fields);
                    break;
                case Selection::Kind::Inline:
                    collectFragment(
                        selection.typeCondition, selection.selections, typeConditions, fields);
                    break;
                case Selection::Kind::Spread:
                    spread(selection, typeConditions, fields);
                    break;
            }
        }
        --depth_;
    }

    void collectFragment(std::string_view type, const std::vector<Selection>& selections,
        std::vector<std::string_view>& typeConditions, std::vector<Field>& fields) {
        const std::size_t before = typeConditions.size();
        if (!type.empty() &&
            std::find(typeConditions.begin(), typeConditions.end(), type) == typeConditions.end()) {
            typeConditions.push_back(type);
        }
        collect(selections, typeConditions, fields);
        typeConditions.resize(before);
    }

    void spread(const Selection& selection, std::vector<std::string_view>& typeConditions,
        std::vector<Field>& fields) {
        const auto found = fragments_.find(selection.name);
        if (found == fragments_.end()) {
            fail("The fragment " + quoted(selection.name) + " is not defined.", selection.location);
        }
        const Fragment* const fragment = found->second;
        if (std::find(open_.begin(), open_.end(), selection.name) != open_.end()) {
            fail(
                "The fragment " + quoted(selection.name) + " contains itself.", selection.location);
        }
        open_.push_back(selection.name);
        if (isIncluded(fragment->directives)) {
            countNode(selection.location);
            collectFragment(fragment->typeCondition, fragment->selections, typeConditions, fields);
        }
        open_.pop_back();
    }

    void countNode(Location location) {
        if (++nodes_ > limits::selectedFields) {
            fail("The operation selects more than the limit of " +
                     std::to_string(limits::selectedFields) + " fields.",
                location);
        }
    }

    void countValue(const Value& value, Location location) {
        bytes_ += value.text.size();
        if (++values_ > limits::values || bytes_ > limits::argumentBytes) {
            fail("The arguments of the operation hold more than the limit of " +
                     (bytes_ > limits::argumentBytes
                             ? std::to_string(limits::argumentBytes) + " bytes."
                             : std::to_string(limits::values) + " values."),
                location);
        }
    }

    /// The value and all that is in it.
    void countValues(const Value& value, Location location) {
        countValue(value, location);
        for (const Value& item : value.items()) {
            countValues(item, location);
        }
        for (const Member& member : value.members()) {
            countValues(member.value, location);
        }
    }

    void addField(const Selection& selection, const std::vector<std::string_view>& typeConditions,
        std::vector<Field>& fields) {
        countNode(selection.location);
        Field field;
        field.name = selection.name;
        field.key = selection.key;
        field.location = selection.location;
        field.arguments = resolveMembers(selection.arguments);
        field.selection = resolveFields(selection.selections);
        field.typeConditions = typeConditions;
        merge(std::move(field), fields);
    }

    /// Adds the field, or joins its selection to that of an equal one.
    void merge(Field field, std::vector<Field>& fields) {
        const auto earlier = std::find_if(fields.begin(), fields.end(),
            [&](const Field& candidate) { return candidate.key == field.key; });
        if (earlier == fields.end()) {
            fields.push_back(std::move(field));
            return;
        }
        if (earlier->name != field.name || !sameArguments(*earlier, field)) {
            fail("Two different fields would have the key " + quoted(field.key) +
                     " in the answer; give one of them an alias.",
                field.location);
        }
        earlier->typeConditions.insert(earlier->typeConditions.end(), field.typeConditions.begin(),
            field.typeConditions.end());
        for (Field& child : field.selection) {
            merge(std::move(child), earlier->selection);
        }
    }

    static bool sameArguments(const Field& left, const Field& right) {
        return left.arguments.size() == right.arguments.size() &&
               std::all_of(left.arguments.begin(), left.arguments.end(), [&](const Member& member) {
                   const Value* other = right.argument(member.name);
                   return other != nullptr && member.value == *other;
               });
    }

    bool isIncluded(const std::vector<Directive>& directives) {
        bool included = true;
        for (const Directive& directive : directives) {
            const bool isSkip = directive.name == "skip";
            if (!isSkip && directive.name != "include") {
                fail("The directive `@" + std::string(directive.name) +
                         "` is unknown; allowed are `@include` and `@skip`.",
                    directive.location);
            }
            const std::vector<Member> arguments = resolveMembers(directive.arguments);
            const bool valid =
                arguments.size() == 1 && arguments.front().name == "if" &&
                arguments.front().value.kind == Value::Kind::Boolean;
            if (!valid) {
                fail("The directive `@" + std::string(directive.name) +
                         "` needs one argument, `if`, that is true or false.",
                    directive.location);
            }
            included = included && arguments.front().value.boolean != isSkip;
        }
        return included;
    }

    std::vector<Member> resolveMembers(const std::vector<Member>& members) {
        std::vector<Member> resolved;
        resolved.reserve(members.size());
        for (const Member& member : members) {
            if (std::optional<Value> value = resolveValue(member.value)) {
                resolved.push_back({member.name, member.location, std::move(*value)});
            }
        }
        return resolved;
    }

    /// The value without variables, or nothing for a variable that has no value.
    std::optional<Value> resolveValue(const Value& value) {
        if (value.kind == Value::Kind::Variable) {
            return variable(value);
        }
        if (!hasVariables(value)) {
            countValues(value, value.location);
            return value;
        }
        countValue(value, value.location);
        if (value.kind == Value::Kind::Object) {
            return Value::object(resolveMembers(value.members()), value.location);
        }
        std::vector<Value> items;
        items.reserve(value.items().size());
        for (const Value& item : value.items()) {
            items.push_back(resolveValue(item).value_or(Value{}));
        }
        return Value::list(std::move(items), value.location);
    }

    static bool hasVariables(const Value& value) {
        return value.kind == Value::Kind::Variable ||
               std::any_of(value.items().begin(), value.items().end(), hasVariables) ||
               std::any_of(value.members().begin(), value.members().end(),
                   [](const Member& member) { return hasVariables(member.value); });
    }

    std::optional<Value> variable(const Value& reference) {
        if (const auto found = variables_.find(reference.text); found != variables_.end()) {
            countValues(found->second, reference.location);
            Value value = found->second;
            value.location = reference.location;
            return value;
        }
        countValue({}, reference.location);
        if (!declared_.contains(reference.text)) {
            fail("The variable `$" + std::string(reference.text) +
                     "` is not declared by the operation.",
                reference.location);
        }
        return std::nullopt;
    }

    std::unordered_map<std::string_view, const Fragment*> fragments_;
    std::unordered_set<std::string_view> declared_;
    Variables variables_;
    /// Names of the fragments around the current place.
    std::vector<std::string_view> open_;
    std::size_t nodes_ = 0;
    std::size_t values_ = 0;
    std::size_t bytes_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace

namespace {

void checkNames(const std::vector<OperationDefinition>& operations) {
    std::unordered_set<std::string_view> names;
    for (const OperationDefinition& operation : operations) {
        if (operation.name.empty() && operations.size() > 1) {
            fail("An operation without a name must be the only one of its document.",
                operation.location);
        }
        if (!names.insert(operation.name).second) {
            fail("There are two operations named " + quoted(operation.name) + ".",
                operation.location);
        }
    }
}

}  // namespace

const OperationDefinition& chooseOperation(const Document& document, std::string_view name) {
    if (document.operations.empty()) {
        fail("The document contains no operation.", {});
    }
    checkNames(document.operations);
    if (name.empty()) {
        if (document.operations.size() > 1) {
            fail("The document contains several operations; say which one with `operationName`.",
                document.operations[1].location);
        }
        return document.operations.front();
    }
    std::string names;
    for (const OperationDefinition& operation : document.operations) {
        if (operation.name == name) {
            return operation;
        }
        names += names.empty() ? "" : ", ";
        names += operation.name.empty() ? "one without a name" : quoted(operation.name);
    }
    fail("The document has no operation named " + quoted(name) + "; it has " + names + ".", {});
}

Operation
resolve(const Document& document, const OperationDefinition& definition, const Value& variables) {
    Resolver resolver(document, coerceVariables(definition.variables, variables), definition);
    resolver.checkDirectives(definition.directives);
    Operation operation;
    operation.kind = definition.kind;
    operation.name = definition.name;
    operation.fields = resolver.resolveFields(definition.selections);
    return operation;
}

}  // namespace loam::runtime::request
