#include "runtime/lamdb/transactions.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "runtime/plan/generators.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/text.hpp"
#include "runtime/storage/error.hpp"

namespace loam::runtime::lamdb {
namespace {

using request::RequestError;
using request::transactionError;
using std::chrono::milliseconds;

/// So many are remembered after their end, to say what became of them.
constexpr std::size_t rememberedTransactions = 1000;

std::string makeId() {
    std::array<std::uint8_t, 16> bytes{};
    plan::systemSources().random(bytes);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string id;
    for (const std::uint8_t byte : bytes) {
        id += digits[byte >> 4U];
        id += digits[byte & 0xFU];
    }
    return id;
}

/// To a query: clients read errors of queries from the body alone.
HttpReply queryError(const RequestError& error) {
    return {.status = 200, .body = "{\"errors\":[" + error.toJson() + "]}"};
}

/// To a start, commit or rollback.
HttpReply callError(const RequestError& error) {
    return {.status = 409, .body = callErrorBody(error)};
}

const request::Value*
member(const request::Value& object, std::string_view name, std::string_view otherName) {
    const request::Value* found = object.find(name);
    found = found != nullptr ? found : object.find(otherName);
    return found == nullptr || found->isNull() ? nullptr : found;
}

milliseconds durationOf(
    const request::Value* value, std::string_view name, milliseconds usual, milliseconds limit) {
    if (value == nullptr) {
        return usual;
    }
    std::int64_t number = -1;
    const char* const end = value->text.data() + value->text.size();
    if (value->kind == request::Value::Kind::Integer) {
        std::from_chars(value->text.data(), end, number);
    }
    if (number < 0 || milliseconds(number) > limit) {
        throw transactionError(
            "The " + std::string(name) + " of a transaction must be 0 to " +
            std::to_string(limit.count()) + " ms, the limit of this server.");
    }
    return milliseconds(number);
}

}  // namespace

Transactions::Transactions(ServicePool& pool, Clock clock, TransactionLimits limits)
    : pool_(pool), clock_(std::move(clock)), limits_(limits), queue_(clock_, [this] {
          onChange();
      }) {}

Transactions::~Transactions() {
    stop();
    {
        const std::lock_guard guard(mutex_);
        finishing_ = true;
    }
    onChange();
    if (worker_.joinable()) {
        worker_.join();
    }
}

Transactions::Settings Transactions::readSettings(std::string_view body) const {
    request::TextPool texts;
    const request::Value object = request::parseJson(body.empty() ? "{}" : body, texts);
    if (object.kind != request::Value::Kind::Object) {
        throw transactionError("The start of a transaction must be a JSON object.");
    }
    Settings settings;
    settings.maxWait = durationOf(
        member(object, "max_wait", "maxWait"), "maxWait", settings.maxWait, limits_.maxWait);
    settings.timeout = durationOf(
        member(object, "timeout", "timeout"), "timeout", settings.timeout, limits_.timeout);
    const request::Value* level = member(object, "isolation_level", "isolationLevel");
    if (level != nullptr && level->text != "Serializable" && level->text != "SERIALIZABLE") {
        throw transactionError(
            "Invalid isolation level `" + std::string(level->text) +
            "`; allowed is `Serializable`.");
    }
    return settings;
}

HttpReply Transactions::start(std::string_view body, const std::string& endpointBase) {
    Settings settings;
    try {
        settings = readSettings(body);
        const std::lock_guard guard(mutex_);
        if (stopping_) {
            throw transactionError("The server is being stopped.");
        }
        if (waiting_ + (open_ == nullptr ? 0 : 1) >= limits_.transactions) {
            throw transactionError(
                "There are " + std::to_string(limits_.transactions) +
                " transactions already, the limit of this server.");
        }
        ++waiting_;
    } catch (const RequestError& error) {
        return callError(error);
    }
    const auto leave = [this] {
        const std::lock_guard guard(mutex_);
        --waiting_;
    };
    return queue_.run({
        .run =
            [this, leave, timeout = settings.timeout, endpointBase] {
                leave();
                return begin(timeout, endpointBase);
            },
        .refuse =
            [leave] {
                leave();
                return callError(
                    transactionError("Unable to start a transaction in the given time."));
            },
        .deadline = clock_() + settings.maxWait,
        .isTransaction = true,
    });
}

WriteQueue::Done Transactions::begin(milliseconds timeout, const std::string& endpointBase) {
    auto open = std::make_shared<Open>();
    open->service = pool_.take();
    try {
        open->service->begin();
    } catch (const storage::StorageError& error) {
        pool_.giveBack(std::move(open->service));
        return {callError(transactionError(
            error.isBusy() ? "Unable to start a transaction in the given time." : error.what()))};
    }
    open->id = makeId();
    open->started = clock_();
    open->timeout = timeout;
    std::string body =
        R"({"id":")" + open->id + R"(","data-proxy":{"endpoint":)" +
        request::jsonString(endpointBase + open->id) + "}}";
    {
        const std::lock_guard guard(mutex_);
        if (stopping_) {
            open->service->rollback();
            pool_.giveBack(std::move(open->service));
            return {callError(transactionError("The server is being stopped."))};
        }
        open_ = open;
    }
    onChange();
    return {{.status = 200, .body = std::move(body)}, true};
}

Transactions::Entered Transactions::enter(const std::string& id) {
    Entered entered;
    {
        const std::lock_guard guard(mutex_);
        if (open_ == nullptr || open_->id != id) {
            return {};
        }
        entered.open = open_;
    }
    entered.running = std::unique_lock(entered.open->running);
    closeIfOver(entered.open);
    if (entered.open->service == nullptr) {
        return {};
    }
    return entered;
}

void Transactions::close(const std::shared_ptr<Open>& open, Outcome outcome) {
    open->service->rollback();
    pool_.giveBack(std::move(open->service));
    {
        const std::lock_guard guard(mutex_);
        closed_.push_back({open->id, outcome, open->started, open->timeout});
        if (closed_.size() > rememberedTransactions) {
            closed_.pop_front();
        }
        open_.reset();
    }
    queue_.release();
}

void Transactions::closeIfOver(const std::shared_ptr<Open>& open) {
    if (open->service == nullptr) {
        return;
    }
    if (isOver(*open)) {
        close(open, Outcome::Expired);
    } else if (!open->service->isInTransaction()) {
        // SQLite has rolled back by itself, as it does when the disk is full.
        close(open, Outcome::RolledBack);
    }
}

std::string Transactions::whyClosed(const std::string& id, Operation operation) {
    const std::lock_guard guard(mutex_);
    const auto found = std::find_if(closed_.begin(), closed_.end(), [&](const Closed& closed) {
        return closed.id == id;
    });
    if (found == closed_.end()) {
        return "Transaction not found. Transaction ID is invalid, refers to an old closed "
               "transaction Prisma doesn't have information about anymore, or was obtained before "
               "disconnecting.";
    }
    constexpr std::string_view names[] = {"query", "commit", "rollback"};
    std::string why =
        "Transaction already closed: A " + std::string(names[static_cast<std::size_t>(operation)]) +
        " cannot be executed on ";
    switch (found->outcome) {
        case Outcome::Committed:
            return why + "a committed transaction.";
        case Outcome::RolledBack:
            return why + "a transaction that was rolled back.";
        case Outcome::Expired:
            break;
    }
    const auto passed = std::chrono::duration_cast<milliseconds>(clock_() - found->started);
    return why + "an expired transaction. The timeout for this transaction was " +
           std::to_string(found->timeout.count()) + " ms, however " +
           std::to_string(passed.count()) +
           " ms passed since the start of the transaction. Consider increasing the interactive "
           "transaction timeout or doing less work in the transaction.";
}

HttpReply
Transactions::query(const std::string& id, std::string_view body, result::RawForm rawForm) {
    const auto [open, running] = enter(id);
    if (open == nullptr) {
        return queryError(transactionError(whyClosed(id, Operation::Query)));
    }
    engine::Answer answer = open->service->execute(body, rawForm);
    closeIfOver(open);
    return {.status = answer.status, .body = std::move(answer.body)};
}

HttpReply Transactions::plan(const std::string& id, std::string_view body) {
    const auto [open, running] = enter(id);
    if (open == nullptr) {
        return callError(transactionError(whyClosed(id, Operation::Query)));
    }
    queryplan::Answer answer = open->service->executePlan(body);
    closeIfOver(open);
    return {.status = answer.status, .body = std::move(answer.body)};
}

HttpReply Transactions::end(const std::string& id, Operation operation) {
    const auto [open, running] = enter(id);
    if (open == nullptr) {
        return callError(transactionError(whyClosed(id, operation)));
    }
    try {
        if (operation == Operation::Commit) {
            open->service->commit();
        }
        close(open, operation == Operation::Commit ? Outcome::Committed : Outcome::RolledBack);
    } catch (const RequestError& error) {
        close(open, Outcome::RolledBack);
        return callError(error);
    }
    return {.status = 200, .body = "{}"};
}

HttpReply Transactions::write(std::function<HttpReply()> action, std::optional<HttpReply> refusal) {
    return queue_.run({
        .run =
            [action = std::move(action)] {
                return WriteQueue::Done{action(), false};
            },
        .refuse =
            [refusal = std::move(refusal)] {
                return refusal
                           ? *refusal
                           : queryError(RequestError("P1008",
                                 "Operations timed out: a transaction kept the database locked for "
                                 "too long. "
                                 "Nothing was changed; try again."));
            },
        .deadline = clock_() + limits_.writeWait,
    });
}

void Transactions::stop() {
    std::shared_ptr<Open> open;
    {
        const std::lock_guard guard(mutex_);
        stopping_ = true;
        open = open_;
    }
    if (open != nullptr) {
        const std::lock_guard running(open->running);
        if (open->service != nullptr) {
            close(open, Outcome::RolledBack);
        }
    }
}

std::optional<TimePoint> Transactions::runDue() {
    std::shared_ptr<Open> open;
    {
        const std::lock_guard guard(mutex_);
        open = open_;
    }
    std::optional<TimePoint> next;
    if (open != nullptr) {
        // A request that runs in it looks at the time when it is done.
        const std::unique_lock running(open->running, std::try_to_lock);
        if (running.owns_lock()) {
            closeIfOver(open);
        }
        if (!isOver(*open)) {
            next = open->started + open->timeout;
        }
    }
    const std::optional<TimePoint> refusal = queue_.runDue();
    return next && refusal ? std::min(next, refusal) : (next ? next : refusal);
}

void Transactions::onChange() {
    {
        const std::lock_guard guard(mutex_);
        hasChanged_ = true;
    }
    changed_.notify_one();
}

void Transactions::startWorker() {
    worker_ = std::thread([this] { work(); });
}

void Transactions::work() {
    for (;;) {
        const std::optional<TimePoint> next = runDue();
        std::unique_lock lock(mutex_);
        const auto isWanted = [this] { return hasChanged_ || finishing_; };
        if (next) {
            changed_.wait_until(lock, *next, isWanted);
        } else {
            changed_.wait(lock, isWanted);
        }
        if (finishing_) {
            return;
        }
        hasChanged_ = false;
    }
}

}  // namespace loam::runtime::lamdb
