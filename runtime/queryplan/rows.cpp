#include "runtime/queryplan/rows.hpp"

#include <algorithm>
#include <cctype>
#include <memory>
#include <sqlite3.h>
#include <string_view>
#include <utility>

#include "runtime/queryplan/error.hpp"
#include "runtime/queryplan/evaluator.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::queryplan {
namespace {

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
            "Inconsistent column data: the text in column '" +
            std::string(sqlite3_column_name(handle, column)) + "' is not valid UTF-8.");
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
    const bool isFirst = columns_.names.empty();
    for (int column = 0; column < count; ++column) {
        const std::string declared = declaredType(handle, column);
        isTime.push_back(isTimeType(declared));
        if (isFirst) {
            columns_.names.emplace_back(sqlite3_column_name(handle, column));
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
    for (const std::string& name : columns_.names) {
        if (columns->find(name) == Columns::none) {
            columns->names.push_back(name);
            // Of columns with the same name the last one counts.
            places.push_back(columns_.find(name));
        }
    }
    const bool areUnique = places.size() == columns_.names.size();
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

}  // namespace loam::runtime::queryplan
