#include "runtime/plan/values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <system_error>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/request/json_parser.hpp"

namespace loam::runtime::plan {
namespace {

using Kind = request::Value::Kind;

template <typename Number>
std::optional<Number> parse(std::string_view text) {
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size()
               ? std::optional(number)
               : std::nullopt;
}

[[noreturn]] void failTooLarge(const Context& context, const request::Value& value) {
    const std::string detail =
        "A number used in the query does not fit into a 64 bit signed integer. Consider using "
        "`BigInt` "
        "as field type if you're trying to store large integers.";
    throw request::RequestError("P2033", "`" + context.argumentPath() + "`: " + detail)
        .withMeta(R"({"details":")" + detail + "\"}")
        .at(value.location);
}

/// The digits of a number in exponent form, without the exponent, when it stands for an integer.
std::string plainDigits(double number) {
    std::string text(400, '\0');
    const auto [end, problem] =
        std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    text.resize(problem == std::errc() ? static_cast<std::size_t>(end - text.data()) : 0);
    return text;
}

std::int64_t wholeNumber(const Context& context, const request::Value& value,
    std::string_view field, std::string_view type) {
    if (value.kind == Kind::Integer) {
        if (const auto number = parse<std::int64_t>(value.text)) {
            return *number;
        }
        failTooLarge(context, value);
    }
    const std::optional<double> number = parse<double>(value.text);
    // A client of the JSON protocol has one kind of number; for an Int it loses its fraction.
    const bool isTruncated = type == "Int" && context.notation == request::Notation::Json;
    if (!number || (!isTruncated && *number != std::trunc(*number))) {
        context.failType(value, {type});
    }
    constexpr double limit = 9223372036854775808.0;
    if (*number < -limit || *number >= limit) {
        context.fail("P2009", "ValueTooLarge",
            "`" + context.argumentPath() +
                "`: Unable to fit float value (or large JS integer serialized in exponent "
                "notation) '" +
                plainDigits(*number) + "' into a 64 Bit signed integer for field '" +
                std::string(field) +
                "'. If you're trying to store large integers, consider using `BigInt`.",
            value.location);
    }
    return static_cast<std::int64_t>(*number);
}

Scalar int32Of(const Context& context, const schema::Field& field, const request::Value& value) {
    const std::int64_t number = wholeNumber(context, value, field.name, "Int");
    if (number < std::numeric_limits<std::int32_t>::min() ||
        number > std::numeric_limits<std::int32_t>::max()) {
        const std::string detail =
            "Unable to fit integer value '" + std::to_string(number) +
            "' into an INT4 (32-bit signed integer) for field '" + field.name +
            "'; use `BigInt` as the type of the field for larger numbers.";
        throw request::RequestError("P2020", "Value out of range for the type. " + detail)
            .withMeta(R"({"details":")" + detail + "\"}")
            .at(value.location);
    }
    return number;
}

Scalar bigIntOf(const Context& context, const schema::Field& field, const request::Value& value) {
    if (value.kind != Kind::String) {
        return wholeNumber(context, value, field.name, "BigInt");
    }
    const auto number = parse<std::int64_t>(value.text);
    if (!number) {
        context.failValue(value, "`" + std::string(value.text) + "` is not a 64 bit integer",
            "big integer String");
    }
    return *number;
}

Scalar floatOf(const Context& context, const request::Value& value) {
    if (value.kind == Kind::Integer && !parse<std::int64_t>(value.text)) {
        failTooLarge(context, value);
    }
    double number = 0;
    const char* end = value.text.data() + value.text.size();
    const auto [rest, problem] = std::from_chars(value.text.data(), end, number);
    if (problem == std::errc::result_out_of_range && std::abs(number) < 1) {
        return 0.0;
    }
    if (problem != std::errc() || rest != end || !std::isfinite(number)) {
        context.failValue(value, "`" + std::string(value.text) + "` does not fit into a Float");
    }
    return number;
}

Scalar decimalOf(const Context& context, const request::Value& value) {
    std::string_view text = value.text;
    if (value.kind == Kind::String && !text.empty() && text.front() == '+') {
        text.remove_prefix(1);
    }
    const std::optional<double> number = parse<double>(text);
    const bool isDecimal =
        number && std::isfinite(*number) &&
        text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
    if (!isDecimal) {
        context.failValue(
            value, "`" + std::string(value.text) + "` is not a decimal number", "decimal String");
    }
    return Decimal{std::string(text)};
}

Scalar timeOf(const Context& context, const request::Value& value) {
    const std::optional<std::int64_t> time = parseRfc3339(value.text);
    if (!time) {
        context.failValue(value,
            "`" + std::string(value.text) +
                "` is not an ISO-8601 time such as `2020-01-31T12:00:00.000Z`",
            "ISO-8601 DateTime");
    }
    return DateTime{*time};
}

Scalar bytesOf(const Context& context, const request::Value& value) {
    std::optional<std::string> bytes = decodeBase64(value.text);
    if (!bytes) {
        context.failValue(value, "The text is not base64", "base64 String");
    }
    return Bytes{std::move(*bytes)};
}

/// Whether the value is a document, not the text of one.
bool isInline(const Context& context, const request::Value& value) {
    return context.notation == request::Notation::Json && value.tag != request::Value::Tag::Json;
}

Scalar jsonOf(const Context& context, const request::Value& value) {
    if (isInline(context, value)) {
        return Json{request::toJson(value)};
    }
    try {
        return Json{request::compactJson(value.text)};
    } catch (const request::RequestError& error) {
        context.failValue(value, error.message().substr(0, error.message().size() - 1));
    }
}

