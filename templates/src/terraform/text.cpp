#include "templates/src/terraform/text.hpp"

#include <cctype>
#include <cstdint>

namespace loam::terraform {

namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string escapeControl(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    return out;
}

std::string hash(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    std::uint64_t value = 1469598103934665603U;
    for (char c : text) {
        value = (value ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
    std::string out;
    for (int shift = 28; shift >= 0; shift -= 4) {
        out += digits[((value >> 32U) ^ value) >> static_cast<unsigned>(shift) & 15U];
    }
    return out;
}

}  // namespace

std::string escapeTemplate(std::string_view text, bool beforeExpression) {
    const auto isMark = [](char c) { return c == '$' || c == '%'; };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool last = i + 1 == text.size();
        const char next = !last ? text[i + 1] : beforeExpression ? '$' : '\0';
        if (isMark(c) && next == '{') {
            out += c;
            out += c;
        } else if (isMark(c) && isMark(next)) {
            // Together with what becomes of the next mark it could be read as an escape.
            out += std::string("${\"") + c + "\"}";
        } else {
            out += c;
        }
    }
    return out;
}

std::string quoted(std::string_view text) {
    return '"' + escapeTemplate(escapeControl(text)) + '"';
}

Template Template::literal(std::string text) {
    Template out;
    if (!text.empty()) out.pieces_.push_back({false, std::move(text)});
    return out;
}

Template Template::expression(std::string text) {
    Template out;
    out.pieces_.push_back({true, std::move(text)});
    return out;
}

Template& Template::operator+=(const Template& other) {
    for (const auto& piece : other.pieces_) {
        if (!piece.expression && !pieces_.empty() && !pieces_.back().expression) {
            pieces_.back().text += piece.text;
        } else {
            pieces_.push_back(piece);
        }
    }
    return *this;
}

Template Template::withoutEnd(std::string_view end) const {
    Template out = *this;
    if (out.pieces_.empty() || out.pieces_.back().expression) return out;
    auto& text = out.pieces_.back().text;
    if (text.ends_with(end)) text.erase(text.size() - end.size());
    if (text.empty()) out.pieces_.pop_back();
    return out;
}

bool Template::isLiteral() const {
    return pieces_.empty() || (pieces_.size() == 1 && !pieces_.front().expression);
}

std::string Template::literalText() const {
    return pieces_.empty() ? std::string() : pieces_.front().text;
}

template <class Prepare>
std::string Template::joined(Prepare prepare) const {
    std::string out;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const auto& piece = pieces_[i];
        // Two literal pieces never stand side by side.
        out +=
            piece.expression
                ? "${" + piece.text + "}"
                : escapeTemplate(prepare(piece.text), i + 1 < pieces_.size());
    }
    return out;
}

std::string Template::inJson() const {
    return joined([](const std::string& text) { return text; });
}

std::string Template::inDocument() const {
    return joined([](const std::string& text) { return escapeControl(text); });
}

std::string Template::inExpression() const {
    if (isExpression()) return pieces_.front().text;
    return '"' + inDocument() + '"';
}

std::string snakeCase(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!isUpper(c)) {
            out += c;
            continue;
        }
        const bool afterWord = i > 0 && (isLower(name[i - 1]) || isDigit(name[i - 1]));
        const bool beforeWord =
            i > 0 && isUpper(name[i - 1]) && i + 1 < name.size() && isLower(name[i + 1]);
        if (afterWord || beforeWord) out += '_';
        out += static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string labelOf(std::string_view text) {
    constexpr std::size_t longest = 40;
    std::string out;
    for (char c : text.substr(0, longest)) {
        const bool allowed = isUpper(c) || isLower(c) || isDigit(c) || c == '_';
        out += allowed ? c : '_';
    }
    if (out == text && !out.empty()) return out;
    return out + "_" + hash(text);
}

std::string base64OfHex(std::string_view hex) {
    static constexpr char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto nibble = [](char c) {
        return static_cast<std::uint32_t>(isDigit(c) ? c - '0' : std::tolower(c) - 'a' + 10);
    };
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (char c : hex) {
        bits = bits << 4U | nibble(c);
        count += 4;
        if (count >= 6) {
            count -= 6;
            out += alphabet[bits >> static_cast<unsigned>(count) & 63U];
        }
    }
    if (count > 0) out += alphabet[bits << static_cast<unsigned>(6 - count) & 63U];
    while (out.size() % 4 != 0) out += '=';
    return out;
}

}  // namespace loam::terraform
