#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace loam::modeltest {

/// Choices that depend on the seed alone, the same with every standard library.
class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// A number below the limit.
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }

    bool chance(std::size_t percent) { return below(100) < percent; }

    template <typename T>
    const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace loam::modeltest
