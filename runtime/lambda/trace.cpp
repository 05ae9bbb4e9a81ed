#include "runtime/lambda/trace.hpp"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <netinet/in.h>
#include <optional>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runtime/request/text.hpp"

namespace loam::runtime::lambda {
namespace {

std::optional<sockaddr_in> parseAddress(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    std::uint16_t port = 0;
    const std::string_view digits = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    const bool valid =
        error == std::errc{} && end == digits.data() + digits.size() &&
        inet_pton(AF_INET, std::string(text.substr(0, colon)).c_str(), &address.sin_addr) == 1;
    return valid ? std::optional(address) : std::nullopt;
}

/// The value of `key` in "Root=..;Parent=..;Sampled=1".
std::string_view headerValue(std::string_view header, std::string_view key) {
    while (!header.empty()) {
        const std::string_view part = header.substr(0, header.find(';'));
        header.remove_prefix(std::min(header.size(), part.size() + 1));
        if (part.starts_with(key) && part.substr(key.size()).starts_with('=')) {
            return part.substr(key.size() + 1);
        }
    }
    return {};
}

/// Sixteen random hexadecimal digits, as X-Ray wants them.
std::string randomId() {
    std::uint64_t value = 0;
    if (getrandom(&value, sizeof value, GRND_NONBLOCK) != sizeof value) {
        value =
            static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    }
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(value));
    return text.data();
}

std::string seconds(std::chrono::system_clock::time_point time) {
    const auto micros =
        std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%lld.%06lld", static_cast<long long>(micros / 1000000),
        static_cast<long long>(micros % 1000000));
    return text.data();
}

}  // namespace

Tracer::Tracer(bool enabled, std::string_view daemonAddress) {
    const std::optional<sockaddr_in> address = enabled ? parseAddress(daemonAddress) : std::nullopt;
    if (!address) {
        return;
    }
    socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_ >= 0 &&
        connect(socket_, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
        close(socket_);
        socket_ = -1;
    }
}

Tracer::~Tracer() {
    if (socket_ >= 0) {
        close(socket_);
    }
}

void Tracer::begin(std::string_view header) {
    traceId_ = headerValue(header, "Root");
    parentId_ = headerValue(header, "Parent");
    sampled_ =
        socket_ >= 0 && !traceId_.empty() && !parentId_.empty() &&
        headerValue(header, "Sampled") == "1";
}

void Tracer::send(std::string_view name, std::chrono::system_clock::time_point start, bool failed,
    std::string_view annotations) const {
    const auto end = std::chrono::system_clock::now();
    std::string text =
        "{\"format\":\"json\",\"version\":1}\n{\"id\":\"" + randomId() +
        R"(","type":"subsegment","name":)" + request::jsonString(name) + R"(,"trace_id":)" +
        request::jsonString(traceId_) + R"(,"parent_id":)" + request::jsonString(parentId_) +
        R"(,"start_time":)" + seconds(start) + R"(,"end_time":)" + seconds(end);
    text.append(failed ? R"(,"fault":true)" : "");
    if (!annotations.empty()) {
        text.append(R"(,"annotations":{)").append(annotations).append("}");
    }
    text += '}';
    // A lost datagram is a lost trace and nothing more.
    static_cast<void>(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
}

Span::Span(const Tracer& tracer, std::string_view name)
    : tracer_(tracer.isSampled() ? &tracer : nullptr) {
    if (tracer_ != nullptr) {
        name_ = name;
        start_ = std::chrono::system_clock::now();
    }
}

Span::~Span() {
    if (tracer_ != nullptr) {
        tracer_->send(name_, start_, failed_, annotations_);
    }
}

void Span::annotate(std::string_view key, std::string_view value) {
    if (tracer_ != nullptr) {
        annotations_.append(annotations_.empty() ? "" : ",");
        annotations_ += request::jsonString(key);
        annotations_ += ':';
        annotations_ += request::jsonString(value);
    }
}

}  // namespace loam::runtime::lambda
