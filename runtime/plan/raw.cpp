#include "runtime/plan/raw.hpp"

#include <string>
#include <utility>

#include "runtime/plan/arguments.hpp"
#include "runtime/plan/values.hpp"
#include "runtime/request/json_parser.hpp"

namespace loam::runtime::plan {
namespace {

using request::Value;

/// A value whose type Prisma Client names, read as a field of that type would be.
Scalar typedValue(Context& context, std::string_view type, const Value& value) {
    constexpr std::pair<std::string_view, schema::ScalarType> types[] = {
        {"bigint", schema::ScalarType::BigInt},
        {"date", schema::ScalarType::DateTime},
        {"decimal", schema::ScalarType::Decimal},
        {"bytes", schema::ScalarType::Bytes},
    };
    for (const auto& [name, scalar] : types) {
        if (name == type) {
            schema::Field field;
            field.name = "prisma__value";
            field.scalar = scalar;
            return scalarOf(context, field, value);
        }
    }
    context.failValue(value, "`" + std::string(type) + "` is not a type of raw parameters");
}

Scalar number(Context& context, const Value& value) {
    schema::Field field;
    field.name = "parameters";
    field.scalar =
        value.kind == Value::Kind::Integer ? schema::ScalarType::BigInt : schema::ScalarType::Float;
    return scalarOf(context, field, value);
}

Scalar parameter(Context& context, const Value& value) {
    switch (value.kind) {
        case Value::Kind::Null:
            return {};
        case Value::Kind::Boolean:
            return value.boolean;
        case Value::Kind::Integer:
        case Value::Kind::Real:
            return number(context, value);
        case Value::Kind::String:
            return std::string(value.text);
        case Value::Kind::Object: {
            const Value* type = value.find("prisma__type");
            const Value* content = value.find("prisma__value");
            if (type != nullptr && content != nullptr && type->kind == Value::Kind::String) {
                return typedValue(context, type->text, *content);
            }
            return Json{request::toJson(value)};
        }
        default:
            break;
    }
    context.failValue(value,
        "A raw parameter cannot be a list; SQLite has none. Give each value a `?` of its own, as "
        "Prisma.join does");
}

std::string_view textArgument(Context& context, const Value& value) {
    if (value.kind != Value::Kind::String) {
        context.failType(value, {"String"});
    }
    return value.text;
}

std::vector<Scalar> parametersOf(Context& context, const Value& text) {
    request::TextPool texts;
    const Value list = request::parseJson(textArgument(context, text), texts);
    if (list.kind != Value::Kind::List) {
        context.failValue(text, "The parameters must be a JSON array");
    }
    std::vector<Scalar> values;
    for (const Value& item : list.items()) {
        Value placed = item;
        placed.location = text.location;
        values.push_back(parameter(context, placed));
    }
    return values;
}

}  // namespace

Raw rawOf(Context& context, const request::Field& field, bool returnsRows) {
    checkArguments(context, field, {"query", "parameters"});
    if (!field.selection.empty()) {
        context.fail("P2009", "SelectionSetOnScalar",
            "The field `" + std::string(field.name) +
                "` is a single value and has no fields to select.",
            field.location);
    }
    Raw raw;
    raw.returnsRows = returnsRows;
    const Value& query = requiredArgument(context, field, "query");
    {
        const auto step = context.enterArgument("query");
        raw.text = textArgument(context, query);
    }
    const Value* parameters = field.argument("parameters");
    if (parameters != nullptr && !parameters->isNull()) {
        const auto step = context.enterArgument("parameters");
        raw.values = parametersOf(context, *parameters);
    }
    return raw;
}

}  // namespace loam::runtime::plan
