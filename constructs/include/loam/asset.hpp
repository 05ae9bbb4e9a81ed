#pragma once

#include <loam/construct.hpp>

#include <string>
#include <vector>

namespace loam {

/// One file or directory that goes into an asset's zip archive.
struct AssetEntry {
    enum class Kind : std::uint8_t {
        /// A file, packed under `archivePath`.
        File,
        /// A directory; everything in it is packed under `archivePath`.
        Directory,
        /// A Prisma schema, a file or a folder of .prisma files, packed under `archivePath` after
        /// it was
        /// parsed: a schema with mistakes stops the synthesis.
        PrismaSchema,
        /// The `bootstrap` of a bundled function, by name; see `Code::bundled`.
        BundledFunction,
    };
    Kind kind = Kind::File;
    /// Path relative to the working directory, or name of the bundled function.
    std::string source;
    /// Path in the archive. Default: the file's own name, `bootstrap` for a bundled function, the
    /// archive's root for a directory.
    std::string archivePath;
    /// For a bundled function: `x86_64` or `arm64`.
    std::string architecture = {};
};

struct AssetProps {
    std::vector<AssetEntry> entries = {};
};

/// A zip archive that a template refers to. The generator packs it and then tells it its name; in a
/// rendering without packing, as in tests, it is called after its construct.
class Asset : public Construct {
  public:
    using Props = AssetProps;
    Asset(Scope scope, Props props);

    const std::vector<AssetEntry>& entries() const noexcept { return props_.entries; }
    /// Lower-case hex SHA-256 of the archive; empty before packing.
    const std::string& sha256() const noexcept { return sha256_; }
    /// `assets/<sha256>.zip`, relative to the output folder.
    std::string fileName() const;
    /// For the generator.
    void setPacked(std::string sha256) { sha256_ = std::move(sha256); }

    /// The archive as the value of a property.
    Value value() const;

  private:
    Props props_;
    std::string sha256_;
};

}  // namespace loam
