#include "runtime/lamdb/http_server.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace loam::runtime::lamdb {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr std::chrono::seconds drainTimeout{2};
constexpr std::size_t drainBytes = 64UL * 1024;

class Server;

std::string errorBody(const std::string& message) {
    return R"({"errors":[{"message":")" + message + R"("}]})";
}

/// One connection: reads a request, has it answered, writes the answer, again and again. All of it
/// runs on the strand of its socket, so nothing here needs a lock.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Server& server, tcp::socket socket);
    ~Session();

    void start() {
        asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read(); });
    }

    /// Ends an idle connection at once and a busy one after its answer.
    void stop() {
        asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
            self->stopping_ = true;
            if (self->isIdle()) {
                self->stream_.close();
            }
        });
    }

    /// Ends the connection whatever it does.
    void close() {
        asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
            self->stream_.close();
        });
    }

  private:
    bool isIdle() const { return reading_ && buffer_.size() == 0 && !parser_->got_some(); }
    void read();
    void onHeader(const error_code& error);
    void readBody();
    void onRead(const error_code& error);
    void answer();
    void refuse(http::status status, const std::string& message);
    void write(const HttpReply& reply, bool keepAlive);
    void onWritten(const error_code& error, bool keepAlive);
    void drain();

    Server& server_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
    bool reading_ = false;
    bool stopping_ = false;
};

/// The listening socket, the sessions and the threads.
class Server {
  public:
    Server(HttpServerOptions options, HttpHandler handler)
        : options_(std::move(options)),
          handler_(std::move(handler)),
          acceptor_(asio::make_strand(context_)),
          signals_(acceptor_.get_executor(), SIGTERM, SIGINT),
          deadline_(acceptor_.get_executor()),
          retry_(acceptor_.get_executor()) {}

    void run();

    const HttpServerOptions& options() const { return options_; }
    const HttpHandler& handler() const { return handler_; }

    void enter(Session* session) {
        const std::lock_guard guard(mutex_);
        sessions_.insert(session);
    }
    void leave(Session* session);

  private:
    void listen();
    void accept();
    void stop();
    std::vector<std::shared_ptr<Session>> sessions();

    HttpServerOptions options_;
    HttpHandler handler_;
    std::mutex mutex_;
    std::set<Session*> sessions_;
    asio::io_context context_;
    tcp::acceptor acceptor_;
    asio::signal_set signals_;
    asio::steady_timer deadline_;
    asio::steady_timer retry_;
    bool stopping_ = false;  // Only touched on the acceptor's strand, as the timers are.
};

Session::Session(Server& server, tcp::socket socket) : server_(server), stream_(std::move(socket)) {
    server_.enter(this);
}

Session::~Session() { server_.leave(this); }

void Session::read() {
    if (stopping_) {
        stream_.close();
        return;
    }
    parser_.emplace();
    parser_->header_limit(server_.options().headerBytes);
    parser_->body_limit(server_.options().bodyBytes);
    stream_.expires_after(server_.options().timeout);
    reading_ = true;
    http::async_read_header(stream_, buffer_, *parser_,
        [self = shared_from_this()](const error_code& error, std::size_t /*bytes*/) {
            self->onHeader(error);
        });
}

/// A client may wait to be told that its body is wanted.
void Session::onHeader(const error_code& error) {
    const bool waits =
        !error && !parser_->is_done() && buffer_.size() == 0 &&
        beast::iequals(parser_->get()[http::field::expect], "100-continue");
    if (error || parser_->is_done()) {
        onRead(error);
    } else if (waits) {
        response_ = {http::status::continue_, 11};
        http::async_write(stream_, response_,
            [self = shared_from_this()](const error_code& failure, std::size_t /*bytes*/) {
                failure ? self->onRead(failure) : self->readBody();
            });
    } else {
        readBody();
    }
}

void Session::readBody() {
    http::async_read(stream_, buffer_, *parser_,
        [self = shared_from_this()](const error_code& error, std::size_t /*bytes*/) {
            self->onRead(error);
        });
}