Scalar enumOf(const Context& context, const schema::Field& field, const request::Value& value) {
    const schema::Enum& type = context.schema.enums[field.enumIndex];
    const schema::EnumValue* found = type.findValue(value.text);
    if (found == nullptr) {
        Names allowed;
        for (const schema::EnumValue& candidate : type.values) {
            allowed.push_back(candidate.name);
        }
        std::string hint = suggestion(value.text, allowed);
        hint.pop_back();
        context.failValue(value,
            "`" + std::string(value.text) + "` is not a valid `" + type.name + "`." + hint,
            type.name);
    }
    return found->databaseName;
}

/// The only type of field that takes a value with the tag; nothing for tags that say less.
std::optional<schema::ScalarType> typeOf(request::Value::Tag tag) {
    switch (tag) {
        case request::Value::Tag::DateTime:
            return schema::ScalarType::DateTime;
        case request::Value::Tag::Bytes:
            return schema::ScalarType::Bytes;
        case request::Value::Tag::Json:
            return schema::ScalarType::Json;
        default:
            return std::nullopt;
    }
}

bool hasForm(const Context& context, const schema::Field& field, const request::Value& value) {
    if (field.kind == schema::FieldKind::Enum) {
        return value.kind == Kind::Enum || (value.kind == Kind::String && !typeOf(value.tag));
    }
    if (isJson(field) && isInline(context, value)) {
        return value.kind != Kind::Enum;
    }
    if (const auto only = typeOf(value.tag); only && *only != field.scalar) {
        return false;
    }
    if (value.tag == request::Value::Tag::BigInt && field.scalar == schema::ScalarType::Int) {
        return false;
    }
    switch (field.scalar) {
        case schema::ScalarType::Int:
        case schema::ScalarType::Float:
            return value.isNumber();
        case schema::ScalarType::BigInt:
        case schema::ScalarType::Decimal:
            return value.isNumber() || value.kind == Kind::String;
        case schema::ScalarType::Boolean:
            return value.kind == Kind::Boolean;
        case schema::ScalarType::String:
        case schema::ScalarType::DateTime:
        case schema::ScalarType::Bytes:
        case schema::ScalarType::Json:
            return value.kind == Kind::String;
    }
    return false;
}

}  // namespace

std::string_view typeName(const Context& context, const schema::Field& field) {
    return field.kind == schema::FieldKind::Enum
               ? std::string_view(context.schema.enums[field.enumIndex].name)
               : schema::toString(field.scalar);
}

Scalar scalarOf(const Context& context, const schema::Field& field, const request::Value& value) {
    if (!hasForm(context, field, value)) {
        context.failType(value, {typeName(context, field)});
    }
    if (field.kind == schema::FieldKind::Enum) {
        return enumOf(context, field, value);
    }
    switch (field.scalar) {
        case schema::ScalarType::Int:
            return int32Of(context, field, value);
        case schema::ScalarType::BigInt:
            return bigIntOf(context, field, value);
        case schema::ScalarType::Float:
            return floatOf(context, value);
        case schema::ScalarType::Decimal:
            return decimalOf(context, value);
        case schema::ScalarType::Boolean:
            return value.boolean;
        case schema::ScalarType::String:
            return std::string(value.text);
        case schema::ScalarType::DateTime:
            return timeOf(context, value);
        case schema::ScalarType::Bytes:
            return bytesOf(context, value);
        case schema::ScalarType::Json:
            return jsonOf(context, value);
    }
    return {};
}

Scalar operandOf(const Context& context, const schema::Field& field, const request::Value& value) {
    const bool isInt =
        field.kind == schema::FieldKind::Scalar && field.scalar == schema::ScalarType::Int;
    return isInt && hasForm(context, field, value)
               ? Scalar(wholeNumber(context, value, field.name, "Int"))
               : scalarOf(context, field, value);
}

bool isNumeric(const schema::Field& field) {
    return field.kind == schema::FieldKind::Scalar &&
           (field.scalar == schema::ScalarType::Int || field.scalar == schema::ScalarType::BigInt ||
               field.scalar == schema::ScalarType::Float ||
               field.scalar == schema::ScalarType::Decimal);
}

bool isJson(const schema::Field& field) {
    return field.kind == schema::FieldKind::Scalar && field.scalar == schema::ScalarType::Json;
}

bool isDocument(const Context& context, const schema::Field& field) {
    return isJson(field) && context.notation == request::Notation::Json;
}

const AggregationRow* findAggregation(std::string_view name) {
    const auto* found = std::find_if(aggregations.begin(), aggregations.end(),
        [&](const AggregationRow& row) { return row.name == name; });
    return found == aggregations.end() ? nullptr : found;
}

bool canAggregate(const AggregationRow& row, const schema::Field& field) {
    if (!field.isUsableColumn() || (row.needsNumber && !isNumeric(field))) {
        return false;
    }
    return row.aggregation == Aggregation::Count || !isJson(field);
}

std::int64_t integerOf(const Context& context, const request::Value& value) {
    if (!value.isNumber() || value.tag == request::Value::Tag::BigInt) {
        context.failType(value, {"Int"});
    }
    return wholeNumber(context, value, context.argumentPath(), "Int");
}

std::string_view wordOf(const request::Value& value) {
    return value.kind == Kind::Enum || value.kind == Kind::String ? value.text : std::string_view();
}

}  // namespace loam::runtime::plan
