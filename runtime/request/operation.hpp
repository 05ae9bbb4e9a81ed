#pragma once

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
    /// Types that fragments around the field demand of the object it stands in.
    std::vector<std::string_view> typeConditions = {};

    /// The argument of that name, or null.
    const Value* argument(std::string_view argumentName) const;
};

/// What a request asks for, in every notation: a tree of fields without variables and fragments.
struct Operation {
    OperationKind kind = OperationKind::Query;
    std::string_view name = {};
    /// The root fields, in the order of execution.
    std::vector<Field> fields = {};
};

/// The operation in GraphQL's notation, one field per line.
std::string print(const Operation& operation);

/// A value in GraphQL's notation, on one line.
std::string print(const Value& value);

}  // namespace loam::runtime::request
