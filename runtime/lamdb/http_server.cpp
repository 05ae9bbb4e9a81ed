#include "runtime/lamdb/http_server.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <csignal>
#include <memory>
#include <sys/resource.h>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/lamdb/http_session.hpp"

namespace loam::runtime::lamdb {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

/// As many as are asked for, but half of the files that may be open are left to the database.
std::size_t possibleConnections(std::size_t wanted) {
    rlimit files{};
    const bool isLimited = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY;
    return isLimited ? std::min<std::size_t>(wanted, files.rlim_cur / 2) : wanted;
}

/// The listening socket, the sessions and the threads.
class Server {
  public:
    Server(HttpServerOptions options, HttpHandler handler)
        : options_(std::move(options)),
          handler_(std::move(handler)),
          sessions_(possibleConnections(options_.connections), [this] { onLeft(); }),
          acceptor_(asio::make_strand(context_)),
          signals_(acceptor_.get_executor()),
          deadline_(acceptor_.get_executor()),
          retry_(acceptor_.get_executor()),
          sweep_(acceptor_.get_executor()) {}

    void run();

  private:
    void listen();
    void accept();
    void acceptNext();
    void onLeft();
    void sweep();
    void stop();

    HttpServerOptions options_;
    HttpHandler handler_;
    Sessions sessions_;
    asio::io_context context_;
    tcp::acceptor acceptor_;
    asio::signal_set signals_;
    asio::steady_timer deadline_;
    asio::steady_timer retry_;
    asio::steady_timer sweep_;
    bool stopping_ = false;  // Only touched on the acceptor's strand, as the timers are.
};

void Server::listen() {
    error_code error;
    const auto address = asio::ip::make_address(options_.host, error);
    if (error) {
        throw ServerError("--host must be an IP address, got \"" + options_.host + "\"");
    }
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) {
        acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
        acceptor_.bind(endpoint, error);
    }
    if (!error) {
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error == asio::error::address_in_use) {
        throw ServerError(
            "port " + std::to_string(options_.port) + " of " + options_.host +
            " is in use; stop the other program or choose another --port");
    }
    if (error) {
        throw ServerError(
            "could not listen on port " + std::to_string(options_.port) + " of " + options_.host +
            ": " + error.message());
    }
}

void Server::accept() {
    acceptor_.async_accept(
        asio::make_strand(context_), [this](const error_code& error, Socket socket) {
            if (stopping_) {
                return;
            }
            if (!error) {
                const auto session =
                    std::make_shared<Session>(sessions_, options_, handler_, std::move(socket));
                session->start();
                acceptNext();
                if (sessions_.isFull()) {
                    sessions_.makeRoom(session.get());
                }
                return;
            }
            // Such as too many open files: wait until some are closed.
            retry_.expires_after(std::chrono::milliseconds(100));
            retry_.async_wait([this](const error_code& cancelled) {
                if (!cancelled) {
                    accept();
                }
            });
        });
}

/// Accepts the next connection, now or when there is room.
void Server::acceptNext() {
    if (!sessions_.countAnew()) {
        accept();
    }
}

/// Ends the connections whose clients take too long.
void Server::sweep() {
    sweep_.expires_after(std::chrono::seconds(1));
    sweep_.async_wait([this](const error_code& cancelled) {
        if (!cancelled && !(stopping_ && sessions_.isEmpty())) {
            for (const auto& session : sessions_.alive()) {
                session->closeIfLate();
            }
            sweep();
        }
    });
}

void Server::stop() {
    stopping_ = true;
    acceptor_.close();
    retry_.cancel();
    options_.onStopping();
    const auto alive = sessions_.alive();
    if (alive.empty()) {
        sweep_.cancel();
        return;
    }
    deadline_.expires_after(options_.stopTimeout);
    deadline_.async_wait([this](const error_code& cancelled) {
        if (!cancelled) {
            for (const auto& session : sessions_.alive()) {
                session->close();
            }
        }
    });
    for (const auto& session : alive) {
        session->stop();
    }
}

void Server::onLeft() {
    asio::post(acceptor_.get_executor(), [this] {
        if (stopping_) {
            if (sessions_.isEmpty()) {
                deadline_.cancel();
                sweep_.cancel();
            }
        } else if (sessions_.isFull()) {
            acceptNext();
        }
    });
}

void Server::run() {
    listen();
    // Whoever read the log may leave; the server stays.
    std::signal(SIGPIPE, SIG_IGN);
    options_.onListening(acceptor_.local_endpoint().port());
    signals_.add(SIGTERM);
    signals_.add(SIGINT);
    signals_.async_wait([this](const error_code& error, int /*signal*/) {
        if (!error) {
            stop();
        }
    });
    accept();
    sweep();
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < options_.threads; ++i) {
        threads.emplace_back([this] { context_.run(); });
    }
    context_.run();
    for (std::thread& thread : threads) {
        thread.join();
    }
}

}  // namespace

void serveHttp(const HttpServerOptions& options, const HttpHandler& handler) {
    Server(options, handler).run();
}

}  // namespace loam::runtime::lamdb
