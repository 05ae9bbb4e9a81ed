#include <string>
#include <variant>
#include <vector>

#include "runtime/engine/engine.hpp"
#include "runtime/engine/executor.hpp"
#include "runtime/plan/planner.hpp"
#include "runtime/request/body.hpp"
#include "runtime/request/error.hpp"
#include "runtime/sql/command.hpp"
#include "runtime/sql/inserted_row.hpp"

namespace loam::runtime::engine {
namespace {

/// The commands that a step may run, in order, as text.
class Printer {
  public:
    explicit Printer(storage::Database& database) : database_(database) {}

    std::string text;

    void print(const plan::TypeName&) {}

    void print(const plan::Introspection&) {}

    void print(const plan::Read& read) {
        add(sql::select(read.rows, read.selection));
        related(read.selection);
    }

    void print(const plan::Aggregate& aggregate) {
        add(sql::aggregate(aggregate.rows, aggregate.selection));
    }

    void print(const plan::GroupBy& group) { add(sql::groupBy(group)); }

    void print(const plan::Create& create) {
        for (const plan::Data& record : create.records) {
            const bool isKnown =
                record.nested.empty() &&
                sql::InsertedRow::of(database_, *create.model, record.assignments, create.selection)
                    .has_value();
            add(sql::insert(*create.model, record.assignments, create.selection,
                isKnown ? plan::Shape::Count : create.shape));
            nested(record);
        }
    }

    void print(const plan::Update& update) {
        if (!update.data.assignments.empty()) {
            add(sql::update(update));
        }
        nested(update.data);
    }

    void print(const plan::Delete& removal) { add(sql::remove(removal)); }

    void print(const plan::Upsert& upsert) {
        print(upsert.update);
        text += "-- and when that finds no row\n";
        print(upsert.create);
    }

    void print(const plan::Raw& raw) { add(sql::raw(raw)); }

  private:
    /// Depend on what the database holds.
    void nested(const plan::Data& data) {
        if (!data.nested.empty()) {
            text += "-- and statements for the writes to related records\n";
        }
    }

    /// The statements that run for each record.
    void related(const plan::Selection& selection) {
        for (const plan::Output& output : selection) {
            if (output.kind == plan::Output::Kind::Related) {
                text += "-- for each record, \"" + output.key + "\"\n";
                add(sql::select(output.rows.front(), output.members));
                related(output.members);
            }
        }
    }

    void add(const sql::Command& command) { text += sql::print(command); }

    storage::Database& database_;
};

}  // namespace

std::string Engine::explain(std::string_view body) const {
    request::Body parsed = request::parseBody(body);
    const plan::Sources sources = sources_();
    std::string out;
    for (request::UnparsedOperation& text : parsed.operations) {
        const request::Operation operation = request::parseOperation(text, parsed.texts);
        const plan::Plan plan = plan::plan(catalog_, operation, sources);
        Printer printer(database_);
        for (const plan::Step& step : plan.steps) {
            std::visit([&](const auto& action) { printer.print(action); }, step.action);
        }
        out += out.empty() ? "" : "\n";
        out += "# Operation\n" + request::print(operation) + "\n# Plan\n" + plan::print(plan) +
               "\n# SQL\n" + printer.text;
    }
    return out;
}

}  // namespace loam::runtime::engine
