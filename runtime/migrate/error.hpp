#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace loam::runtime::migrate {

/// A refusal or a failure, with the code and the words of Prisma Migrate.
class MigrationError : public std::runtime_error {
  public:
    /// `code` is one of Prisma's, such as "P3009", or a word of ours where Prisma has none.
    MigrationError(std::string code, const std::string& message)
        : std::runtime_error(message), code_(std::move(code)) {}

    const std::string& code() const { return code_; }

  private:
    std::string code_;
};

}  // namespace loam::runtime::migrate
