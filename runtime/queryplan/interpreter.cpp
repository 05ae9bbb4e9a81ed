#include "runtime/queryplan/interpreter.hpp"

#include <optional>
#include <sqlite3.h>

#include "runtime/queryplan/data_map.hpp"
#include "runtime/queryplan/error.hpp"
#include "runtime/queryplan/evaluator.hpp"
#include "runtime/queryplan/limits.hpp"
#include "runtime/queryplan/records.hpp"
#include "runtime/queryplan/rows.hpp"
#include "runtime/queryplan/statement.hpp"

namespace loam::runtime::queryplan {
namespace {

class Interpreter {
  public:
    Interpreter(const request::Value* parameters, storage::Database& database,
        const plan::Sources& sources, Budget& budget)
        : budget_(budget), evaluator_(parameters, sources, budget), database_(database) {}

    Value run(const Node& node) {
        return std::visit([this](const auto& content) { return evaluate(content); }, node.content);
    }

  private:
    Value evaluate(const ValueNode& node) { return evaluator_.evaluate(*node.value); }

    Value evaluate(const GetNode& node) { return evaluator_.variable(node.name); }

    Value evaluate(const LetNode& node) {
        for (const Binding& binding : node.bindings) {
            evaluator_.set(binding.name, run(*binding.expression));
        }
        Value value = run(*node.expression);
        for (const Binding& binding : node.bindings) {
            evaluator_.unset(binding.name);
        }
        return value;
    }

    Value evaluate(const UnitNode& /*node*/) { return {}; }

    Value evaluate(const ListNode& node) {
        switch (node.kind) {
            case ListNode::Kind::Sequence:
                return sequence(node);
            case ListNode::Kind::Concatenation:
                return concatenation(node);
            case ListNode::Kind::Sum:
                return sum(node);
        }
        return {};
    }

    Value sequence(const ListNode& node) {
        Value last;
        for (const NodePointer& part : node.nodes) {
            last = run(*part);
        }
        return last;
    }

    Value concatenation(const ListNode& node) {
        std::vector<Value> all;
        for (const NodePointer& part : node.nodes) {
            std::vector<Value> items = takeItems(run(*part));
            budget_.spendValues(items.size());
            for (Value& item : items) {
                all.push_back(std::move(item));
            }
        }
        return makeList(std::move(all));
    }

    Value sum(const ListNode& node) {
        Value total = std::int64_t{0};
        for (const NodePointer& part : node.nodes) {
            total = calculate(FieldOperation::Kind::Add, total, run(*part));
        }
        return total;
    }

    Value evaluate(const QueryNode& node) {
        std::vector<Value> arguments;
        arguments.reserve(node.query.arguments.size());
        for (const Expression argument : node.query.arguments) {
            arguments.push_back(evaluator_.evaluate(*argument));
        }
        const std::vector<Statement> statements =
            render(node.query, std::move(arguments), limits::bindValues);
        try {
            return node.isExecute ? executeAll(statements) : queryAll(node.query, statements);
        } catch (const storage::StorageError& error) {
            throw translate(error, node.query.isRaw);
        }
    }

    Value executeAll(const std::vector<Statement>& statements) {
        std::int64_t changed = 0;
        for (const Statement& statement : statements) {
            changed += execute(database_, statement);
        }
        noteInserted();
        return changed;
    }

    Value queryAll(const DbQuery& query, const std::vector<Statement>& statements) {
        Rows rows(budget_);
        for (const Statement& statement : statements) {
            rows.add(database_, statement);
        }
        noteInserted();
        return query.isRaw ? std::move(rows).raw() : std::move(rows).records();
    }

    void noteInserted() { lastInsertId_ = sqlite3_last_insert_rowid(database_.handle()); }

    Value evaluate(const WrapNode& node) {
        Value value = run(*node.node);
        switch (node.kind) {
            case WrapNode::Kind::Unique:
                return unique(std::move(value));
            case WrapNode::Kind::Required:
                if (isEmpty(value)) {
                    throw planError("a required value is empty");
                }
                return value;
            case WrapNode::Kind::Reverse:
                return reverse(std::move(value));
            case WrapNode::Kind::Transaction:
                // The whole request is one transaction.
                return value;
        }
        return value;
    }

    static Value unique(Value value) {
        const std::vector<Value>* items = itemsOf(value);
        if (items == nullptr) {
            return value;
        }
        if (items->size() > 1) {
            throw planError("expected zero or one record, got " + std::to_string(items->size()));
        }
        return items->empty() ? Value(Null{}) : items->front();
    }

    static Value reverse(Value value) {
        if (itemsOf(value) == nullptr) {
            return value;
        }
        std::vector<Value> items = takeItems(std::move(value));
        return makeList(
            {std::make_move_iterator(items.rbegin()), std::make_move_iterator(items.rend())});
    }

