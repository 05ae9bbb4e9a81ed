#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "runtime/lamdb/http_server.hpp"
#include "runtime/lamdb/service_pool.hpp"
#include "runtime/lamdb/write_queue.hpp"

namespace loam::runtime::lamdb {

/// What interactive transactions may use. Starts beyond a limit are refused with an error that
/// names it.
struct TransactionLimits {
    /// The one that is open, and those that wait for it.
    std::size_t transactions = 100;
    std::chrono::milliseconds timeout = std::chrono::minutes(5);
    std::chrono::milliseconds maxWait = std::chrono::minutes(1);
    /// How long other writes wait for the writer.
    std::chrono::milliseconds writeWait = std::chrono::seconds(30);
};

/// The interactive transactions of a server, and the writes that have to wait for them.
///
/// SQLite has one writer, so one transaction is open at a time; it keeps the writer from its start
/// to its end. Safe to use from several threads.
class Transactions {
  public:
    Transactions(ServicePool& pool, Clock clock, TransactionLimits limits = {});
    /// Rolls back what is open.
    ~Transactions();
    Transactions(const Transactions&) = delete;
    Transactions& operator=(const Transactions&) = delete;

    /// Starts a transaction as the body `{"max_wait", "timeout", "isolation_level"}` wants it. The
    /// answer has its `id` and, as the endpoint of its requests, `endpointBase` and the id.
    HttpReply start(std::string_view body, const std::string& endpointBase);

    /// Answers a request in a transaction.
    HttpReply query(const std::string& id, std::string_view body, result::RawForm rawForm);

    /// Answers a plan request of Prisma Client 7 in a transaction.
    HttpReply plan(const std::string& id, std::string_view body);

    HttpReply commit(const std::string& id) { return end(id, Operation::Commit); }
    HttpReply rollback(const std::string& id) { return end(id, Operation::Rollback); }

    /// Runs a write outside of transactions when its turn comes. `refusal` is the answer when that
    /// takes too long. Default: an error of a query.
    HttpReply
    write(std::function<HttpReply()> action, std::optional<HttpReply> refusal = std::nullopt);

    /// Rolls back what is open and lets nothing start any more.
    void stop();

    /// Does what is due: ends the transaction whose time is over and lets others write. When that
    /// is to be done again unless something changes before.
    std::optional<TimePoint> runDue();

    /// Does what is due in a thread of its own from now on.
    void startWorker();

  private:
    enum class Operation : std::uint8_t { Query, Commit, Rollback };
    enum class Outcome : std::uint8_t { Committed, RolledBack, Expired };
    struct Settings {
        std::chrono::milliseconds maxWait{2000};
        std::chrono::milliseconds timeout{5000};
    };
    struct Open {
        std::string id;
        std::unique_ptr<QueryService> service;
        TimePoint started;
        std::chrono::milliseconds timeout;
        /// Held by the request that runs in it, and to end it.
        std::mutex running;
    };
    /// A transaction in which nobody else does something.
    struct Entered {
        std::shared_ptr<Open> open;
        std::unique_lock<std::mutex> running;
    };
    struct Closed {
        std::string id;
        Outcome outcome;
        TimePoint started;
        std::chrono::milliseconds timeout;
    };

    Settings readSettings(std::string_view body) const;
    WriteQueue::Done begin(std::chrono::milliseconds timeout, const std::string& endpointBase);
    HttpReply end(const std::string& id, Operation operation);
    bool isOver(const Open& open) const { return clock_() >= open.started + open.timeout; }
    /// The transaction with its lock held, or nothing when it is closed.
    Entered enter(const std::string& id);
    /// Ends a transaction that was entered; what is not committed yet is rolled back.
    void close(const std::shared_ptr<Open>& open, Outcome outcome);
    void closeIfOver(const std::shared_ptr<Open>& open);
    std::string whyClosed(const std::string& id, Operation operation);
    void onChange();
    void work();

    ServicePool& pool_;
    Clock clock_;
    TransactionLimits limits_;
    WriteQueue queue_;
    std::mutex mutex_;  // Of the members below.
    std::condition_variable changed_;
    std::shared_ptr<Open> open_;
    /// The last ones, the oldest first.
    std::deque<Closed> closed_;
    std::size_t waiting_ = 0;
    bool hasChanged_ = false;
    bool stopping_ = false;
    bool finishing_ = false;
    std::thread worker_;
};

}  // namespace loam::runtime::lamdb
