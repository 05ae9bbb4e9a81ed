#include "runtime/lambda/connection.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigprocmask is POSIX, not in <csignal>.
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace loam::runtime::lambda {
namespace {

volatile sig_atomic_t terminated = 0;

void onTermination(int /*signal*/) { terminated = 1; }

std::string systemMessage(const std::string& what) {
    return what + ": " + std::string(std::strerror(errno));
}

/// Waits until the socket has something to read; SIGTERM can arrive here and nowhere else.
void waitForData(int socket) {
    sigset_t open;
    sigprocmask(SIG_SETMASK, nullptr, &open);
    sigdelset(&open, SIGTERM);
    pollfd entry{socket, POLLIN, 0};
    while (ppoll(&entry, 1, nullptr, &open) < 0) {
        if (errno != EINTR) {
            throw HttpError(systemMessage("could not wait for an answer"));
        }
        if (terminated != 0) {
            throw Terminated{};
        }
    }
}

void send(const Socket& socket, std::string_view head, std::string_view body) {
    while (!head.empty() || !body.empty()) {
        std::array<iovec, 2> parts{iovec{const_cast<char*>(head.data()), head.size()},
            iovec{const_cast<char*>(body.data()), body.size()}};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const ssize_t sent = sendmsg(socket.descriptor(), &message, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) {
                continue;
            }
            return;  // Reading tells why: an early answer, or the end of the connection.
        }
        const std::size_t fromHead = std::min(head.size(), static_cast<std::size_t>(sent));
        head.remove_prefix(fromHead);
        body.remove_prefix(static_cast<std::size_t>(sent) - fromHead);
    }
}

/// False when the connection ended before the first byte of an answer.
bool receive(const Socket& socket, ResponseParser& parser) {
    std::array<char, 16UL * 1024> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled
                                           // by recv.
    while (true) {
        waitForData(socket.descriptor());
        const ssize_t size = recv(socket.descriptor(), buffer.data(), buffer.size(), 0);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            return !parser.isUntouched() && parser.finish();
        }
        if (parser.feed({buffer.data(), static_cast<std::size_t>(size)})) {
            return true;
        }
    }
}

}  // namespace

void deferTermination() {
    struct sigaction action {};
    action.sa_handler = onTermination;
    sigaction(SIGTERM, &action, nullptr);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, nullptr);
}

Connection::Connection(std::string_view address) {
    const std::size_t colon = address.rfind(':');
    const std::string_view port = colon == std::string_view::npos ? "" : address.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), port_);
    host_ = address.substr(0, colon);
    if (host_ == "localhost") {
        host_ = "127.0.0.1";
    }
    in_addr ignored{};
    if (error != std::errc{} || end != port.data() + port.size() ||
        inet_pton(AF_INET, host_.c_str(), &ignored) != 1) {
        throw HttpError("\"" + std::string(address) + "\" is no IP address and port");
    }
}

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

Socket::~Socket() {
    if (isOpen()) {
        ::close(descriptor_);
    }
}

Socket Connection::connect() const {
    Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket.isOpen()) {
        throw HttpError(systemMessage("could not make a socket"));
    }
    const int on = 1;
    setsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    inet_pton(AF_INET, host_.c_str(), &address.sin_addr);
    if (::connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address),
            sizeof address) != 0) {
        throw HttpError(
            systemMessage("could not connect to " + host_ + ":" + std::to_string(port_)));
    }
    return socket;
}

HttpResponse Connection::request(std::string_view method, std::string_view path,
    std::string_view headers, std::string_view body) {
    std::string head(method);
    head.append(" ").append(path).append(" HTTP/1.1\r\nHost: ").append(host_).append(":");
    head.append(std::to_string(port_)).append("\r\n").append(headers);
    if (method != "GET") {
        head.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    }
    head.append("\r\n");
    // A kept connection may have been closed by the server while it was idle; that shows only in
    // the next use, before the first byte of an answer, and a fresh connection is then tried once.
    for (bool reused = socket_.isOpen();; reused = false) {
        Socket socket = reused ? std::move(socket_) : connect();
        ResponseParser parser;
        send(socket, head, body);
        if (receive(socket, parser)) {
            HttpResponse response = parser.take();
            if (response.keepAlive) {
                socket_ = std::move(socket);
            }
            return response;
        }
        if (!reused) {
            throw HttpError("the server closed the connection without an answer");
        }
    }
}

}  // namespace loam::runtime::lambda
