#include "runtime/sql/inserted_row.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <strings.h>

#include "runtime/request/error.hpp"
#include "runtime/sql/cursor.hpp"

namespace loam::runtime::sql {
namespace {

/// What the table says about a column.
struct Declaration {
    std::string type;
    bool takesNull;
    bool isCounted;
};

bool isSameColumn(const std::string& left, const std::string& right) {
    return left.size() == right.size() && strcasecmp(left.c_str(), right.c_str()) == 0;
}

/// Whether the name may stand for the number of the row, and so for another column too.
bool isRowNumber(const std::string& name) {
    return isSameColumn(name, "rowid") || isSameColumn(name, "oid") ||
           isSameColumn(name, "_rowid_");
}

std::optional<Declaration>
declarationOf(storage::Database& database, const schema::Model& model, const schema::Field& field) {
    const char* type = nullptr;
    int isRequired = 0;
    int isKey = 0;
    int isCounted = 0;
    // Without the name of a database the table is looked for as an insert does.
    const int code = sqlite3_table_column_metadata(database.handle(), nullptr,
        model.databaseName.c_str(), field.databaseName.c_str(), &type, nullptr, &isRequired, &isKey,
        &isCounted);
    if (code != SQLITE_OK) {
        // Such as for a view.
        return std::nullopt;
    }
    std::string upper(type == nullptr ? "" : type);
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    return Declaration{std::move(upper), isRequired == 0 && isKey == 0, isCounted != 0};
}

/// https://www.sqlite.org/datatype3.html#determination_of_column_affinity, whose rules go from top
/// to bottom.
bool isChanged(const Parameter& value, const Declaration& declaration) {
    const std::string& declared = declaration.type;
    const auto has = [&](std::string_view word) {
        return declared.find(word) != std::string::npos;
    };
    const bool isInteger = has("INT");
    const bool isText = !isInteger && (has("CHAR") || has("CLOB") || has("TEXT"));
    const bool isNone = !isInteger && !isText && (has("BLOB") || declared.empty());
    const bool isReal =
        !isInteger && !isText && !isNone && (has("REAL") || has("FLOA") || has("DOUB"));
    if (std::holds_alternative<std::int64_t>(value)) {
        return isText || isReal;
    }
    if (std::holds_alternative<std::string_view>(value)) {
        return !isText && !isNone;
    }
    // NULL makes a key count, and may make another value out of what must have one.
    return std::holds_alternative<double>(value) ||
           (std::holds_alternative<std::monostate>(value) && !declaration.takesNull);
}

}  // namespace

std::optional<InsertedRow> InsertedRow::of(storage::Database& database, const schema::Model& model,
    const std::vector<plan::Assignment>& record, const plan::Selection& selection) {
    InsertedRow row(database);
    for (const plan::Output& output : selection) {
        const bool isColumn = output.kind == plan::Output::Kind::Column;
        if (isColumn ? !row.add(model, record, *output.field)
                     : output.kind != plan::Output::Kind::TypeName) {
            return std::nullopt;
        }
    }
    return row;
}

bool InsertedRow::add(const schema::Model& model, const std::vector<plan::Assignment>& record,
    const schema::Field& field) {
    const auto assignment =
        std::find_if(record.begin(), record.end(), [&](const plan::Assignment& candidate) {
            return isSameColumn(candidate.field->databaseName, field.databaseName);
        });
    const bool isAssigned = assignment != record.end();
    if (isRowNumber(field.databaseName) || (isAssigned && assignment->field != &field)) {
        return false;
    }
    const bool isCounted =
        field.defaultValue && field.defaultValue->kind == schema::DefaultKind::AutoIncrement;
    if (!isAssigned && !isCounted) {
        return false;
    }
    const auto declaration = declarationOf(*database_, model, field);
    if (!declaration) {
        return false;
    }
    if (isAssigned) {
        columns_.push_back(stored(assignment->value));
        return !isChanged(columns_.back(), *declaration);
    }
    ids_.push_back(columns_.size());
    columns_.emplace_back();
    return declaration->isCounted;
}

bool InsertedRow::insert(const schema::Model& model, const std::vector<plan::Assignment>& record,
    const plan::Selection& selection) {
    const Command command = sql::insert(model, record, {}, plan::Shape::Count);
    Cursor cursor(*database_, command);
    while (cursor.next()) {
    }
    // What the connection knows of tables may be old until it has run a statement.
    const bool isPreparedAnew =
        sqlite3_stmt_status(cursor.statement().handle(), SQLITE_STMTSTATUS_REPREPARE, 1) != 0;
    if (isPreparedAnew && !of(*database_, model, record, selection)) {
        throw request::RequestError("P2034",
            "Transaction failed due to a write conflict or a deadlock. Please retry your "
            "transaction");
    }
    if (database_->changes() == 0) {
        return false;
    }
    for (const std::size_t column : ids_) {
        columns_[column] = std::int64_t{sqlite3_last_insert_rowid(database_->handle())};
    }
    return true;
}

StorageType InsertedRow::type(int column) const {
    constexpr std::array types{StorageType::Null, StorageType::Integer, StorageType::Real,
        StorageType::Text, StorageType::Blob};
    static_assert(types.size() == std::variant_size_v<Parameter>);
    return types[at(column).index()];
}

std::int64_t InsertedRow::integer(int column) const { return std::get<std::int64_t>(at(column)); }

double InsertedRow::real(int column) const { return std::get<double>(at(column)); }

std::string_view InsertedRow::bytes(int column) const {
    const auto* blob = std::get_if<Blob>(&at(column));
    return blob != nullptr ? blob->data : std::get<std::string_view>(at(column));
}

}  // namespace loam::runtime::sql
