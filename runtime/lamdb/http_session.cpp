#include "runtime/lamdb/http_session.hpp"

#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <utility>

namespace loam::runtime::lamdb {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

constexpr std::chrono::seconds drainTimeout{2};
constexpr std::size_t receiveBytes = 16UL * 1024;

std::string errorBody(const std::string& message) {
    return R"({"errors":[{"message":")" + message + R"("}]})";
}

}  // namespace

void Sessions::enter(Session* session) {
    const std::lock_guard guard(mutex_);
    sessions_.insert(session);
}

void Sessions::leave(Session* session) {
    const std::lock_guard guard(mutex_);
    sessions_.erase(session);
    if (sessions_.empty() || isFull_) {
        onLeft_();
    }
}

bool Sessions::countAnew() {
    const std::lock_guard guard(mutex_);
    isFull_ = sessions_.size() > most_;
    return isFull_;
}

bool Sessions::isEmpty() {
    const std::lock_guard guard(mutex_);
    return sessions_.empty();
}

void Sessions::makeRoom(const Session* newest) {
    std::shared_ptr<Session> oldest;
    std::uint64_t since = 0;
    for (const auto& session : alive()) {
        const std::uint64_t waits = session->waitsSince();
        if (session.get() != newest && waits != 0 && (since == 0 || waits < since)) {
            oldest = session;
            since = waits;
        }
    }
    if (oldest) {
        oldest->closeIfWaiting(since);
    }
}

