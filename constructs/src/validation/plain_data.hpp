#pragma once

// Functions and references, also where they are written as plain data: `{"Ref": "Id"}`.

#include <loam/node.hpp>

#include <optional>

namespace loam {

/// The logical id in a reference as plain data, `Ref` or `Fn::GetAtt`; else empty.
std::string_view plainTarget(const MapNode& map);

/// A function with its arguments in CloudFormation's order.
struct FunctionCall {
    Intrinsic function;
    const std::vector<Value>& arguments;
};

/// The function that a node is. As plain data those are known whose result can be foreseen: Select,
/// Split, Cidr and FindInMap.
std::optional<FunctionCall> functionIn(const Node& node);

}  // namespace loam