    Value evaluate(const FirstNonEmptyNode& node) {
        for (const std::string_view name : node.names) {
            Value value = evaluator_.variable(name);
            if (!isEmpty(value)) {
                return value;
            }
        }
        return makeList({});
    }

    Value evaluate(const MapFieldNode& node) {
        return mapField(run(*node.records), node.field, budget_);
    }

    Value evaluate(const JoinNode& node) {
        Value parents = run(*node.parent);
        if (std::holds_alternative<Null>(parents)) {
            return parents;
        }
        for (const JoinChild& join : node.children) {
            parents =
                joinChildren(std::move(parents), join, run(*join.child), node.isStrict, budget_);
        }
        return parents;
    }

    Value evaluate(const DifferenceNode& node) {
        Value from = run(*node.from);
        return difference(std::move(from), run(*node.to), node.fields);
    }

    Value evaluate(const IfNode& node) {
        return run(satisfies(run(*node.value), node.rule) ? *node.then : *node.otherwise);
    }

    Value evaluate(const ValidateNode& node) {
        Value value = run(*node.expression);
        for (const Rule& rule : node.rules) {
            if (!satisfies(value, rule)) {
                throw validationError(node, value);
            }
        }
        return value;
    }

    Value evaluate(const ProcessNode& node) {
        return process(run(*node.expression), node.operations, evaluator_, budget_);
    }

    Value evaluate(const InitializeRecordNode& node) {
        lastInsertId_.reset();
        run(*node.expression);
        auto columns = std::make_shared<Columns>();
        Record record;
        for (const FieldInitializer& field : node.fields) {
            columns->names.emplace_back(field.name);
            if (field.value != nullptr) {
                record.values.push_back(evaluator_.evaluate(*field.value));
            } else if (lastInsertId_) {
                record.values.emplace_back(*lastInsertId_);
            } else {
                record.values.emplace_back(Null{});
            }
        }
        budget_.spendValues(record.values.size());
        record.columns = std::move(columns);
        return makeRecord(std::move(record));
    }

    Value evaluate(const MapRecordNode& node) {
        Value value = run(*node.expression);
        Record record;
        record.columns = std::make_shared<Columns>();
        if (!std::holds_alternative<Null>(value)) {
            record = takeRecord(std::move(value));
        }
        auto columns = std::make_shared<Columns>(*record.columns);
        for (const FieldOperation& field : node.fields) {
            std::size_t place = columns->find(field.name);
            if (place == Columns::none) {
                place = columns->names.size();
                columns->names.emplace_back(field.name);
                record.values.emplace_back();
            }
            Value operand = evaluator_.evaluate(*field.value);
            record.values[place] =
                field.kind == FieldOperation::Kind::Set
                    ? std::move(operand)
                    : calculate(field.kind, record.values[place], operand);
        }
        budget_.spendValues(record.values.size());
        record.columns = std::move(columns);
        return makeRecord(std::move(record));
    }

    /// Whole numbers stay whole while they can.
    static Value calculate(FieldOperation::Kind kind, const Value& left, const Value& right) {
        const auto* first = std::get_if<std::int64_t>(&left);
        const auto* second = std::get_if<std::int64_t>(&right);
        if (first != nullptr && second != nullptr) {
            std::int64_t result = 0;
            if ((kind == FieldOperation::Kind::Add &&
                    !__builtin_add_overflow(*first, *second, &result)) ||
                (kind == FieldOperation::Kind::Subtract &&
                    !__builtin_sub_overflow(*first, *second, &result)) ||
                (kind == FieldOperation::Kind::Multiply &&
                    !__builtin_mul_overflow(*first, *second, &result))) {
                return result;
            }
        }
        const double number = asNumber(left);
        const double operand = asNumber(right);
        switch (kind) {
            case FieldOperation::Kind::Add:
                return number + operand;
            case FieldOperation::Kind::Subtract:
                return number - operand;
            case FieldOperation::Kind::Multiply:
                return number * operand;
            default:
                return operand == 0 ? Value(Null{}) : Value(number / operand);
        }
    }

    Value evaluate(const DataMapNode& node) {
        const Value value = run(*node.expression);
        plan::Json mapped;
        appendMapped(mapped.text, value, node.structure, budget_);
        return mapped;
    }

    Budget& budget_;
    Evaluator evaluator_;
    storage::Database& database_;
    std::optional<std::int64_t> lastInsertId_;
};

}  // namespace

std::string interpret(const Plan& plan, const request::Value* parameters,
    storage::Database& database, const plan::Sources& sources) {
    Budget budget;
    Value value = Interpreter(parameters, database, sources, budget).run(*plan.root);
    if (auto* json = std::get_if<plan::Json>(&value)) {
        return std::move(json->text);
    }
    std::string out;
    appendJson(out, value, budget);
    return out;
}

}  // namespace loam::runtime::queryplan
