#include "runtime/result/number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace loam::runtime::result {
namespace {

template <typename Number, typename... Format>
void append(std::string& out, Number number, Format... format) {
    char digits[400];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number, format...).ptr);
}

}  // namespace

void appendNumber(std::string& out, std::int64_t number) { append(out, number); }

void appendNumber(std::string& out, double number) { append(out, number); }

void appendPlain(std::string& out, double number) {
    std::string digits;
    append(digits, std::abs(number), std::chars_format::scientific);
    const std::size_t mark = digits.find('e');
    const int exponent = std::atoi(digits.c_str() + mark + 1);
    digits.resize(mark);
    digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
    const int wholeDigits = exponent + 1;
    const int count = static_cast<int>(digits.size());
    out += number < 0 ? "-" : "";
    if (wholeDigits <= 0) {
        out.append("0.").append(static_cast<std::size_t>(-wholeDigits), '0').append(digits);
    } else if (wholeDigits >= count) {
        out.append(digits).append(static_cast<std::size_t>(wholeDigits - count), '0');
    } else {
        digits.insert(static_cast<std::size_t>(wholeDigits), ".");
        out.append(digits);
    }
}

}  // namespace loam::runtime::result
