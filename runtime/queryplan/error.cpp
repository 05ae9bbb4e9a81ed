#include "runtime/queryplan/error.hpp"

#include <algorithm>
#include <array>
#include <sqlite3.h>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/request/text.hpp"

namespace loam::runtime::queryplan {
namespace {

using request::RequestError;
using storage::StorageError;

constexpr std::array<std::pair<int, std::string_view>, 43> symbols{{
    {SQLITE_ERROR, "SQLITE_ERROR"},
    {SQLITE_INTERNAL, "SQLITE_INTERNAL"},
    {SQLITE_PERM, "SQLITE_PERM"},
    {SQLITE_ABORT, "SQLITE_ABORT"},
    {SQLITE_BUSY, "SQLITE_BUSY"},
    {SQLITE_LOCKED, "SQLITE_LOCKED"},
    {SQLITE_NOMEM, "SQLITE_NOMEM"},
    {SQLITE_READONLY, "SQLITE_READONLY"},
    {SQLITE_INTERRUPT, "SQLITE_INTERRUPT"},
    {SQLITE_IOERR, "SQLITE_IOERR"},
    {SQLITE_CORRUPT, "SQLITE_CORRUPT"},
    {SQLITE_NOTFOUND, "SQLITE_NOTFOUND"},
    {SQLITE_FULL, "SQLITE_FULL"},
    {SQLITE_CANTOPEN, "SQLITE_CANTOPEN"},
    {SQLITE_PROTOCOL, "SQLITE_PROTOCOL"},
    {SQLITE_SCHEMA, "SQLITE_SCHEMA"},
    {SQLITE_TOOBIG, "SQLITE_TOOBIG"},
    {SQLITE_CONSTRAINT, "SQLITE_CONSTRAINT"},
    {SQLITE_MISMATCH, "SQLITE_MISMATCH"},
    {SQLITE_MISUSE, "SQLITE_MISUSE"},
    {SQLITE_NOLFS, "SQLITE_NOLFS"},
    {SQLITE_AUTH, "SQLITE_AUTH"},
    {SQLITE_RANGE, "SQLITE_RANGE"},
    {SQLITE_NOTADB, "SQLITE_NOTADB"},
    {SQLITE_BUSY_RECOVERY, "SQLITE_BUSY_RECOVERY"},
    {SQLITE_BUSY_SNAPSHOT, "SQLITE_BUSY_SNAPSHOT"},
    {SQLITE_BUSY_TIMEOUT, "SQLITE_BUSY_TIMEOUT"},
    {SQLITE_READONLY_RECOVERY, "SQLITE_READONLY_RECOVERY"},
    {SQLITE_READONLY_ROLLBACK, "SQLITE_READONLY_ROLLBACK"},
    {SQLITE_READONLY_DBMOVED, "SQLITE_READONLY_DBMOVED"},
    {SQLITE_READONLY_DIRECTORY, "SQLITE_READONLY_DIRECTORY"},
    {SQLITE_CONSTRAINT_CHECK, "SQLITE_CONSTRAINT_CHECK"},
    {SQLITE_CONSTRAINT_COMMITHOOK, "SQLITE_CONSTRAINT_COMMITHOOK"},
    {SQLITE_CONSTRAINT_DATATYPE, "SQLITE_CONSTRAINT_DATATYPE"},
    {SQLITE_CONSTRAINT_FOREIGNKEY, "SQLITE_CONSTRAINT_FOREIGNKEY"},
    {SQLITE_CONSTRAINT_FUNCTION, "SQLITE_CONSTRAINT_FUNCTION"},
    {SQLITE_CONSTRAINT_NOTNULL, "SQLITE_CONSTRAINT_NOTNULL"},
    {SQLITE_CONSTRAINT_PRIMARYKEY, "SQLITE_CONSTRAINT_PRIMARYKEY"},
    {SQLITE_CONSTRAINT_ROWID, "SQLITE_CONSTRAINT_ROWID"},
    {SQLITE_CONSTRAINT_TRIGGER, "SQLITE_CONSTRAINT_TRIGGER"},
    {SQLITE_CONSTRAINT_UNIQUE, "SQLITE_CONSTRAINT_UNIQUE"},
    {SQLITE_CONSTRAINT_VTAB, "SQLITE_CONSTRAINT_VTAB"},
    {SQLITE_CORRUPT_INDEX, "SQLITE_CORRUPT_INDEX"},
}};

std::string symbolOf(int code) {
    for (const int candidate : {code, code & 0xff}) {
        const auto found = std::find_if(symbols.begin(), symbols.end(),
            [candidate](const auto& entry) { return entry.first == candidate; });
        if (found != symbols.end()) {
            return std::string(found->second);
        }
    }
    return "UNKNOWN_SQLITE_ERROR_" + std::to_string(code);
}

/// What a driver makes of a failure.
struct Cause {
    std::string code = {};
    std::string message = {};
    /// JSON members behind the original code and message.
    std::string members = {};
    std::string table = {};
};

std::string afterMark(const std::string& detail, std::string_view mark) {
    const std::size_t at = detail.find(mark);
    return at == std::string::npos ? "" : detail.substr(at + mark.size());
}

/// The columns of "UNIQUE constraint failed: users.email, users.name", and the table of the first.
std::pair<std::vector<std::string>, std::string> columnsOf(const std::string& detail) {
    std::vector<std::string> columns;
    std::string table;
    std::string rest = afterMark(detail, "constraint failed: ");
    while (!rest.empty()) {
        const std::size_t comma = rest.find(", ");
        const std::string part = rest.substr(0, comma);
        rest = comma == std::string::npos ? "" : rest.substr(comma + 2);
        const std::size_t dot = part.rfind('.');
        if (columns.empty() && dot != std::string::npos) {
            table = part.substr(0, dot);
        }
        columns.push_back(dot == std::string::npos ? part : part.substr(dot + 1));
    }
    return {columns, table};
}

Cause columnsCause(const std::string& detail, const std::string& code, const std::string& kind,
    const std::string& what) {
    const auto [columns, table] = columnsOf(detail);
    std::string names;
    std::string fields;
    for (const std::string& column : columns) {
        names += (names.empty() ? "`" : ", `") + column + "`";
        fields += (fields.empty() ? "" : ",") + request::jsonString(column);
    }
    return {code,
        what + " constraint " + (kind == "Unique" ? "failed" : "violation") + " on the fields: (" +
            names + ")",
        R"(,"kind":")" + kind + R"(ConstraintViolation","constraint":{"fields":[)" + fields + "]}",
        table};
}

Cause namedCause(const std::string& code, const std::string& kind, const std::string& what,
    const std::string& name) {
    return {code, "The " + what + " `" + name + "` does not exist in the current database.",
        R"(,"kind":")" + kind + "\",\"" + what + "\":" + request::jsonString(name), ""};
}

Cause causeOf(const StorageError& error) {
    const std::string& detail = error.detail();
    switch (error.code()) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY: {
            Cause cause = columnsCause(detail, "P2002", "Unique", "Unique");
            if (!cause.table.empty()) {
                cause.members += ",\"table\":" + request::jsonString(cause.table);
            }
            return cause;
        }
        case SQLITE_CONSTRAINT_NOTNULL: {
            Cause cause = columnsCause(detail, "P2011", "Null", "Null");
            cause.table.clear();
            return cause;
        }
        case SQLITE_CONSTRAINT_FOREIGNKEY:
        case SQLITE_CONSTRAINT_TRIGGER:
            return {"P2003", "Foreign key constraint violated on the foreign key",
                R"(,"kind":"ForeignKeyConstraintViolation","constraint":{"foreignKey":{}})", ""};
        default:
            break;
    }
    if (error.primaryCode() == SQLITE_BUSY) {
        return {"P1008", "Operation has timed out", R"(,"kind":"SocketTimeout")", ""};
    }
    if (const std::string table = afterMark(detail, "no such table: "); !table.empty()) {
        return namedCause("P2021", "TableDoesNotExist", "table", table);
    }
    for (const std::string_view mark : {"no such column: ", "has no column named "}) {
        if (const std::string column = afterMark(detail, mark); !column.empty()) {
            return namedCause("P2022", "ColumnNotFound", "column", column);
        }
    }
    return {"P2039",
        "Database error. Code: `" + symbolOf(error.code()) + "`. Message: `" + detail + "`",
        R"(,"kind":"sqlite","extendedCode":)" + std::to_string(error.code()) +
            ",\"message\":" + request::jsonString(detail),
        ""};
}

