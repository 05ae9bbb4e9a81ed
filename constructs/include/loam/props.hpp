#pragma once

#include <type_traits>
#include <utility>

namespace loam {

/// Props of a construct that takes none.
struct NoProps {};

/// A value that must be given: leaving it out of a props struct does not compile.
template <class T>
class Required {
  public:
    template <class U = T>
    requires(std::is_constructible_v<T, U&&> && !std::is_same_v<std::remove_cvref_t<U>, Required>)
        // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): constrained.
        Required(U&& value)
        : value_(std::forward<U>(value)) {}
    operator const T&() const noexcept { return value_; }
    const T& get() const noexcept { return value_; }
    const T* operator->() const noexcept { return &value_; }
    const T& operator*() const noexcept { return value_; }

  private:
    T value_;
};

/// Off, on, or on with options: `.s3Sync = true`, `.s3Sync = S3SyncProps{...}`.
template <class T>
class Toggle {
  public:
    Toggle() = default;
    template <class U>
    requires std::is_same_v<U, bool> Toggle(U on) : on_(on) {}
    Toggle(T options) : on_(true), options_(std::move(options)) {}
    explicit operator bool() const noexcept { return on_; }
    const T& options() const noexcept { return options_; }

  private:
    bool on_ = false;
    T options_ = {};
};

}  // namespace loam
