#include "generator/codegen/names.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace loam::codegen {
namespace {

// Sorted. Keywords, then words that common headers or compilers define as macros.
constexpr std::string_view keywords[] = {"alignas", "alignof", "and", "and_eq", "asm", "auto",
    "bitand", "bitor", "bool", "break", "case", "catch", "char", "char16_t", "char32_t", "char8_t",
    "class", "co_await", "co_return", "co_yield", "compl", "concept", "const", "const_cast",
    "consteval", "constexpr", "constinit", "continue", "decltype", "default", "delete", "do",
    "double", "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false", "float",
    "for", "friend", "goto", "if", "inline", "int", "long", "mutable", "namespace", "new",
    "noexcept", "not", "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected",
    "public", "register", "reinterpret_cast", "requires", "return", "short", "signed", "sizeof",
    "static", "static_assert", "static_cast", "struct", "switch", "template", "this",
    "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned",
    "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq"};
constexpr std::string_view macros[] = {
    "assert", "errno", "linux", "major", "makedev", "minor", "stderr", "stdin", "stdout", "unix"};

// Sorted. What generated code uses from namespace loam, and from loam::aws.
constexpr std::string_view coreNames[] = {"Any", "Bool", "Constant", "List", "Map", "Num",
    "NumList", "Obj", "Resource", "ResourceType", "Scope", "Str", "StrList", "StrMap",
    "StructTable", "Tag", "TypedResource"};

template <std::size_t N>
bool contains(const std::string_view (&sorted)[N], std::string_view name) {
    return std::binary_search(std::begin(sorted), std::end(sorted), name);
}

bool isAlnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool isDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool isLower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

/// One piece of a value between separators; capitals only become a capitalized word.
std::string word(std::string_view piece) {
    std::string result(piece);
    if (std::none_of(result.begin(), result.end(), isLower)) {
        std::transform(result.begin(), result.end(), result.begin(), lower);
    }
    result[0] = upper(result[0]);
    return result;
}

std::string symbolName(std::string_view value) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string result = value.empty() ? "Empty" : "Char";
    for (const char c : value) {
        result += digits[static_cast<unsigned char>(c) >> 4];
        result += digits[static_cast<unsigned char>(c) & 15];
    }
    return result;
}

}  // namespace

std::string memberName(std::string_view property) {
    std::string name(property);
    name[0] = lower(name[0]);
    // Every struct has a static member "table".
    if (contains(keywords, name) || contains(macros, name) || name == "table") name += '_';
    return name;
}

std::string raised(std::string_view name) {
    std::string result(name);
    result[0] = upper(result[0]);
    return result;
}

std::string constantName(std::string_view value) {
    std::string name;
    std::size_t at = 0;
    while (at < value.size()) {
        auto end = at;
        while (end < value.size() && isAlnum(value[end])) ++end;
        if (end > at) {
            if (!name.empty() && isDigit(name.back()) && isDigit(value[at])) name += '_';
            name += word(value.substr(at, end - at));
        }
        at = end + 1;
    }
    if (name.empty()) return symbolName(value);
    return isDigit(name[0]) ? "V" + name : name;
}

bool isCoreName(std::string_view name) { return contains(coreNames, name); }

std::string namespaceName(std::string_view service) {
    std::string name(service);
    return contains(keywords, name) || contains(macros, name) ? name + '_' : name;
}

}  // namespace loam::codegen