std::string contextText(const ValidateNode& node, std::string_view name) {
    const request::Value* value = node.context->find(name);
    return value == nullptr ? "" : std::string(value->text);
}

/// Number of records of a list, a number of changed rows, or one for a record.
std::string countOf(const Value& value) {
    if (const std::vector<Value>* items = itemsOf(value)) {
        return std::to_string(items->size());
    }
    const auto* number = std::get_if<std::int64_t>(&value);
    return number != nullptr ? std::to_string(*number) : isNull(value) ? "null" : "1";
}

constexpr std::string_view missing =
    "An operation failed because it depends on one or more records that were required but not "
    "found. ";

std::pair<std::string, std::string> codeAndMessage(const ValidateNode& node, const Value& value) {
    const auto text = [&node](std::string_view name) { return contextText(node, name); };
    const std::string start(missing);
    switch (node.error) {
        case ErrorIdentifier::RelationViolation:
            return {"P2014",
                "The change you are trying to make would violate the required relation '" +
                    text("relation") + "' between the `" + text("modelA") + "` and `" +
                    text("modelB") + "` models."};
        case ErrorIdentifier::MissingRecord:
            return {"P2025", start + "No record was found for " + text("operation") + "."};
        case ErrorIdentifier::MissingRelatedRecord: {
            const std::string hint = text("neededFor");
            return {"P2025",
                start + "No '" + text("model") + "' record" +
                    (hint.empty() ? "" : " (needed to " + hint + ")") + " was found for " +
                    text("operation") + " on " + text("relationType") + " relation '" +
                    text("relation") + "'."};
        }
        case ErrorIdentifier::IncompleteConnectInput:
            return {"P2025",
                start + "Expected " + text("expectedRows") +
                    " records to be connected, found only " + countOf(value) + "."};
        case ErrorIdentifier::IncompleteConnectOutput:
            return {"P2018",
                "The required connected records were not found. Expected " + text("expectedRows") +
                    " records to be connected after connect operation on " + text("relationType") +
                    " relation '" + text("relation") + "', found " + countOf(value) + "."};
        case ErrorIdentifier::RecordsNotConnected:
            return {"P2017",
                "The records for relation `" + text("relation") + "` between the `" +
                    text("parent") + "` and `" + text("child") + "` models are not connected."};
    }
    return {};
}

}  // namespace

