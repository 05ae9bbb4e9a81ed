#pragma once

// What an operation means for the data, in terms of the schema: models, fields and typed values. No
// text of a client is left in it except the keys of the answer, and nothing of a database is in it
// yet.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/plan/scalar.hpp"
#include "runtime/request/operation.hpp"
#include "runtime/schema/filter_operators.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::plan {

/// A condition on rows. The default, a conjunction of nothing, holds for every row; a disjunction
/// of nothing holds for none.
struct Filter {
    enum class Kind : std::uint8_t { And, Or, Not, Condition };

    Kind kind = Kind::And;
    /// Of And, Or and Not; Not has exactly one.
    std::vector<Filter> operands = {};

    /// Of Condition. A negated condition does not hold for NULL, unless it compares with NULL.
    const schema::Field* field = nullptr;
    schema::FilterOperator filterOperator = schema::FilterOperator::Equals;
    bool isNegated = false;
    /// One value, or all values of In.
    std::vector<Scalar> values = {};
    /// The field to compare with instead of a value.
    const schema::Field* reference = nullptr;

    bool isAlways() const { return kind == Kind::And && operands.empty(); }
};

/// One column of an ordering.
struct Order {
    const schema::Field* field = nullptr;
    bool isDescending = false;
    /// Where rows without a value stand. NULL is the smallest value unless the client says
    /// otherwise.
    bool nullsFirst = true;
    /// Added to the client's order to make it total. Stays as it is when the rows are read from the
    /// end, so that equal rows keep their order.
    bool isTieBreaker = false;
};

/// One member of an object in the answer.
struct Output {
    enum class Kind : std::uint8_t {
        /// The value of `field`.
        Column,
        /// The number of rows written, or of those counted in which `field` has a value (all
        /// without one).
        Count,
        /// `__typename`; `typeName` is the value.
        TypeName,
        /// An object of further outputs, such as `_count`.
        Object,
    };

    Kind kind = Kind::Column;
    std::string key = {};
    const schema::Field* field = nullptr;
    std::string typeName = {};
    std::vector<Output> members = {};
};

using Selection = std::vector<Output>;

/// Rows of a model: which, in what order, from where on, and how many.
struct Rows {
    const schema::Model* model = nullptr;
    Filter filter = {};
    /// Ends with the fields of an identifier wherever the order decides which rows are meant.
    std::vector<Order> order = {};
    std::int64_t skip = 0;
    /// Negative for the last rows in the order.
    std::optional<std::int64_t> take = {};
    /// Names one row, with which the page starts; a row that does not exist makes the page empty.
    std::optional<Filter> cursor = {};
};

/// The form of an answer.
enum class Shape : std::uint8_t {
    /// One object; null when there is no row.
    OneOrNull,
    /// One object; P2025 when there is no row.
    One,
    Many,
    /// An object that tells how many rows were written.
    Count,
};

/// findUnique, findFirst, findMany and their OrThrow forms.
struct Read {
    Rows rows = {};
    Shape shape = Shape::Many;
    Selection selection = {};
};

/// aggregate.
struct Aggregate {
    Rows rows = {};
    Selection selection = {};
};

/// How an update changes a column.
enum class AssignmentKind : std::uint8_t { Set, Increment, Decrement, Multiply, Divide };

/// A new value of a column.
struct Assignment {
    const schema::Field* field = nullptr;
    AssignmentKind kind = AssignmentKind::Set;
    Scalar value = {};
};

/// createOne, createMany, createManyAndReturn.
struct Create {
    const schema::Model* model = nullptr;
    /// One list of assignments for each record; columns that are left out are filled by the
    /// database.
    std::vector<std::vector<Assignment>> records = {};
    Shape shape = Shape::One;
    Selection selection = {};
};

/// updateOne, updateMany, updateManyAndReturn.
struct Update {
    const schema::Model* model = nullptr;
    Filter filter = {};
    std::vector<Assignment> assignments = {};
    /// At most this many rows are changed.
    std::optional<std::int64_t> limit = {};
    Shape shape = Shape::One;
    Selection selection = {};
};

/// deleteOne, deleteMany.
struct Delete {
    const schema::Model* model = nullptr;
    Filter filter = {};
    std::optional<std::int64_t> limit = {};
    Shape shape = Shape::One;
    Selection selection = {};
};

/// upsertOne: the update, and the creation when the update finds no row.
struct Upsert {
    Update update = {};
    Create create = {};
};

/// `__typename` beside the root fields.
struct TypeName {
    std::string name = {};
};

/// One root field.
struct Step {
    /// Its key in the answer.
    std::string key = {};
    /// Where the client wrote it.
    request::Location location = {};
    std::variant<TypeName, Read, Aggregate, Create, Update, Delete, Upsert> action = {};
};

/// A whole operation; the steps run in order in one transaction.
struct Plan {
    request::OperationKind kind = request::OperationKind::Query;
    std::vector<Step> steps = {};
};

/// The plan as indented text, for people.
std::string print(const Plan& plan);

}  // namespace loam::runtime::plan
