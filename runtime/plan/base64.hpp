#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loam::runtime::plan {

/// Appends the bytes in padded base64.
void appendBase64(std::string& out, std::string_view bytes);

/// The bytes, or nothing when the text is not base64. Accepts the standard and the URL alphabet,
/// with and without padding.
std::optional<std::string> decodeBase64(std::string_view text);

}  // namespace loam::runtime::plan
