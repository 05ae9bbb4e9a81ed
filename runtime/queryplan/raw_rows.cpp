#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/queryplan/error.hpp"
#include "runtime/queryplan/rows.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/text.hpp"

// The form in which raw queries answer.

namespace loam::runtime::queryplan {
namespace {

/// Names of types in the answers to raw queries.
constexpr std::array<std::pair<std::string_view, std::string_view>, 30> rawTypes{{
    {"DECIMAL", "decimal"},
    {"FLOAT", "float"},
    {"DOUBLE", "double"},
    {"DOUBLE PRECISION", "double"},
    {"NUMERIC", "double"},
    {"REAL", "double"},
    {"TINYINT", "int"},
    {"SMALLINT", "int"},
    {"MEDIUMINT", "int"},
    {"INT", "int"},
    {"INTEGER", "int"},
    {"SERIAL", "int"},
    {"INT2", "int"},
    {"BIGINT", "bigint"},
    {"UNSIGNED BIG INT", "bigint"},
    {"INT8", "bigint"},
    {"DATETIME", "datetime"},
    {"TIMESTAMP", "datetime"},
    {"TIME", "time"},
    {"DATE", "date"},
    {"TEXT", "string"},
    {"CLOB", "string"},
    {"CHARACTER", "string"},
    {"VARCHAR", "string"},
    {"VARYING CHARACTER", "string"},
    {"NCHAR", "string"},
    {"NVARCHAR", "string"},
    {"BLOB", "bytes"},
    {"BOOLEAN", "bool"},
    {"JSONB", "json"},
}};

/// The type of a column without a declared one, from its first value.
std::string_view inferredType(const std::vector<std::vector<Value>>& rows, std::size_t column) {
    for (const std::vector<Value>& row : rows) {
        const Value& value = row[column];
        if (std::holds_alternative<std::int64_t>(value)) {
            return "bigint";
        }
        if (std::holds_alternative<double>(value)) {
            return "unknown";
        }
        if (std::holds_alternative<std::string>(value)) {
            return "string";
        }
        if (std::holds_alternative<plan::Bytes>(value)) {
            return "bytes";
        }
    }
    return "int";
}

std::string_view rawType(std::string_view declared) {
    declared = declared.substr(0, declared.find('('));
    const auto found = std::find_if(rawTypes.begin(), rawTypes.end(),
        [declared](const auto& entry) { return entry.first == declared; });
    return found == rawTypes.end() ? std::string_view() : found->second;
}

/// Appends a whole number, or a number cut to one.
void appendWhole(std::string& out, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        out += std::to_string(*integer);
        return;
    }
    const double number = std::trunc(std::get<double>(value));
    if (!(std::abs(number) < static_cast<double>(std::numeric_limits<std::int64_t>::max()))) {
        throw inconsistent("Inconsistent column data: a number is too large for its column.");
    }
    out += std::to_string(static_cast<std::int64_t>(number));
}

void appendRaw(std::string& out, const Value& value, std::string_view type, Budget& budget) {
    const bool isInteger = std::holds_alternative<std::int64_t>(value);
    const bool isNumber = isInteger || std::holds_alternative<double>(value);
    if (type == "int" && isNumber) {
        appendWhole(out, value);
    } else if (type == "bigint" && isNumber) {
        out += '"';
        appendWhole(out, value);
        out += '"';
    } else if (type == "decimal" && isInteger) {
        out += "\"" + std::to_string(std::get<std::int64_t>(value)) + "\"";
    } else if (type == "decimal" && isNumber && std::isfinite(std::get<double>(value))) {
        out += '"';
        appendNumber(out, std::get<double>(value), true);
        out += '"';
    } else if (type == "bool" && isNumber) {
        out += asNumber(value) == 1 ? "true" : "false";
    } else if (type == "json" && std::holds_alternative<std::string>(value)) {
        try {
            out += request::compactJson(std::get<std::string>(value));
        } catch (const request::RequestError&) {
            throw inconsistent("Inconsistent column data: the text in a JSONB column is no JSON.");
        }
    } else if (isInteger) {
        out += std::to_string(std::get<std::int64_t>(value));
    } else {
        appendJson(out, value, budget);
    }
}

}  // namespace

Value Rows::raw() && {
    std::string out = "{\"columns\":[";
    std::string types;
    std::vector<std::string_view> columnTypes;
    for (std::size_t column = 0; column < columns_.names.size(); ++column) {
        std::string_view type = rawType(declaredTypes_[column]);
        type = type.empty() ? inferredType(rows_, column) : type;
        columnTypes.push_back(type);
        out += column == 0 ? "" : ",";
        request::appendJsonString(out, columns_.names[column]);
        types.append(column == 0 ? "\"" : ",\"").append(type).append("\"");
    }
    out += "],\"types\":[" + types + "],\"rows\":[";
    for (std::size_t index = 0; index < rows_.size(); ++index) {
        out += index == 0 ? "[" : ",[";
        for (std::size_t column = 0; column < columnTypes.size(); ++column) {
            out += column == 0 ? "" : ",";
            appendRaw(out, rows_[index][column], columnTypes[column], budget_);
        }
        out += ']';
        budget_.spend(out.size() / (rows_.size() * 2));
    }
    return plan::Json{out + "]}"};
}

}  // namespace loam::runtime::queryplan
