#include "runtime/queryplan/evaluator.hpp"

#include <cmath>
#include <string>

#include "runtime/plan/date_time.hpp"

namespace loam::runtime::queryplan {
namespace {

constexpr std::size_t usualNanoid = 21;

/// The first argument of a generator, which was checked to be a number when there is one.
std::int64_t firstArgument(const request::Value& arguments, std::int64_t usual) {
    return arguments.items().empty()
               ? usual
               : parseInteger(arguments.items().front().text).value_or(usual);
}

}  // namespace

Evaluator::Evaluator(const request::Value* parameters, const plan::Sources& sources, Budget& budget)
    : sources_(sources), budget_(budget) {
    if (parameters != nullptr) {
        for (const request::Member& member : parameters->members()) {
            parameters_.emplace(member.name, &member.value);
        }
    }
}

Value Evaluator::variable(std::string_view name) {
    if (const auto found = variables_.find(name);
        found != variables_.end() && !found->second.empty()) {
        return found->second.back();
    }
    const auto parameter = parameters_.find(name);
    return parameter == parameters_.end() ? Value() : fromJson(*parameter->second, budget_);
}

Value Evaluator::evaluate(const request::Value& expression) {
    if (expression.kind == request::Value::Kind::List) {
        std::vector<Value> items;
        budget_.spendValues(expression.items().size());
        items.reserve(expression.items().size());
        for (const request::Value& item : expression.items()) {
            items.push_back(evaluate(item));
        }
        return makeList(std::move(items));
    }
    const request::Value* type = expression.find("prisma__type");
    if (type == nullptr) {
        return fromJson(expression, budget_);
    }
    const request::Value& content = *expression.find("prisma__value");
    return type->text == "param" ? reference(content) : generate(content);
}

Value Evaluator::reference(const request::Value& content) {
    Value value = variable(content.find("name")->text);
    const request::Value* type = content.find("type");
    if (type == nullptr || type->text != "DateTime" ||
        !std::holds_alternative<std::string>(value)) {
        return value;
    }
    if (const auto time = asTime(value)) {
        return *time;
    }
    throw request::RequestError(
        "P2007", "Invalid input value: \"" + std::get<std::string>(value) + "\" is not a time.")
        .withStatus(400);
}

Value Evaluator::generate(const request::Value& content) {
    const std::string_view name = content.find("name")->text;
    const request::Value& arguments = *content.find("args");
    if (name == "now") {
        return plan::DateTime{sources_.nowMilliseconds};
    }
    if (name == "uuid") {
        return plan::makeUuid(static_cast<int>(firstArgument(arguments, 4)), sources_);
    }
    if (name == "cuid") {
        return plan::makeCuid(static_cast<int>(firstArgument(arguments, 1)), sources_);
    }
    if (name == "ulid") {
        return plan::makeUlid(sources_);
    }
    if (name == "nanoid") {
        return plan::makeNanoid(
            static_cast<std::size_t>(firstArgument(arguments, usualNanoid)), sources_);
    }
    return product(arguments);
}

/// Every pair of a value from the left with one from the right.
Value Evaluator::product(const request::Value& arguments) {
    const std::vector<Value> left = takeItems(evaluate(arguments.items()[0]));
    const std::vector<Value> right = takeItems(evaluate(arguments.items()[1]));
    std::vector<Value> pairs;
    for (const Value& first : left) {
        budget_.spendValues(3 * right.size());
        for (const Value& second : right) {
            pairs.push_back(makeList({first, second}));
        }
    }
    return makeList(std::move(pairs));
}

std::optional<plan::DateTime> asTime(const Value& value) {
    if (const auto* time = std::get_if<plan::DateTime>(&value)) {
        return *time;
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return plan::isShowable(*integer) ? std::optional(plan::DateTime{*integer}) : std::nullopt;
    }
    if (const auto* real = std::get_if<double>(&value)) {
        constexpr double largest = 1e15;
        return std::abs(*real) < largest ? asTime(static_cast<std::int64_t>(*real)) : std::nullopt;
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        const auto time = plan::parseStoredTime(*text);
        return time && plan::isShowable(*time)
                   ? std::optional(plan::DateTime{*time})
                   : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace loam::runtime::queryplan
