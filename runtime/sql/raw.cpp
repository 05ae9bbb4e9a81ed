#include "runtime/sql/raw.hpp"

#include <sqlite3.h>
#include <type_traits>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"
#include "runtime/sql/error.hpp"
#include "runtime/sql/raw_text.hpp"
#include "runtime/storage/error.hpp"

namespace loam::runtime::sql {
namespace {

struct DeclaredType {
    std::string_view name;
    RawType type;
};

/// A declared type is known by its name without a length; CHARACTER and its kin by their start.
constexpr DeclaredType declaredTypes[] = {
    {"INTEGER", RawType::Int},
    {"INT", RawType::Int},
    {"TINYINT", RawType::Int},
    {"SMALLINT", RawType::Int},
    {"MEDIUMINT", RawType::Int},
    {"INT2", RawType::Int},
    {"SERIAL", RawType::Int},
    {"BIGINT", RawType::BigInt},
    {"INT8", RawType::BigInt},
    {"UNSIGNED BIG INT", RawType::BigInt},
    {"FLOAT", RawType::Float},
    {"REAL", RawType::Double},
    {"DOUBLE", RawType::Double},
    {"DOUBLE PRECISION", RawType::Double},
    {"NUMERIC", RawType::Double},
    {"DECIMAL", RawType::Decimal},
    {"BOOLEAN", RawType::Boolean},
    {"TEXT", RawType::Text},
    {"CLOB", RawType::Text},
    {"CHARACTER", RawType::Text},
    {"VARCHAR", RawType::Text},
    {"VARYING CHARACTER", RawType::Text},
    {"NCHAR", RawType::Text},
    {"NATIVE CHARACTER", RawType::Text},
    {"NVARCHAR", RawType::Text},
    {"BLOB", RawType::Bytes},
    {"DATETIME", RawType::DateTime},
    {"TIMESTAMP", RawType::DateTime},
    {"DATE", RawType::Date},
    {"TIME", RawType::Time},
    {"JSONB", RawType::Json},
    {"JSON", RawType::Json},
};

RawType typeOf(const char* declared) {
    if (declared == nullptr) {
        return RawType::Unknown;
    }
    std::string_view name(declared);
    name = name.substr(0, name.find('('));
    while (!name.empty() && name.back() == ' ') {
        name.remove_suffix(1);
    }
    for (const DeclaredType& row : declaredTypes) {
        if (row.name.size() == name.size() &&
            sqlite3_strnicmp(row.name.data(), name.data(), static_cast<int>(name.size())) == 0) {
            return row.type;
        }
    }
    return RawType::Unknown;
}

request::RequestError codedError(const std::string& code, const std::string& message) {
    std::string meta = "{\"code\":";
    request::appendJsonString(meta, code);
    meta += ",\"message\":";
    request::appendJsonString(meta, message);
    return request::RequestError(
        "P2010", "Raw query failed. Code: `" + code + "`. Message: `" + message + "`")
        .withMeta(meta + "}");
}

request::RequestError translateRaw(const storage::StorageError& error) {
    return error.isBusy() ? translate(error, {})
                          : codedError(std::to_string(error.code()), error.detail());
}

storage::Statement prepare(storage::Database& database, const Command& command) {
    checkRawText(command.text);
    try {
        std::string_view rest;
        storage::Statement statement = database.prepareOnce(command.text, rest);
        if (!isBlankSql(rest)) {
            throw rawError("only one statement is taken in a raw query; send several as a batch");
        }
        const auto wanted =
            static_cast<std::size_t>(sqlite3_bind_parameter_count(statement.handle()));
        if (wanted != command.parameters.size()) {
            throw rawError(
                "the statement has " + std::to_string(wanted) + " parameters, but " +
                std::to_string(command.parameters.size()) + " values were given");
        }
        return statement;
    } catch (const storage::StorageError& error) {
        throw translateRaw(error);
    }
}

}  // namespace

Command raw(const plan::Raw& raw) {
    Command command;
    command.text = raw.text;
    for (const plan::Scalar& value : raw.values) {
        command.parameters.push_back(stored(value));
    }
    return command;
}

request::RequestError rawError(const std::string& message) { return codedError("N/A", message); }

RawStatement::RawStatement(storage::Database& database, const plan::Raw& written)
    : database_(database),
      command_(raw(written)),
      cursor_(database, prepare(database, command_), command_) {}

bool RawStatement::writesAndReturns() const {
    sqlite3_stmt* statement = cursor_.statement().handle();
    return sqlite3_column_count(statement) > 0 && sqlite3_stmt_readonly(statement) == 0 &&
           !isPragma(command_.text);
}

std::vector<RawColumn> RawStatement::columns() const {
    sqlite3_stmt* statement = cursor_.statement().handle();
    std::vector<RawColumn> columns;
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
        const char* name = sqlite3_column_name(statement, column);
        columns.push_back(
            {name == nullptr ? "" : name, typeOf(sqlite3_column_decltype(statement, column))});
    }
    return columns;
}

bool RawStatement::next() {
    try {
        return cursor_.next();
    } catch (const storage::StorageError& error) {
        throw translateRaw(error);
    }
}

std::int64_t RawStatement::run() {
    // The number of changed rows stays what it was when a statement changes none.
    const std::int64_t before = sqlite3_total_changes64(database_.handle());
    while (next()) {
    }
    return sqlite3_total_changes64(database_.handle()) == before ? 0 : database_.changes();
}

}  // namespace loam::runtime::sql
