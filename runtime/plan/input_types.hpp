#pragma once

// The types of arguments as Prisma names and describes them, for error messages: Prisma Client
// shows what would have been allowed in the place of a mistake. Nothing is made before a mistake is
// found.

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

/// A type that an argument may have.
struct InputType {
    enum class Kind : std::uint8_t { Plain, Enum, Object };

    Kind kind = Kind::Plain;
    std::string name = {};
    bool isList = false;
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
    std::string name = {};
    /// The alternatives, in Prisma's order.
    std::vector<InputType> types = {};
    bool isRequired = false;
};

/// What is known about a place in the arguments.
struct InputPlace {
    /// The object type that the place is part of; nothing for the arguments themselves.
    std::optional<InputType> parent = {};
    /// The argument or field that stands there; nothing when there is none of that name.
    std::optional<InputField> field = {};
};

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
