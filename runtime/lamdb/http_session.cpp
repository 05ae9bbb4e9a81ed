#include "runtime/lamdb/http_session.hpp"

#include <boost/asio/dispatch.hpp>
#include <utility>

namespace loam::runtime::lamdb {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr std::chrono::seconds drainTimeout{2};
constexpr std::size_t drainBytes = 64UL * 1024;

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

Session::Session(Sessions& sessions, const HttpServerOptions& options, const HttpHandler& handler,
    tcp::socket socket)
    : sessions_(sessions), options_(options), handler_(handler), stream_(std::move(socket)) {
    sessions_.enter(this);
}

Session::~Session() { sessions_.leave(this); }

void Session::start() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read(); });
}

void Session::stop() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
        self->stopping_ = true;
        if (self->isIdle()) {
            self->stream_.close();
        }
    });
}

void Session::closeIfWaiting(std::uint64_t since) {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this(), since] {
        if (self->waitsSince_ == since) {
            self->stream_.close();
        }
    });
}

void Session::close() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->stream_.close(); });
}

void Session::read() {
    if (stopping_) {
        stream_.close();
        return;
    }
    parser_.emplace();
    parser_->header_limit(options_.headerBytes);
    parser_->body_limit(options_.bodyBytes);
    stream_.expires_after(options_.timeout);
    reading_ = true;
    waitsSince_ = sessions_.tick();
    http::async_read_header(stream_, buffer_, *parser_,
        [self = shared_from_this()](const error_code& error, std::size_t /*bytes*/) {
            self->onHeader(error);
        });
}

/// A client may wait to be told that its body is wanted.
void Session::onHeader(const error_code& error) {
    waitsSince_ = 0;
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
            "the header is larger than " + std::to_string(options_.headerBytes) + " bytes");
    } else if (error == http::error::body_limit) {
        refuse(http::status::payload_too_large,
            "the body is larger than " + std::to_string(options_.bodyBytes) + " bytes");
    } else if (error.category() == http::make_error_code(http::error::bad_method).category() &&
               error != http::error::end_of_stream && error != http::error::partial_message) {
        refuse(http::status::bad_request, "the request is no HTTP/1.1");
    } else {
        stream_.close();
    }
}

void Session::answer() {
    auto& message = parser_->get();
    const std::string target(message.target());
    const HttpRequest request{
        .method = std::string(message.method_string()),
        .path = target.substr(0, target.find('?')),
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
        const auto work = asio::make_work_guard(stream_.get_executor());
        reply.later([self = shared_from_this(), keepAlive, work](HttpReply late) {
            asio::post(work.get_executor(), [self, keepAlive, late = std::move(late)] {
                self->write(late, keepAlive);
            });
        });
        return;
    }
    write(reply, keepAlive);
}

void Session::refuse(http::status status, const std::string& message) {
    write({static_cast<int>(status), errorBody(message), ""}, false);
}

void Session::write(const HttpReply& reply, bool keepAlive) {
    keepAlive = keepAlive && !stopping_ && !sessions_.isFull();
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
    stream_.expires_after(options_.timeout);
    http::async_write(stream_, response_,
        [self = shared_from_this(), keepAlive](const error_code& error, std::size_t /*bytes*/) {
            self->onWritten(error, keepAlive);
        });
}

void Session::onWritten(const error_code& error, bool keepAlive) {
    if (!error && keepAlive && !sessions_.isFull()) {
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

}  // namespace loam::runtime::lamdb
