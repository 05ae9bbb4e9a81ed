#include "runtime/engine/executor.hpp"

#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

#include "runtime/engine/deferral.hpp"
#include "runtime/engine/missing.hpp"
#include "runtime/engine/reader.hpp"
#include "runtime/engine/transaction.hpp"
#include "runtime/engine/writer.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"
#include "runtime/result/number.hpp"
#include "runtime/result/raw.hpp"
#include "runtime/result/record.hpp"
#include "runtime/sql/command.hpp"
#include "runtime/sql/cursor.hpp"
#include "runtime/sql/error.hpp"
#include "runtime/sql/inserted_row.hpp"
#include "runtime/sql/raw.hpp"

namespace loam::runtime::engine {
namespace {

using plan::Selection;
using plan::Shape;
using schema::Model;

/// Whether the answer of a write can come from the statement that writes.
bool isReturned(const Selection& selection) {
    return std::all_of(selection.begin(), selection.end(), [](const plan::Output& output) {
        return output.kind != plan::Output::Kind::Related &&
               output.kind != plan::Output::Kind::Object;
    });
}

/// Whether one statement writes everything.
bool isFlat(const plan::Data& data) { return data.nested.empty(); }

class Executor {
  public:
    Executor(const plan::Catalog& catalog, storage::Database& database, result::RawForm rawForm,
        std::string& out)
        : schema_(catalog.schema()),
          database_(database),
          rawForm_(rawForm),
          out_(out),
          isEmulated_(schema_.relationMode() == schema::RelationMode::Prisma),
          writer_(schema_, catalog.links(), database) {}

    void run(const plan::TypeName& type) { request::appendJsonString(out_, type.name); }

    void run(const plan::Introspection& introspection) { out_ += introspection.answer; }

    void run(const plan::Read& read) { answer(read.rows, read.selection, read.shape, "a query"); }

    void run(const plan::Aggregate& aggregate) {
        const sql::Command command = sql::aggregate(aggregate.rows, aggregate.selection);
        sql::Cursor cursor(database_, command);
        cursor.next();
        Reader(schema_, database_, aggregate.rows, aggregate.selection, out_).record(cursor);
    }

    void run(const plan::GroupBy& group) {
        const sql::Command command = sql::groupBy(group);
        sql::Cursor cursor(database_, command);
        Reader reader(schema_, database_, group.rows, group.selection, out_);
        std::vector<std::size_t> starts;
        out_ += "[";
        bool isFirst = true;
        while (cursor.next()) {
            out_ += isFirst ? "" : ",";
            isFirst = false;
            starts.push_back(out_.size());
            reader.record(cursor);
        }
        if (group.rows.take && *group.rows.take < 0) {
            result::reverse(out_, starts);
        }
        out_ += "]";
    }

    void run(const plan::Create& create) {
        Deferral deferral(
            database_, create.records.size() > 1 && mayReferToEachOther(schema_, *create.model));
        add(create);
        deferral.check();
    }

    void run(const plan::Update& update) {
        if (isWritable(update)) {
            write(sql::update(update), *update.model, update.selection, update.shape, "an update");
        } else if (update.shape == Shape::One) {
            const std::optional<Row> row = writer_.find(*update.model, update.filter);
            if (!row) {
                throw missingRecord(*update.model, "an update");
            }
            // What is nested in an update may remove its record, or change its identifier.
            appendRow(writer_.update(*row, update.data), update.selection, Shape::OneOrNull);
        } else {
            updateMany(update);
        }
    }

    void run(const plan::Delete& removal) {
        if (!isEmulated_ && isReturned(removal.selection)) {
            write(
                sql::remove(removal), *removal.model, removal.selection, removal.shape, "a delete");
            return;
        }
        const std::vector<Row> rows =
            writer_.findAll(*removal.model, removal.filter, removal.limit);
        if (removal.shape == Shape::Count) {
            writer_.removeAll(rows);
            result::appendCount(out_, removal.selection, static_cast<std::int64_t>(rows.size()));
            return;
        }
        if (rows.empty()) {
            throw missingRecord(*removal.model, "a delete");
        }
        appendRow(rows.front(), removal.selection);
        writer_.removeAll(rows);
    }

    void run(const plan::Upsert& upsert) {
        const plan::Update& update = upsert.update;
        if (const std::optional<Row> row = writer_.find(*update.model, update.filter)) {
            appendRow(writer_.update(*row, update.data), update.selection);
        } else {
            run(upsert.create);
        }
    }

    void run(const plan::Raw& raw) {
        std::optional<Transaction> transaction;
        sql::RawStatement statement(database_, raw);
        if (!raw.returnsRows) {
            result::appendNumber(out_, statement.run());
            return;
        }
        if (statement.writesAndReturns()) {
            transaction.emplace(database_, Transaction::Kind::Write);
        }
        result::appendRaw(out_, statement, rawForm_);
        if (transaction) {
            transaction->commit();
        }
    }

  private:
    /// Adds records and answers.
    void add(const plan::Create& create) {
        if (create.shape == Shape::Count) {
            std::int64_t count = 0;
            for (const plan::Data& record : create.records) {
                count += sql::run(database_,
                    sql::insert(*create.model, record.assignments, create.selection, create.shape));
            }
            result::appendCount(out_, create.selection, count);
            return;
        }
        if (create.shape == Shape::One) {
            addOne(create, create.records.front());
            return;
        }
        if (!isReturned(create.selection)) {
            std::vector<Row> rows;
            for (const plan::Data& record : create.records) {
                rows.push_back(writer_.create(*create.model, record));
            }
            appendRows(rows, create.selection);
            return;
        }
        appendList(create.records, [&](const plan::Data& record) { insert(create, record); });
    }

