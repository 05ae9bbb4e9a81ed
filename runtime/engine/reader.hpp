#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/result/record.hpp"
#include "runtime/sql/automatic_index.hpp"
#include "runtime/sql/command.hpp"
#include "runtime/sql/cursor.hpp"

namespace loam::runtime::engine {

/// Reads rows and writes them as JSON with everything that is related to them: one statement for
/// each relation of the selection, run again for every record that the relation starts from.
class Reader {
  public:
    /// Everything must outlive the reader.
    Reader(const schema::Schema& schema, storage::Database& database, const plan::Rows& rows,
        const plan::Selection& selection, std::string& out);

    /// Appends a list of all rows. Throws RequestError and StorageError.
    void many();
    /// Appends the first row; false, without a change, when there is none. Throws like many().
    bool one();

    /// Appends the rows that a link leads to, as a list or as an object or null: `parent` holds the
    /// link's values from `column` on. Throws like many().
    void related(const sql::Cursor& parent, int column, plan::Shape shape);

    /// Appends the current row of another statement whose columns are those of the selection.
    void record(const sql::Cursor& row);

  private:
    /// Rows that are walked through in the time of a few dozen lookups.
    static constexpr std::uint64_t usualPatience = 4096;
    /// Rows that are walked through in the time that a row of an index takes.
    static constexpr std::uint64_t costOfRow = 4;

    class Page;
    void prepare();
    bool restart(const sql::Cursor& parent, int column);
    std::uint64_t walked() const;
    std::uint64_t rowsOfWalk() const;
    void considerIndex();
    void readMany();
    bool readOne();
    bool nextOfPage(Page& page);
    void appendRelated(const sql::Cursor& row, const plan::Output& output, int column);

    const schema::Schema& schema_;
    storage::Database& database_;
    const plan::Rows& rows_;
    const plan::Selection& selection_;
    std::string& out_;
    sql::Command command_;
    std::optional<sql::Cursor> cursor_;
    /// What the rows are read from: `cursor_` or `indexedCursor_`.
    sql::Cursor* current_ = nullptr;

    std::uint32_t walkedBefore_ = 0;
    /// How often the related rows were looked for without an index.
    std::uint64_t walks_ = 0;
    /// Rows to be walked through before an index of them is considered.
    std::uint64_t patience_ = usualPatience;
    std::optional<sql::AutomaticIndex> index_;
    sql::Command indexedCommand_;
    std::optional<sql::Cursor> indexedCursor_;
    /// The rows that the index found.
    std::string rowids_;
    /// One for each Related output, made when the first row needs it.
    std::vector<std::unique_ptr<Reader>> related_;
};

}  // namespace loam::runtime::engine
