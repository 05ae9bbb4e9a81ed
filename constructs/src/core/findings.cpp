#include <loam/error.hpp>
#include <loam/findings.hpp>

#include <algorithm>
#include <tuple>

#include "constructs/src/core/construct_state.hpp"

namespace loam {

void Findings::error(
    const Construct& at, std::string_view id, std::string message, std::string property) {
    add(Severity::Error, at, id, std::move(message), std::move(property));
}

void Findings::warning(
    const Construct& at, std::string_view id, std::string message, std::string property) {
    add(Severity::Warning, at, id, std::move(message), std::move(property));
}

void Findings::add(Severity severity, const Construct& at, std::string_view id, std::string message,
    std::string property) {
    const auto where = at.userLocation();
    const auto* reason = acknowledgement(at, id);
    findings_.push_back({severity, std::string(id), std::string(at.path()), std::move(property),
        std::move(message), where.file, where.line, reason == nullptr ? "" : *reason});
}

void Findings::append(const Findings& other) {
    findings_.insert(findings_.end(), other.findings_.begin(), other.findings_.end());
}

bool Findings::failed() const {
    return std::ranges::any_of(findings_, [](const Finding& finding) {
        return finding.severity == Severity::Error && finding.acknowledged.empty();
    });
}

void Findings::sort() {
    std::ranges::stable_sort(findings_, {}, [](const Finding& finding) {
        return std::tie(finding.path, finding.property, finding.id, finding.message);
    });
}

std::string describe(const Finding& finding) {
    std::string text = finding.severity == Severity::Error ? "error" : "warning";
    text += " " + finding.id + " [" + finding.path + "]";
    if (!finding.property.empty()) text += " " + finding.property;
    text += ": " + finding.message + "\n";
    if (!finding.file.empty()) {
        text += "    made at " + finding.file + ":" + std::to_string(finding.line) + "\n";
    }
    if (!finding.acknowledged.empty()) text += "    acknowledged: " + finding.acknowledged + "\n";
    return text;
}

}  // namespace loam
