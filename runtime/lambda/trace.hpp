#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace loam::runtime::lambda {

class Tracer;

/// A timed part of an invocation; sent to X-Ray when it ends. Does nothing when the invocation is
/// not traced.
class Span {
  public:
    Span(const Tracer& tracer, std::string_view name);
    Span(const Span&) = delete;
    Span& operator=(const Span&) = delete;
    ~Span();

    /// Marks the part as failed.
    void fail() { failed_ = true; }

    /// An indexed note, such as the kind of operation; never data of users.
    void annotate(std::string_view key, std::string_view value);

  private:
    const Tracer* tracer_;
    std::string name_;
    std::string annotations_;
    bool failed_ = false;
    std::chrono::system_clock::time_point start_;
};

/// Sends subsegments to the X-Ray daemon as datagrams. Failing to send never fails the request.
class Tracer {
  public:
    /// `daemonAddress` is "IP:port" as in AWS_XRAY_DAEMON_ADDRESS; anything else turns tracing off.
    Tracer(bool enabled, std::string_view daemonAddress);
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;
    ~Tracer();

    /// Takes the invocation's trace header, "Root=1-..;Parent=..;Sampled=1".
    void begin(std::string_view header);

    /// The current invocation is sampled and there is a daemon.
    bool isSampled() const { return sampled_; }

  private:
    friend class Span;
    void send(std::string_view name, std::chrono::system_clock::time_point start, bool failed,
        std::string_view annotations) const;

    int socket_ = -1;
    bool sampled_ = false;
    std::string traceId_;
    std::string parentId_;
};

}  // namespace loam::runtime::lambda
