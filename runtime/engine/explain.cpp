#include <string>
#include <variant>
#include <vector>

#include "runtime/engine/engine.hpp"
#include "runtime/engine/executor.hpp"
#include "runtime/plan/planner.hpp"
#include "runtime/request/body.hpp"
#include "runtime/request/error.hpp"
#include "runtime/sql/command.hpp"

namespace loam::runtime::engine {
namespace {

/// The commands that a step may run, in order, as text.
class Printer {
  public:
    std::string text;

    void print(const plan::TypeName&) {}

    void print(const plan::Read& read) { add(sql::select(read.rows, read.selection)); }

    void print(const plan::Aggregate& aggregate) {
        add(sql::count(aggregate.rows, aggregate.selection));
    }

    void print(const plan::Create& create) {
        for (const auto& record : create.records) {
            add(sql::insert(create, record));
        }
    }

    void print(const plan::Update& update) {
        if (!update.assignments.empty()) {
            add(sql::update(update));
        } else if (update.shape == plan::Shape::Count) {
            add(sql::count(unchangedRows(update), {}));
        } else {
            add(sql::select(unchangedRows(update), update.selection));
        }
    }

    void print(const plan::Delete& removal) { add(sql::remove(removal)); }

    void print(const plan::Upsert& upsert) {
        print(upsert.update);
        text += "-- and when that finds no row\n";
        print(upsert.create);
    }

  private:
    void add(const sql::Command& command) { text += sql::print(command); }
};

}  // namespace

std::string Engine::explain(std::string_view body) const {
    request::Body parsed = request::parseBody(body);
    const plan::Sources sources = sources_();
    std::string out;
    for (const request::GraphqlText& text : parsed.operations) {
        const request::Operation operation = request::parseOperation(text, parsed.texts);
        const plan::Plan plan = plan::plan(catalog_, operation, sources);
        Printer printer;
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
