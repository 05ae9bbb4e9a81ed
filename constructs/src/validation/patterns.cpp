#include "constructs/src/validation/patterns.hpp"

#include <re2/re2.h>
#include <string>

namespace loam {

namespace {

/// ECMA's `\u00e9` in the notation of RE2; everything else that both know is written alike.
std::string translated(std::string_view pattern) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 5 < pattern.size() && pattern[i + 1] == 'u') {
            text.append("\\x{").append(pattern.substr(i + 2, 4)).append("}");
            i += 5;
            continue;
        }
        text += pattern[i];
        // What follows a backslash is never the start of an escape of its own.
        if (pattern[i] == '\\' && i + 1 < pattern.size()) text += pattern[++i];
    }
    return text;
}

std::unique_ptr<RE2> compile(std::string_view pattern) {
    RE2::Options options(RE2::Quiet);
    options.set_never_capture(true);
    auto expression = std::make_unique<RE2>(translated(pattern), options);
    return expression->ok() ? std::move(expression) : nullptr;
}

}  // namespace

bool describes(std::string_view pattern, std::string_view text) {
    const auto expression = compile(pattern);
    return expression == nullptr ||
           RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *expression);
}

Patterns::Patterns() = default;
Patterns::~Patterns() = default;

bool Patterns::accepts(const char* pattern, std::string_view text) {
    const auto [entry, isNew] = compiled_.try_emplace(pattern);
    if (isNew) {
        entry->second = compile(pattern);
        if (entry->second == nullptr) ++ignored_;
    }
    if (entry->second == nullptr) return true;
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *entry->second);
}

}  // namespace loam
