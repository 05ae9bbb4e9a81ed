#include "templates/src/json/json_writer.hpp"

#include <loam/error.hpp>

#include <charconv>
#include <cmath>

#include "templates/src/json/document_walk.hpp"

namespace loam {

namespace {

const char* escapeOf(unsigned char c) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\b':
            return "\\b";
        case '\f':
            return "\\f";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            return nullptr;
    }
}

bool plainInJson(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f; }

class JsonWriter {
  public:
    explicit JsonWriter(JsonStyle style) : pretty_(style == JsonStyle::Pretty) {}

    std::string take() { return std::move(out_); }

    // What `walkDocument` calls.
    void text(const std::string& text) { appendJsonString(out_, text); }
    void number(const Value& number) { appendNumber(out_, number); }
    void boolean(bool value) { out_ += value ? "true" : "false"; }
    bool beginMap(const Value&, bool) {
        open('{');
        return true;
    }
    void key(std::string_view name) {
        item();
        appendJsonString(out_, name);
        out_ += pretty_ ? ": " : ":";
    }
    void endMap() { close('}'); }
    void beginList(bool) { open('['); }
    void item() {
        if (!empty_) out_ += ',';
        empty_ = false;
        startLine();
    }
    void endList() { close(']'); }

  private:
    void open(char bracket) {
        out_ += bracket;
        ++depth_;
        empty_ = true;
    }

    void close(char bracket) {
        --depth_;
        if (!empty_) startLine();
        out_ += bracket;
        empty_ = false;
    }

    void startLine() {
        if (!pretty_) return;
        out_ += '\n';
        out_.append(2 * depth_, ' ');
    }

    std::string out_;
    std::size_t depth_ = 0;
    bool pretty_;
    /// Whether the innermost open bracket has no entry yet.
    bool empty_ = true;
};

}  // namespace

void appendJsonString(std::string& out, std::string_view text) {
    out += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (plainInJson(c)) continue;
        out.append(text, start, i - start);
        start = i + 1;
        if (const char* escape = escapeOf(c)) {
            out += escape;
        } else {
            static constexpr char digits[] = "0123456789abcdef";
            out += "\\u00";
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    out.append(text, start, text.size() - start);
    out += '"';
}

void appendNumber(std::string& out, const Value& number) {
    const auto& node = as<NumberNode>(*number.node());
    char text[32];
    std::to_chars_result end{};
    if (node.integral) {
        end = std::to_chars(text, text + sizeof text, node.integer);
    } else if (std::isfinite(node.real)) {
        end = std::to_chars(text, text + sizeof text, node.real);
    } else {
        throw ValidationError({}, "a number must be finite to be written into a document");
    }
    out.append(text, end.ptr);
}

std::string writeJson(const Value& value, JsonStyle style) {
    if (!value.present()) return "null";
    JsonWriter writer(style);
    walkDocument(value, writer);
    return writer.take();
}

}  // namespace loam
