#include "runtime/queryplan/statement.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <span>
#include <sqlite3.h>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/queryplan/evaluator.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/text.hpp"
#include "runtime/storage/error.hpp"

namespace loam::runtime::queryplan {
namespace {

using request::RequestError;
using storage::StorageError;

RequestError invalidInput(const std::string& value, std::string_view type) {
    return RequestError("P2007",
        "Invalid input value: \"" + value.substr(0, 100) + "\" is not " + std::string(type) + ".")
        .withStatus(400);
}

RequestError inconsistent(const std::string& problem) {
    return RequestError("P2023", "Inconsistent column data: " + problem + ".").withStatus(400);
}

/// Binds one parameter.
class Binder {
  public:
    Binder(storage::Statement& statement, int parameter)
        : statement_(statement), parameter_(parameter) {}

    void bind(const Value& value, ArgumentType type) {
        if (isNull(value)) {
            statement_.bindNull(parameter_);
        } else if (const auto* flag = std::get_if<bool>(&value)) {
            statement_.bind(parameter_, std::int64_t{*flag ? 1 : 0});
        } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            statement_.bind(parameter_, *integer);
        } else if (const auto* real = std::get_if<double>(&value)) {
            bindNumber(*real);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            bindText(*text, type);
        } else if (const auto* bytes = std::get_if<plan::Bytes>(&value)) {
            bindBytes(bytes->data);
        } else if (const auto* time = std::get_if<plan::DateTime>(&value)) {
            bindTime(*time, type);
        } else {
            throw RequestError("P2009",
                "The query plan is not valid: a parameter of a statement is " +
                    std::string(kindOf(value)) + ", which SQLite cannot store.")
                .withStatus(400);
        }
    }

  private:
    /// Whole numbers are bound as such, as clients write 1 and 1.0 alike.
    void bindNumber(double number) {
        if (std::trunc(number) == number && std::abs(number) <= static_cast<double>(safeInteger)) {
            statement_.bind(parameter_, static_cast<std::int64_t>(number));
        } else {
            statement_.bind(parameter_, number);
        }
    }

    void bindBytes(const std::string& bytes) {
        statement_.bindBytes(parameter_, std::as_bytes(std::span(bytes)));
    }

    void bindTime(const plan::DateTime& time, ArgumentType type) {
        if (type == ArgumentType::String) {
            std::string text;
            plan::appendTime(text, time.milliseconds);
            statement_.bind(parameter_, text);
        } else {
            statement_.bind(parameter_, time.milliseconds);
        }
    }

    void bindText(const std::string& text, ArgumentType type) {
        switch (type) {
            case ArgumentType::Int:
            case ArgumentType::BigInt: {
                const auto integer = parseInteger(text);
                if (!integer) {
                    throw invalidInput(text, "a whole number of 64 bits");
                }
                statement_.bind(parameter_, *integer);
                return;
            }
            case ArgumentType::Float:
            case ArgumentType::Decimal: {
                const auto integer = parseInteger(text);
                const auto number = parseNumber(text);
                if (!number) {
                    throw invalidInput(text, "a number");
                }
                integer ? statement_.bind(parameter_, *integer) : bindNumber(*number);
                return;
            }
            case ArgumentType::DateTime: {
                const auto time = asTime(text);
                if (!time) {
                    throw invalidInput(text, "a time");
                }
                statement_.bind(parameter_, time->milliseconds);
                return;
            }
            case ArgumentType::Bytes: {
                const auto bytes = plan::decodeBase64(text);
                if (!bytes) {
                    throw invalidInput(text, "base64");
                }
                bindBytes(*bytes);
                return;
            }
            default:
                statement_.bind(parameter_, text);
        }
    }

    storage::Statement& statement_;
    int parameter_;
};

/// Only the first statement of a text runs, so that another one behind it is refused.
void refuseSecond(storage::Database& database, const std::string& sql, sqlite3_stmt* handle) {
    const char* first = sqlite3_sql(handle);
    const std::size_t used = first == nullptr ? 0 : std::string_view(first).size();
    if (used >= sql.size()) {
        return;
    }
    const std::string_view rest = std::string_view(sql).substr(used);
    sqlite3_stmt* second = nullptr;
    const int code = sqlite3_prepare_v2(
        database.handle(), rest.data(), static_cast<int>(rest.size()), &second, nullptr);
    const bool isMore = code != SQLITE_OK || second != nullptr;
    sqlite3_finalize(second);
    if (isMore) {
        const std::string detail = "the SQL holds more than one statement";
        throw StorageError(detail, SQLITE_ERROR, detail, database.path());
    }
}

storage::Statement prepare(storage::Database& database, const Statement& statement) {
    storage::Statement prepared = database.statement(statement.sql);
    refuseSecond(database, statement.sql, prepared.handle());
    const int wanted = sqlite3_bind_parameter_count(prepared.handle());
    if (static_cast<std::size_t>(wanted) != statement.parameters.size()) {
        const std::string detail =
            "the statement has " + std::to_string(wanted) + " parameters, and " +
            std::to_string(statement.parameters.size()) + " are given";
        throw StorageError(detail, SQLITE_RANGE, detail, database.path());
    }
    for (std::size_t index = 0; index < statement.parameters.size(); ++index) {
        Binder(prepared, static_cast<int>(index) + 1)
            .bind(statement.parameters[index], statement.types[index]);
    }
    return prepared;
}

std::string declaredType(sqlite3_stmt* handle, int column) {
    const char* declared = sqlite3_column_decltype(handle, column);
    std::string type = declared == nullptr ? "" : declared;
    std::transform(type.begin(), type.end(), type.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    return type;
}

bool isTimeType(std::string_view declared) {
    return declared == "DATETIME" || declared == "TIMESTAMP";
}

Value readText(sqlite3_stmt* handle, int column) {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle, column));
    std::string text(data == nullptr ? "" : data,
        static_cast<std::size_t>(sqlite3_column_bytes(handle, column)));
    if (request::findInvalidUtf8(text) != std::string::npos) {
        throw inconsistent(
            "the text in column '" + std::string(sqlite3_column_name(handle, column)) +
            "' is not valid UTF-8");
    }
    return text;
}

