#include "runtime/queryplan/statement.hpp"

#include <cmath>
#include <span>
#include <sqlite3.h>
#include <string_view>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/queryplan/evaluator.hpp"
#include "runtime/request/error.hpp"
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

}  // namespace

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

std::int64_t execute(storage::Database& database, const Statement& statement) {
    storage::Statement prepared = prepare(database, statement);
    const std::int64_t before = sqlite3_total_changes64(database.handle());
    prepared.run();
    // A statement that is no insert, update or delete leaves the number of the one before.
    return sqlite3_total_changes64(database.handle()) == before ? 0 : database.changes();
}

}  // namespace loam::runtime::queryplan
