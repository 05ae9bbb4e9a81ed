#pragma once

// What an operation means for the data, in terms of the schema: models, fields and typed values. No
// text of a client is left in it except the keys of the answer, and nothing of a database is in it
// yet.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/plan/links.hpp"
#include "runtime/plan/scalar.hpp"
#include "runtime/request/operation.hpp"
#include "runtime/schema/filter_operators.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::plan {

/// What is made of the values that a column has in several rows.
enum class Aggregation : std::uint8_t { None, Count, Sum, Average, Minimum, Maximum };

/// One aggregation as clients write it.
struct AggregationRow {
    std::string_view name;
    Aggregation aggregation;
    /// Part of the name of the output type.
    std::string_view word;
    /// Whether it applies to numbers only.
    bool needsNumber;
};

/// Every aggregation.
inline constexpr std::array aggregations{
    AggregationRow{"_count", Aggregation::Count, "Count", false},
    AggregationRow{"_avg", Aggregation::Average, "Avg", true},
    AggregationRow{"_sum", Aggregation::Sum, "Sum", true},
    AggregationRow{"_min", Aggregation::Minimum, "Min", false},
    AggregationRow{"_max", Aggregation::Maximum, "Max", false},
};

/// A condition on rows. The default, a conjunction of nothing, holds for every row; a disjunction
/// of nothing holds for none.
struct Filter {
    enum class Kind : std::uint8_t {
        And,
        Or,
        Not,
        Condition,
        /// Of the records related by `link` at least one meets the one operand; negated, none does.
        Related,
    };

    Kind kind = Kind::And;
    /// Of And, Or, Not and Related; the last two have exactly one.
    std::vector<Filter> operands = {};

    /// Of Related.
    const Link* link = nullptr;

    /// Of Condition. A negated condition does not hold for NULL, unless it compares with NULL.
    const schema::Field* field = nullptr;
    /// What of the group's values in `field` is compared; only in `having`.
    Aggregation aggregation = Aggregation::None;
    schema::FilterOperator filterOperator = schema::FilterOperator::Equals;
    bool isNegated = false;
    /// One value, or all values of In.
    std::vector<Scalar> values = {};
    /// Of Json fields: the path of the value in the document, such as `$.a[0]`; empty for the whole
    /// document.
    std::string path = {};
    /// The field to compare with instead of a value.
    const schema::Field* reference = nullptr;

    bool isAlways() const { return kind == Kind::And && operands.empty(); }
};

/// One value of an ordering.
struct Order {
    /// Null for the number of the records that the last link leads to, or of the group.
    const schema::Field* field = nullptr;
    bool isDescending = false;
    /// Where rows without a value stand. NULL is the smallest value unless the client says
    /// otherwise.
    bool nullsFirst = true;
    /// Added to the client's order to make it total. Stays as it is when the rows are read from the
    /// end, so that equal rows keep their order.
    bool isTieBreaker = false;
    /// The relations that lead to the record that has the field.
    std::vector<const Link*> path = {};
    /// What of the group's values in `field` is compared; only for groups.
    Aggregation aggregation = Aggregation::None;

    bool mayBeNull() const {
        return field != nullptr &&
               (!path.empty() || !field->isRequired() || aggregation != Aggregation::None);
    }
};

/// Rows of a model: which, in what order, from where on, and how many.
struct Rows {
    const schema::Model* model = nullptr;
    /// Leads from the parent record to these rows; null for rows that belong to no other record.
    const Link* link = nullptr;
    Filter filter = {};
    /// Ends with the fields of an identifier wherever the order decides which rows are meant.
    std::vector<Order> order = {};
    /// Of the rows that are equal in these columns only the first is meant.
    std::vector<const schema::Field*> distinct = {};
    std::int64_t skip = 0;
    /// Negative for the last rows in the order.
    std::optional<std::int64_t> take = {};
    /// Names one row, with which the page starts; a row that does not exist makes the page empty.
    std::optional<Filter> cursor = {};

