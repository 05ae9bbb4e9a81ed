#include <loam/error.hpp>
#include <loam/schedule.hpp>

#include <algorithm>

namespace loam {

namespace {

/// `1 hour`, `2 hours`.
std::string amount(std::int64_t count, const std::string& unit) {
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
}

}  // namespace

Schedule Schedule::rate(seconds interval) {
    if (interval < minutes{1} || interval % minutes{1} != seconds{0}) {
        throw ValidationError("",
            "a rate is a whole number of minutes, at least one, got " +
                std::to_string(interval.count()) + " seconds");
    }
    const auto text =
        interval % days{1} == seconds{0} ? amount(interval / days{1}, "day")
        : interval % hours{1} == seconds{0}
            ? amount(interval / hours{1}, "hour")
            : amount(interval / minutes{1}, "minute");
    return Schedule("rate(" + text + ")", interval);
}

Schedule Schedule::cron(const CronFields& fields) {
    if (!fields.day.empty() && !fields.weekDay.empty()) {
        throw ValidationError("",
            "a cron expression takes day or weekDay, not both, got day \"" + fields.day +
                "\" and weekDay \"" + fields.weekDay + "\"");
    }
    const auto day = !fields.day.empty() ? fields.day : fields.weekDay.empty() ? "*" : "?";
    const auto weekDay = fields.weekDay.empty() ? "?" : fields.weekDay;
    return Schedule(
        "cron(" + fields.minute + " " + fields.hour + " " + day + " " + fields.month + " " +
            weekDay + " " + fields.year + ")",
        {});
}

Schedule Schedule::at(std::string_view dateTime) {
    constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
    const auto matches = [](char given, char wanted) {
        return wanted == 'd' ? given >= '0' && given <= '9' : given == wanted;
    };
    if (!std::ranges::equal(dateTime, form, matches)) {
        throw ValidationError("",
            "a point in time is written 2027-01-31T03:00:00, got \"" + std::string(dateTime) +
                "\"");
    }
    return Schedule("at(" + std::string(dateTime) + ")", {});
}

}  // namespace loam
