#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace loam::synthesis {

/// The output folder of one synthesis. Files are written beside their place as they come and moved
/// there by `commit`, file by file, so that a reader never sees half a file and a synthesis that
/// fails leaves the previous output as it was. Errors are thrown as loam::Error.
class OutputFolder {
  public:
    explicit OutputFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
    /// Removes what was not committed.
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    /// Adds a file by its path below the folder; one that was added already is left alone.
    void add(const std::string& name, std::string_view content);
    /// Moves the files to their places, and removes what a killed synthesis left beside them.
    void commit();

  private:
    struct Entry {
        std::filesystem::path temporary;
        std::filesystem::path target;
    };
    /// Makes the folder of a file, remembering what was missing.
    void makeFolder(const std::filesystem::path& folder);

    std::filesystem::path folder_;
    std::set<std::string> names_;
    std::vector<Entry> entries_;
    std::vector<std::filesystem::path> madeFolders_;
};

}  // namespace loam::synthesis
