#include "runtime/queryplan/field_value.hpp"

#include <cmath>
#include <optional>
#include <string>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/queryplan/error.hpp"
#include "runtime/queryplan/evaluator.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::queryplan {
namespace {

class FieldWriter {
  public:
    FieldWriter(std::string& out, const Field& field, std::string_view name, Budget& budget)
        : out_(out), field_(field), name_(name), budget_(budget) {}

    void append(const Value& value) {
        switch (field_.type) {
            case FieldType::String:
                appendString(value);
                return;
            case FieldType::Int:
                appendInt(value);
                return;
            case FieldType::BigInt:
                appendBigInt(value);
                return;
            case FieldType::Float:
                appendFloat(value);
                return;
            case FieldType::Boolean:
                appendBoolean(value);
                return;
            case FieldType::Decimal:
                appendDecimal(value);
                return;
            case FieldType::DateTime:
                appendDateTime(value);
                return;
            case FieldType::Json:
            case FieldType::Object:
                appendDocument(value);
                return;
            case FieldType::Bytes:
                appendBytes(value);
                return;
            case FieldType::Enum:
                appendEnum(value);
                return;
            case FieldType::Unsupported:
                appendJson(out_, value, budget_);
                return;
        }
    }

  private:
    [[noreturn]] void fail(std::string_view expected, const Value& value) const {
        std::string given(kindOf(value));
        if (const auto* text = std::get_if<std::string>(&value)) {
            constexpr std::size_t longest = 100;
            given += ": " + text->substr(0, longest);
        }
        throw inconsistent(
            "Expected " + std::string(expected) + " in column '" + std::string(name_) + "', got " +
            given);
    }

    void appendTagged(std::string_view type, std::string_view text) {
        out_.append(R"({"$type":")").append(type).append(R"(","value":")");
        out_.append(text).append("\"}");
    }

    void appendString(const Value& value) {
        if (!std::holds_alternative<std::string>(value) &&
            !std::holds_alternative<plan::DateTime>(value)) {
            fail("a string", value);
        }
        appendJson(out_, value, budget_);
    }

    std::optional<double> number(const Value& value) const {
        if (const auto* real = std::get_if<double>(&value)) {
            return std::isfinite(*real) ? std::optional(*real) : std::nullopt;
        }
        const auto* text = std::get_if<std::string>(&value);
        return text == nullptr ? std::nullopt : parseNumber(*text);
    }

    void appendInt(const Value& value) {
        std::int64_t integer = 0;
        if (const auto* found = std::get_if<std::int64_t>(&value)) {
            integer = *found;
        } else if (const auto real = number(value);
                   real && std::abs(*real) <= static_cast<double>(safeInteger)) {
            integer = static_cast<std::int64_t>(*real);
        } else {
            fail("an integer", value);
        }
        if (integer > safeInteger || integer < -safeInteger) {
            throw inconsistent(
                "Integer value in column '" + std::string(name_) +
                "' is too large to represent as a JavaScript number without loss of precision, "
                "got: " +
                std::to_string(integer) + ". Consider using BigInt type.");
        }
        out_ += std::to_string(integer);
    }

    void appendBigInt(const Value& value) {
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            appendTagged("BigInt", std::to_string(*integer));
            return;
        }
        const auto* text = std::get_if<std::string>(&value);
        const auto parsed = text == nullptr ? std::nullopt : parseInteger(*text);
        const auto real = number(value);
        if (parsed) {
            appendTagged("BigInt", std::to_string(*parsed));
        } else if (real && std::trunc(*real) == *real) {
            std::string digits;
            appendNumber(digits, *real, true);
            appendTagged("BigInt", digits);
        } else {
            fail("a bigint", value);
        }
    }

