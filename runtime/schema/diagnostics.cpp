#include "runtime/schema/diagnostics.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace loam::runtime::schema {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Levenshtein distance without regard to case.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(left[i]) == lower(right[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

std::string joinMessages(const std::vector<Diagnostic>& diagnostics) {
    std::string text;
    for (const auto& diagnostic : diagnostics) {
        if (!text.empty()) text += '\n';
        text += diagnostic.toString();
    }
    return text;
}

}  // namespace

std::string Diagnostic::toString() const {
    return file + ':' + std::to_string(line) + ':' + std::to_string(column) + ": " + message;
}

SchemaError::SchemaError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(joinMessages(diagnostics)), diagnostics_(std::move(diagnostics)) {}

void Diagnostics::report(const Position& position, std::string message) {
    if (found_.size() >= limit) return;
    const auto same = [&](const Found& other) {
        return std::tie(other.position.file, other.position.line, other.position.column) ==
                   std::tie(position.file, position.line, position.column) &&
               other.message == message;
    };
    if (std::any_of(found_.begin(), found_.end(), same)) return;
    found_.push_back({position, std::move(message)});
}

void Diagnostics::throwIfAny() const {
    if (found_.empty()) return;
    auto sorted = found_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Found& left, const Found& right) {
        return std::tie(left.position.file, left.position.line, left.position.column) <
               std::tie(right.position.file, right.position.line, right.position.column);
    });
    std::vector<Diagnostic> diagnostics;
    for (auto& found : sorted) {
        diagnostics.push_back({files_.at(found.position.file), found.position.line,
            found.position.column, std::move(found.message)});
    }
    throw SchemaError(std::move(diagnostics));
}

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
    constexpr std::size_t longest = 100;
    if (name.size() > longest) return {};
    std::string_view best;
    std::size_t bestDistance = std::min(name.size(), name.size() / 3 + 2);
    for (const auto candidate : candidates) {
        if (candidate.size() > longest) continue;
        const auto steps = distance(name, candidate);
        if (steps < bestDistance) {
            bestDistance = steps;
            best = candidate;
        }
    }
    return best;
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates) {
    const auto found = nearest(name, candidates);
    return found.empty() ? std::string() : " Did you mean \"" + std::string(found) + "\"?";
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += '`' + names[i] + '`';
    }
    return text;
}

}  // namespace loam::runtime::schema
