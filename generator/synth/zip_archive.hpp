#pragma once

#include <filesystem>
#include <string>
#include <string_view>

struct zip;

namespace loam::synthesis {

/// A zip archive in memory whose bytes depend on its content alone: entries in the order of adding,
/// one fixed time stamp, fixed permissions. Errors are thrown as loam::Error.
class ZipArchive {
  public:
    ZipArchive();
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;

    /// Adds a file; executable ones get mode 0755, others 0644.
    void add(const std::string& path, std::string content, bool executable);
    /// Copies the one entry of another archive, compressed as it is. False if that archive does not
    /// hold exactly the given content under the same name.
    bool addCompressed(const std::string& path, const std::filesystem::path& archive,
        std::string_view content, bool executable);
    /// The bytes of the finished archive.
    std::string finish();

  private:
    void finishEntry(std::int64_t index, bool executable);

    struct State;
    State* state_;
};

/// The content of a file. Throws loam::Error that names the file and the reason.
std::string readFile(const std::filesystem::path& path);

}  // namespace loam::synthesis
