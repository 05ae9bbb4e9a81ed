#include "runtime/lamdb/transaction_path.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "runtime/request/text.hpp"

namespace loam::runtime::lamdb {
namespace {

using Call = TransactionPath::Call;

std::vector<std::string_view> segmentsOf(std::string_view path) {
    std::vector<std::string_view> segments;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        segments.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

std::optional<Call> callOf(std::string_view name) {
    if (name == "graphql") {
        return Call::Query;
    }
    if (name == "commit") {
        return Call::Commit;
    }
    return name == "rollback" ? std::optional(Call::Rollback) : std::nullopt;
}

/// The first of several values, as each proxy adds its own, when nothing in it could change the
/// meaning of a URL.
std::string firstValue(const std::string& header) {
    std::string value = header.substr(0, header.find(','));
    const bool isPlain = std::all_of(value.begin(), value.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') ||
               std::string_view("-._:[]").find(letter) != std::string_view::npos;
    });
    return isPlain ? value : std::string();
}

}  // namespace

std::optional<TransactionPath> parseTransactionPath(std::string_view path) {
    const std::vector<std::string_view> segments = segmentsOf(path);
    const bool isText = request::findInvalidUtf8(path) == std::string_view::npos;
    if (!isText || std::any_of(segments.begin(), segments.end(), [](std::string_view segment) {
            return segment.empty();
        })) {
        return std::nullopt;
    }
    TransactionPath result;
    const std::size_t size = segments.size();
    std::size_t used = 2;
    if (size >= used && segments[size - 2] == "transaction" && segments[size - 1] == "start") {
        result.call = Call::Start;
    } else if (used = 3; size >= used && segments[size - 3] == "itx") {
        const std::optional<Call> call = callOf(segments[size - 1]);
        if (!call) {
            return std::nullopt;
        }
        result.call = *call;
        result.id = segments[size - 2];
    } else {
        return std::nullopt;
    }
    constexpr std::size_t versionAndHash = 2;
    if (size != used && size != used + versionAndHash) {
        return std::nullopt;
    }
    for (std::size_t index = 0; index < size - used; ++index) {
        result.prefix.append("/").append(segments[index]);
    }
    return result;
}

std::string transactionEndpoint(const HttpRequest& request, const TransactionPath& path) {
    std::string scheme = firstValue(request.header("x-forwarded-proto"));
    if (scheme != "http" && scheme != "https") {
        const int major = std::atoi(path.prefix.c_str() + (path.prefix.empty() ? 0 : 1));
        scheme = major > 0 && major < 6 ? "https" : "http";
    }
    std::string host = firstValue(request.header("x-forwarded-host"));
    if (host.empty()) {
        host = firstValue(request.header("host"));
    }
    return scheme + "://" + host + path.prefix + "/itx/";
}

}  // namespace loam::runtime::lamdb
