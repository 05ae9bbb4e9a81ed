#include <charconv>
#include <type_traits>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::plan {
namespace {

std::string_view operatorName(const Filter& filter) {
    for (const schema::FilterOperatorRow& row : schema::filterOperators) {
        if (row.filterOperator == filter.filterOperator && row.isNegated == filter.isNegated) {
            return row.name;
        }
    }
    for (const schema::FilterOperatorRow& row : schema::jsonOperators) {
        if (row.filterOperator == filter.filterOperator) {
            return row.name;
        }
    }
    return operatorName({.kind = Filter::Kind::Condition, .filterOperator = filter.filterOperator});
}

class Printer {
  public:
    std::string text;

    void step(const Step& step) {
        line(step.key + ":");
        const Indent indent(*this);
        std::visit([&](const auto& action) { print(action); }, step.action);
    }

  private:
    /// Indents the lines that are written while it lives.
    class Indent {
      public:
        explicit Indent(Printer& printer) : printer_(printer) { printer_.indent_ += 2; }
        ~Indent() { printer_.indent_ -= 2; }
        Indent(const Indent&) = delete;
        Indent& operator=(const Indent&) = delete;

      private:
        Printer& printer_;
    };

    void line(const std::string& content) {
        text.append(indent_, ' ').append(content).append("\n");
    }

    static std::string scalar(const Scalar& value) {
        std::string out;
        std::visit(
            [&](const auto& held) {
                using Held = std::decay_t<decltype(held)>;
                if constexpr (std::is_same_v<Held, std::monostate>) {
                    out = "null";
                } else if constexpr (std::is_same_v<Held, bool>) {
                    out = held ? "true" : "false";
                } else if constexpr (std::is_same_v<Held, std::int64_t>) {
                    out = std::to_string(held);
                } else if constexpr (std::is_same_v<Held, double>) {
                    out.resize(32);
                    out.resize(static_cast<std::size_t>(
                        std::to_chars(out.data(), out.data() + out.size(), held).ptr - out.data()));
                } else if constexpr (std::is_same_v<Held, std::string>) {
                    request::appendJsonString(out, held);
                } else if constexpr (std::is_same_v<Held, DateTime>) {
                    out = "DateTime ";
                    appendTime(out, held.milliseconds);
                } else if constexpr (std::is_same_v<Held, Bytes>) {
                    out = "Bytes ";
                    appendBase64(out, held.data);
                } else {
                    out = (std::is_same_v<Held, Decimal> ? "Decimal " : "Json ") + held.text;
                }
            },
            value);
        return out;
    }

    void filter(const Filter& filter) {
        switch (filter.kind) {
            case Filter::Kind::Condition:
                condition(filter);
                return;
            case Filter::Kind::And:
                line(filter.operands.empty() ? "always" : "all of");
                break;
            case Filter::Kind::Or:
                line(filter.operands.empty() ? "never" : "any of");
                break;
            case Filter::Kind::Not:
                line("not");
                break;
            case Filter::Kind::Related:
                line((filter.isNegated ? "no " : "some ") + filter.link->field->name + " where");
                break;
        }
        const Indent indent(*this);
        for (const Filter& operand : filter.operands) {
            this->filter(operand);
        }
    }

    /// "age", "_avg age" or "_count".
    static std::string aggregated(Aggregation aggregation, const schema::Field* field) {
        std::string text;
        for (const AggregationRow& row : aggregations) {
            text += row.aggregation == aggregation ? row.name : "";
        }
        if (field != nullptr) {
            text += (text.empty() ? "" : " ") + field->name;
        }
        return text;
    }

    static std::string orderName(const Order& order) {
        std::string text;
        for (const Link* link : order.path) {
            text += link->field->name + ".";
        }
        if (order.field == nullptr) {
            return text + "_count";
        }
        return text + aggregated(order.aggregation, order.field);
    }

    void condition(const Filter& filter) {
        std::string content = aggregated(filter.aggregation, filter.field) + " ";
        content += filter.path.empty() ? "" : filter.path + " ";
        if (filter.isNegated && operatorName(filter) != "not" && operatorName(filter) != "notIn") {
            content += "not ";
        }
        content += operatorName(filter);
        constexpr std::size_t most = 10;
        for (std::size_t index = 0; index < filter.values.size() && index < most; ++index) {
            content += (index == 0 ? " " : ", ") + scalar(filter.values[index]);
        }
        if (filter.values.empty() && filter.reference == nullptr) {
            content += " nothing";
        }
        if (filter.values.size() > most) {
            content += " and " + std::to_string(filter.values.size() - most) + " more";
        }
        line(content + (filter.reference != nullptr ? " field " + filter.reference->name : ""));
    }

    void where(const Filter& filter) {
        if (!filter.isAlways()) {
            line("where");
            const Indent indent(*this);
            this->filter(filter);
        }
    }

