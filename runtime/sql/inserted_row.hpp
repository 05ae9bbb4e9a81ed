#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/sql/command.hpp"
#include "runtime/sql/row.hpp"
#include "runtime/storage/database.hpp"

namespace loam::runtime::sql {

/// A row as an insert leaves it, known without reading it back: RETURNING keeps rows in a table of
/// its own meanwhile, which takes about as long as inserting one.
class InsertedRow final : public Row {
  public:
    /// The row that `record` becomes, if every selected column is known as it will be stored: one
    /// that gets a value which its column's declaration leaves alone, or the id that SQLite counts.
    /// Of ordinary tables and views; the record must outlive the row.
    static std::optional<InsertedRow> of(storage::Database& database, const schema::Model& model,
        const std::vector<plan::Assignment>& record, const plan::Selection& selection);

    /// Runs the insert; false when it added no row, as a trigger may decide. Throws StorageError,
    /// and RequestError P2034 when another process has changed the table since of(), so that the
    /// transaction must be undone and may be tried again.
    bool insert(const schema::Model& model, const std::vector<plan::Assignment>& record,
        const plan::Selection& selection);

    StorageType type(int column) const override;
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    std::string_view bytes(int column) const override;

  private:
    explicit InsertedRow(storage::Database& database) : database_(&database) {}

    bool add(const schema::Model& model, const std::vector<plan::Assignment>& record,
        const schema::Field& field);
    const Parameter& at(int column) const { return columns_[static_cast<std::size_t>(column)]; }

    storage::Database* database_;
    std::vector<Parameter> columns_;
    /// Columns that get the id.
    std::vector<std::size_t> ids_;
};

}  // namespace loam::runtime::sql
