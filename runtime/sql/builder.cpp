#include "runtime/sql/builder.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>
#include <type_traits>

#include "runtime/plan/base64.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::sql {
namespace {

/// Decimals are kept as numbers, whole ones as integers, since the columns have numeric affinity.
Parameter decimal(std::string_view text) {
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto result = std::from_chars(text.data(), end, whole);
        result.ec == std::errc() && result.ptr == end) {
        return whole;
    }
    double number = 0;
    std::from_chars(text.data(), end, number);
    return number;
}

/// A Json column has numeric affinity, so that a document which is a number is kept as a number.
/// One that would lose digits is refused.
std::string_view document(std::string_view text) {
    if (text.empty() ||
        std::string_view("-0123456789").find(text.front()) == std::string_view::npos) {
        return text;
    }
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    const auto integer = std::from_chars(text.data(), end, whole);
    const bool isInteger = integer.ec == std::errc() && integer.ptr == end;
    const std::string_view mantissa = text.substr(0, text.find_first_of("eE"));
    const auto digits = std::count_if(mantissa.begin(), mantissa.end(), [](char letter) {
        return letter >= '0' && letter <= '9';
    });
    double number = 0;
    const bool isDouble = std::from_chars(text.data(), end, number).ec == std::errc();
    if (!isInteger && (!isDouble || digits > std::numeric_limits<double>::digits10)) {
        const std::string detail =
            "The Json document " + request::excerpt(text, 60) +
            " is a number that the database cannot keep exactly; put it into a text or an object.";
        throw request::RequestError("P2020", "Value out of range for the type. " + detail)
            .withMeta("{\"details\":" + request::jsonString(detail) + "}");
    }
    return text;
}

}  // namespace

Parameter stored(const plan::Scalar& value) {
    return std::visit(
        [](const auto& held) -> Parameter {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::monostate> || std::is_same_v<Held, double> ||
                          std::is_same_v<Held, std::int64_t>) {
                return held;
            } else if constexpr (std::is_same_v<Held, bool>) {
                return std::int64_t{held ? 1 : 0};
            } else if constexpr (std::is_same_v<Held, std::string>) {
                return std::string_view(held);
            } else if constexpr (std::is_same_v<Held, plan::DateTime>) {
                return held.milliseconds;
            } else if constexpr (std::is_same_v<Held, plan::Decimal>) {
                return decimal(held.text);
            } else if constexpr (std::is_same_v<Held, plan::Bytes>) {
                return Blob{held.data};
            } else {
                return document(held.text);
            }
        },
        value);
}

namespace {

void appendParameter(std::string& out, const Parameter& parameter) {
    std::visit(
        [&](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::monostate>) {
                out += "NULL";
            } else if constexpr (std::is_same_v<Held, std::string_view>) {
                request::appendJsonString(out, held);
            } else if constexpr (std::is_same_v<Held, Blob>) {
                out += "base64 ";
                plan::appendBase64(out, held.data);
            } else {
                char digits[32];
                out.append(digits, std::to_chars(digits, digits + sizeof digits, held).ptr);
            }
        },
        parameter);
}

}  // namespace

std::string_view functionOf(plan::Aggregation aggregation) {
    switch (aggregation) {
        case plan::Aggregation::None:
            break;
        case plan::Aggregation::Count:
            return "COUNT(";
        case plan::Aggregation::Sum:
            return "SUM(";
        case plan::Aggregation::Average:
            return "AVG(";
        case plan::Aggregation::Minimum:
            return "MIN(";
        case plan::Aggregation::Maximum:
            return "MAX(";
    }
    return "(";
}

Builder& Builder::text(std::string_view piece) {
    command_.text += piece;
    return *this;
}

Builder& Builder::identifier(std::string_view name) {
    text("\"");
    for (std::size_t quote = 0; (quote = name.find('"')) != std::string_view::npos;) {
        text(name.substr(0, quote + 1)).text("\"");
        name.remove_prefix(quote + 1);
    }
    return text(name).text("\"");
}

Builder& Builder::column(const schema::Field& field) {
    return table().text(".").identifier(field.databaseName);
}

Builder& Builder::parameter(const plan::Scalar& value) {
    command_.parameters.push_back(stored(value));
    return text("?");
}

Builder& Builder::parameter(std::string value) {
    command_.parameters.emplace_back(command_.texts.keep(std::move(value)));
    return text("?");
}

Builder& Builder::parameter(std::int64_t number) {
    command_.parameters.emplace_back(number);
    return text("?");
}

Builder& Builder::aggregate(plan::Aggregation aggregation, const schema::Field* field) {
    if (field == nullptr) {
        return text("COUNT(*)");
    }
    return text(functionOf(aggregation)).column(*field).text(")");
}

Builder& Builder::columns(const plan::Selection& selection) {
    std::string_view separator;
    columns(selection, separator);
    return text(separator.empty() ? "1" : "");
}

void Builder::columns(const plan::Selection& selection, std::string_view& separator) {
    for (const plan::Output& output : selection) {
        const auto next = [&]() -> Builder& {
            text(separator);
            separator = ", ";
            return *this;
        };
        switch (output.kind) {
            case plan::Output::Kind::Column:
                next().column(*output.field);
                break;
            case plan::Output::Kind::Aggregate:
                next().aggregate(output.aggregation, output.field);
                break;
            case plan::Output::Kind::Related:
                for (const schema::Field* field : output.rows.front().link->columns) {
                    next().column(*field);
                }
                break;
            case plan::Output::Kind::RelatedCount:
                next().relatedCount(output.rows.front());
                break;
            case plan::Output::Kind::Object:
                columns(output.members, separator);
                break;
            case plan::Output::Kind::Count:
            case plan::Output::Kind::TypeName:
                break;
        }
    }
}

Builder& Builder::returning(const plan::Selection& selection, plan::Shape shape) {
    return shape == plan::Shape::Count ? *this : text(" RETURNING ").columns(selection);
}

std::string print(const Command& command) {
    std::string out = command.text + ";\n";
    if (!command.parameters.empty()) {
        out += "-- ";
        for (std::size_t index = 0; index < command.parameters.size(); ++index) {
            out += index == 0 ? "" : ", ";
            appendParameter(out, command.parameters[index]);
        }
        out += "\n";
    }
    return out;
}

}  // namespace loam::runtime::sql
