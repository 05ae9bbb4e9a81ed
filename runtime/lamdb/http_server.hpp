#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace loam::runtime::lamdb {

/// A request as the routes see it.
struct HttpRequest {
    /// In upper case, such as "POST".
    std::string method;
    /// Without the query string.
    std::string path;
    std::string body;
    /// The value of a header, or nothing; only while the request is being answered.
    std::function<std::string(std::string_view name)> header = [](std::string_view /*name*/) {
        return std::string();
    };
};

/// An answer; the body is JSON.
struct HttpReply {
    int status = 200;
    std::string body = {};
    /// Value of the Allow header, for status 405.
    std::string allow = {};
    /// Set in place of the rest when the answer comes later: takes what sends it, once, from any
    /// thread.
    std::function<void(std::function<void(HttpReply)> send)> later = {};
};

/// Answers a request; called from several threads at once. What it throws becomes status 500.
using HttpHandler = std::function<HttpReply(const HttpRequest&)>;

/// The server could not start, such as when the port is in use.
class ServerError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

struct HttpServerOptions {
    /// An IP address; only this interface is served.
    std::string host = "127.0.0.1";
    /// 0 takes a free port.
    unsigned short port = 4000;
    /// Larger headers are answered with 431.
    std::uint32_t headerBytes = 32U * 1024;
    /// Larger bodies are answered with 413.
    std::size_t bodyBytes = 10UL * 1024 * 1024;
    /// For a whole request to arrive, for a kept connection to be used again, and for an answer to
    /// be taken.
    std::chrono::seconds timeout{30};
    /// How long requests in progress may take once the server is told to stop.
    std::chrono::seconds stopTimeout{10};
    /// Connections at once. Beyond them, the one that has been without a request for longest makes
    /// room for the new one; when all are busy, new ones wait until one ends. Half of the files
    /// that the process may have open, when that is less.
    std::size_t connections = 256;
    unsigned threads = 2;
    /// Is told the port when it is taken, before the first request is; what it throws ends the
    /// server.
    std::function<void(unsigned short port)> onListening = [](unsigned short /*port*/) {};
    /// Is told that the server stops, before it waits for the requests in progress.
    std::function<void()> onStopping = [] {};
};

/// Serves until SIGTERM or SIGINT, then finishes the requests in progress. Throws ServerError when
/// it cannot listen.
void serveHttp(const HttpServerOptions& options, const HttpHandler& handler);

}  // namespace loam::runtime::lamdb
