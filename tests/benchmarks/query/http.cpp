// Requests to a running server: loam_http_benchmark PORT CONNECTIONS SECONDS < body of a request.
// Prints requests a second and the median and 99th percentile of the latency. `%` in the body is
// replaced by a number that changes with each request. One thread serves all connections, so that
// as little as possible of the processor is the client's.
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

/// One kept connection.
class Connection {
  public:
    explicit Connection(unsigned short port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("nobody listens on that port");
        }
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { close(socket_); }

    int socket() const { return socket_; }

    /// Sends a request, whose answer takes as many calls of receive() as it comes in pieces.
    void send(const std::string& body) {
        request_ =
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            "Content-Length: ";
        request_.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
        answer_.clear();
        sent_ = Clock::now();
        if (write(socket_, request_.data(), request_.size()) !=
            static_cast<ssize_t>(request_.size())) {
            throw std::runtime_error("the server closed the connection");
        }
    }

    /// Reads what has come. The latency in microseconds once the answer is whole.
    std::optional<double> receive() {
        static std::array<char, 65536> piece;
        const ssize_t count = read(socket_, piece.data(), piece.size());
        if (count <= 0) {
            throw std::runtime_error("the server closed the connection");
        }
        answer_.append(piece.data(), static_cast<std::size_t>(count));
        if (!isWhole()) {
            return std::nullopt;
        }
        if (!answer_.starts_with("HTTP/1.1 200") ||
            answer_.find("\"errors\"") != std::string::npos) {
            throw std::runtime_error("the server answered " + answer_.substr(0, 1000));
        }
        return std::chrono::duration<double, std::micro>(Clock::now() - sent_).count();
    }

  private:
    bool isWhole() const {
        const std::size_t end = answer_.find("\r\n\r\n");
        const std::size_t header = answer_.find("Content-Length: ");
        return end != std::string::npos && header < end &&
               answer_.size() >= end + 4 + std::strtoul(answer_.c_str() + header + 16, nullptr, 10);
    }

    int socket_;
    std::string request_;
    std::string answer_;
    Clock::time_point sent_;
};

std::string numbered(const std::string& body, int number) {
    std::string text;
    for (const char letter : body) {
        if (letter == '%') {
            text += std::to_string(number % 90 + 1);
        } else {
            text += letter;
        }
    }
    return text;
}

/// The latencies in microseconds of requests that follow each other on every connection.
std::vector<double>
ask(unsigned short port, std::size_t connections, const std::string& body, double seconds) {
    int number = 0;
    std::vector<std::unique_ptr<Connection>> open;
    std::vector<pollfd> waiting;
    for (std::size_t index = 0; index < connections; ++index) {
        open.push_back(std::make_unique<Connection>(port));
        waiting.push_back({open.back()->socket(), POLLIN, 0});
    }
    const auto start = Clock::now();
    for (const auto& connection : open) {
        connection->send(numbered(body, number++));
    }
    std::vector<double> latencies;
    while (std::chrono::duration<double>(Clock::now() - start).count() < seconds) {
        if (poll(waiting.data(), waiting.size(), 10000) <= 0) {
            throw std::runtime_error("the server has not answered for 10 s");
        }
        for (std::size_t index = 0; index < connections; ++index) {
            if (waiting[index].revents == 0) {
                continue;
            }
            if (const auto latency = open[index]->receive()) {
                latencies.push_back(*latency);
                open[index]->send(numbered(body, number++));
            }
        }
    }
    return latencies;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: loam_http_benchmark PORT CONNECTIONS SECONDS < body\n";
        return 2;
    }
    const std::string body{std::istreambuf_iterator<char>(std::cin), {}};
    const double seconds = std::stod(argv[3]);
    std::vector<double> latencies;
    try {
        latencies = ask(
            static_cast<unsigned short>(std::stoi(argv[1])), std::stoul(argv[2]), body, seconds);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    if (latencies.empty()) {
        std::cerr << "no answer came in " << argv[3] << " s\n";
        return 1;
    }
    std::sort(latencies.begin(), latencies.end());
    std::cout
        << std::fixed << std::setprecision(0) << std::setw(8)
        << static_cast<double>(latencies.size()) / seconds << " requests/s, p50 "
        << latencies[latencies.size() / 2] << " us, p99 " << latencies[latencies.size() * 99 / 100]
        << " us\n";
    return 0;
}
