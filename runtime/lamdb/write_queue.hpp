#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "runtime/lamdb/http_server.hpp"

namespace loam::runtime::lamdb {

using TimePoint = std::chrono::steady_clock::time_point;
using Clock = std::function<TimePoint()>;

/// Lets one request write at a time, as SQLite does, and everybody else wait in order.
///
/// Whoever waits for a request that runs blocks its thread: that request goes on in another one.
/// Whoever waits for a transaction, which goes on only when its client sends the next request,
/// gives its thread back and is answered later by runDue().
class WriteQueue {
  public:
    /// What came of a job.
    struct Done {
        HttpReply reply = {};
        /// Nobody else writes until release().
        bool keepsWriter = false;
    };
    /// One who wants to write.
    struct Job {
        std::function<Done()> run;
        /// The answer when the writer did not get free in time.
        std::function<HttpReply()> refuse;
        TimePoint deadline;
        /// Whether it may keep the writer; it never blocks a thread then.
        bool isTransaction = false;
    };

    /// `onChange` is called from any thread when runDue() may have more to do.
    WriteQueue(Clock clock, std::function<void()> onChange)
        : clock_(std::move(clock)), onChange_(std::move(onChange)) {}

    /// Runs the job now, or makes a reply that comes later.
    HttpReply run(Job job);

    /// Ends what a job has kept.
    void release();

    /// Runs and refuses those whose turn it is; the time at which the next one is to be refused.
    std::optional<TimePoint> runDue();

  private:
    enum class Holder : std::uint8_t { Nobody, Request, Transaction };
    struct Waiter {
        Job job;
        std::function<void(HttpReply)> reply;
    };

    void hold(const Job& job) {
        holder_ = job.isTransaction ? Holder::Transaction : Holder::Request;
    }
    HttpReply runHeld(const Job& job);
    std::optional<Waiter> takeOverdue();
    std::optional<Waiter> takeNext();

    Clock clock_;
    std::function<void()> onChange_;
    std::mutex mutex_;  // Of all below.
    std::condition_variable free_;
    Holder holder_ = Holder::Nobody;
    std::size_t blocked_ = 0;
    std::deque<Waiter> waiting_;
};

}  // namespace loam::runtime::lamdb
