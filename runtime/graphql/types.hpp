#pragma once

// The types of GraphQL that a schema offers. GraphQL cannot say "a value or an object" of an input,
// which Prisma accepts in filters, updates and orders; such inputs are scalars of their own here,
// whose descriptions say what they take. Where Prisma has several input objects to choose from,
// there is one that holds the fields of all.

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/catalog.hpp"

namespace loam::runtime::graphql {

/// The kinds of types that are used; interfaces and unions are not.
enum class TypeKind : std::uint8_t { Scalar, Object, Enum, InputObject };

struct Type;

/// How a field uses a type: `Int`, `Int!`, `[Int!]` or `[Int!]!`. Elements of lists are never null.
struct Reference {
    const Type* type = nullptr;
    bool isList = false;
    bool isRequired = false;

    /// As written in GraphQL.
    std::string toString() const;
};

/// An argument, or a field of an input object.
struct InputValue {
    std::string_view name = {};
    Reference type = {};
    std::string_view description = {};
    /// In GraphQL's notation; empty for none.
    std::string_view defaultValue = {};
};

/// A field of an object.
struct Field {
    std::string_view name = {};
    Reference type = {};
    std::string_view description = {};
    std::vector<InputValue> arguments = {};
};

struct EnumValue {
    std::string_view name = {};
    std::string_view description = {};
};

/// One type. Views point into the schema, the catalog or the program.
struct Type {
    TypeKind kind = TypeKind::Scalar;
    std::string name = {};
    std::string description = {};
    /// Of an object.
    std::vector<Field> fields = {};
    /// Of an input object.
    std::vector<InputValue> inputs = {};
    /// Of an enum.
    std::vector<EnumValue> values = {};

    /// The object's field of that name, or null.
    const Field* findField(std::string_view fieldName) const;
};

struct Directive {
    std::string_view name = {};
    std::string_view description = {};
    std::vector<std::string_view> locations = {};
    std::vector<InputValue> arguments = {};
};

/// Every type of a schema, and those of introspection.
class Types {
  public:
    /// The catalog, and the schema behind it, must outlive the types.
    explicit Types(const plan::Catalog& catalog);
    Types(const Types&) = delete;
    Types& operator=(const Types&) = delete;

    /// In alphabetical order.
    const std::map<std::string_view, const Type*>& all() const { return byName_; }
    /// The type of that name, or null.
    const Type* find(std::string_view name) const;
    const Type& query() const { return *query_; }
    /// Null when nothing can be written.
    const Type* mutation() const { return mutation_; }
    const std::vector<Directive>& directives() const { return directives_; }

  private:
    friend class Builder;

    std::deque<Type> types_;
    std::map<std::string_view, const Type*> byName_;
    std::vector<Directive> directives_;
    const Type* query_ = nullptr;
    const Type* mutation_ = nullptr;
};

}  // namespace loam::runtime::graphql
