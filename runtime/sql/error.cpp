#include "runtime/sql/error.hpp"

#include <sqlite3.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/request/text.hpp"

namespace loam::runtime::sql {
namespace {

using request::RequestError;

/// The fields behind "Table.a, Table.b", by the names that the database has for them where the
/// schema knows none.
struct Columns {
    const schema::Model* model = nullptr;
    std::vector<std::string> fields = {};
};

Columns columnsOf(std::string_view detail, const schema::Schema& schema) {
    Columns columns;
    while (!detail.empty()) {
        const std::size_t comma = detail.find(", ");
        const std::string_view part = detail.substr(0, comma);
        detail.remove_prefix(comma == std::string_view::npos ? detail.size() : comma + 2);
        std::string name(part);
        for (const schema::Model& model : schema.models) {
            const std::size_t size = model.databaseName.size();
            if (part.substr(0, size) != model.databaseName || part.substr(size, 1) != ".") {
                continue;
            }
            columns.model = &model;
            const schema::Field* field = model.findColumn(part.substr(size + 1));
            name = field != nullptr ? field->name : std::string(part.substr(size + 1));
        }
        columns.fields.push_back(std::move(name));
    }
    return columns;
}

std::string after(const std::string& detail, std::string_view mark) {
    const std::size_t start = detail.find(mark);
    return start == std::string::npos ? std::string() : detail.substr(start + mark.size());
}

std::string metaOf(const Columns& columns, std::string_view key) {
    std::string meta = "{";
    if (columns.model != nullptr) {
        meta += "\"modelName\":";
        request::appendJsonString(meta, columns.model->name);
        meta += ",";
    }
    request::appendJsonString(meta, key);
    meta += ":[";
    for (std::size_t index = 0; index < columns.fields.size(); ++index) {
        meta += index == 0 ? "" : ",";
        request::appendJsonString(meta, columns.fields[index]);
    }
    return meta + "]}";
}

std::string quotedFields(const Columns& columns) {
    std::string text = "(";
    for (const std::string& field : columns.fields) {
        text += (text.size() == 1 ? "`" : ",`") + field + "`";
    }
    return text + ")";
}

RequestError constraintError(const storage::StorageError& error, const schema::Schema& schema) {
    switch (error.code()) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: {
            const Columns columns =
                columnsOf(after(error.detail(), "UNIQUE constraint failed: "), schema);
            return RequestError(
                "P2002", "Unique constraint failed on the fields: " + quotedFields(columns))
                .withMeta(metaOf(columns, "target"));
        }
        case SQLITE_CONSTRAINT_NOTNULL: {
            const Columns columns =
                columnsOf(after(error.detail(), "NOT NULL constraint failed: "), schema);
            return RequestError(
                "P2011", "Null constraint violation on the fields: " + quotedFields(columns))
                .withMeta(metaOf(columns, "constraint"));
        }
        case SQLITE_CONSTRAINT_FOREIGNKEY:
        case SQLITE_CONSTRAINT_TRIGGER:
            return RequestError("P2003", "Foreign key constraint violated on the foreign key")
                .withMeta(R"({"constraint":null,"field_name":"foreign key"})");
        default:
            break;
    }
    std::string meta = "{\"database_error\":";
    request::appendJsonString(meta, error.detail());
    return RequestError("P2004", "A constraint failed on the database: " + error.detail())
        .withMeta(meta + "}");
}

RequestError missingError(std::string_view what, std::string_view code, const std::string& name) {
    std::string meta = "{\"";
    meta.append(what).append("\":");
    request::appendJsonString(meta, name);
    return RequestError(std::string(code),
        "The " + std::string(what) + " `" + name +
            "` does not exist in the current database. Apply the "
            "migrations of the schema first.")
        .withMeta(meta + "}");
}

RequestError plainError(const storage::StorageError& error) {
    switch (error.primaryCode()) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"P1008",
                "Operations timed out: another connection kept the database locked for too long. "
                "Nothing "
                "was changed; try again."};
        case SQLITE_READONLY:
            return {
                "", "The database is opened for reading only here; send mutations to the writer."};
        case SQLITE_FULL:
            return {"", "The disk of the database is full; nothing was changed."};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {"",
                "The database file is damaged or is not an SQLite database; restore it from a "
                "backup."};
        case SQLITE_IOERR:
            return {"", "The database file could not be read or written."};
        case SQLITE_TOOBIG:
            return {"P2000", "A value is larger than the database can store."};
        case SQLITE_NOMEM:
            return {"", "There is not enough memory for the request."};
        case SQLITE_MISMATCH:
            return {
                "P2023", "Inconsistent column data: a value does not fit the type of its column."};
        case SQLITE_INTERRUPT:
            return {"P1008", "Operations timed out: the request was interrupted."};
        default:
            return {"", "The database refused the request: " + error.detail() + "."};
    }
}

}  // namespace

RequestError translate(const storage::StorageError& error, const schema::Schema& schema) {
    if (error.primaryCode() == SQLITE_CONSTRAINT) {
        return constraintError(error, schema);
    }
    if (error.primaryCode() == SQLITE_ERROR) {
        if (error.detail() == "parser stack overflow" ||
            error.detail().starts_with("Expression tree is too large")) {
            return {"P2009",
                "The filter of the request is nested too deeply for the database; combine its "
                "conditions in fewer levels of AND, OR and NOT."};
        }
        if (error.detail() == "integer overflow") {
            const std::string detail = "The result of the calculation does not fit into the field.";
            return RequestError("P2020", "Value out of range for the type. " + detail)
                .withMeta(R"({"details":")" + detail + "\"}");
        }
        if (const std::string table = after(error.detail(), "no such table: "); !table.empty()) {
            return missingError("table", "P2021", "main." + table);
        }
        for (const std::string_view mark : {"no such column: ", "has no column named "}) {
            if (const std::string column = after(error.detail(), mark); !column.empty()) {
                const bool isQualified = column.find('.') != std::string::npos;
                return missingError("column", "P2022", (isQualified ? "main." : "") + column);
            }
        }
    }
    return plainError(error);
}

}  // namespace loam::runtime::sql
