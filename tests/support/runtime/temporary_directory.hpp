#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace loam::testing {

/// A new directory that goes, with all that is in it, at the end of the test.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    /// The path of `name` in the directory.
    std::string operator/(std::string_view name) const { return (path_ / name).string(); }

    /// Writes a file, making the directories that it is in.
    void write(std::string_view name, std::string_view text) const;

    bool has(std::string_view name) const { return std::filesystem::exists(path_ / name); }

  private:
    std::filesystem::path path_;
};

}  // namespace loam::testing