RequestError translate(const StorageError& error, bool isRaw) {
    const Cause cause = causeOf(error);
    const std::string symbol = symbolOf(error.code());
    std::string meta =
        R"({"driverAdapterError":{"name":"DriverAdapterError","cause":{"originalCode":")" + symbol +
        R"(","originalMessage":)" + request::jsonString(error.detail()) + cause.members + "}}";
    if (isRaw) {
        return RequestError(
            "P2010", "Raw query failed. Code: `" + symbol + "`. Message: `" + error.detail() + "`")
            .withMeta(meta + "}")
            .withStatus(400);
    }
    if (!cause.table.empty()) {
        meta += ",\"table\":" + request::jsonString(cause.table);
    }
    return RequestError(cause.code, cause.message).withMeta(meta + "}").withStatus(400);
}

RequestError validationError(const ValidateNode& node, const Value& value) {
    const auto [code, message] = codeAndMessage(node, value);
    std::string meta;
    appendJson(meta, *node.context);
    return RequestError(code, message).withMeta(std::move(meta)).withStatus(400);
}

RequestError inconsistent(const std::string& problem) {
    return RequestError("P2023", problem).withStatus(400);
}

std::string errorBody(const RequestError& error) {
    std::string body = "{";
    if (!error.code().empty()) {
        body += "\"code\":" + request::jsonString(error.code()) + ",";
    }
    return body + "\"error\":" + request::jsonString(error.message()) +
           ",\"meta\":" + error.meta() + "}";
}

}  // namespace loam::runtime::queryplan
