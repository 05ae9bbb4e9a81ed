#pragma once

#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/lamdb/http_server.hpp"

namespace loam::runtime::lamdb {

class Session;

/// Named in full, which spares a request a dozen calls through asio's polymorphic executor.
using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand>;

/// The open connections of a server, and how many there may be. Safe to use from several threads.
class Sessions {
  public:
    /// `onLeft` is called when the last session has left, and when one leaves while it is full.
    Sessions(std::size_t most, std::function<void()> onLeft)
        : most_(most), onLeft_(std::move(onLeft)) {}

    void enter(Session* session);
    void leave(Session* session);

    /// The next number of a count that starts with 1.
    std::uint64_t tick() { return ++ticks_; }

    /// Whether there were too many at the last count: then no connection is to be kept.
    bool isFull() const { return isFull_; }
    bool isEmpty();
    /// Counts anew; whether there are too many.
    bool countAnew();
    /// Ends the connection that has waited for a request for longest, apart from the newest. When
    /// there is none, one of the busy ones ends after its answer.
    void makeRoom(const Session* newest);

    std::vector<std::shared_ptr<Session>> alive();

  private:
    std::size_t most_;
    std::function<void()> onLeft_;
    std::mutex mutex_;
    std::set<Session*> sessions_;
    std::atomic<std::uint64_t> ticks_ = 0;
    std::atomic<bool> isFull_ = false;
};

/// One connection: reads a request, has it answered, writes the answer, again and again. All of it
/// runs on the strand of its socket, so nothing here needs a lock.
class Session : public std::enable_shared_from_this<Session> {
  public:
    /// The table, the options and the handler must outlive the session.
    Session(Sessions& sessions, const HttpServerOptions& options, const HttpHandler& handler,
        Socket socket);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    /// Waits for the first request.
    void start();

    /// Ends an idle connection at once and a busy one after its answer.
    void stop();

    /// When it began to wait for the header of a request, as a tick of the table; 0 while it is
    /// busy.
    std::uint64_t waitsSince() const { return waitsSince_; }

    /// Ends the connection if no request has come since that moment.
    void closeIfWaiting(std::uint64_t since);

    /// Ends the connection if its client has taken too long.
    void closeIfLate();

    /// Ends the connection whatever it does.
    void close();

  private:
    using Clock = std::chrono::steady_clock;
    using Then = void (Session::*)();

    bool isIdle() const { return reading_ && buffer_.size() == 0 && !parser_->got_some(); }
    void closeSocket();
    void read();
    void receive();
    void parse();
    bool mustContinue();
    bool mustRefuse();
    void onParseError(const boost::system::error_code& error);
    void answer();
    void refuse(boost::beast::http::status status, const std::string& message);
    void write(HttpReply reply, bool keepAlive);
    void send(Then then);
    void onWritten();
    void drain();

    Sessions& sessions_;
    const HttpServerOptions& options_;
    const HttpHandler& handler_;
    Socket socket_;
    boost::beast::flat_buffer buffer_;
    std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
    /// What is being sent.
    std::string header_;
    std::string body_;
    /// For what the client has to do next. A timer of its own for each request would cost more than
    /// to look at all connections now and then.
    Clock::time_point deadline_ = Clock::time_point::max();
    std::atomic<std::uint64_t> waitsSince_ = 0;
    bool keepAlive_ = true;
    bool toldToContinue_ = false;
    bool reading_ = false;
    bool stopping_ = false;
};

}  // namespace loam::runtime::lamdb
