#pragma once

#include <string>
#include <string_view>

#include "runtime/lambda/http.hpp"

namespace loam::runtime::lambda {

/// Blocks SIGTERM except while a connection waits for an answer, so that a request in progress is
/// finished and nothing is lost between a check and a wait. Call once, before the first request.
void deferTermination();

/// SIGTERM arrived while waiting.
class Terminated {};

/// A socket that closes itself.
class Socket {
  public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;
    ~Socket();

    bool isOpen() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_ = -1;
};

/// One kept-alive HTTP/1.1 connection to a server named by IP address and port.
class Connection {
  public:
    /// `address` is "IP:port", such as "127.0.0.1:9001". Throws HttpError when it is not.
    explicit Connection(std::string_view address);

    /// Sends a request and waits for the answer, however long that takes. A connection that the
    /// server has closed meanwhile is opened anew, once. `headers` are whole lines.
    /// Throws HttpError, or Terminated when SIGTERM arrives before the answer.
    HttpResponse request(std::string_view method, std::string_view path, std::string_view headers,
        std::string_view body);

  private:
    Socket connect() const;

    std::string host_;
    unsigned short port_ = 0;
    Socket socket_;  // Open only while it may carry another request.
};

}  // namespace loam::runtime::lambda
