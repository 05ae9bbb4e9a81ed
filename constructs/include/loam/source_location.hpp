#pragma once

#include <cstdint>

namespace loam {

/// A line of a program. std::source_location in all but name: clang 14 cannot compile that one.
struct SourceLocation {
    const char* file = "";
    std::uint32_t line = 0;

    /// The line of the call, when used as a default argument.
    static constexpr SourceLocation current(
        const char* callerFile = __builtin_FILE(), std::uint32_t callerLine = __builtin_LINE()) {
        return {callerFile, callerLine};
    }
};

}  // namespace loam
