#include "tests/runtime/model/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace loam::modeltest {
namespace {

using Named = std::pair<std::string_view, std::int64_t>;

/// Moments with their milliseconds since the epoch.
constexpr std::array<Named, 4> moments = {{{"1969-12-31T23:59:59.999Z", -1},
    {"2020-01-01T00:00:00.000Z", 1577836800000}, {"2020-01-01T00:00:00.001Z", 1577836800001},
    {"2021-02-03T04:05:06.789Z", 1612325106789}}};

/// Bytes in base64 and as they are.
const std::array<std::pair<std::string_view, std::string>, 4> bytes = {
    {{"", ""}, {"AA==", std::string(1, '\0')}, {"AQI=", "\x01\x02"}, {"/w==", "\xff"}}};

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::vector<Node> words(std::initializer_list<const char*> texts) {
    return {texts.size() == 0 ? std::vector<Node>{} : [&] {
        std::vector<Node> found;
        for (const char* text : texts) {
            found.push_back(word(text));
        }
        return found;
    }()};
}

std::vector<Node> texts(std::initializer_list<const char*> values) {
    std::vector<Node> found;
    for (const char* value : values) {
        found.push_back(quoted(value));
    }
    return found;
}

double numberOf(const std::string& text) { return std::stod(text); }

}  // namespace

Truth negated(Truth truth) {
    return truth == Truth::Unknown ? truth : truthOf(truth == Truth::False);
}

Truth both(Truth left, Truth right) { return std::min(left, right); }

Truth either(Truth left, Truth right) { return std::max(left, right); }

Value valueOf(Type type, const Node& node) {
    if (node.isNull()) {
        return {};
    }
    switch (type) {
        case Type::Int:
        case Type::BigInt:
            return static_cast<std::int64_t>(std::stoll(node.text));
        case Type::Float:
        case Type::Decimal:
            return numberOf(node.text);
        case Type::Boolean:
            return static_cast<std::int64_t>(node.text == "true");
        case Type::DateTime:
            return std::find_if(moments.begin(), moments.end(), [&](const Named& moment) {
                return moment.first == node.text;
            })->second;
        case Type::Bytes:
            return std::find_if(bytes.begin(), bytes.end(), [&](const auto& pair) {
                return pair.first == node.text;
            })->second;
        case Type::String:
        case Type::Enum:
        case Type::Json:
            break;
    }
    return node.text;
}

std::string shortest(double number) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), end.ptr};
}

std::string jsonOf(Type type, const Value& value) {
    if (isNull(value)) {
        return "null";
    }
    switch (type) {
        case Type::Int:
            return std::to_string(std::get<std::int64_t>(value));
        case Type::BigInt:
            return jsonString(std::to_string(std::get<std::int64_t>(value)));
        case Type::Float:
            return shortest(std::get<double>(value));
        case Type::Decimal:
            return jsonString(shortest(std::get<double>(value)));
        case Type::Boolean:
            return std::get<std::int64_t>(value) != 0 ? "true" : "false";
        case Type::DateTime:
            for (const Named& moment : moments) {
                if (moment.second == std::get<std::int64_t>(value)) {
                    return jsonString(moment.first);
                }
            }
            throw std::logic_error("an unknown moment");
        case Type::Bytes:
            for (const auto& [encoded, raw] : bytes) {
                if (raw == std::get<std::string>(value)) {
                    return jsonString(encoded);
                }
            }
            throw std::logic_error("unknown bytes");
        case Type::String:
        case Type::Enum:
        case Type::Json:
            break;
    }
    return jsonString(std::get<std::string>(value));
}

bool isLike(std::string_view text, std::string_view pattern) {
    if (pattern.empty()) {
        return text.empty();
    }
    if (pattern.front() == '%') {
        for (std::size_t at = 0; at <= text.size(); ++at) {
            if (isLike(text.substr(at), pattern.substr(1))) {
                return true;
            }
        }
        return false;
    }
    if (text.empty()) {
        return false;
    }
    if (pattern.front() == '_') {
        // One character, however many bytes it has.
        std::size_t size = 1;
        while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
            ++size;
        }
        return isLike(text.substr(size), pattern.substr(1));
    }
    return lower(text.front()) == lower(pattern.front()) &&
           isLike(text.substr(1), pattern.substr(1));
}

const std::vector<Node>& samples(Type type) {
    static const std::vector<Node> all[] = {
        words({"-3", "0", "1", "2", "3", "7"}),
        words({"-5", "1", "2", "3", "9007199254740993"}),
        words({"-1.5", "0", "0.25", "2", "3.75"}),
        texts({"-2", "0.5", "1.25", "10"}),
        words({"true", "false"}),
        texts({"", "a", "A", "ab", "bA", "b%", "x_y", "\xC3\xA4", "q\"r\\"}),
        texts({"1969-12-31T23:59:59.999Z", "2020-01-01T00:00:00.000Z", "2020-01-01T00:00:00.001Z",
            "2021-02-03T04:05:06.789Z"}),
        texts({"", "AA==", "AQI=", "/w=="}),
        words({"RED", "GREEN", "BLUE"}),
        texts({"{\"a\":1}", "[1,2]", "\"x\"", "7"}),
    };
    return all[static_cast<std::size_t>(type)];
}

Node keySample(Type type, std::size_t index) {
    return type == Type::Int
               ? word(std::to_string(index + 1))
               : quoted("k" + std::to_string(index + 1));
}

}  // namespace loam::modeltest
