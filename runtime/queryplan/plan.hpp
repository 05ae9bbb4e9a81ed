#pragma once

// A query plan as Prisma Client 7 compiles it: a tree of expressions whose leaves are SQL. The
// client sends one for each operation, and the server only has to evaluate it. Everything here was
// checked when it was read; texts are views into the request.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/request/value.hpp"

namespace loam::runtime::queryplan {

/// A value of the plan that is computed when it is needed: a literal, a list, a reference to a
/// variable, or a call of a generator.
using Expression = const request::Value*;

/// How a parameter is bound.
enum class ArgumentType : std::uint8_t {
    String,
    Int,
    BigInt,
    Float,
    Decimal,
    Boolean,
    Enum,
    Uuid,
    Json,
    DateTime,
    Bytes,
    Unknown,
};

/// The types of one argument: one, or for a tuple one for each element.
struct ArgumentTypes {
    std::vector<ArgumentType> elements = {};
    bool isTuple = false;
};

/// A piece of an SQL template. All kinds but Text take one argument.
struct Fragment {
    enum class Kind : std::uint8_t { Text, Parameter, Tuple, TupleList };

    Kind kind = Kind::Text;
    std::string_view text = {};
    std::string_view itemPrefix = {};
    std::string_view itemSeparator = {};
    std::string_view itemSuffix = {};
    std::string_view groupSeparator = {};
};

/// A statement with its arguments.
struct DbQuery {
    /// Whether the user wrote the SQL; then `sql` holds it, otherwise `fragments` do.
    bool isRaw = false;
    std::string_view sql = {};
    std::vector<Fragment> fragments = {};
    bool hasNumbering = false;
    bool isChunkable = false;
    std::vector<Expression> arguments = {};
    std::vector<ArgumentTypes> types = {};
};

/// A condition on a value.
struct Rule {
    enum class Kind : std::uint8_t { RowCountEquals, RowCountDiffers, AffectedRowsEqual, Never };

    Kind kind = Kind::Never;
    std::int64_t count = 0;
};

/// What goes wrong when a validation fails; decides on code and message.
enum class ErrorIdentifier : std::uint8_t {
    RelationViolation,
    MissingRelatedRecord,
    MissingRecord,
    IncompleteConnectInput,
    IncompleteConnectOutput,
    RecordsNotConnected,
};

/// A part of a list, after a record that is named by some of its fields.
struct Pagination {
    std::vector<std::pair<std::string_view, Expression>> cursor = {};
    bool hasCursor = false;
    std::optional<std::int64_t> take = {};
    std::optional<std::int64_t> skip = {};
};

struct NestedOperations;

/// What is done to lists of records in memory: distinct, then pagination, then reversal.
struct Operations {
    std::optional<Pagination> pagination = {};
    std::optional<std::vector<std::string_view>> distinct = {};
    bool reverse = false;
    /// Fields that tell whose list a record is in; each list is treated apart.
    std::optional<std::vector<std::string_view>> linkingFields = {};
    /// For lists in fields of the records. Without an initializer, which would need the type to be
    /// complete here.
    std::vector<NestedOperations> nested;
};

struct NestedOperations {
    std::string_view field = {};
    Operations operations = {};
};

/// The type of a field of the answer.
enum class FieldType : std::uint8_t {
    String,
    Int,
    BigInt,
    Float,
    Boolean,
    Decimal,
    DateTime,
    Json,
    Object,
    Bytes,
    Enum,
    Unsupported,
};

enum class BytesEncoding : std::uint8_t { Array, Base64, Hex };

/// Names in the database and in the answer.
using EnumNames = std::vector<std::pair<std::string_view, std::string_view>>;

struct Field {
    std::string_view column = {};
    FieldType type = FieldType::Unsupported;
    bool isList = false;
    BytesEncoding encoding = BytesEncoding::Array;
    const EnumNames* names = nullptr;
};

struct NamedStructure;

/// The shape of the answer.
struct Structure {
    enum class Kind : std::uint8_t { AffectedRows, Object, Field };