/// The cell; numbers in columns for times become times.
Value readCell(sqlite3_stmt* handle, int column, bool isTime) {
    Value value = Null{};
    switch (sqlite3_column_type(handle, column)) {
        case SQLITE_INTEGER:
            value = static_cast<std::int64_t>(sqlite3_column_int64(handle, column));
            break;
        case SQLITE_FLOAT:
            value = sqlite3_column_double(handle, column);
            break;
        case SQLITE_TEXT:
            return readText(handle, column);
        case SQLITE_BLOB: {
            const auto* data = static_cast<const char*>(sqlite3_column_blob(handle, column));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle, column));
            return plan::Bytes{data == nullptr ? std::string() : std::string(data, size)};
        }
        default:
            return value;
    }
    if (isTime) {
        if (const auto time = asTime(value)) {
            return *time;
        }
    }
    return value;
}

}  // namespace

void Rows::add(storage::Database& database, const Statement& statement) {
    storage::Statement prepared = prepare(database, statement);
    sqlite3_stmt* const handle = prepared.handle();
    const int count = sqlite3_column_count(handle);
    std::vector<bool> isTime;
    const bool isFirst = columns_->names.empty();
    for (int column = 0; column < count; ++column) {
        const std::string declared = declaredType(handle, column);
        isTime.push_back(isTimeType(declared));
        if (isFirst) {
            columns_->names.emplace_back(sqlite3_column_name(handle, column));
            declaredTypes_.push_back(declared);
        }
    }
    while (prepared.step()) {
        budget_.spend(sizeof(Record) + sizeof(Value));
        budget_.spendValues(static_cast<std::size_t>(count));
        std::vector<Value> row;
        row.reserve(static_cast<std::size_t>(count) + 1);
        for (int column = 0; column < count; ++column) {
            budget_.spend(static_cast<std::size_t>(sqlite3_column_bytes(handle, column)));
            row.push_back(readCell(handle, column, isTime[static_cast<std::size_t>(column)]));
        }
        rows_.push_back(std::move(row));
    }
}

Value Rows::records() && {
    std::vector<std::size_t> places;
    auto columns = std::make_shared<Columns>();
    for (const std::string& name : columns_->names) {
        if (columns->find(name) == Columns::none) {
            columns->names.push_back(name);
            // Of columns with the same name the last one counts.
            places.push_back(columns_->find(name));
        }
    }
    const bool areUnique = places.size() == columns_->names.size();
    std::vector<Value> records;
    records.reserve(rows_.size());
    for (std::vector<Value>& row : rows_) {
        std::vector<Value> values;
        for (std::size_t index = 0; !areUnique && index < places.size(); ++index) {
            values.push_back(std::move(row[places[index]]));
        }
        records.emplace_back(std::make_shared<Record>(
            Record{columns, areUnique ? std::move(row) : std::move(values)}));
    }
    return std::make_shared<List>(List{std::move(records), 2});
}

std::int64_t execute(storage::Database& database, const Statement& statement) {
    storage::Statement prepared = prepare(database, statement);
    const std::int64_t before = sqlite3_total_changes64(database.handle());
    prepared.run();
    // A statement that is no insert, update or delete leaves the number of the one before.
    return sqlite3_total_changes64(database.handle()) == before ? 0 : database.changes();
}

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
        throw inconsistent("a number is too large for its column");
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
        } catch (const RequestError&) {
            throw inconsistent("the text in a JSONB column is no JSON");
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
    for (std::size_t column = 0; column < columns_->names.size(); ++column) {
        std::string_view type = rawType(declaredTypes_[column]);
        type = type.empty() ? inferredType(rows_, column) : type;
        columnTypes.push_back(type);
        out += column == 0 ? "" : ",";
        request::appendJsonString(out, columns_->names[column]);
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
