#pragma once

// What the steps of validation share: the syntax tree, the schema that grows from it, and what a
// relation attribute says until both sides of the relation are known. Models, enums and fields have
// the same index in the document and in the schema.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/schema/syntax.hpp"

namespace loam::runtime::schema {

/// What is written in the `@relation(...)` of one field.
struct RelationArguments {
    struct Action {
        ReferentialAction action;
        Position position;
    };
    std::optional<std::string> name = {};
    std::optional<std::vector<std::size_t>> fields = {};
    std::optional<std::vector<std::size_t>> references = {};
    std::optional<Action> onDelete = {};
    std::optional<Action> onUpdate = {};
    /// Set when the arguments hold a mistake: then the relation is not checked any further.
    bool isBroken = false;
};

/// The state of validating one schema.
struct Context {
    const Document& document;
    Schema& schema;
    Diagnostics& diagnostics;
    /// By model and field; unused for fields that are no relation.
    std::vector<std::vector<RelationArguments>> relations = {};
};

/// A field by model and position.
struct FieldId {
    std::size_t model = 0;
    std::size_t field = 0;

    friend bool operator==(const FieldId&, const FieldId&) = default;
};

// The steps of validation, in this order. Each reports what it finds and leaves the schema usable
// for the next.

/// Reads the datasource and the generators.
void readConfiguration(Context& context);

/// Makes the models, fields and enums with their types, and checks their names.
void declare(Context& context);

/// Reads the attributes of fields: @id, @unique, @default, @map and so on.
void readFieldAttributes(Context& context);

/// Reads the attributes of models and enums: @@id, @@unique, @@index, @@map, @@ignore.
void readBlockAttributes(Context& context);

/// Joins the two sides of each relation and checks what they say.
void resolveRelations(Context& context);

/// Checks what concerns a whole model or schema: unique criteria, clashes of names, autoincrement.
void checkModels(Context& context);

/// Checks and keeps the value of `@default`.
void readDefault(Context& context, const FieldId& id, const Attribute& attribute);

/// Reads the `@relation` attribute of a relation field.
void readRelation(Context& context, const FieldId& id, const Attribute& attribute);

}  // namespace loam::runtime::schema
