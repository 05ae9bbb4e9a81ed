#pragma once

// Mistakes are gathered while a schema is read, so that an author sees all of them at once.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/schema/schema.hpp"

namespace loam::runtime::schema {

/// A place in one of the source files.
struct Position {
    std::size_t file = 0;
    std::size_t line = 1;
    std::size_t column = 1;
};

/// Gathers the mistakes of a schema.
class Diagnostics {
  public:
    /// More mistakes than this are not kept: a reader has seen enough.
    static constexpr std::size_t limit = 100;

    /// Takes the paths of the files, in the order in which positions count them.
    explicit Diagnostics(std::vector<std::string> files) : files_(std::move(files)) {}

    /// Adds a mistake, unless the very same one is known already.
    void report(const Position& position, std::string message);

    bool empty() const { return found_.empty(); }
    /// How many mistakes there are so far: compare two counts to see whether a step found any.
    std::size_t count() const { return found_.size(); }

    /// Throws SchemaError with all mistakes in the order of files and lines; returns when there are
    /// none.
    void throwIfAny() const;

  private:
    struct Found {
        Position position;
        std::string message;
    };
    std::vector<std::string> files_;
    std::vector<Found> found_;
};

/// The candidate that `name` most likely means: the one with the fewest letters typed differently,
/// at most a third of them and one. Empty when none is near.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

/// ` Did you mean "x"?` for the nearest candidate, or nothing.
std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates);

/// "`a`, `b` and `c`".
std::string listed(const std::vector<std::string>& names);

}  // namespace loam::runtime::schema
