#pragma once

// Facts about property structs and resource types, as constant tables. The generated code of every
// service fills them; one routine each serializes, validates and compares any struct by its table.

#include <cstdint>
#include <string_view>

namespace loam {

struct StructTable;

/// The scalar type of a field, or of the elements of a list or map.
enum class FieldType : std::uint8_t { String, Integer, Double, Boolean, Struct, Json };
enum class Container : std::uint8_t { None, List, Map };

/// Flags of a field, combined with `|`.
inline constexpr std::uint8_t fieldRequired = 1;
/// A change replaces the resource.
inline constexpr std::uint8_t fieldCreateOnly = 2;
/// A change may replace the resource.
inline constexpr std::uint8_t fieldConditionalCreateOnly = 4;
/// The service never returns the value, for example a password.
inline constexpr std::uint8_t fieldWriteOnly = 8;
/// Items of the list must differ.
inline constexpr std::uint8_t fieldUniqueItems = 16;

/// The field takes the given attribute of a resource of the given type; `attribute` may be "Ref".
struct Relation {
    const char* type;
    const char* attribute;
};

/// Limits of a field's value. Absent pointers and the outermost numbers mean no limit.
struct Constraints {
    /// Allowed values.
    const char* const* values = nullptr;
    std::uint16_t valueCount = 0;
    std::uint16_t relationCount = 0;
    const Relation* relations = nullptr;
    /// ECMA regular expression, searched (not anchored).
    const char* pattern = nullptr;
    std::int64_t minLength = 0;
    /// Length of a string in characters; -1: no limit.
    std::int64_t maxLength = -1;
    bool hasMinimum = false;
    bool hasMaximum = false;
    double minimum = 0;
    double maximum = 0;
    std::int64_t minItems = 0;
    /// -1: no limit.
    std::int64_t maxItems = -1;
};

/// One property. Fields stand in alphabetical order of their C++ names.
struct Field {
    /// CloudFormation's name.
    const char* name;
    FieldType type = FieldType::String;
    Container container = Container::None;
    std::uint8_t flags = 0;
    /// The struct, if the type is Struct.
    const StructTable* table = nullptr;
    const Constraints* constraints = nullptr;
};

/// Rules over several properties of one struct.
enum class CombinationKind : std::uint8_t {
    /// Exactly one of the properties must be given.
    RequiredXor,
    /// At least one of the properties must be given.
    RequiredOr,
    /// If the first is given, the others must be given.
    DependentRequired,
    /// If the first is given, none of the others may be given.
    DependentExcluded,
};

struct Combination {
    CombinationKind kind;
    std::uint8_t count;
    const char* const* properties;
};

/// The properties of one struct.
struct StructTable {
    /// Name of the struct, for messages: `Function.Code`.
    const char* name;
    const Field* fields;
    std::uint16_t count;
    std::uint16_t combinationCount = 0;
    const Combination* combinations = nullptr;

    /// Index of the field with CloudFormation's name, or -1.
    int find(std::string_view field) const {
        for (int i = 0; i < count; ++i) {
            if (field == fields[i].name) return i;
        }
        return -1;
    }
};

/// One attribute that Fn::GetAtt answers.
struct Attribute {
    const char* name;
    FieldType type = FieldType::String;
    Container container = Container::None;
};

enum class TagShape : std::uint8_t {
    None,
    /// List of {Key, Value}.
    KeyValueList,
    /// Object of key to value.
    StringMap,
    /// List of {Key, Value, PropagateAtLaunch}.
    AutoScalingList,
};

/// The facts about one resource type.
struct ResourceType {
    /// `AWS::Lambda::Function`.
    const char* name;
    const StructTable* properties;
    const Attribute* attributes = nullptr;
    std::uint16_t attributeCount = 0;
    TagShape tagShape = TagShape::None;
    /// Holds data: kept when removed from the stack, unless told otherwise.
    bool stateful = false;
    /// CloudFormation's name of the property with the tags, or null.
    const char* tagProperty = nullptr;
    /// Name of the property or attribute that `Ref` returns, or null if not known.
    const char* refReturns = nullptr;
    /// `arn:${Partition}:s3:::${BucketName}`, or null.
    const char* arnTemplate = nullptr;
    /// Names of the properties that identify the resource, for import; null-terminated, or null.
    const char* const* primaryIdentifier = nullptr;
};

}  // namespace loam
