#include "runtime/lambda/http_event.hpp"

#include <algorithm>
#include <optional>

#include "runtime/contract/contract.hpp"
#include "runtime/lambda/function.hpp"
#include "runtime/plan/base64.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::lambda {
namespace {

using Kind = request::Value::Kind;

[[noreturn]] void refuse(const std::string& what) {
    throw FunctionError(
        "InvalidEvent", what + "; this function answers events of an HTTP API, payload format 2.0");
}

request::Value parseDocument(std::string_view payload, request::TextPool& pool) {
    try {
        return request::parseEnvelope(payload, pool);
    } catch (const request::RequestError& error) {
        refuse("the event is no JSON: " + error.message());
    }
}

/// The text at one of the event's members, empty when it is absent or null.
std::string_view text(const request::Value* object, std::string_view name) {
    const request::Value* member = object == nullptr ? nullptr : object->find(name);
    if (member == nullptr || member->isNull()) {
        return {};
    }
    if (member->kind != Kind::String) {
        refuse("the event's member \"" + std::string(name) + "\" is no text");
    }
    return member->text;
}

std::string pathWithoutStage(std::string_view path, std::string_view stage) {
    const std::string prefix = "/" + std::string(stage);
    const bool hasStage =
        !stage.empty() && stage != "$default" && path.starts_with(prefix) &&
        (path.size() == prefix.size() || path[prefix.size()] == '/');
    return std::string(hasStage ? path.substr(prefix.size()) : path);
}

std::string decodedBody(std::string_view body) {
    std::optional<std::string> bytes = plan::decodeBase64(body);
    if (!bytes) {
        refuse("the body is marked as base64 and is none");
    }
    return *std::move(bytes);
}

/// Whether the path is `/{version}/{hash}` and the ending.
bool isClientPath(std::string_view path, std::string_view ending) {
    const auto segments = std::count(path.begin(), path.end(), '/');
    return segments ==
               std::count(contract::route::client.begin(), contract::route::client.end(), '/') &&
           path.ends_with(ending) && path.find("//") == std::string_view::npos;
}

}  // namespace

HttpEvent parseHttpEvent(std::string_view payload) {
    request::TextPool pool;
    const request::Value event = parseDocument(payload, pool);
    const request::Value* const context = event.find("requestContext");
    const request::Value* const http = context == nullptr ? nullptr : context->find("http");
    if (http == nullptr) {
        refuse("the event has no requestContext.http");
    }
    HttpEvent result;
    result.method = text(http, "method");
    result.path = pathWithoutStage(text(&event, "rawPath"), text(context, "stage"));
    const request::Value* const encoded = event.find("isBase64Encoded");
    const std::string_view body = text(&event, "body");
    result.body = encoded != nullptr && encoded->boolean ? decodedBody(body) : std::string(body);
    return result;
}

std::string httpAnswer(int status, std::string_view body) {
    std::string answer =
        R"({"statusCode":)" + std::to_string(status) +
        R"(,"headers":{"content-type":"application/json"},"body":)";
    answer += request::jsonString(body);
    answer += R"(,"isBase64Encoded":false})";
    return answer;
}

bool isQueryPath(std::string_view path) {
    return path == contract::route::graphql || isClientPath(path, contract::route::graphql);
}

bool isSchemaPath(std::string_view path) { return isClientPath(path, "/schema"); }

}  // namespace loam::runtime::lambda