std::vector<std::shared_ptr<Session>> Sessions::alive() {
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

Session::Session(
    Sessions& sessions, const HttpServerOptions& options, const HttpHandler& handler, Socket socket)
    : sessions_(sessions), options_(options), handler_(handler), socket_(std::move(socket)) {
    sessions_.enter(this);
}

Session::~Session() { sessions_.leave(this); }

void Session::start() {
    asio::dispatch(socket_.get_executor(), [self = shared_from_this()] {
        error_code error;
        self->socket_.non_blocking(true, error);
        self->socket_.set_option(asio::ip::tcp::no_delay(true), error);
        self->read();
    });
}

void Session::stop() {
    asio::dispatch(socket_.get_executor(), [self = shared_from_this()] {
        self->stopping_ = true;
        if (self->isIdle()) {
            self->closeSocket();
        }
    });
}

void Session::closeIfWaiting(std::uint64_t since) {
    asio::dispatch(socket_.get_executor(), [self = shared_from_this(), since] {
        if (self->waitsSince_ == since) {
            self->closeSocket();
        }
    });
}

void Session::closeIfLate() {
    asio::dispatch(socket_.get_executor(), [self = shared_from_this()] {
        if (Clock::now() > self->deadline_) {
            self->closeSocket();
        }
    });
}

void Session::close() {
    asio::dispatch(socket_.get_executor(), [self = shared_from_this()] { self->closeSocket(); });
}

void Session::closeSocket() {
    error_code ignored;
    socket_.close(ignored);
}

void Session::read() {
    if (stopping_) {
        closeSocket();
        return;
    }
    parser_.emplace();
    parser_->eager(true);
    parser_->header_limit(options_.headerBytes);
    parser_->body_limit(options_.bodyBytes);
    deadline_ = Clock::now() + options_.timeout;
    toldToContinue_ = false;
    reading_ = true;
    waitsSince_ = sessions_.tick();
    if (buffer_.size() == 0) {
        receive();
    } else {
        parse();
    }
}

void Session::receive() {
    socket_.async_read_some(buffer_.prepare(receiveBytes),
        [self = shared_from_this()](const error_code& error, std::size_t bytes) {
            if (error || !self->socket_.is_open()) {
                // A stop may come between the last byte and here: nobody could be told of what was
                // done.
                self->closeSocket();
                return;
            }
            self->buffer_.commit(bytes);
            self->parse();
        });
}

void Session::parse() {
    error_code error;
    buffer_.consume(parser_->put(buffer_.data(), error));
    if (error && error != http::error::need_more) {
        onParseError(error);
        return;
    }
    if (parser_->is_header_done()) {
        waitsSince_ = 0;
    }
    if (mustRefuse()) {
        return;
    }
    if (parser_->is_done()) {
        answer();
    } else if (mustContinue()) {
        toldToContinue_ = true;
        header_ = "HTTP/1.1 100 Continue\r\n\r\n";
        body_.clear();
        send(&Session::receive);
    } else {
        receive();
    }
}

/// Refuses what the parser would take and should not.
bool Session::mustRefuse() {
    if (!parser_->is_header_done()) {
        return false;
    }
    const auto& message = parser_->get();
    if (message.find(http::field::transfer_encoding) != message.end() && !parser_->chunked()) {
        refuse(http::status::not_implemented, "chunked is the only Transfer-Encoding");
        return true;
    }
    // The parser keeps no body there, and limits neither of the two by itself.
    if (!parser_->is_done() && buffer_.size() > options_.headerBytes) {
        refuse(http::status::request_header_fields_too_large,
            "the extension of a chunk or the trailer is larger than " +
                std::to_string(options_.headerBytes) + " bytes");
        return true;
    }
    return false;
}

/// A client may wait to be told that its body is wanted.
bool Session::mustContinue() {
    return parser_->is_header_done() && !toldToContinue_ && buffer_.size() == 0 &&
           parser_->get().version() >= 11 &&
           beast::iequals(parser_->get()[http::field::expect], "100-continue");
}

void Session::onParseError(const error_code& error) {
    if (error == http::error::header_limit) {
        refuse(http::status::request_header_fields_too_large,
            "the header is larger than " + std::to_string(options_.headerBytes) + " bytes");
    } else if (error == http::error::body_limit) {
        refuse(http::status::payload_too_large,
            "the body is larger than " + std::to_string(options_.bodyBytes) + " bytes");
    } else {
        refuse(http::status::bad_request, "the request is no HTTP/1.1");
    }
}

void Session::answer() {
    reading_ = false;
    deadline_ = Clock::time_point::max();
    auto& message = parser_->get();
    const auto target = message.target();
    const HttpRequest request{
        .method = std::string(message.method_string()),
        .path = std::string(target.substr(0, target.find('?'))),
        .body = std::move(message.body()),
        .header =
            [&message](std::string_view name) {
                return std::string(message[beast::string_view(name.data(), name.size())]);
            },
    };
    const bool keepAlive = message.keep_alive();
    HttpReply reply;
    try {
        reply = handler_(request);
    } catch (const std::exception&) {
        reply = {500, errorBody("the request failed"), ""};
    }
    if (reply.later) {
        // Without something to do, the server would end before the answer comes.
        const auto work = asio::make_work_guard(socket_.get_executor());
        reply.later([self = shared_from_this(), keepAlive, work](HttpReply late) {
            asio::post(work.get_executor(), [self, keepAlive, late = std::move(late)]() mutable {
                self->write(std::move(late), keepAlive);
            });
        });
        return;
    }
    write(std::move(reply), keepAlive);
}

void Session::refuse(http::status status, const std::string& message) {
    reading_ = false;
    waitsSince_ = 0;
    write({static_cast<int>(status), errorBody(message), ""}, false);
}

void Session::write(HttpReply reply, bool keepAlive) {
    keepAlive_ = keepAlive && !stopping_ && !sessions_.isFull();
    const beast::string_view reason =
        http::obsolete_reason(http::int_to_status(static_cast<unsigned>(reply.status)));
    header_ = "HTTP/1.1 ";
    header_.append(std::to_string(reply.status)).append(" ");
    header_.append(reason.data(), reason.size());
    header_ += "\r\nContent-Type: application/json\r\n";
    if (!reply.allow.empty()) {
        header_.append("Allow: ").append(reply.allow).append("\r\n");
    }
    if (!keepAlive_) {
        header_ += "Connection: close\r\n";
    } else if (parser_->get().version() < 11) {
        header_ += "Connection: keep-alive\r\n";
    }
    header_.append("Content-Length: ").append(std::to_string(reply.body.size()));
    header_ += "\r\n\r\n";
    body_ = std::move(reply.body);
    if (parser_->get().method() == http::verb::head) {
        // The header of the answer alone; it keeps the length that the body would have.
        body_.clear();
    }
    deadline_ = Clock::now() + options_.timeout;
    send(&Session::onWritten);
}

/// Sends what can be sent at once, which is nearly always everything, and else the rest later.
void Session::send(Then then) {
    std::array parts{
        asio::const_buffer(asio::buffer(header_)), asio::const_buffer(asio::buffer(body_))};
    error_code error;
    std::size_t sent = socket_.write_some(parts, error);
    if (!error && sent == header_.size() + body_.size()) {
        (this->*then)();
        return;
    }
    if (error && error != asio::error::would_block) {
        closeSocket();
        return;
    }
    for (asio::const_buffer& part : parts) {
        const std::size_t done = std::min(sent, part.size());
        part += done;
        sent -= done;
    }
    asio::async_write(socket_, parts,
        [self = shared_from_this(), then](const error_code& failure, std::size_t /*bytes*/) {
            if (failure) {
                self->closeSocket();
            } else {
                (self.get()->*then)();
            }
        });
}

void Session::onWritten() {
    if (keepAlive_ && !sessions_.isFull()) {
        if (buffer_.size() == 0) {
            read();
        } else {
            // Not from here: each of the requests that came at once would deepen the stack.
            asio::post(socket_.get_executor(), [self = shared_from_this()] { self->read(); });
        }
        return;
    }
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    deadline_ = Clock::now() + drainTimeout;
    drain();
}

/// Closing while the client still sends would make its system throw the answer away.
void Session::drain() {
    buffer_.clear();
    socket_.async_read_some(buffer_.prepare(receiveBytes),
        [self = shared_from_this()](const error_code& error, std::size_t /*bytes*/) {
            if (!error) {
                self->drain();
            }
        });
}

}  // namespace loam::runtime::lamdb
