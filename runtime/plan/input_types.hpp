#pragma once

// The types of arguments as Prisma names and describes them. Error messages show them, since Prisma
// Client prints what would have been allowed in the place of a mistake, and the types of GraphQL
// are derived from them. Nothing is made before a mistake is found or introspection asks.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/catalog.hpp"

namespace loam::runtime::plan {

struct InputField;

/// A value of an enumeration.
struct InputWord {
    std::string_view name = {};
    std::string_view description = {};
};

/// A type that an argument may have.
struct InputType {
    /// A field reference is the name of another field of the same record.
    enum class Kind : std::uint8_t { Plain, Null, FieldReference, Enum, Object };

    Kind kind = Kind::Plain;
    std::string name = {};
    bool isList = false;
    /// The name of all alternatives together, where that is not the name of the first object.
    std::string family = {};
    /// What the alternatives are for; between a value and an object it follows on the value's type.
    std::string_view meaning = {};
    /// Of an enumeration: that of the schema, or else the words.
    const schema::Enum* source = nullptr;
    std::vector<InputWord> words = {};
    /// Of an object: makes its fields, which may lead back to the same type.
    std::function<std::vector<InputField>()> fields = {};
    /// Of an object that stands around another alternative: where both are wrong, that one is
    /// meant.
    bool isEnvelope = false;
    /// Of an object: how many fields may be given, and of which one must be.
    std::optional<std::size_t> fewest = {};
    std::optional<std::size_t> most = {};
    std::vector<std::string_view> oneOf = {};

    /// "Int[]" for lists.
    std::string listedName() const { return isList ? name + "[]" : name; }
};

/// An argument, or a field of an object of arguments.
struct InputField {
    /// Lives as long as the schema.
    std::string_view name = {};
    /// The alternatives, in Prisma's order.
    std::vector<InputType> types = {};
    bool isRequired = false;
    /// The field of the model that is written there; null in arguments that write nothing.
    const schema::Field* source = nullptr;
};

/// What is known about a place in the arguments.
struct InputPlace {
    /// The object type that the place is part of; nothing for the arguments themselves.
    std::optional<InputType> parent = {};
    /// The argument or field that stands there; nothing when there is none of that name.
    std::optional<InputField> field = {};
};

/// The field of that name, or null.
const InputField* findField(const std::vector<InputField>& fields, std::string_view name);

/// The arguments of a root field. The catalog must outlive their types, here and below.
std::vector<InputField> rootArguments(const Catalog& catalog, const RootField& root);

/// The arguments of a relation field in the selection of a record.
std::vector<InputField> relationArguments(const Catalog& catalog, const schema::Field& field);

/// The arguments of a relation field in the selection of `_count`.
std::vector<InputField> countArguments(const Catalog& catalog, const schema::Field& field);

/// The arguments that a selected field takes; the path leads to it from the root field. Empty when
/// the path leads nowhere.
std::vector<InputField>
argumentsOf(const Catalog& catalog, const std::vector<std::string_view>& selectionPath);

/// The place that a path leads to among the arguments of a selected field.
InputPlace findInput(const Catalog& catalog, const std::vector<std::string_view>& selectionPath,
    const std::vector<std::string_view>& argumentPath);

/// The model whose fields stand in the selection of the field that the path leads to, or null.
const schema::Model*
selectedModel(const Catalog& catalog, const std::vector<std::string_view>& selectionPath);

}  // namespace loam::runtime::plan
