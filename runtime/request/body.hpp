#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "runtime/request/operation.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// A GraphQL request as it stands in a body, not parsed further.
struct GraphqlText {
    std::string_view query = {};
    std::string_view operationName = {};
    /// An object or null.
    Value variables = {};
};

/// The body of an HTTP request. Views point into the body or into `texts`.
struct Body {
    /// One element unless the body is a batch.
    std::vector<GraphqlText> operations = {};
    bool isBatch = false;
    /// Whether all operations of the batch stand or fall together.
    bool isTransaction = false;
    TextPool texts = {};
};

/// Reads `{"query", "variables", "operationName"}` or `{"batch": [...], "transaction": bool}`.
///
/// Throws RequestError P2009: with status 400 for a body that is no JSON object, with 413 for one
/// above limits::bodyBytes. Requests of the JSON protocol (`action`) are refused.
Body parseBody(std::string_view body);

/// Parses one request of the body and puts its variables and fragments in place. Throws
/// RequestError.
Operation parseOperation(const GraphqlText& text, TextPool& texts);

}  // namespace loam::runtime::request
