#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loam::runtime::plan {

/// Milliseconds since 1970 of an RFC 3339 time, which needs a zone, or nothing. Digits of the
/// fraction beyond milliseconds are cut.
std::optional<std::int64_t> parseRfc3339(std::string_view text);

/// The same for every form in which databases hold times as text: RFC 3339, the same without a zone
/// (UTC), a date alone, and RFC 2822.
std::optional<std::int64_t> parseStoredTime(std::string_view text);

/// Whether the time lies in the years 0 to 9999, which is all that the text form can show.
bool isShowable(std::int64_t milliseconds);

/// Appends `2020-01-02T03:04:05.678Z`; the time must be showable.
void appendTime(std::string& out, std::int64_t milliseconds);

}  // namespace loam::runtime::plan
