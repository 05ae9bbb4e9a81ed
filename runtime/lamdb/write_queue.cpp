#include "runtime/lamdb/write_queue.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace loam::runtime::lamdb {

HttpReply WriteQueue::run(Job job) {
    std::unique_lock lock(mutex_);
    if (!job.isTransaction) {
        ++blocked_;
        free_.wait(lock, [this] { return holder_ != Holder::Request || !waiting_.empty(); });
        --blocked_;
    }
    if (holder_ == Holder::Nobody && waiting_.empty() && (blocked_ == 0 || !job.isTransaction)) {
        hold(job);
        lock.unlock();
        return runHeld(job);
    }
    HttpReply reply;
    reply.later = [this, waiting = std::move(job)](std::function<void(HttpReply)> answer) {
        {
            const std::lock_guard guard(mutex_);
            waiting_.push_back({waiting, std::move(answer)});
        }
        // Those who block now join the queue.
        free_.notify_all();
        onChange_();
    };
    return reply;
}

HttpReply WriteQueue::runHeld(const Job& job) {
    Done done;
    try {
        done = job.run();
    } catch (const std::exception&) {
        release();
        throw;
    }
    if (!done.keepsWriter) {
        release();
    }
    return std::move(done.reply);
}

void WriteQueue::release() {
    bool isAwaited = false;
    {
        const std::lock_guard guard(mutex_);
        holder_ = Holder::Nobody;
        isAwaited = !waiting_.empty();
    }
    if (isAwaited) {
        free_.notify_all();
        onChange_();
    } else {
        free_.notify_one();
    }
}

std::optional<WriteQueue::Waiter> WriteQueue::takeOverdue() {
    const TimePoint now = clock_();
    const std::lock_guard guard(mutex_);
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiter& waiter) {
        return waiter.job.deadline <= now;
    });
    if (found == waiting_.end()) {
        return std::nullopt;
    }
    Waiter waiter = std::move(*found);
    waiting_.erase(found);
    return waiter;
}

std::optional<WriteQueue::Waiter> WriteQueue::takeNext() {
    const std::lock_guard guard(mutex_);
    if (holder_ != Holder::Nobody || waiting_.empty()) {
        return std::nullopt;
    }
    Waiter waiter = std::move(waiting_.front());
    waiting_.pop_front();
    hold(waiter.job);
    return waiter;
}

std::optional<TimePoint> WriteQueue::runDue() {
    for (;;) {
        if (const std::optional<Waiter> overdue = takeOverdue()) {
            overdue->reply(overdue->job.refuse());
        } else if (const std::optional<Waiter> next = takeNext()) {
            HttpReply reply;
            try {
                reply = runHeld(next->job);
            } catch (const std::exception&) {
                reply = {.status = 500, .body = R"({"errors":[{"message":"the request failed"}]})"};
            }
            next->reply(std::move(reply));
        } else {
            break;
        }
    }
    // Those that are not refused now wait for whoever writes.
    const std::lock_guard guard(mutex_);
    std::optional<TimePoint> deadline;
    for (const Waiter& waiter : waiting_) {
        deadline = std::min(deadline.value_or(waiter.job.deadline), waiter.job.deadline);
    }
    return deadline;
}

}  // namespace loam::runtime::lamdb
