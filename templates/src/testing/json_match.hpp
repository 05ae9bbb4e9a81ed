#pragma once

// How an expectation is compared with a document; testing.hpp describes it.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace loam::testing {

/// The first place where they differ: `Statement.0.Effect is "Deny", expected "Allow"`; nothing if
/// the actual value matches. A null `actual` means that there is no value.
std::optional<std::string> firstDifference(
    const nlohmann::json& expected, const nlohmann::json* actual, const std::string& path = {});

}  // namespace loam::testing