    void addOne(const plan::Create& create, const plan::Data& record) {
        if (isFlat(record) && isReturned(create.selection)) {
            insert(create, record);
        } else {
            appendRow(writer_.create(*create.model, record), create.selection);
        }
    }

    /// Adds a record with one statement, which answers unless the answer is known without it.
    void insert(const plan::Create& create, const plan::Data& record) {
        const Model& model = *create.model;
        auto row = sql::InsertedRow::of(database_, model, record.assignments, create.selection);
        if (!row) {
            const auto command =
                sql::insert(model, record.assignments, create.selection, create.shape);
            checkFound(one(command, model, create.selection), model, Shape::One, "a create");
            return;
        }
        // A trigger may have decided to add nothing.
        const bool isAdded = row->insert(model, record.assignments, create.selection);
        checkFound(isAdded, model, Shape::One, "a create");
        result::appendRecord(out_, schema_, model, create.selection, *row, {});
    }

    /// Whether one statement changes the rows and answers.
    bool isWritable(const plan::Update& update) const {
        return !update.data.assignments.empty() && isFlat(update.data) && !isEmulated_ &&
               isReturned(update.selection) &&
               (update.shape == Shape::Count ||
                   !writer_.isReferredTo(*update.model, update.data.assignments));
    }

    void updateMany(const plan::Update& update) {
        if (update.shape == Shape::Count && update.data.assignments.empty()) {
            // Nothing is changed, so nothing counts, as with Prisma.
            result::appendCount(out_, update.selection, 0);
            return;
        }
        const std::vector<Row> rows = writer_.findAll(*update.model, update.filter, update.limit);
        const std::vector<Row> changed = writer_.updateAll(rows, update.data.assignments);
        if (update.shape == Shape::Count) {
            result::appendCount(out_, update.selection, static_cast<std::int64_t>(rows.size()));
        } else {
            appendRows(changed, update.selection);
        }
    }

    /// Reads records that one request wrote, when all of them are written: they may be related.
    void appendRows(const std::vector<Row>& rows, const Selection& selection) {
        appendList(rows, [&](const Row& row) { appendRow(row, selection); });
    }

    /// Appends a list of what `append` writes for each item.
    template <typename Items, typename Append>
    void appendList(const Items& items, const Append& append) {
        out_ += "[";
        std::string_view separator;
        for (const auto& item : items) {
            out_ += separator;
            separator = ",";
            append(item);
        }
        out_ += "]";
    }

    /// Reads one record.
    void appendRow(const Row& row, const Selection& selection, Shape shape = Shape::One) {
        plan::Rows rows;
        rows.model = row.model;
        rows.filter = writer_.only(row);
        answer(rows, selection, shape, "a query");
    }

    /// Reads rows.
    void answer(
        const plan::Rows& rows, const Selection& selection, Shape shape, std::string_view purpose) {
        Reader reader(schema_, database_, rows, selection, out_);
        if (shape == Shape::Many) {
            reader.many();
        } else {
            checkFound(reader.one(), *rows.model, shape, purpose);
        }
    }

    /// Changes rows.
    void write(const sql::Command& command, const Model& model, const Selection& selection,
        Shape shape, std::string_view purpose) {
        if (shape == Shape::Count) {
            result::appendCount(out_, selection, sql::run(database_, command));
        } else if (shape == Shape::Many) {
            plan::Rows rows;
            rows.model = &model;
            Reader reader(schema_, database_, rows, selection, out_);
            sql::Cursor cursor(database_, command);
            out_ += "[";
            for (bool isFirst = true; cursor.next(); isFirst = false) {
                out_ += isFirst ? "" : ",";
                reader.record(cursor);
            }
            out_ += "]";
        } else {
            checkFound(one(command, model, selection), model, shape, purpose);
        }
    }

    /// Writes null when nothing was found, or throws.
    void checkFound(bool isFound, const Model& model, Shape shape, std::string_view purpose) {
        if (!isFound) {
            if (shape == Shape::One) {
                throw missingRecord(model, purpose);
            }
            out_ += "null";
        }
    }

    /// Appends the first row; whether there was one. Goes on to the end, since SQLite checks
    /// foreign keys of a write only there.
    bool one(const sql::Command& command, const Model& model, const Selection& selection) {
        plan::Rows rows;
        rows.model = &model;
        Reader reader(schema_, database_, rows, selection, out_);
        sql::Cursor cursor(database_, command);
        if (!cursor.next()) {
            return false;
        }
        reader.record(cursor);
        while (cursor.next()) {
        }
        return true;
    }

    const schema::Schema& schema_;
    storage::Database& database_;
    result::RawForm rawForm_;
    std::string& out_;
    /// Whether the engine, not the database, keeps relations intact.
    bool isEmulated_;
    Writer writer_;
};

}  // namespace

void execute(const plan::Plan& plan, const plan::Catalog& catalog, storage::Database& database,
    result::RawForm rawForm, std::string& out) {
    const schema::Schema& schema = catalog.schema();
    Executor executor(catalog, database, rawForm, out);
    char separator = '{';
    for (const plan::Step& step : plan.steps) {
        out += separator;
        separator = ',';
        out.append("\"").append(step.key).append("\":");
        try {
            std::visit([&](const auto& action) { executor.run(action); }, step.action);
        } catch (const storage::StorageError& error) {
            throw sql::translate(error, schema).at(step.location).under({step.key});
        } catch (request::RequestError& error) {
            throw error.at(step.location).under({step.key});
        }
    }
    out += separator == '{' ? "{}" : "}";
}

}  // namespace loam::runtime::engine
