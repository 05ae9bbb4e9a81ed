#include "tests/support/runtime/fake_runtime_api.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/runtime/child_process.hpp"

namespace loam::testing {
namespace {

constexpr int pollMs = 20;

bool sendAll(int socket, const std::string& bytes) {
    return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

std::size_t contentLength(const std::string& head) {
    const std::size_t at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

/// Whether the other side has closed the connection or is no more.
bool isGone(int socket) {
    char byte = 0;
    const ssize_t count = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

bool isReadable(int socket) {
    pollfd entry{socket, POLLIN, 0};
    return poll(&entry, 1, pollMs) > 0;
}

}  // namespace

FakeRuntimeApi::FakeRuntimeApi(Style style)
    : style_(style), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        listen(listener_, 8) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("could not listen on the loopback interface");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

FakeRuntimeApi::~FakeRuntimeApi() {
    stopping_ = true;
    changed_.notify_all();
    thread_.join();
    close(listener_);
}

std::string FakeRuntimeApi::address() const { return "127.0.0.1:" + std::to_string(port_); }

void FakeRuntimeApi::invoke(
    const std::string& id, const std::string& payload, const std::string& extraHeaders) {
    const std::lock_guard guard(mutex_);
    idle_ = false;
    events_.push_back({id, payload, extraHeaders});
    changed_.notify_all();
}

std::vector<FakeRuntimeApi::Report> FakeRuntimeApi::waitForReports(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10), [this, count] {
        return reports_.size() >= count;
    });
    return reports_;
}

bool FakeRuntimeApi::waitUntilIdle() {
    return eventually([this] { return idle_.load(); });
}

void FakeRuntimeApi::serve() {
    while (!stopping_) {
        if (!isReadable(listener_)) {
            continue;
        }
        const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        const int on = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ++connections_;
        serveConnection(socket);
        close(socket);
    }
}

void FakeRuntimeApi::serveConnection(int socket) {
    std::string input;
    std::array<char, 65536> buffer{};
    while (!stopping_) {
        const std::size_t end = input.find("\r\n\r\n");
        if (end != std::string::npos) {
            const std::size_t size = end + 4 + contentLength(input.substr(0, end + 2));
            if (input.size() >= size) {
                const std::string body = input.substr(end + 4, size - end - 4);
                if (!answer(socket, input.substr(0, end + 2), body) ||
                    style_ == Style::ClosingConnection) {
                    return;
                }
                input.erase(0, size);
                continue;
            }
        }
        if (isReadable(socket)) {
            const ssize_t size = recv(socket, buffer.data(), buffer.size(), 0);
            if (size <= 0) {
                return;
            }
            input.append(buffer.data(), static_cast<std::size_t>(size));
        }
    }
}

bool FakeRuntimeApi::answer(int socket, const std::string& head, const std::string& body) {
    const std::string path =
        head.substr(head.find(' ') + 1, head.find(" HTTP/") - head.find(' ') - 1);
    if (head.starts_with("GET ")) {
        Event event;
        return waitForEvent(socket, event) &&
               send(socket, 200,
                   "Lambda-Runtime-Aws-Request-Id: " + event.id + "\r\n" + event.headers,
                   event.payload);
    }
    const bool isResponse = path.ends_with("/response");
    {
        const std::lock_guard guard(mutex_);
        reports_.push_back({path, head, body});
    }
    changed_.notify_all();
    return send(socket, isResponse ? responseStatus_.load() : 202, "", R"({"status":"OK"})");
}

bool FakeRuntimeApi::waitForEvent(int socket, Event& event) {
    std::unique_lock lock(mutex_);
    // Also with an event at hand: a killed process may have left its last request unread in the
    // socket.
    while (!stopping_ && !isGone(socket)) {
        if (!events_.empty()) {
            event = events_.front();
            events_.pop_front();
            return true;
        }
        idle_ = true;
        changed_.wait_for(lock, std::chrono::milliseconds(pollMs));
    }
    return false;
}

bool FakeRuntimeApi::send(
    int socket, int status, const std::string& headers, const std::string& body) const {
    std::string answer = "HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers;
    if (style_ == Style::Chunked) {
        answer += "Transfer-Encoding: chunked\r\n\r\n";
        for (std::size_t at = 0; at < body.size(); at += 7) {
            const std::string part = body.substr(at, 7);
            answer += std::to_string(part.size()) + ";x=y\r\n" + part + "\r\n";
        }
        answer += "0\r\nTrailer: t\r\n\r\n";
    } else {
        answer += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    if (style_ != Style::ByteByByte) {
        return sendAll(socket, answer);
    }
    for (const char byte : answer) {
        if (!sendAll(socket, std::string(1, byte))) {
            return false;
        }
    }
    return true;
}

}  // namespace loam::testing
