#include "constructs/src/validation/texts.hpp"

#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

constexpr std::string_view partitionText = "arn:aws:";

void checkPartition(
    const std::string& text, const PropertyPath& path, const Construct& at, Findings& findings) {
    const std::size_t start = text.find(partitionText);
    if (start == std::string::npos) return;
    findings.warning(at, rules::hardCodedPartition,
        shown(Str(std::string_view(text).substr(start))) +
            " is valid in the partition aws only; write \"arn:\" + partition() + \":\" or use "
            "formatArn",
        path.text());
}

/// Length of the UTF-8 character at the start of the text, or 0 if there is none.
std::size_t characterLength(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length =
        first < 0xc2   ? 0
        : first < 0xe0 ? 2
        : first < 0xf0 ? 3
        : first < 0xf5
            ? 4
            : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
    }
    // Longer than needed, half of a pair of UTF-16, or beyond Unicode.
    const bool invalid =
        (first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f) ||
        (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f);
    return invalid ? 0 : length;
}

}  // namespace

void checkText(
    const std::string& text, const PropertyPath& path, const Construct& at, Findings& findings) {
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t length = characterLength(std::string_view(text).substr(i));
        if (length == 0) {
            findings.error(at, rules::notUtf8,
                "byte " + std::to_string(i) +
                    " of the text is not UTF-8, which templates are written in; give "
                    "binary data as base64",
                path.text());
            return;
        }
        i += length;
    }
    checkPartition(text, path, at, findings);
}

}  // namespace loam
