#pragma once

#include <string>
#include <string_view>

#include "runtime/sql/command.hpp"

namespace loam::runtime::sql {

/// Writes a Command piece by piece. Identifiers come from the schema only, values are always bound.
class Builder {
  public:
    /// Columns are qualified by the table, so that SQLite never takes a missing one for a text.
    explicit Builder(const schema::Model& model) : model_(model) {}

    Builder& text(std::string_view piece);
    Builder& identifier(std::string_view name);
    Builder& table() { return identifier(model_.databaseName); }
    /// "Table"."column"
    Builder& column(const schema::Field& field);
    /// A `?` for the value in the form in which the database stores it.
    Builder& parameter(const plan::Scalar& value);
    /// A `?` for a text that the command has to keep.
    Builder& parameter(std::string text);
    Builder& parameter(std::int64_t number);

    /// A condition; nothing is written but the expression.
    Builder& condition(const plan::Filter& filter);
    /// ` WHERE ` and the condition, unless it always holds.
    Builder& where(const plan::Filter& filter);
    /// The columns of the selection separated by commas, or `1` when it has none.
    Builder& columns(const plan::Selection& selection);
    /// ` RETURNING ` and the columns, unless only a count is wanted.
    Builder& returning(const plan::Selection& selection, plan::Shape shape);

    const schema::Model& model() const { return model_; }
    Command finish() { return std::move(command_); }

  private:
    void all(const std::vector<plan::Filter>& filters, std::size_t first, std::size_t last,
        std::string_view connective);
    void compare(const plan::Filter& filter);
    void like(const plan::Filter& filter);
    void in(const plan::Filter& filter);
    bool inJson(const plan::Filter& filter);

    const schema::Model& model_;
    Command command_;
};

}  // namespace loam::runtime::sql
