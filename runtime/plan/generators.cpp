#include "runtime/plan/generators.hpp"

#include <array>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <string_view>
#include <sys/random.h>
#include <system_error>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"

namespace loam::runtime::plan {
namespace {

constexpr std::string_view base36 = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view urlAlphabet =
    "ModuleSymbhasOwnPr-0123456789ABCDEFGHNRVfgctiUvz_KqYTJkLxpZXIjQW";

/// Random letters, each equally likely.
std::string randomText(std::size_t length, std::string_view alphabet, const Sources& sources) {
    const std::size_t fair = 256 / alphabet.size() * alphabet.size();
    std::string text;
    std::array<std::uint8_t, 64> bytes{};
    while (true) {
        sources.random(bytes);
        for (const std::uint8_t byte : bytes) {
            if (text.size() == length) {
                return text;
            }
            if (byte < fair) {
                text.push_back(alphabet[byte % alphabet.size()]);
            }
        }
    }
}

/// The last `width` digits of a number in the base of the alphabet.
std::string digits(std::uint64_t number, std::size_t width, std::string_view alphabet) {
    std::string text(width, alphabet.front());
    for (std::size_t index = width; index > 0; --index) {
        text[index - 1] = alphabet[number % alphabet.size()];
        number /= alphabet.size();
    }
    return text;
}

Scalar literal(const schema::Field& field, const std::string& text) {
    switch (field.scalar) {
        case schema::ScalarType::Int:
        case schema::ScalarType::BigInt: {
            std::int64_t number = 0;
            std::from_chars(text.data(), text.data() + text.size(), number);
            return number;
        }
        case schema::ScalarType::Float: {
            double number = 0;
            std::from_chars(text.data(), text.data() + text.size(), number);
            return number;
        }
        case schema::ScalarType::Decimal:
            return Decimal{text};
        case schema::ScalarType::Boolean:
            return text == "true";
        case schema::ScalarType::String:
            return text;
        case schema::ScalarType::DateTime:
            return DateTime{parseStoredTime(text).value_or(0)};
        case schema::ScalarType::Bytes:
            return Bytes{decodeBase64(text).value_or("")};
        case schema::ScalarType::Json:
            return Json{text};
    }
    return {};
}

}  // namespace

Sources systemSources() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count(),
        [](std::span<std::uint8_t> bytes) {
            // Requests of at most 256 bytes are never cut short once the pool is ready.
            assert(bytes.size() <= 256);
            while (getrandom(bytes.data(), bytes.size(), 0) < 0) {
                if (errno != EINTR) {
                    throw std::system_error(errno, std::generic_category(), "getrandom");
                }
            }
        }};
}

std::string makeUuid(int version, const Sources& sources) {
    std::array<std::uint8_t, 16> bytes{};
    sources.random(bytes);
    if (version == 7) {
        auto time = static_cast<std::uint64_t>(sources.nowMilliseconds);
        for (std::size_t index = 6; index > 0; --index) {
            bytes[index - 1] = static_cast<std::uint8_t>(time & 0xFF);
            time >>= 8;
        }
    }
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | (version == 7 ? 0x70 : 0x40));
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    std::string text;
    for (std::size_t index = 0; index < bytes.size(); ++index) {
        if (index == 4 || index == 6 || index == 8 || index == 10) {
            text.push_back('-');
        }
        text.push_back(base36[bytes[index] >> 4]);
        text.push_back(base36[bytes[index] & 0xF]);
    }
    return text;
}

std::string makeCuid(int version, const Sources& sources) {
    if (version == 2) {
        return randomText(1, base36.substr(10), sources) + randomText(23, base36, sources);
    }
    static std::atomic<std::uint32_t> counter{0};
    return "c" + digits(static_cast<std::uint64_t>(sources.nowMilliseconds), 8, base36) +
           digits(counter++, 4, base36) + randomText(12, base36, sources);
}

std::string makeNanoid(std::size_t length, const Sources& sources) {
    return randomText(length, urlAlphabet, sources);
}

std::string makeUlid(const Sources& sources) {
    return digits(static_cast<std::uint64_t>(sources.nowMilliseconds), 10, crockford) +
           randomText(16, crockford, sources);
}

std::optional<Scalar>
defaultValue(const schema::Schema& schema, const schema::Field& field, const Sources& sources) {
    if (!field.defaultValue) {
        return std::nullopt;
    }
    const schema::Default& value = *field.defaultValue;
    switch (value.kind) {
        case schema::DefaultKind::Literal:
            return literal(field, value.text);
        case schema::DefaultKind::EnumValue:
            return schema.enums[field.enumIndex].findValue(value.text)->databaseName;
        case schema::DefaultKind::Now:
            return DateTime{sources.nowMilliseconds};
        case schema::DefaultKind::Uuid:
            return makeUuid(value.argument, sources);
        case schema::DefaultKind::Cuid:
            return makeCuid(value.argument, sources);
        case schema::DefaultKind::Nanoid:
            return makeNanoid(static_cast<std::size_t>(value.argument), sources);
        case schema::DefaultKind::Ulid:
            return makeUlid(sources);
        case schema::DefaultKind::AutoIncrement:
        case schema::DefaultKind::DbGenerated:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace loam::runtime::plan
