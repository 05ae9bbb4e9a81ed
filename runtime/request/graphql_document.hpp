#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// `@include(if: ...)` or another directive.
struct Directive {
    std::string_view name = {};
    Location location = {};
    std::vector<Member> arguments = {};
};

/// A field, a spread of a named fragment, or an inline fragment.
struct Selection {
    enum class Kind : std::uint8_t { Field, Spread, Inline };

    Kind kind = Kind::Field;
    /// Of the field, or of the fragment that is spread.
    std::string_view name = {};
    /// The key in the answer; the name unless an alias is given.
    std::string_view key = {};
    /// Type condition of an inline fragment; empty without one.
    std::string_view typeCondition = {};
    Location location = {};
    std::vector<Member> arguments = {};
    std::vector<Directive> directives = {};
    std::vector<Selection> selections = {};
};

/// `fragment Name on Type {...}`.
struct Fragment {
    std::string_view name = {};
    std::string_view typeCondition = {};
    Location location = {};
    std::vector<Directive> directives = {};
    std::vector<Selection> selections = {};
};

/// The type of a variable, such as `[Int!]!`.
struct TypeReference {
    /// Empty for lists.
    std::string_view name = {};
    /// One element for lists, none otherwise.
    std::vector<TypeReference> element = {};
    bool isRequired = false;

    bool isList() const { return !element.empty(); }
    /// As written in GraphQL.
    std::string toString() const;
};

/// `$name: Type = default`.
struct VariableDefinition {
    std::string_view name = {};
    Location location = {};
    TypeReference type = {};
    std::optional<Value> defaultValue = {};
};

/// What an operation does to the data.
enum class OperationKind : std::uint8_t { Query, Mutation };

/// An operation before variables and fragments are put in place.
struct OperationDefinition {
    OperationKind kind = OperationKind::Query;
    /// Empty for an anonymous operation.
    std::string_view name = {};
    Location location = {};
    std::vector<VariableDefinition> variables = {};
    std::vector<Directive> directives = {};
    std::vector<Selection> selections = {};
};

/// An executable GraphQL document.
struct Document {
    std::vector<OperationDefinition> operations = {};
    std::vector<Fragment> fragments = {};
};

/// Parses an executable document of GraphQL (October 2021). Views point into the text or the pool.
///
/// Throws RequestError P2009 with line and column. Subscriptions and type definitions are refused.
Document parseGraphql(std::string_view text, TextPool& pool);

}  // namespace loam::runtime::request
