#include "constructs/src/core/logical_id.hpp"

#include <loam/stack.hpp>

#include <algorithm>
#include <cctype>
#include <sha2.h>

namespace loam {

namespace {

constexpr std::size_t maximumLength = 255;
constexpr std::size_t hashLength = 8;

bool isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// The path below the stack, `MyLamDB/Writer/Resource`.
std::string_view pathInStack(const Element& element) {
    return element.path().substr(element.stack().path().size() + 1);
}

/// Without the last id if that is `Resource` or `Default`: a construct's one main resource.
std::string_view withoutMain(std::string_view path) {
    for (const std::string_view main : {"/Resource", "/Default"}) {
        if (path.ends_with(main)) return path.substr(0, path.size() - main.size());
    }
    return path;
}

}  // namespace

std::string sha256Hex(std::string_view bytes) {
    char text[SHA256_DIGEST_STRING_LENGTH];
    SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), text);
    return text;
}

std::string logicalIdFromPath(const Element& element) {
    const auto path = pathInStack(element);
    const auto readable = withoutMain(path);
    std::string id;
    std::ranges::copy_if(readable, std::back_inserter(id), isAlphanumeric);
    if (id.size() == readable.size() && id.size() <= maximumLength) return id;

    id.resize(std::min(id.size(), maximumLength - hashLength));
    for (const char digit : sha256Hex(path).substr(0, hashLength)) {
        id += static_cast<char>(std::toupper(static_cast<unsigned char>(digit)));
    }
    return id;
}

}  // namespace loam
