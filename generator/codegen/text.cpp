#include "generator/codegen/text.hpp"

namespace loam::codegen {

std::string concat(std::initializer_list<std::string_view> pieces) {
    std::string text;
    for (const auto piece : pieces) text += piece;
    return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const auto& part : parts) {
        if (&part != &parts.front()) text += separator;
        text += part;
    }
    return text;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        // The question mark stops "??)" from being read as a trigraph.
        if (c == '"' || c == '\\' || c == '?') result += '\\';
        result += c;
    }
    return result + '"';
}

}  // namespace loam::codegen