    void rows(const Rows& rows) {
        where(rows.filter);
        for (const Order& order : rows.order) {
            line("order by " + orderName(order) +
                 (order.isDescending ? " descending" : " ascending") +
                 (order.mayBeNull() ? (order.nullsFirst ? " nulls first" : " nulls last") : ""));
        }
        if (!rows.distinct.empty()) {
            line("distinct" + names(rows.distinct));
        }
        if (rows.cursor) {
            line("from the row where");
            const Indent indent(*this);
            filter(*rows.cursor);
        }
        if (rows.skip != 0) {
            line("skip " + std::to_string(rows.skip));
        }
        if (rows.take) {
            line("take " + std::to_string(*rows.take));
        }
    }

    static std::string names(const std::vector<const schema::Field*>& fields) {
        std::string text;
        for (const schema::Field* field : fields) {
            text += " " + field->name;
        }
        return text;
    }

    void selection(const Selection& outputs) {
        std::string content = "answer";
        for (const Output& output : outputs) {
            if (output.kind == Output::Kind::Related) {
                continue;
            }
            content += " " + output.key;
            if (output.kind == Output::Kind::Column && output.field->name != output.key) {
                content += "=" + output.field->name;
            }
            for (const Output& member : output.members) {
                content += " " + output.key + "." + member.key;
            }
        }
        line(content);
        for (const Output& output : outputs) {
            if (output.kind == Output::Kind::Related) {
                line("related " + output.key + " by " + output.rows.front().link->field->name +
                     ", " + shape(output.shape));
                const Indent indent(*this);
                rows(output.rows.front());
                selection(output.members);
            }
        }
    }

    void data(const Data& data) {
        assignments(data.assignments);
        for (const NestedWrite& write : data.nested) {
            nested(write);
        }
    }

    void nested(const NestedWrite& write) {
        constexpr std::string_view names[] = {"create", "connect", "connect or create", "set",
            "disconnect", "update", "update many", "upsert", "delete", "delete many"};
        line(write.link->field->name + " " +
             std::string(names[static_cast<std::size_t>(write.kind)]));
        const Indent indent(*this);
        for (const Filter& filter : write.filters) {
            where(filter);
        }
        data(write.update);
        if (write.kind == NestedWrite::Kind::Upsert) {
            line("or create");
        }
        data(write.create);
    }

    void assignments(const std::vector<Assignment>& list) {
        constexpr std::string_view signs[] = {"=", "+=", "-=", "*=", "/="};
        for (const Assignment& assignment : list) {
            line(assignment.field->name + " " +
                 std::string(signs[static_cast<std::size_t>(assignment.kind)]) + " " +
                 scalar(assignment.value));
        }
    }

    static std::string shape(Shape shape) {
        constexpr std::string_view names[] = {"one or null", "one", "many", "count"};
        return std::string(names[static_cast<std::size_t>(shape)]);
    }

    void print(const TypeName& type) { line("type name " + type.name); }

    void print(const Introspection& introspection) {
        line("introspection " + std::string(introspection.field.name));
    }

    void print(const Read& read) {
        line("read " + read.rows.model->name + ", " + shape(read.shape));
        const Indent indent(*this);
        rows(read.rows);
        selection(read.selection);
    }

    void print(const Aggregate& aggregate) {
        line("aggregate " + aggregate.rows.model->name);
        const Indent indent(*this);
        rows(aggregate.rows);
        selection(aggregate.selection);
    }

    void print(const GroupBy& group) {
        line("group " + group.rows.model->name + " by" + names(group.by));
        const Indent indent(*this);
        rows(group.rows);
        if (!group.having.isAlways()) {
            line("having");
            const Indent inner(*this);
            filter(group.having);
        }
        selection(group.selection);
    }

    void print(const Create& create) {
        line("create " + create.model->name + ", " + shape(create.shape));
        const Indent indent(*this);
        for (const Data& record : create.records) {
            line("record");
            const Indent inner(*this);
            data(record);
        }
        selection(create.selection);
    }

    void limit(const std::optional<std::int64_t>& most) {
        if (most) {
            line("limit " + std::to_string(*most));
        }
    }

    void print(const Update& update) {
        line("update " + update.model->name + ", " + shape(update.shape));
        const Indent indent(*this);
        where(update.filter);
        limit(update.limit);
        data(update.data);
        selection(update.selection);
    }

    void print(const Delete& removal) {
        line("delete " + removal.model->name + ", " + shape(removal.shape));
        const Indent indent(*this);
        where(removal.filter);
        limit(removal.limit);
        selection(removal.selection);
    }

    void print(const Raw& raw) {
        line(raw.returnsRows ? "raw query" : "raw statement");
        const Indent indent(*this);
        line(raw.text);
        for (const Scalar& value : raw.values) {
            line("value " + scalar(value));
        }
    }

    void print(const Upsert& upsert) {
        line("upsert");
        const Indent indent(*this);
        print(upsert.update);
        print(upsert.create);
    }

    std::size_t indent_ = 0;
};

}  // namespace

std::string print(const Plan& plan) {
    Printer printer;
    for (const Step& step : plan.steps) {
        printer.step(step);
    }
    return printer.text;
}

}  // namespace loam::runtime::plan
