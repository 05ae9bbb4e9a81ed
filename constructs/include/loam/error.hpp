#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace loam {

/// Base of the errors that end a synthesis. Caught once, by `synth`.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A mistake in a stack program. The message starts with the construct's path: `[Articles/MyLamDB]
/// ...`.
class ValidationError : public Error {
  public:
    /// For a mistake that belongs to no construct, `path` is empty.
    ValidationError(std::string_view path, std::string_view message)
        : Error(path.empty() ? std::string(message)
                             : "[" + std::string(path) + "] " + std::string(message)),
          path_(path) {}
    const std::string& path() const noexcept { return path_; }

  private:
    std::string path_;
};

}  // namespace loam
