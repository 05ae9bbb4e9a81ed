#pragma once

// The syntax tree of schema files: what was written, before any name is looked up.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/schema/diagnostics.hpp"

namespace loam::runtime::schema {

/// A name and where it stands.
struct Identifier {
    std::string text = {};
    Position position = {};
};

struct Argument;

enum class ExpressionKind : std::uint8_t { String, Number, Constant, Array, Function };

/// A value in an attribute or a configuration block.
struct Expression {
    ExpressionKind kind = ExpressionKind::Constant;
    /// String content, digits, the constant, or the function's name; unused for arrays.
    std::string text;
    Position position;
    /// Arguments of a function, or the items of an array.
    std::vector<Argument> arguments;
};

/// `value` or `name: value`.
struct Argument {
    std::optional<Identifier> name;
    Expression value;
};

/// How an expression reads in a message: `"text"`, `12`, `now()`, `[a, b]`.
std::string describe(const Expression& expression);

/// `@name(arguments)` or `@@name(arguments)`; the name comes without "@".
struct Attribute {
    std::string name;
    Position position;
    std::vector<Argument> arguments;
};

/// A field of a model or view.
struct FieldDeclaration {
    Identifier name;
    /// The type's name, or the text of `Unsupported("text")`.
    Identifier type;
    bool isUnsupported = false;
    Arity arity = Arity::Required;
    std::string documentation;
    std::vector<Attribute> attributes;
};

/// `model X { }` or `view X { }`.
struct ModelDeclaration {
    Identifier name;
    bool isView = false;
    std::string documentation;
    std::vector<FieldDeclaration> fields;
    std::vector<Attribute> attributes;

    /// "model" or "view", for messages.
    const char* word() const { return isView ? "view" : "model"; }
};

/// One value of an enum.
struct EnumValueDeclaration {
    Identifier name;
    std::string documentation;
    std::vector<Attribute> attributes;
};

/// `enum X { }`.
struct EnumDeclaration {
    Identifier name;
    std::string documentation;
    std::vector<EnumValueDeclaration> values;
    std::vector<Attribute> attributes;
};

/// `key = value` in a configuration block.
struct Property {
    Identifier key;
    Expression value;
};

/// `datasource x { }` or `generator x { }`.
struct ConfigurationDeclaration {
    Identifier name;
    bool isDatasource = false;
    std::vector<Property> properties;

    /// "datasource" or "generator", for messages.
    const char* word() const { return isDatasource ? "datasource" : "generator"; }
};

/// All declarations of all files, each kind in the order of the files.
struct Document {
    std::vector<ModelDeclaration> models;
    std::vector<EnumDeclaration> enums;
    std::vector<ConfigurationDeclaration> configurations;
};

}  // namespace loam::runtime::schema
