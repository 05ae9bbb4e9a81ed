#include "runtime/engine/executor.hpp"

#include <variant>

#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"
#include "runtime/result/record.hpp"
#include "runtime/sql/command.hpp"
#include "runtime/sql/cursor.hpp"
#include "runtime/sql/error.hpp"

namespace loam::runtime::engine {
namespace {

using plan::Selection;
using plan::Shape;
using schema::Model;

[[noreturn]] void failMissing(const Model& model, std::string_view purpose) {
    const std::string cause = "No record was found for " + std::string(purpose) + ".";
    std::string meta = "{\"modelName\":";
    request::appendJsonString(meta, model.name);
    throw request::RequestError("P2025",
        "An operation failed because it depends on one or more records that were required but not "
        "found. " +
            cause)
        .withMeta(meta + R"(,"cause":")" + cause + "\"}");
}

class Executor {
  public:
    Executor(const schema::Schema& schema, storage::Database& database, std::string& out)
        : schema_(schema), database_(database), out_(out) {}

    void run(const plan::TypeName& type) { request::appendJsonString(out_, type.name); }

    void run(const plan::Read& read) { answer(read.rows, read.selection, read.shape, "a query"); }

    void run(const plan::Aggregate& aggregate) {
        const sql::Command command = sql::count(aggregate.rows, aggregate.selection);
        sql::Cursor cursor(database_, command);
        cursor.next();
        result::appendAggregate(out_, aggregate.selection, cursor);
    }

    void run(const plan::Create& create) {
        if (create.shape == Shape::Count) {
            std::int64_t count = 0;
            for (const auto& record : create.records) {
                count += sql::run(database_, sql::insert(create, record));
            }
            result::appendCount(out_, create.selection, count);
            return;
        }
        const bool isMany = create.shape == Shape::Many;
        out_ += isMany ? "[" : "";
        bool isFirst = true;
        for (const auto& record : create.records) {
            out_ += isFirst ? "" : ",";
            isFirst = false;
            const sql::Command command = sql::insert(create, record);
            one(command, *create.model, create.selection);
        }
        out_ += isMany ? "]" : "";
    }

    void run(const plan::Update& update) { runUpdate(update); }

    void run(const plan::Delete& removal) {
        const sql::Command command = sql::remove(removal);
        write(command, *removal.model, removal.selection, removal.shape, "a delete");
    }

    void run(const plan::Upsert& upsert) {
        const std::size_t start = out_.size();
        if (!runUpdate(upsert.update)) {
            out_.resize(start);
            run(upsert.create);
        }
    }

  private:
    /// Whether there was a row to update.
    bool runUpdate(const plan::Update& update) {
        if (!update.assignments.empty()) {
            const sql::Command command = sql::update(update);
            return write(command, *update.model, update.selection, update.shape, "an update");
        }
        const plan::Rows rows = unchangedRows(update);
        if (update.shape == Shape::Count) {
            const sql::Command command = sql::count(rows, {});
            sql::Cursor cursor(database_, command);
            cursor.next();
            result::appendCount(out_, update.selection, cursor.integer(0));
            return true;
        }
        return answer(rows, update.selection, update.shape, "an update");
    }

    /// Reads rows; whether there was one.
    bool answer(
        const plan::Rows& rows, const Selection& selection, Shape shape, std::string_view purpose) {
        const sql::Command command = sql::select(rows, selection);
        if (shape == Shape::Many) {
            sql::Cursor cursor(database_, command);
            const bool isReversed = rows.take && *rows.take < 0;
            result::appendRecords(out_, schema_, *rows.model, selection, cursor, isReversed);
            return true;
        }
        return oneOrNone(command, *rows.model, selection, shape, purpose);
    }

    /// Changes rows; whether there was one.
    bool write(const sql::Command& command, const Model& model, const Selection& selection,
        Shape shape, std::string_view purpose) {
        if (shape == Shape::Count) {
            result::appendCount(out_, selection, sql::run(database_, command));
            return true;
        }
        if (shape == Shape::Many) {
            sql::Cursor cursor(database_, command);
            result::appendRecords(out_, schema_, model, selection, cursor, false);
            return true;
        }
        return oneOrNone(command, model, selection, shape, purpose);
    }

    bool oneOrNone(const sql::Command& command, const Model& model, const Selection& selection,
        Shape shape, std::string_view purpose) {
        if (one(command, model, selection)) {
            return true;
        }
        if (shape == Shape::One) {
            failMissing(model, purpose);
        }
        out_ += "null";
        return false;
    }

    /// Appends the first row; whether there was one. Goes on to the end, since SQLite checks
    /// foreign keys of a write only there.
    bool one(const sql::Command& command, const Model& model, const Selection& selection) {
        sql::Cursor cursor(database_, command);
        if (!cursor.next()) {
            return false;
        }
        result::appendRecord(out_, schema_, model, selection, cursor);
        while (cursor.next()) {
        }
        return true;
    }

    const schema::Schema& schema_;
    storage::Database& database_;
    std::string& out_;
};

}  // namespace

plan::Rows unchangedRows(const plan::Update& update) {
    plan::Rows rows;
    rows.model = update.model;
    rows.filter = update.filter;
    rows.take = update.limit;
    return rows;
}

void execute(const plan::Plan& plan, const schema::Schema& schema, storage::Database& database,
    std::string& out) {
    Executor executor(schema, database, out);
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
