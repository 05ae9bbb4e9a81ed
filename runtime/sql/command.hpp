#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::sql {

/// Bytes that are bound as a BLOB.
struct Blob {
    std::string_view data = {};
};

/// A bound value; monostate is NULL.
using Parameter = std::variant<std::monostate, std::int64_t, double, std::string_view, Blob>;

/// One statement of SQLite and the values of its `?`, in order. The views point into the plan that
/// it was made from, which must outlive it, or into `texts`.
struct Command {
    /// A `?` that stands for a value of the parent record.
    struct LinkParameter {
        /// Index in `parameters`, where it is NULL.
        std::size_t parameter = 0;
        /// Index in the link's columns.
        std::size_t column = 0;
    };

    std::string text = {};
    std::vector<Parameter> parameters = {};
    /// Of rows that a link leads to.
    std::vector<LinkParameter> linkParameters = {};
    /// Index in `parameters` of the rowids that an AutomaticIndex finds, where it is NULL.
    std::optional<std::size_t> rowidsParameter = {};
    request::TextPool texts = {};
};

/// A value in the form in which the database stores it; may point into `value`.
Parameter stored(const plan::Scalar& value);

/// The rows of a read; their columns are those of the outputs in order, at least one: one for each
/// Column and RelatedCount, also in objects, and the columns of the link for each Related. For a
/// negative `take` they come in reverse.
///
/// With `distinct` all rows from the cursor on come, whatever `take` and `skip` say, and every row
/// has further columns at its end: the distinct columns.
Command select(const plan::Rows& rows, const plan::Selection& selection);

/// The same for rows that a link leads to, of which an AutomaticIndex finds those to look at.
Command selectIndexed(const plan::Rows& rows, const plan::Selection& selection);

/// One row: a column for each Aggregate output in the selection and in its objects, at least one.
Command aggregate(const plan::Rows& rows, const plan::Selection& selection);

/// The groups; their columns are the Column and Aggregate outputs in order.
Command groupBy(const plan::GroupBy& group);

/// Adds one record and returns it unless only a count is wanted.
Command insert(const schema::Model& model, const std::vector<plan::Assignment>& record,
    const plan::Selection& selection, plan::Shape shape);

/// Changes the rows and returns them unless only a count is wanted. There must be assignments.
Command update(const plan::Update& update);

/// Adds a row to the join table of a link unless it is there.
Command connect(const plan::Link& link, const plan::Scalar& own, const plan::Scalar& other);

/// Removes rows of the join table of a link: all of a record, or the one to `other` unless null.
Command disconnect(const plan::Link& link, const plan::Scalar& own, const plan::Scalar* other);

/// Lets the rows of the join table of a link that have a record by its key before have the key
/// after.
Command reconnect(const plan::Link& link, const plan::Scalar& before, const plan::Scalar& after);

/// Removes the rows and returns them as they were unless only a count is wanted.
Command remove(const plan::Delete& removal);

/// A statement that a client wrote, as it is.
Command raw(const plan::Raw& raw);

/// The text, and the values as a comment line, for people.
std::string print(const Command& command);

}  // namespace loam::runtime::sql
