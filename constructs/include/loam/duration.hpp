#pragma once

// Durations are those of the standard library. `using namespace loam` makes `5min`, `30s`, `1h` and
// `days{1}` available.

#include <chrono>

namespace loam {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

inline namespace literals {
using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;
}  // namespace literals

}  // namespace loam
