#pragma once

// The nodes behind values, for code that renders, checks or rewrites them. User programs do not
// need this header. Add a kind here and the compiler lists every switch that does not know it yet.

#include <loam/struct_table.hpp>
#include <loam/value.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace loam {

class Asset;
class Construct;
class Element;
class Stack;

enum class NodeKind : std::uint8_t {
    String,
    Number,
    Boolean,
    List,
    Map,
    Object,
    Reference,
    Attribute,
    Pseudo,
    Function,
    Import,
    Asset,
    Lazy,
};

/// Base of all nodes. Immutable once a Value holds it.
struct Node {
    explicit Node(NodeKind nodeKind, bool isLate) : kind(nodeKind), late(isLate) {}

    NodeKind kind;
    /// Whether this node or one below it is anything but a literal.
    bool late;
    mutable std::uint32_t references = 0;
};

struct StringNode : Node {
    explicit StringNode(std::string value)
        : Node(NodeKind::String, false), text(std::move(value)) {}
    std::string text;
};

struct NumberNode : Node {
    explicit NumberNode(std::int64_t value)
        : Node(NodeKind::Number, false), integral(true), integer(value) {}
    explicit NumberNode(double value)
        : Node(NodeKind::Number, false), integral(false), real(value) {}
    bool integral;
    union {
        std::int64_t integer;
        double real;
    };
};

struct BooleanNode : Node {
    explicit BooleanNode(bool truth) : Node(NodeKind::Boolean, false), value(truth) {}
    bool value;
};

struct ListNode : Node {
    ListNode() : Node(NodeKind::List, false) {}
    explicit ListNode(std::vector<Value> values);
    std::vector<Value> items;
};

/// Entries are sorted by key and unique.
struct MapNode : Node {
    using Entry = std::pair<std::string, Value>;
    MapNode() : Node(NodeKind::Map, false) {}
    explicit MapNode(std::vector<Entry> sortedEntries);
    /// The value of a key, or null.
    const Value* find(std::string_view key) const;
    std::vector<Entry> entries;
};

/// A typed struct: one value for each field of the table, absent ones empty.
struct ObjectNode : Node {
    ObjectNode(const StructTable& structTable, std::vector<Value> values);
    const StructTable* table;
    std::vector<Value> fields;
};

/// What a reference points to. Outlives the construct, which clears it when it dies.
struct Target {
    const Construct* construct = nullptr;
    /// The path that the construct had, for messages after its death.
    std::string path;
};

/// `Ref` of a resource or parameter, or the value of a condition.
struct ReferenceNode : Node {
    explicit ReferenceNode(std::shared_ptr<const Target> to)
        : Node(NodeKind::Reference, true), target(std::move(to)) {}
    std::shared_ptr<const Target> target;
};

/// `Fn::GetAtt`.
struct AttributeNode : Node {
    AttributeNode(std::shared_ptr<const Target> of, std::string name, bool list)
        : Node(NodeKind::Attribute, true),
          target(std::move(of)),
          attribute(std::move(name)),
          isList(list) {}
    std::shared_ptr<const Target> target;
    std::string attribute;
    bool isList;
};

enum class Pseudo : std::uint8_t {
    AccountId,
    Region,
    Partition,
    UrlSuffix,
    StackName,
    StackId,
    NotificationArns,
    NoValue,
};

struct PseudoNode : Node {
    explicit PseudoNode(Pseudo parameter) : Node(NodeKind::Pseudo, true), pseudo(parameter) {}
    Pseudo pseudo;
};

/// The functions (`loam::Function` is a Lambda function). Arguments are in CloudFormation's order.
enum class Intrinsic : std::uint8_t {
    /// Pieces of one string, joined without a delimiter.
    Concat,
    /// Delimiter, list.
    Join,
    /// Index, list.
    Select,
    /// Delimiter, text.
    Split,
    Base64,
    /// Region, or absent for the stack's own.
    GetAzs,
    /// Block, count, bits.
    Cidr,
    ImportValue,
    /// Reference of the mapping, top-level key, second-level key.
    FindInMap,
    /// Reference of the condition, value if true, value if false.
    If,
    And,
    Or,
    Not,
    Equals,
    Length,
    ToJsonString,
};

struct FunctionNode : Node {
    FunctionNode(Intrinsic which, std::vector<Value> values)
        : Node(NodeKind::Function, true), function(which), arguments(std::move(values)) {}
    Intrinsic function;
    std::vector<Value> arguments;
};

/// A value of another stack of the app; made by `assemble`, which also adds the producer's output.
struct ImportNode : Node {
    ImportNode(const Stack& from, std::string output, std::string name, bool list)
        : Node(NodeKind::Import, true),
          producer(&from),
          outputId(std::move(output)),
          exportName(std::move(name)),
          isList(list) {}
    const Stack* producer;
    /// Logical id of the producer's output.
    std::string outputId;
    /// Name of the export. Lists travel joined by "||".
    std::string exportName;
    bool isList;
};

/// The packed file of an asset: a path in CloudFormation, `filename` in Terraform.
struct AssetNode : Node {
    explicit AssetNode(std::shared_ptr<const Target> of)
        : Node(NodeKind::Asset, true), target(std::move(of)) {}
    std::shared_ptr<const Target> target;
};

/// A value computed when the app is assembled.
struct LazyNode : Node {
    explicit LazyNode(std::function<Value()> function)
        : Node(NodeKind::Lazy, true), produce(std::move(function)) {}
    std::function<Value()> produce;
};

/// The node as its own type. The kind must match.
template <class N>
const N& as(const Node& node) {
    return static_cast<const N&>(node);
}

/// Makes a value of a new node: `make<StringNode>("x")`.
template <class N, class... Args>
Value make(Args&&... arguments) {
    return Value(new N(std::forward<Args>(arguments)...));
}

/// The text of a literal string, or null for anything else.
const std::string* literal(const Value& value);

/// The property of a struct or map by CloudFormation's name; absent if there is none or NoValue.
Value propertyOf(const Value& object, std::string_view name);

/// Whether the value is AWS::NoValue.
bool isNoValue(const Value& value);

/// Names of the pseudo parameters, `AWS::Region` and so on.
std::string_view name(Pseudo pseudo);

/// Whether two values are the same by content; references are the same if they have one target.
bool equal(const Value& left, const Value& right);

}  // namespace loam
