#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/request/graphql_document.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// One field that the answer must contain, with literal arguments only.
struct Field {
    std::string_view name = {};
    /// The key in the answer.
    std::string_view key = {};
    Location location = {};
    std::vector<Member> arguments = {};
    std::vector<Field> selection = {};
    /// Whether all single values of the object are wanted too, which only the model can name:
    /// `$scalars`, or `true` in place of a selection, of the JSON protocol.
    bool allScalars = false;
    /// Fields that `allScalars` does not stand for.
    std::vector<std::string_view> omitted = {};
    /// Types that fragments around the field demand of the object it stands in.
    std::vector<std::string_view> typeConditions = {};

    /// The argument of that name, or null.
    const Value* argument(std::string_view argumentName) const;
};

/// How a request is written, which decides how values look in it and in the answer.
enum class Notation : std::uint8_t {
    /// Values of Json are texts that hold a document; all values of the answer are plain.
    Graphql,
    /// Values of Json are documents; values of the answer that JSON lacks have a `$type`.
    Json,
};

/// What a request asks for, in every notation: a tree of fields without variables and fragments.
struct Operation {
    OperationKind kind = OperationKind::Query;
    Notation notation = Notation::Graphql;
    std::string_view name = {};
    /// The root fields, in the order of execution.
    std::vector<Field> fields = {};
};

/// The operation in GraphQL's notation, one field per line.
std::string print(const Operation& operation);

/// A value in GraphQL's notation, on one line.
std::string print(const Value& value);

/// A value as a JSON document without white space. Tagged values become texts, but for Decimal,
/// which becomes a number.
std::string toJson(const Value& value);

}  // namespace loam::runtime::request
