#include "runtime/lambda/runtime_client.hpp"

#include <charconv>

#include "runtime/request/text.hpp"

namespace loam::runtime::lambda {
namespace {

constexpr const char* base = "/2018-06-01/runtime/";
constexpr std::string_view jsonType = "Content-Type: application/json\r\n";

std::chrono::system_clock::time_point parseDeadline(std::string_view text) {
    long long milliseconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
}

/// A header value may hold no line end and only printable characters.
std::string headerSafe(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        safe += c >= ' ' && c <= '~' ? c : '_';
    }
    return safe;
}

}  // namespace

Invocation RuntimeClient::next() {
    HttpResponse response =
        connection_.request("GET", std::string(base) + "invocation/next", "", "");
    const std::string requestId(response.header("lambda-runtime-aws-request-id"));
    if (response.status != 200 || requestId.empty()) {
        throw HttpError(
            "the runtime API answered the request for an invocation with status " +
            std::to_string(response.status) +
            (requestId.empty() ? " and without a request id" : ""));
    }
    return {
        .requestId = requestId,
        .payload = std::move(response.body),
        .functionArn = std::string(response.header("lambda-runtime-invoked-function-arn")),
        .traceId = std::string(response.header("lambda-runtime-trace-id")),
        .deadline = parseDeadline(response.header("lambda-runtime-deadline-ms")),
    };
}

RuntimeClient::Delivery
RuntimeClient::respond(const std::string& requestId, std::string_view answer) {
    const HttpResponse response = connection_.request(
        "POST", base + ("invocation/" + requestId) + "/response", jsonType, answer);
    if (response.status >= 500) {
        throw HttpError(
            "the runtime API refused an answer with status " + std::to_string(response.status) +
            ", after which a function must end");
    }
    if (response.status == 413) {
        return Delivery::TooLarge;
    }
    return response.status < 300 ? Delivery::Accepted : Delivery::Refused;
}

void RuntimeClient::fail(
    const std::string& requestId, std::string_view type, std::string_view message) {
    postError(base + ("invocation/" + requestId) + "/error", type, message);
}

void RuntimeClient::failInit(std::string_view type, std::string_view message) {
    postError(std::string(base) + "init/error", type, message);
}

void RuntimeClient::postError(
    const std::string& path, std::string_view type, std::string_view message) {
    std::string headers(jsonType);
    headers.append("Lambda-Runtime-Function-Error-Type: ").append(headerSafe(type)).append("\r\n");
    const std::string body =
        R"({"errorMessage":)" + request::jsonString(message) + R"(,"errorType":)" +
        request::jsonString(type) + R"(,"stackTrace":[]})";
    const HttpResponse response = connection_.request("POST", path, headers, body);
    if (response.status >= 500) {
        throw HttpError(
            "the runtime API refused an error report with status " +
            std::to_string(response.status));
    }
}

}  // namespace loam::runtime::lambda