    /// Whether only a part of the rows that meet the filter is meant.
    bool isPage() const { return take || skip != 0 || cursor; }
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

/// One member of an object in the answer.
struct Output {
    enum class Kind : std::uint8_t {
        /// The value of `field`.
        Column,
        /// What `aggregation` makes of `field` in all rows; of the rows themselves without one.
        Aggregate,
        /// The number of rows written.
        Count,
        /// The related `rows` with `members` in the form of `shape`.
        Related,
        /// The number of the related `rows`.
        RelatedCount,
        /// `__typename`; `typeName` is the value.
        TypeName,
        /// An object of further outputs, such as `_count`.
        Object,
    };

    Kind kind = Kind::Column;
    std::string key = {};
    /// How the value is written.
    request::Notation notation = request::Notation::Graphql;
    const schema::Field* field = nullptr;
    Aggregation aggregation = Aggregation::None;
    std::string typeName = {};
    std::vector<Output> members = {};
    /// Of Related and RelatedCount: exactly one.
    std::vector<Rows> rows = {};
    Shape shape = Shape::OneOrNull;
};

using Selection = std::vector<Output>;

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

/// groupBy: one object for each group of rows that are equal in some columns.
struct GroupBy {
    /// The filter is applied before the rows are grouped; order and page concern the groups.
    Rows rows = {};
    std::vector<const schema::Field*> by = {};
    Filter having = {};
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

struct NestedWrite;

/// The content of a new record, or the changes of one: columns, and writes to related records.
/// Columns that a new record leaves out are filled by the database or by the relation.
struct Data {
    std::vector<Assignment> assignments = {};
    // Without an initializer, which would need the type to be complete here.
    std::vector<NestedWrite> nested;
};

/// A write to the records that a relation field lists.
struct NestedWrite {
    enum class Kind : std::uint8_t {
        Create,
        Connect,
        ConnectOrCreate,
        Set,
        Disconnect,
        Update,
        UpdateMany,
        Upsert,
        Delete,
        DeleteMany,
    };

    Kind kind = Kind::Create;
    const Link* link = nullptr;
    /// Which records; any number for Set and for Connect and Delete of a list, else at most one.
    /// Without one the related record is meant.
    std::vector<Filter> filters = {};
    /// Of Create, ConnectOrCreate and Upsert: the new record.
    Data create = {};
    /// Of Create: whether the record is one of a createMany, whose records may refer to each other.
    bool isOfMany = false;
    /// Of Update, UpdateMany and Upsert: the changes.
    Data update = {};
    /// What the record with the foreign key gets when it is connected, beside that key: the time.
    std::vector<Assignment> stamps = {};
};

/// createOne, createMany, createManyAndReturn.
struct Create {
    const schema::Model* model = nullptr;
    std::vector<Data> records = {};
    Shape shape = Shape::One;
    Selection selection = {};
};

/// updateOne, updateMany, updateManyAndReturn.
struct Update {
    const schema::Model* model = nullptr;
    Filter filter = {};
    Data data = {};
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

/// queryRaw, executeRaw.
struct Raw {
    /// Whether the answer is the rows and not the number of those written.
    bool returnsRows = true;
    std::string text = {};
    std::vector<Scalar> values = {};
};

/// `__typename` beside the root fields.
struct TypeName {
    std::string name = {};
};

/// `__schema` or `__type`.
struct Introspection {
    request::Field field = {};
    /// JSON text, which who knows the types of the schema fills in.
    std::string answer = {};
};

/// One root field.
struct Step {
    /// Its key in the answer.
    std::string key = {};
    /// Where the client wrote it.
    request::Location location = {};
    std::variant<TypeName, Introspection, Read, Aggregate, GroupBy, Create, Update, Delete, Upsert,
        Raw>
        action = {};
};

/// A whole operation; the steps run in order in one transaction.
struct Plan {
    request::OperationKind kind = request::OperationKind::Query;
    std::vector<Step> steps = {};
};

/// The plan as indented text, for people.
std::string print(const Plan& plan);

}  // namespace loam::runtime::plan
