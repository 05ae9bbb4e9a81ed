#pragma once

#include <loam/asset.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace loam::synthesis {

/// Where the bundled functions are.
struct FunctionFolders {
    /// Folders to look in, in this order.
    std::vector<std::filesystem::path> folders;
    /// The `bootstrap` of the function. Throws loam::Error that says where it looked and what to
    /// do.
    std::filesystem::path find(const std::string& name, const std::string& architecture) const;
};

/// The folders of `synth`: LOAM_FUNCTIONS if set, the built-in one, those beside the program.
FunctionFolders functionFolders(const char* builtIn);

/// Packed archives by SHA-256 (lower-case hex).
using Archives = std::map<std::string, std::string>;

/// Packs every asset and tells it its hash; equal archives are packed once. `progress` is called
/// before each with its path. Throws ValidationError with the asset's construct path.
Archives pack(const std::vector<Asset*>& assets, const FunctionFolders& functions,
    const std::function<void(const std::string&)>& progress);

}  // namespace loam::synthesis
