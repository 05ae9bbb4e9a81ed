#include "runtime/request/error.hpp"

#include <utility>

#include "runtime/request/text.hpp"

namespace loam::runtime::request {

RequestError::RequestError(std::string code, const std::string& message)
    : code_(std::move(code)), message_(excerpt(message, longestMessage)) {}

RequestError& RequestError::withMeta(std::string json) {
    meta_ = std::move(json);
    return *this;
}

RequestError& RequestError::at(Location location) {
    location_ = location;
    return *this;
}

RequestError& RequestError::under(std::vector<std::string> path) {
    if (path_.empty()) {
        path_ = std::move(path);
    }
    return *this;
}

RequestError& RequestError::inBatch(std::size_t index) {
    batchIndex_ = index;
    return *this;
}

RequestError& RequestError::withStatus(int status) {
    status_ = status;
    return *this;
}

std::string RequestError::toJson() const {
    const std::string message = jsonString(message_);
    std::string out =
        "{\"error\":" + message + ",\"user_facing_error\":" + toUserFacingJson() +
        ",\"message\":" + message;
    if (location_.isKnown()) {
        out += R"(,"locations":[{"line":)" + std::to_string(location_.line) +
               ",\"column\":" + std::to_string(location_.column) + "}]";
    }
    if (!path_.empty()) {
        out += ",\"path\":[";
        for (std::size_t index = 0; index < path_.size(); ++index) {
            out += index == 0 ? "" : ",";
            appendJsonString(out, excerpt(path_[index], longestName));
        }
        out += "]";
    }
    if (!code_.empty()) {
        out += R"(,"extensions":{"code":)" + jsonString(code_) + "}";
    }
    out += "}";
    return out;
}

std::string RequestError::toUserFacingJson() const {
    std::string out = R"({"is_panic":false,"message":)" + jsonString(message_);
    if (!code_.empty()) {
        out += ",\"meta\":" + meta_ + ",\"error_code\":" + jsonString(code_);
    }
    if (batchIndex_) {
        out += ",\"batch_request_idx\":" + std::to_string(*batchIndex_);
    }
    return out + "}";
}

RequestError transactionError(const std::string& problem) {
    return RequestError("P2028", "Transaction API error: " + problem)
        .withMeta("{\"error\":" + jsonString(problem) + "}");
}

}  // namespace loam::runtime::request
