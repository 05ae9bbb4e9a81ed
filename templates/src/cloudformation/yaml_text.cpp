#include "templates/src/cloudformation/yaml_text.hpp"

#include <algorithm>

namespace loam::cloudformation {

namespace {

constexpr char32_t replacement = 0xfffd;

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isReservedWord(std::string_view text) {
    static constexpr std::string_view words[] = {
        "true", "false", "yes", "no", "on", "off", "y", "n", "null"};
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
        return std::equal(text.begin(), text.end(), word.begin(), word.end(),
            [](char given, char lower) { return isLetter(given) && (given | 0x20) == lower; });
    });
}

bool isPlain(std::string_view text) {
    if (text.empty() || (!isLetter(text.front()) && text.front() != '/')) return false;
    if (text.back() == ' ' || text.back() == ':' || isReservedWord(text)) return false;
    if (text.find(": ") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return isLetter(c) || isDigit(c) ||
               std::string_view("_-./:=+@$()* ;").find(c) != std::string_view::npos;
    });
}

/// Takes the first character off the text. The first byte tells how many follow.
char32_t takeCharacter(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const bool isStart = first < 0x80 || (first >= 0xc2 && first < 0xf5);
    char32_t code = length == 1 ? first : first & (0x7fU >> length);
    std::size_t size = 1;
    while (isStart && size < std::min(length, text.size())) {
        const auto next = static_cast<unsigned char>(text[size]);
        if ((next & 0xc0U) != 0x80U) break;
        code = code << 6U | (next & 0x3fU);
        ++size;
    }
    text.remove_prefix(size);
    return isStart && size == length ? code : replacement;
}

/// Whether every reader takes the character as it is, within a line.
bool isPrintable(char32_t c) {
    if (c < 0xa0) return c >= 0x20 && c < 0x7f;
    const bool isNoCharacter = (c & 0xfffeU) == 0xfffeU || (c >= 0xfdd0 && c <= 0xfdef);
    const bool endsLine = c == 0x2028 || c == 0x2029;
    return !isNoCharacter && !endsLine && c != 0xfeff;
}

bool isPrintable(std::string_view text) {
    while (!text.empty()) {
        if (!isPrintable(takeCharacter(text))) return false;
    }
    return true;
}

/// Whether the text reads well, and exactly, as an indented block: printable lines that end with
/// one newline.
bool isBlock(std::string_view text) {
    if (text.size() < 2 || text.back() != '\n' || text[text.size() - 2] == '\n') return false;
    if (text.front() == ' ' || text.front() == '\n') return false;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (!isPrintable(text.substr(0, end))) return false;
        text.remove_prefix(end + 1);
    }
    return true;
}

void appendHex(std::string& out, char32_t c, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
        out += "0123456789abcdef"[c >> static_cast<unsigned>(shift) & 15U];
    }
}

}  // namespace

TextStyle styleOf(std::string_view text) {
    if (isPlain(text)) return TextStyle::Plain;
    if (isBlock(text)) return TextStyle::Block;
    return isPrintable(text) ? TextStyle::SingleQuoted : TextStyle::Escaped;
}

std::string escapedText(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const char32_t c = takeCharacter(text);
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c >= 0x20 && c < 0x7f) {
            if (c == '"' || c == '\\') out += '\\';
            out += static_cast<char>(c);
        } else if (c < 0x10000) {
            out += "\\u";
            appendHex(out, c, 4);
        } else {
            out += "\\U";
            appendHex(out, c, 8);
        }
    }
    return out + '"';
}

}  // namespace loam::cloudformation
