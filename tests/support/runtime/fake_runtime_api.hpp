#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace loam::testing {

/// The Lambda Runtime API on a free port of the loopback interface, for one function at a time.
class FakeRuntimeApi {
  public:
    /// How answers travel.
    enum class Style { Whole, ByteByByte, Chunked, ClosingConnection };

    /// What a function posted.
    struct Report {
        std::string path;
        /// The header lines, as they came.
        std::string headers;
        std::string body;
    };

    explicit FakeRuntimeApi(Style style = Style::Whole);
    FakeRuntimeApi(const FakeRuntimeApi&) = delete;
    FakeRuntimeApi& operator=(const FakeRuntimeApi&) = delete;
    ~FakeRuntimeApi();

    /// The value for AWS_LAMBDA_RUNTIME_API.
    std::string address() const;

    /// Queues an invocation; `extraHeaders` are whole lines.
    void
    invoke(const std::string& id, const std::string& payload, const std::string& extraHeaders = "");

    /// Status with which responses are taken. Default: 202.
    void answerResponsesWith(int status) { responseStatus_ = status; }

    /// Waits until the function has posted that many reports, for ten seconds at most; all reports.
    std::vector<Report> waitForReports(std::size_t count);

    /// Waits until the function asks for an invocation when there is none; whether it did.
    bool waitUntilIdle();

    /// How many connections the function has made.
    int connections() const { return connections_; }

  private:
    struct Event {
        std::string id;
        std::string payload;
        std::string headers;
    };

    void serve();
    void serveConnection(int socket);
    bool answer(int socket, const std::string& head, const std::string& body);
    bool waitForEvent(int socket, Event& event);
    bool send(int socket, int status, const std::string& headers, const std::string& body) const;

    Style style_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> responseStatus_ = 202;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> idle_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Event> events_;
    std::vector<Report> reports_;
    std::thread thread_;
};

}  // namespace loam::testing