    void appendFloat(const Value& value) {
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            out_ += std::to_string(*integer);
        } else if (const auto real = number(value)) {
            appendNumber(out_, *real);
        } else {
            fail("a float", value);
        }
    }

    void appendBoolean(const Value& value) {
        const auto* text = std::get_if<std::string>(&value);
        bool flag = false;
        if (const auto* boolean = std::get_if<bool>(&value)) {
            flag = *boolean;
        } else if (const auto* bytes = std::get_if<plan::Bytes>(&value)) {
            flag = bytes->data.find_first_not_of('\0') != std::string::npos;
        } else if (text != nullptr && (*text == "true" || *text == "TRUE" || *text == "1")) {
            flag = true;
        } else if (text != nullptr && (*text == "false" || *text == "FALSE" || *text == "0")) {
            flag = false;
        } else if (text == nullptr &&
                   (std::holds_alternative<std::int64_t>(value) ||
                       std::holds_alternative<double>(value))) {
            flag = asNumber(value) == 1;
        } else {
            fail("a boolean", value);
        }
        out_ += flag ? "true" : "false";
    }

    void appendDecimal(const Value& value) {
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            appendTagged("Decimal", std::to_string(*integer));
        } else if (const auto* text = std::get_if<std::string>(&value);
                   text != nullptr && parseNumber(*text)) {
            appendTagged("Decimal", *text);
        } else if (const auto real = number(value)) {
            std::string digits;
            appendNumber(digits, *real, true);
            appendTagged("Decimal", digits);
        } else {
            fail("a decimal", value);
        }
    }

    void appendDateTime(const Value& value) {
        const auto time = asTime(value);
        if (!time) {
            fail("a date", value);
        }
        std::string text;
        plan::appendTime(text, time->milliseconds);
        appendTagged("DateTime", text);
    }

    void appendDocument(const Value& value) {
        std::string document;
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr || field_.type == FieldType::Object) {
            appendJson(document, value, budget_);
        }
        out_ += R"({"$type":"Json","value":)";
        request::appendJsonString(out_, document.empty() ? *text : document);
        out_ += '}';
    }

    void appendBytes(const Value& value) {
        const auto* bytes = std::get_if<plan::Bytes>(&value);
        const auto* text = std::get_if<std::string>(&value);
        if (bytes == nullptr && text == nullptr) {
            fail("bytes", value);
        }
        std::string encoded;
        if (bytes != nullptr) {
            plan::appendBase64(encoded, bytes->data);
        } else if (field_.encoding == BytesEncoding::Array) {
            plan::appendBase64(encoded, *text);
        } else {
            plan::appendBase64(encoded, decode(*text));
        }
        budget_.spend(encoded.size());
        appendTagged("Bytes", encoded);
    }

    std::string decode(const std::string& text) const {
        if (field_.encoding == BytesEncoding::Base64) {
            if (auto bytes = plan::decodeBase64(text)) {
                return *bytes;
            }
            fail("base64", text);
        }
        if (!text.starts_with("\\x") || text.size() % 2 != 0 ||
            text.find_first_not_of("0123456789abcdefABCDEF", 2) != std::string::npos) {
            fail("hexadecimal digits after \\x", text);
        }
        std::string bytes;
        for (std::size_t at = 2; at < text.size(); at += 2) {
            bytes.push_back(static_cast<char>(std::stoi(text.substr(at, 2), nullptr, 16)));
        }
        return bytes;
    }

    void appendEnum(const Value& value) {
        std::string stored;
        if (const auto* text = std::get_if<std::string>(&value)) {
            stored = *text;
        } else {
            appendJson(stored, value, budget_);
        }
        for (const auto& [name, answer] : *field_.names) {
            if (name == stored) {
                request::appendJsonString(out_, answer);
                return;
            }
        }
        throw inconsistent(
            "Value '" + stored.substr(0, 100) + "' in column '" + std::string(name_) +
            "' not found in enum");
    }

    std::string& out_;
    const Field& field_;
    std::string_view name_;
    Budget& budget_;
};

}  // namespace

void appendFieldValue(std::string& out, const Value& value, const Field& field,
    std::string_view name, Budget& budget) {
    FieldWriter(out, field, name, budget).append(value);
}

}  // namespace loam::runtime::queryplan
