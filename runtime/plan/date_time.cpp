#include "runtime/plan/date_time.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace loam::runtime::plan {
namespace {

constexpr std::int64_t millisecondsPerDay = 86'400'000;

/// Days since 1970 of a date in the Gregorian calendar (Howard Hinnant's algorithm).
std::int64_t daysFromCivil(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

struct Date {
    std::int64_t year;
    std::int64_t month;
    std::int64_t day;
};

Date civilFromDays(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t dayOfEra = days - era * 146097;
    const std::int64_t yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * dayOfYear + 2) / 153;
    const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    return {yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
        dayOfYear - (153 * shifted + 2) / 5 + 1};
}

bool isValidDate(const Date& date) {
    constexpr std::array<std::int64_t, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.month < 1 || date.month > 12 || date.day < 1) {
        return false;
    }
    const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    const std::int64_t extra = leap && date.month == 2 ? 1 : 0;
    return date.day <= lengths[static_cast<std::size_t>(date.month - 1)] + extra;
}

/// Reads a text from left to right; every method says whether it found what it wants.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool digits(std::size_t least, std::size_t most, std::int64_t& number) {
        std::size_t count = 0;
        number = 0;
        while (count < most && count < text_.size() && text_[count] >= '0' && text_[count] <= '9') {
            number = number * 10 + (text_[count++] - '0');
        }
        text_.remove_prefix(count);
        return count >= least;
    }

    bool any(std::string_view letters) {
        if (text_.empty() || letters.find(text_.front()) == std::string_view::npos) {
            return false;
        }
        text_.remove_prefix(1);
        return true;
    }

    bool word(std::string_view expected) {
        if (text_.substr(0, expected.size()) != expected) {
            return false;
        }
        text_.remove_prefix(expected.size());
        return true;
    }

    void fraction(std::int64_t& milliseconds) {
        std::int64_t scale = 100;
        while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
            milliseconds += (text_.front() - '0') * scale;
            scale /= 10;
            text_.remove_prefix(1);
        }
    }

    char peek() const { return text_.empty() ? '\0' : text_.front(); }
    bool isAtEnd() const { return text_.empty(); }

  private:
    std::string_view text_;
};

/// `03:04:05.678`; the seconds may be left out when `secondsOptional`.
bool readClock(Reader& reader, bool secondsOptional, std::int64_t& milliseconds) {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t fraction = 0;
    if (!reader.digits(2, 2, hour) || !reader.any(":") || !reader.digits(2, 2, minute)) {
        return false;
    }
    if (reader.any(":")) {
        if (!reader.digits(2, 2, second)) {
            return false;
        }
        if (reader.any(".")) {
            if (reader.peek() < '0' || reader.peek() > '9') {
                return false;
            }
            reader.fraction(fraction);
        }
    } else if (!secondsOptional) {
        return false;
    }
    milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
    return hour < 24 && minute < 60 && second <= 60;
}

/// `Z`, `+02:00` or `+0200`.
bool readZone(Reader& reader, std::int64_t& offset) {
    if (reader.any("Zz") || reader.word("GMT") || reader.word("UTC") || reader.word("UT")) {
        return true;
    }
    const bool isNegative = reader.peek() == '-';
    std::int64_t hours = 0;
    std::int64_t minutes = 0;
    if (!reader.any("+-") || !reader.digits(2, 2, hours)) {
        return false;
    }
    reader.any(":");
    if (!reader.digits(2, 2, minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    offset = (hours * 60 + minutes) * 60'000 * (isNegative ? -1 : 1);
    return true;
}

std::optional<std::int64_t> parseIso(std::string_view text, bool isLenient) {
    Reader reader(text);
    Date date{};
    if (!reader.digits(4, 4, date.year) || !reader.any("-") || !reader.digits(2, 2, date.month) ||
        !reader.any("-") || !reader.digits(2, 2, date.day) || !isValidDate(date)) {
        return std::nullopt;
    }
    const std::int64_t day = daysFromCivil(date.year, date.month, date.day) * millisecondsPerDay;
    if (isLenient && reader.isAtEnd()) {
        return day;
    }
    std::int64_t clock = 0;
    std::int64_t offset = 0;
    if (!reader.any("Tt ") || !readClock(reader, isLenient, clock)) {
        return std::nullopt;
    }
    if (isLenient) {
        while (reader.any(" ")) {
        }
    }
    const bool mayEnd = isLenient && reader.isAtEnd();
    if (!mayEnd && (!readZone(reader, offset) || !reader.isAtEnd())) {
        return std::nullopt;
    }
    return day + clock - offset;
}

/// `Fri, 21 Nov 1997 09:55:06 -0600`
std::optional<std::int64_t> parseRfc2822(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::size_t comma = text.find(',');
    text.remove_prefix(comma == std::string_view::npos ? 0 : comma + 1);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    Reader reader(text);
    Date date{};
    if (!reader.digits(1, 2, date.day) || !reader.any(" ")) {
        return std::nullopt;
    }
    const auto month = std::find_if(months.begin(), months.end(), [&](std::string_view name) {
        return reader.word(name);
    });
    date.month = month - months.begin() + 1;
    std::int64_t clock = 0;
    std::int64_t offset = 0;
    const bool valid =
        month != months.end() && reader.any(" ") && reader.digits(4, 4, date.year) &&
        reader.any(" ") && isValidDate(date) && readClock(reader, true, clock) && reader.any(" ") &&
        readZone(reader, offset) && reader.isAtEnd();
    if (!valid) {
        return std::nullopt;
    }
    return daysFromCivil(date.year, date.month, date.day) * millisecondsPerDay + clock - offset;
}

}  // namespace

std::optional<std::int64_t> parseRfc3339(std::string_view text) { return parseIso(text, false); }

std::optional<std::int64_t> parseStoredTime(std::string_view text) {
    const std::optional<std::int64_t> time = parseIso(text, true);
    return time ? time : parseRfc2822(text);
}

bool isShowable(std::int64_t milliseconds) {
    return milliseconds >= daysFromCivil(0, 1, 1) * millisecondsPerDay &&
           milliseconds < daysFromCivil(10000, 1, 1) * millisecondsPerDay;
}

void appendTime(std::string& out, std::int64_t milliseconds) {
    std::int64_t days = milliseconds / millisecondsPerDay;
    std::int64_t clock = milliseconds % millisecondsPerDay;
    if (clock < 0) {
        clock += millisecondsPerDay;
        --days;
    }
    const Date date = civilFromDays(days);
    const auto number = [&](std::int64_t value, std::int64_t unit) {
        for (; unit > 0; unit /= 10) {
            out.push_back(static_cast<char>('0' + value / unit % 10));
        }
    };
    number(date.year, 1000);
    out.push_back('-');
    number(date.month, 10);
    out.push_back('-');
    number(date.day, 10);
    out.push_back('T');
    number(clock / 3'600'000, 10);
    out.push_back(':');
    number(clock / 60'000 % 60, 10);
    out.push_back(':');
    number(clock / 1000 % 60, 10);
    out.push_back('.');
    number(clock % 1000, 100);
    out.push_back('Z');
}

}  // namespace loam::runtime::plan
