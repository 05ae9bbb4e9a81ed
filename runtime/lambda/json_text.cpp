#include "runtime/lambda/json_text.hpp"

#include <array>
#include <charconv>

#include "runtime/request/text.hpp"

namespace loam::runtime::lambda {

std::string quoted(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    request::appendJsonString(out, text);
    return out;
}

std::string number(double value) {
    std::array<char, 32> buffer{};
    char* const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

}  // namespace loam::runtime::lambda
