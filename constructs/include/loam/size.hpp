#pragma once

#include <compare>
#include <cstdint>

namespace loam {

/// An amount of data, written `512_MiB` or `10_GiB`.
class Size {
  public:
    constexpr Size() noexcept = default;
    static constexpr Size bytes(std::int64_t count) noexcept { return Size(count); }

    constexpr std::int64_t toBytes() const noexcept { return bytes_; }
    /// Rounded down.
    constexpr std::int64_t toMebibytes() const noexcept { return bytes_ >> 20; }
    /// Rounded down.
    constexpr std::int64_t toGibibytes() const noexcept { return bytes_ >> 30; }

    // NOLINTNEXTLINE(modernize-use-nullptr): the check mistakes the generated comparison with zero.
    friend constexpr auto operator<=>(const Size&, const Size&) noexcept = default;

  private:
    explicit constexpr Size(std::int64_t count) noexcept : bytes_(count) {}
    std::int64_t bytes_ = 0;
};

inline namespace literals {
constexpr Size operator""_B(unsigned long long count) {
    return Size::bytes(static_cast<std::int64_t>(count));
}
constexpr Size operator""_KiB(unsigned long long count) {
    return Size::bytes(static_cast<std::int64_t>(count) << 10);
}
constexpr Size operator""_MiB(unsigned long long count) {
    return Size::bytes(static_cast<std::int64_t>(count) << 20);
}
constexpr Size operator""_GiB(unsigned long long count) {
    return Size::bytes(static_cast<std::int64_t>(count) << 30);
}
constexpr Size operator""_TiB(unsigned long long count) {
    return Size::bytes(static_cast<std::int64_t>(count) << 40);
}
}  // namespace literals

}  // namespace loam
