#include "runtime/engine/reader.hpp"

#include <algorithm>
#include <unordered_set>

#include "runtime/request/error.hpp"

namespace loam::runtime::engine {
namespace {

using plan::Output;

/// Where the statement of a read with `distinct` has its further columns.
int furtherColumns(const plan::Selection& selection) {
    return std::max(1, result::columnCount(selection));
}

void appendKey(std::string& key, const sql::Cursor& row, int column) {
    const sql::StorageType type = row.type(column);
    key += static_cast<char>('0' + static_cast<int>(type));
    if (type == sql::StorageType::Integer) {
        key += std::to_string(row.integer(column));
    } else if (type != sql::StorageType::Null) {
        const std::string_view bytes = row.bytes(column);
        key.append(std::to_string(bytes.size())).append(":").append(bytes);
    }
    key += ';';
}

}  // namespace

/// Chooses the rows of a page. Without `distinct` the statement has done so.
class Reader::Page {
  public:
    Page(const plan::Rows& rows, const plan::Selection& selection)
        : rows_(rows),
          firstColumn_(furtherColumns(selection)),
          skip_(rows.skip),
          take_(rows.take ? std::abs(*rows.take) : -1) {}

    bool isFull() const { return !rows_.distinct.empty() && take_ == 0; }

    bool accepts(const sql::Cursor& row) {
        if (rows_.distinct.empty()) {
            return true;
        }
        std::string key;
        int column = firstColumn_;
        for (std::size_t index = 0; index < rows_.distinct.size(); ++index) {
            appendKey(key, row, column++);
        }
        if (!seen_.insert(std::move(key)).second) {
            return false;
        }
        if (skip_ > 0) {
            --skip_;
            return false;
        }
        take_ -= take_ > 0 ? 1 : 0;
        return true;
    }

  private:
    const plan::Rows& rows_;
    int firstColumn_;
    std::int64_t skip_;
    /// Negative for all.
    std::int64_t take_;
    std::unordered_set<std::string> seen_;
};

Reader::Reader(const schema::Schema& schema, storage::Database& database, const plan::Rows& rows,
    const plan::Selection& selection, std::string& out)
    : schema_(schema), database_(database), rows_(rows), selection_(selection), out_(out) {}

void Reader::prepare() {
    if (!cursor_) {
        command_ = sql::select(rows_, selection_);
        cursor_.emplace(database_, command_);
        current_ = &*cursor_;
        walkedBefore_ = cursor_->walked();
    }
}

std::uint64_t Reader::walked() const { return cursor_->walked() - walkedBefore_; }

/// How many rows a walk goes through, on the average of all so far.
std::uint64_t Reader::rowsOfWalk() const {
    return walked() / std::max<std::uint64_t>(walks_, 1) + 1;
}

/// Makes an index once the walks so far have cost more than the one that makes it, so that at worst
/// a read takes about twice as long as without. The table has as many rows as a walk goes through;
/// it may have more where walks end before, which is found out by trying with more of them.
void Reader::considerIndex() {
    if (index_ || walked() < patience_) {
        return;
    }
    using sql::AutomaticIndex;
    if (patience_ < costOfRow * rowsOfWalk()) {
        patience_ = costOfRow * rowsOfWalk();
        return;
    }
    const std::uint64_t most = patience_ / costOfRow;
    const bool isPossible = AutomaticIndex::isPossible(database_, *rows_.link);
    if (isPossible) {
        index_ = AutomaticIndex::make(database_, *rows_.link, most);
    }
    if (index_) {
        indexedCommand_ = sql::selectIndexed(rows_, selection_);
        indexedCursor_.emplace(database_, indexedCommand_);
    }
    constexpr std::uint64_t never = UINT64_MAX;
    patience_ = isPossible && most < 2 * AutomaticIndex::capacity ? 2 * patience_ : never;
}

/// False when nothing can be related to the parent.
bool Reader::restart(const sql::Cursor& parent, int column) {
    considerIndex();
    // A walk may end sooner: where the page is full after a few rows.
    std::optional<std::string> rowids =
        index_ ? index_->find(parent, column, rowsOfWalk() / costOfRow) : std::nullopt;
    if (!rowids) {
        current_ = &*cursor_;
        const bool hasValues = cursor_->restart(parent, column, command_);
        walks_ += hasValues ? 1 : 0;
        return hasValues;
    }
    current_ = &*indexedCursor_;
    const bool hasValues = indexedCursor_->restart(parent, column, indexedCommand_);
    rowids_ = std::move(*rowids);
    indexedCursor_->lookAmong(rowids_, indexedCommand_);
    return hasValues;
}

void Reader::many() {
    prepare();
    readMany();
}

bool Reader::one() {
    prepare();
    return readOne();
}

void Reader::related(const sql::Cursor& parent, int column, plan::Shape shape) {
    prepare();
    const bool hasValues = restart(parent, column);
    if (shape == plan::Shape::Many) {
        if (hasValues) {
            readMany();
        } else {
            out_ += "[]";
        }
    } else if (!hasValues || !readOne()) {
        if (const schema::Field& field = *rows_.link->field; field.isRequired()) {
            throw request::RequestError("",
                "Inconsistent query result: Field " + field.name +
                    " is required to return data, got `null` instead.");
        }
        out_ += "null";
    }
}

bool Reader::nextOfPage(Page& page) {
    while (!page.isFull() && current_->next()) {
        if (page.accepts(*current_)) {
            return true;
        }
    }
    return false;
}

void Reader::readMany() {
    const bool isReversed = rows_.take && *rows_.take < 0;
    std::vector<std::size_t> starts;
    Page page(rows_, selection_);
    out_ += "[";
    bool isFirst = true;
    while (nextOfPage(page)) {
        out_ += isFirst ? "" : ",";
        isFirst = false;
        if (isReversed) {
            starts.push_back(out_.size());
        }
        record(*current_);
    }
    result::reverse(out_, starts);
    out_ += "]";
}

bool Reader::readOne() {
    Page page(rows_, selection_);
    if (!nextOfPage(page)) {
        return false;
    }
    record(*current_);
    return true;
}

void Reader::record(const sql::Cursor& row) {
    result::appendRecord(out_, schema_, *rows_.model, selection_, row,
        [&](const Output& output, int column) { appendRelated(row, output, column); });
}

void Reader::appendRelated(const sql::Cursor& row, const Output& output, int column) {
    auto found = std::find_if(related_.begin(), related_.end(), [&](const auto& reader) {
        return &reader->selection_ == &output.members;
    });
    if (found == related_.end()) {
        related_.push_back(std::make_unique<Reader>(
            schema_, database_, output.rows.front(), output.members, out_));
        found = related_.end() - 1;
    }
    (*found)->related(row, column, output.shape);
}

}  // namespace loam::runtime::engine
