#pragma once

#include <cstdint>

namespace loam {

/// A line of a program. std::source_location in all but name: clang 14 cannot compile that one.
/// Only `current` makes one, so that `{}` at the end of a call always means empty props.
struct SourceLocation {
    const char* file;
    std::uint32_t line;

    /// The line of the call, when used as a default argument.
    static constexpr SourceLocation current(
        const char* callerFile = __builtin_FILE(), std::uint32_t callerLine = __builtin_LINE()) {
        return SourceLocation(callerFile, callerLine);
    }

  private:
    constexpr SourceLocation(const char* sourceFile, std::uint32_t sourceLine)
        : file(sourceFile), line(sourceLine) {}
};

}  // namespace loam
