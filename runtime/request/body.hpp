#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "runtime/request/operation.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// One request as it stands in a body, not parsed further: GraphQL, or an object of Prisma Client's
/// JSON protocol.
struct UnparsedOperation {
    /// The text of GraphQL.
    std::string_view query = {};
    std::string_view operationName = {};
    /// An object or null.
    Value variables = {};
    /// The object of the JSON protocol; null for GraphQL.
    Value json = {};
};

/// The body of an HTTP request. Views point into the body or into `texts`.
struct Body {
    /// One element unless the body is a batch.
    std::vector<UnparsedOperation> operations = {};
    bool isBatch = false;
    /// Whether all operations of the batch stand or fall together.
    bool isTransaction = false;
    TextPool texts = {};
};

/// Reads `{"query", "variables", "operationName"}`, `{"modelName", "action", "query"}` of the JSON
/// protocol, or a batch of either: `{"batch": [...], "transaction": bool}`.
///
/// Throws RequestError P2009: with status 400 for a body that is no JSON object, with 413 for one
/// above limits::bodyBytes.
Body parseBody(std::string_view body);

/// Parses one request of the body and puts its variables and fragments in place; arguments of the
/// JSON protocol are moved out of it. Throws RequestError.
Operation parseOperation(UnparsedOperation& unparsed, TextPool& texts);

/// What the request does to the data, without parsing all of it. Throws RequestError.
OperationKind kindOf(const UnparsedOperation& unparsed, TextPool& texts);

}  // namespace loam::runtime::request
