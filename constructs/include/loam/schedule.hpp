#pragma once

#include <loam/duration.hpp>

#include <string>
#include <string_view>

namespace loam {

/// Fields of a cron expression; each takes numbers, lists `1,2`, ranges `1-5`, steps `0/15` and
/// `*`.
struct CronFields {
    /// Default: `0`.
    std::string minute = "0";
    std::string hour = "*";
    /// Day of the month; `L` is the last one. Default: any day, or `?` when a week day is given.
    std::string day = {};
    std::string month = "*";
    /// Day of the week, 1 (Sunday) to 7 or SUN to SAT. Default: `?`, not looked at.
    std::string weekDay = {};
    std::string year = "*";
};

/// When something happens: `Schedule::rate(1h)`, `Schedule::cron({.minute = "0", .hour = "3"})`.
/// Times are UTC.
class Schedule {
  public:
    /// Every so often: whole minutes, at least one. Throws ValidationError for any other duration.
    static Schedule rate(seconds interval);
    /// At times that match all fields. Throws ValidationError if both day and weekDay are given.
    static Schedule cron(const CronFields& fields);
    /// Once, at `2027-01-31T03:00:00`. Only EventBridge Scheduler knows it. Throws ValidationError
    /// if the text has another form.
    static Schedule at(std::string_view dateTime);
    /// An expression as AWS writes it, unchecked.
    static Schedule expression(std::string text) { return Schedule(std::move(text), {}); }

    /// `rate(1 hour)`, `cron(0 3 * * ? *)`.
    const std::string& text() const noexcept { return text_; }
    /// The interval of a rate; zero for anything else.
    seconds interval() const noexcept { return interval_; }

  private:
    Schedule(std::string text, seconds interval) : text_(std::move(text)), interval_(interval) {}
    std::string text_;
    seconds interval_;
};

}  // namespace loam