void Session::onRead(const error_code& error) {
    reading_ = false;
    if (!stream_.socket().is_open()) {
        // The stop came between the last byte and here: nobody could be told of what was done.
        return;
    }
    if (!error) {
        answer();
    } else if (error == http::error::header_limit) {
        refuse(http::status::request_header_fields_too_large,
            "the header is larger than " + std::to_string(server_.options().headerBytes) +
                " bytes");
    } else if (error == http::error::body_limit) {
        refuse(http::status::payload_too_large,
            "the body is larger than " + std::to_string(server_.options().bodyBytes) + " bytes");
    } else if (error.category() == http::make_error_code(http::error::bad_method).category() &&
               error != http::error::end_of_stream && error != http::error::partial_message) {
        refuse(http::status::bad_request, "the request is no HTTP/1.1");
    } else {
        stream_.close();
    }
}

void Session::answer() {
    const auto& message = parser_->get();
    const std::string target(message.target());
    const HttpRequest request{
        .method = std::string(message.method_string()),
        .path = target.substr(0, target.find('?')),
        .body = message.body(),
    };
    const bool keepAlive = message.keep_alive();
    HttpReply reply;
    try {
        reply = server_.handler()(request);
    } catch (const std::exception&) {
        reply = {500, errorBody("the request failed"), ""};
    }
    write(reply, keepAlive);
}

void Session::refuse(http::status status, const std::string& message) {
    write({static_cast<int>(status), errorBody(message), ""}, false);
}

void Session::write(const HttpReply& reply, bool keepAlive) {
    keepAlive = keepAlive && !stopping_;
    response_ = {};
    response_.version(11);
    response_.result(static_cast<unsigned>(reply.status));
    response_.set(http::field::content_type, "application/json");
    if (!reply.allow.empty()) {
        response_.set(http::field::allow, reply.allow);
    }
    response_.keep_alive(keepAlive);
    response_.body() = reply.body;
    response_.prepare_payload();
    if (parser_->get().method() == http::verb::head) {
        // The header of the answer alone; it keeps the length that the body would have.
        response_.body().clear();
    }
    stream_.expires_after(server_.options().timeout);
    http::async_write(stream_, response_,
        [self = shared_from_this(), keepAlive](const error_code& error, std::size_t /*bytes*/) {
            self->onWritten(error, keepAlive);
        });
}

void Session::onWritten(const error_code& error, bool keepAlive) {
    if (!error && keepAlive) {
        read();
        return;
    }
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(drainTimeout);
    drain();
}

/// Closing while the client still sends would make its system throw the answer away.
void Session::drain() {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(drainBytes),
        [self = shared_from_this()](const error_code& error, std::size_t /*bytes*/) {
            if (!error) {
                self->drain();
            }
        });
}

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
        asio::make_strand(context_), [this](const error_code& error, tcp::socket socket) {
            if (stopping_) {
                return;
            }
            if (!error) {
                std::make_shared<Session>(*this, std::move(socket))->start();
                accept();
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

std::vector<std::shared_ptr<Session>> Server::sessions() {
    std::vector<std::shared_ptr<Session>> result;
    const std::lock_guard guard(mutex_);
    for (Session* session : sessions_) {
        // One whose last owner is gone waits in leave for this lock.
        if (auto alive = session->weak_from_this().lock()) {
            result.push_back(std::move(alive));
        }
    }
    return result;
}

void Server::stop() {
    stopping_ = true;
    acceptor_.close();
    retry_.cancel();
    const auto alive = sessions();
    if (alive.empty()) {
        return;
    }
    deadline_.expires_after(options_.stopTimeout);
    deadline_.async_wait([this](const error_code& cancelled) {
        if (!cancelled) {
            for (const auto& session : sessions()) {
                session->close();
            }
        }
    });
    for (const auto& session : alive) {
        session->stop();
    }
}

void Server::leave(Session* session) {
    const std::lock_guard guard(mutex_);
    sessions_.erase(session);
    if (sessions_.empty()) {
        asio::post(acceptor_.get_executor(), [this] {
            if (stopping_) {
                deadline_.cancel();
            }
        });
    }
}

void Server::run() {
    listen();
    // Whoever read the log may leave; the server stays.
    std::signal(SIGPIPE, SIG_IGN);
    signals_.async_wait([this](const error_code& error, int /*signal*/) {
        if (!error) {
            stop();
        }
    });
    accept();
    options_.onListening(acceptor_.local_endpoint().port());
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
