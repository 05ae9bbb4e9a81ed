// Requests to a running server: loam_http_benchmark PORT CONNECTIONS SECONDS < body of a request.
// Prints requests a second and the median and 99th percentile of the latency. `%` in the body is
// replaced by a number that changes with each request.
#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

/// One kept connection.
class Connection {
  public:
    explicit Connection(unsigned short port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
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

    void ask(const std::string& body) {
        std::string request =
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            "Content-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body;
        if (write(socket_, request.data(), request.size()) !=
            static_cast<ssize_t>(request.size())) {
            throw std::runtime_error("the server closed the connection");
        }
        answer_.clear();
        while (!isWhole()) {
            const std::size_t size = answer_.size();
            answer_.resize(size + 65536);
            const ssize_t count = read(socket_, answer_.data() + size, 65536);
            if (count <= 0) {
                throw std::runtime_error("the server closed the connection");
            }
            answer_.resize(size + static_cast<std::size_t>(count));
        }
        if (!answer_.starts_with("HTTP/1.1 200") ||
            answer_.find("\"errors\"") != std::string::npos) {
            throw std::runtime_error("the server answered " + answer_.substr(0, 1000));
        }
    }

  private:
    bool isWhole() const {
        const std::size_t end = answer_.find("\r\n\r\n");
        const std::size_t header = answer_.find("Content-Length: ");
        return end != std::string::npos && header < end &&
               answer_.size() >= end + 4 + std::strtoul(answer_.c_str() + header + 16, nullptr, 10);
    }

    int socket_;
    std::string answer_;
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

/// The latencies in microseconds.
std::vector<double> ask(unsigned short port, const std::string& body, Clock::time_point end) {
    Connection connection(port);
    std::vector<double> latencies;
    for (int number = 0;; ++number) {
        const auto start = Clock::now();
        if (start >= end) {
            return latencies;
        }
        connection.ask(numbered(body, number));
        latencies.push_back(
            std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: loam_http_benchmark PORT CONNECTIONS SECONDS < body\n";
        return 2;
    }
    const auto port = static_cast<unsigned short>(std::stoi(argv[1]));
    const std::size_t connections = std::stoul(argv[2]);
    const double seconds = std::stod(argv[3]);
    const std::string body{std::istreambuf_iterator<char>(std::cin), {}};
    const auto end =
        Clock::now() +
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    std::vector<std::vector<double>> parts(connections);
    std::vector<std::thread> threads;
    for (std::vector<double>& part : parts) {
        threads.emplace_back([&part, port, &body, end] {
            try {
                part = ask(port, body, end);
            } catch (const std::exception& error) {
                std::cerr << error.what() << '\n';
                std::_Exit(1);
            }
        });
    }
    std::vector<double> latencies;
    for (std::size_t index = 0; index < connections; ++index) {
        threads[index].join();
        latencies.insert(latencies.end(), parts[index].begin(), parts[index].end());
    }
    std::sort(latencies.begin(), latencies.end());
    std::cout
        << std::fixed << std::setprecision(0) << std::setw(8)
        << static_cast<double>(latencies.size()) / seconds << " requests/s, p50 "
        << latencies[latencies.size() / 2] << " us, p99 " << latencies[latencies.size() * 99 / 100]
        << " us\n";
    return 0;
}
