#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/runtime/model/tree.hpp"

namespace loam::modeltest {

enum class Type { Int, BigInt, Float, Decimal, Boolean, String, DateTime, Bytes, Enum, Json };

std::string_view nameOf(Type type);

struct Column {
    std::string name;
    Type type = Type::Int;
    bool isOptional = false;
    /// Whether the values come from the short list of keys.
    bool isKey = false;
    bool isUnique = false;
    bool isForeign = false;
    /// Whether the database knows it by another name.
    bool isMapped = false;
    /// What a record gets that is created without a value.
    std::optional<Node> preset = std::nullopt;
};

struct Model {
    std::string name;
    std::vector<Column> columns = {};
    std::vector<std::size_t> id = {};
    /// Whether the one column of the identifier counts up.
    bool isGenerated = false;
    /// Columns of compound unique keys.
    std::vector<std::vector<std::size_t>> uniques = {};
    bool isMapped = false;

    std::optional<std::size_t> column(std::string_view wanted) const;
    bool isId(std::size_t column) const;

    /// The columns of every key, the identifier first.
    std::vector<std::vector<std::size_t>> keys() const;

    /// The name of a compound key in `where`, such as "a_b".
    std::string keyName(const std::vector<std::size_t>& key) const;
};

enum class Action { Cascade, Restrict, SetNull, NoAction };
enum class Many { OneToMany, OneToOne, ManyToMany };

struct Relation {
    Many kind = Many::OneToMany;
    std::string name = {};
    /// The model with the foreign key, or the left one, and its field.
    std::size_t holder = 0;
    std::string holderField = {};
    std::size_t target = 0;
    std::string targetField = {};
    std::vector<std::size_t> columns = {};
    std::vector<std::size_t> references = {};
    bool isRequired = false;
    Action onDelete = Action::Cascade;
    Action onUpdate = Action::Cascade;
};

/// A relation seen from one of its models.
struct End {
    std::size_t relation = 0;
    bool isHolder = false;
    std::size_t other = 0;
    std::string name = {};
    std::string otherName = {};
    bool isList = false;
    bool isManyToMany = false;
};

struct Shape {
    std::vector<Model> models = {};
    std::vector<Relation> relations = {};
    /// Whether the engine, not the database, keeps relations intact.
    bool isEmulated = false;

    std::vector<End> ends(std::size_t model) const;
    std::optional<End> end(std::size_t model, std::string_view name) const;

    /// The shape as schema.prisma.
    std::string print() const;
};

}  // namespace loam::modeltest