    Kind kind = Kind::Field;
    Field field = {};
    /// Of an object within another: where its value is found; without it, in the same record.
    std::optional<std::string_view> source = {};
    bool skipNulls = false;
    /// Of an object. Without an initializer, which would need the type to be complete here.
    std::vector<NamedStructure> fields;
};

struct NamedStructure {
    std::string_view name = {};
    Structure structure = {};
};

struct Node;
using NodePointer = std::unique_ptr<Node>;

struct ValueNode {
    Expression value = nullptr;
};
struct GetNode {
    std::string_view name = {};
};
struct Binding {
    std::string_view name = {};
    NodePointer expression = {};
};
struct LetNode {
    std::vector<Binding> bindings = {};
    NodePointer expression = {};
};
struct UnitNode {};

/// A node that combines others.
struct ListNode {
    enum class Kind : std::uint8_t { Sequence, Concatenation, Sum };

    Kind kind = Kind::Sequence;
    std::vector<NodePointer> nodes = {};
};
struct QueryNode {
    DbQuery query = {};
    /// Whether the number of changed rows is wanted instead of rows.
    bool isExecute = false;
};

/// A node that changes the value of one other.
struct WrapNode {
    enum class Kind : std::uint8_t { Unique, Required, Reverse, Transaction };

    Kind kind = Kind::Unique;
    NodePointer node = {};
};
struct FirstNonEmptyNode {
    std::vector<std::string_view> names = {};
};
struct MapFieldNode {
    std::string_view field = {};
    NodePointer records = {};
};
struct JoinChild {
    NodePointer child = {};
    std::vector<std::string_view> parentColumns = {};
    std::vector<std::string_view> childColumns = {};
    std::string_view parentField = {};
    bool isUnique = false;
};
struct JoinNode {
    NodePointer parent = {};
    std::vector<JoinChild> children = {};
    /// Whether keys are of the same type on both sides.
    bool isStrict = false;
};
struct DifferenceNode {
    NodePointer from = {};
    NodePointer to = {};
    std::vector<std::string_view> fields = {};
};
struct IfNode {
    NodePointer value = {};
    Rule rule = {};
    NodePointer then = {};
    NodePointer otherwise = {};
};
struct ValidateNode {
    NodePointer expression = {};
    std::vector<Rule> rules = {};
    ErrorIdentifier error = ErrorIdentifier::MissingRecord;
    const request::Value* context = nullptr;
};
struct ProcessNode {
    NodePointer expression = {};
    Operations operations = {};
};
struct FieldInitializer {
    std::string_view name = {};
    /// Null for the id of the last inserted row.
    Expression value = nullptr;
};
struct InitializeRecordNode {
    NodePointer expression = {};
    std::vector<FieldInitializer> fields = {};
};
struct FieldOperation {
    enum class Kind : std::uint8_t { Set, Add, Subtract, Multiply, Divide };

    std::string_view name = {};
    Kind kind = Kind::Set;
    Expression value = nullptr;
};
struct MapRecordNode {
    NodePointer expression = {};
    std::vector<FieldOperation> fields = {};
};
struct DataMapNode {
    NodePointer expression = {};
    Structure structure = {};
    std::vector<std::pair<std::string_view, std::unique_ptr<EnumNames>>> enums = {};
};

struct Node {
    std::variant<ValueNode, GetNode, LetNode, UnitNode, ListNode, QueryNode, WrapNode,
        FirstNonEmptyNode, MapFieldNode, JoinNode, DifferenceNode, IfNode, ValidateNode,
        ProcessNode, InitializeRecordNode, MapRecordNode, DataMapNode>
        content;
};

struct Plan {
    NodePointer root = {};
    /// Whether a statement may change the database.
    bool isWrite = false;
    /// Whether the whole plan is one statement that the user wrote.
    bool isRaw = false;
    /// Whether the statements see one state of the database without a transaction.
    bool isOneStatement = false;
};

}  // namespace loam::runtime::queryplan
