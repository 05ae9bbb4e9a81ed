#pragma once

// How a text is spelled in YAML. Plain text may mean something else than a string: `on`, `0750`,
// `2012-10-17`, `1e3`; so only text that surely means itself is left without quotes. And readers
// take some characters for the end of a line (U+0085, U+2028) or refuse them (delete, C1 controls),
// so a text with one of them is written with escapes.

#include <cstdint>
#include <string>
#include <string_view>

namespace loam::cloudformation {

enum class TextStyle : std::uint8_t {
    /// Without quotes.
    Plain,
    /// Indented lines below `|`.
    Block,
    SingleQuoted,
    /// Between double quotes, as `escapedText` spells it.
    Escaped,
};

/// The most readable style in which readers of YAML 1.1 and 1.2 get the text back exactly.
TextStyle styleOf(std::string_view text);

/// The text between double quotes, in ASCII. What is not UTF-8 becomes the replacement character.
std::string escapedText(std::string_view text);

}  // namespace loam::cloudformation
