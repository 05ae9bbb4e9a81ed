#include "constructs/src/validation/limits.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace loam {

std::int64_t codePoints(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    });
}

std::optional<double> numberIn(std::string_view text) {
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || rest != end || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::string numberText(double number) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, number);
    return {text, end.ptr};
}

std::string countLimits(std::int64_t minimum, std::int64_t maximum) {
    if (maximum < 0) return "at least " + std::to_string(minimum);
    if (minimum <= 0) return "at most " + std::to_string(maximum);
    if (minimum == maximum) return "exactly " + std::to_string(minimum);
    return std::to_string(minimum) + " to " + std::to_string(maximum);
}

std::string rangeLimits(std::optional<double> minimum, std::optional<double> maximum) {
    std::string text;
    if (minimum) text = "at least " + numberText(*minimum);
    if (maximum) text += (text.empty() ? "at most " : " and at most ") + numberText(*maximum);
    return text;
}

}  // namespace loam
