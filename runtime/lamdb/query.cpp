#include <iostream>

#include "runtime/functions/query/query_service.hpp"
#include "runtime/lamdb/commands.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/text.hpp"
#include "runtime/schema/load.hpp"

namespace loam::runtime::lamdb {
namespace {

void checkVariables(const std::string& json) {
    const std::string allowed = R"(--variables must be a JSON object such as {"id": 1})";
    request::TextPool pool;
    try {
        if (request::parseJson(json, pool).kind != request::Value::Kind::Object) {
            throw CommandError(allowed);
        }
    } catch (const request::RequestError& error) {
        throw CommandError(allowed + ": " + error.message());
    }
}

/// The body of the HTTP request that would ask the same.
std::string bodyOf(const QueryOptions& options) {
    if (const std::size_t invalid = request::findInvalidUtf8(options.query);
        invalid != std::string::npos) {
        throw CommandError(
            "the document is no UTF-8 text: byte " + std::to_string(invalid + 1) + " is invalid");
    }
    std::string body = R"({"query":)" + request::jsonString(options.query);
    if (!options.variables.empty()) {
        checkVariables(options.variables);
        body += R"(,"variables":)" + options.variables;
    }
    return body + "}";
}

}  // namespace

int query(const QueryOptions& options) {
    const schema::Schema schema = schema::parsePath(options.schema);
    QueryService service(schema, options.database, engine::Access::ReadWrite);
    if (options.explain) {
        std::cout << service.explain(bodyOf(options)) << "\n";
        return 0;
    }
    const engine::Answer answer = service.execute(bodyOf(options));
    std::cout << answer.body << "\n";
    return answer.failed ? 1 : 0;
}

}  // namespace loam::runtime::lamdb
