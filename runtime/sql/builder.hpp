#pragma once

#include <string>
#include <string_view>

#include "runtime/sql/command.hpp"

namespace loam::runtime::sql {

/// The SQL function of an aggregation with its opening parenthesis.
std::string_view functionOf(plan::Aggregation aggregation);

/// Writes a Command piece by piece. Identifiers come from the schema only, values are always bound.
class Builder {
  public:
    /// Columns are qualified by the table, so that SQLite never takes a missing one for a text.
    explicit Builder(const schema::Model& model)
        : root_(&model), model_(&model), table_(model.databaseName) {
        command_.text.reserve(usualLength);
    }

    Builder& text(std::string_view piece);
    Builder& identifier(std::string_view name);
    /// What qualifies the columns: the table's name, or an alias inside of a subquery.
    Builder& table() { return identifier(table_); }
    /// "Table"."column"
    Builder& column(const schema::Field& field);
    /// What SQLite calls the number of a row.
    Builder& rowid() { return table().text(".rowid"); }
    /// The columns, separated by commas.
    Builder& list(const std::vector<const schema::Field*>& fields);
    /// The columns as one operand: `("a", "b")`, or the one column alone.
    Builder& tuple(const std::vector<const schema::Field*>& fields);
    /// What an aggregation makes of a column; of the rows without one.
    Builder& aggregate(plan::Aggregation aggregation, const schema::Field* field);
    /// A `?` for the value in the form in which the database stores it.
    Builder& parameter(const plan::Scalar& value);
    /// A `?` for a text that the command has to keep.
    Builder& parameter(std::string text);
    Builder& parameter(std::int64_t number);

    /// A condition; nothing is written but the expression.
    Builder& condition(const plan::Filter& filter);
    /// ` WHERE ` and the condition, unless it always holds.
    Builder& where(const plan::Filter& filter);
    /// The values that the outputs need, separated by commas, or `1` when there are none.
    Builder& columns(const plan::Selection& selection);
    /// ` RETURNING ` and the columns, unless only a count is wanted.
    Builder& returning(const plan::Selection& selection, plan::Shape shape);

    /// What stands in an ORDER BY and is compared with a cursor.
    Builder& orderValue(const plan::Order& order);
    /// Whether a row is related to the parent record.
    Builder& isLinked(const plan::Link& link);
    /// Whether a row is one of those that an AutomaticIndex found.
    Builder& isAmongRowids();
    /// The number of rows that a link leads to from the current row.
    Builder& relatedCount(const plan::Rows& rows);
    /// Says that related rows are counted for many rows.
    void setOfManyRows() { isOfManyRows_ = true; }
    /// Says that the statement runs again for every record of another model, so that conditions on
    /// related records must not read a whole table.
    void setRepeated() { isRepeated_ = true; }

    Command finish() { return std::move(command_); }

  private:
    void all(const std::vector<plan::Filter>& filters, std::size_t first, std::size_t last,
        std::string_view connective);
    void compare(const plan::Filter& filter);
    void like(const plan::Filter& filter);
    void in(const plan::Filter& filter);
    bool inJson(const plan::Filter& filter);
    /// Whether a condition looks into a Json document.
    static bool isInDocument(const plan::Filter& filter);
    void inDocument(const plan::Filter& filter);
    Builder& element(const plan::Filter& filter, std::string_view function);
    Builder& jsonOperand(const plan::Filter& filter);
    void arrayContains(const plan::Filter& filter);
    void related(const plan::Filter& filter);
    void relatedKeys(const plan::Filter& filter);
    void target(const plan::Filter& filter);
    void orderValue(const plan::Order& order, std::size_t depth);
    void columns(const plan::Selection& selection, std::string_view& separator);
    void relatedExists(const plan::Filter& filter);
    Builder& isRelated(const plan::Link& link, std::string_view from);
    Builder& relatedCountOfGroups(const plan::Rows& rows);
    void whereNotNull(const std::vector<const schema::Field*>& fields, const plan::Filter& filter);
    std::string nextAlias();

    /// Lets the columns be those of a subquery's table while it lives.
    class Subquery {
      public:
        Subquery(Builder& builder, const schema::Model& model)
            : builder_(builder), model_(builder.model_), table_(builder.table_) {
            builder.model_ = &model;
            builder.table_ = builder.nextAlias();
        }
        ~Subquery() {
            builder_.model_ = model_;
            builder_.table_ = table_;
        }
        Subquery(const Subquery&) = delete;
        Subquery& operator=(const Subquery&) = delete;

        /// The qualifier outside.
        const std::string& outer() const { return table_; }

      private:
        Builder& builder_;
        const schema::Model* model_;
        std::string table_;
    };

    /// ` FROM "Table" AS "alias"` of the subquery.
    Builder& fromSubquery() {
        return text(" FROM ").identifier(model_->databaseName).text(" AS ").table();
    }

    /// Bytes; longer texts grow.
    static constexpr std::size_t usualLength = 256;

    const schema::Model* root_;
    const schema::Model* model_;
    std::string table_;
    std::size_t aliases_ = 0;
    bool isOfManyRows_ = false;
    bool isRepeated_ = false;
    Command command_;
};

}  // namespace loam::runtime::sql
