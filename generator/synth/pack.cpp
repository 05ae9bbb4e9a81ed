#include "generator/synth/pack.hpp"

#include <loam/error.hpp>

#include <algorithm>
#include <cstdlib>

#include "constructs/src/core/logical_id.hpp"
#include "generator/synth/zip_archive.hpp"
#include "runtime/schema/load.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::synthesis {

namespace {

namespace fs = std::filesystem;

constexpr const char* arm64 = "arm64";
/// Beside each bootstrap the build leaves it compressed, since compressing costs more than all the
/// rest.
constexpr const char* compressedName = "bootstrap.zip";
constexpr const char* bootstrap = "bootstrap";

/// One file of an archive, before it is read.
struct FileEntry {
    std::string archivePath;
    fs::path file;
    /// The archive that holds it compressed, or empty.
    fs::path compressed;
};

bool isExecutable(const fs::path& file) {
    return (fs::status(file).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

std::string joined(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + "/" + name;
}

void addDirectory(const AssetEntry& entry, std::vector<FileEntry>& files) {
    const fs::path root(entry.source);
    std::error_code error;
    if (!fs::is_directory(root, error)) {
        throw Error(
            "\"" + entry.source + "\" must name a directory; create it or correct the path");
    }
    for (const auto& item : fs::recursive_directory_iterator(root)) {
        if (item.is_directory()) continue;
        if (!item.is_regular_file()) {
            throw Error(
                "\"" + item.path().string() +
                "\" is neither a file nor a directory and cannot "
                "be packed; remove it");
        }
        files.push_back(
            {joined(entry.archivePath, fs::relative(item.path(), root).generic_string()),
                item.path(), {}});
    }
}

void addFile(const AssetEntry& entry, std::vector<FileEntry>& files) {
    std::error_code error;
    if (!fs::is_regular_file(entry.source, error)) {
        throw Error("\"" + entry.source + "\" must name a file; create it or correct the path");
    }
    const auto name = fs::path(entry.source).filename().string();
    files.push_back({entry.archivePath.empty() ? name : entry.archivePath, entry.source, {}});
}

void addSchema(const AssetEntry& entry, std::vector<FileEntry>& files) {
    try {
        runtime::schema::parsePath(entry.source);
    } catch (const runtime::schema::SchemaError& error) {
        throw Error("the Prisma schema is not valid, correct it:\n" + std::string(error.what()));
    }
    std::error_code error;
    if (fs::is_directory(entry.source, error)) {
        addDirectory(entry, files);
    } else {
        addFile(entry, files);
    }
}

std::vector<FileEntry> filesOf(const Asset& asset, const FunctionFolders& functions) {
    std::vector<FileEntry> files;
    for (const auto& entry : asset.entries()) {
        switch (entry.kind) {
            case AssetEntry::Kind::File:
                addFile(entry, files);
                break;
            case AssetEntry::Kind::Directory:
                addDirectory(entry, files);
                break;
            case AssetEntry::Kind::PrismaSchema:
                addSchema(entry, files);
                break;
            case AssetEntry::Kind::BundledFunction: {
                const auto program = functions.find(entry.source, entry.architecture);
                files.push_back({entry.archivePath.empty() ? bootstrap : entry.archivePath, program,
                    program.parent_path() / compressedName});
                break;
            }
        }
    }
    std::ranges::sort(files, {}, &FileEntry::archivePath);
    const auto twice = std::ranges::adjacent_find(files, {}, &FileEntry::archivePath);
    if (twice != files.end()) {
        throw Error(
            "the archive would hold " + twice->archivePath + " twice, from \"" +
            twice->file.string() + "\" and \"" + std::next(twice)->file.string() + "\"");
    }
    if (files.empty()) throw Error("the archive would be empty; add a file to its directory");
    return files;
}

std::string archiveOf(const std::vector<FileEntry>& files) {
    ZipArchive archive;
    for (const auto& file : files) {
        auto content = readFile(file.file);
        const bool executable = isExecutable(file.file);
        const bool copied =
            !file.compressed.empty() && file.archivePath == bootstrap &&
            archive.addCompressed(file.archivePath, file.compressed, content, executable);
        if (!copied) archive.add(file.archivePath, std::move(content), executable);
    }
    return archive.finish();
}

/// What makes two assets the same before they are read.
std::string keyOf(const std::vector<FileEntry>& files) {
    std::string key;
    for (const auto& file : files) key += file.archivePath + '\0' + file.file.string() + '\0';
    return key;
}

}  // namespace

fs::path FunctionFolders::find(const std::string& name, const std::string& architecture) const {
    std::string looked;
    for (const auto& folder : folders) {
        auto program = (architecture == arm64 ? folder / arm64 : folder) / name / bootstrap;
        std::error_code error;
        if (fs::is_regular_file(program, error)) return program;
        looked += (looked.empty() ? "" : ", ") + program.string();
    }
    throw Error(
        "the bundled function \"" + name + "\" for " + architecture +
        " was not found; looked for " + looked + "; build it with loam" +
        (architecture == arm64 ? " (arm64 needs the cross compiler, see the README)" : "") +
        " or name its folder in LOAM_FUNCTIONS");
}

FunctionFolders functionFolders(const char* builtIn) {
    FunctionFolders result;
    if (const char* given = std::getenv("LOAM_FUNCTIONS"); given != nullptr && *given != '\0') {
        result.folders.emplace_back(given);
    }
    if (*builtIn != '\0') result.folders.emplace_back(builtIn);
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const auto prefix = program.parent_path().parent_path();
        result.folders.push_back(prefix / "functions");
        result.folders.push_back(prefix / "lib" / "loam" / "functions");
    }
    return result;
}

Archives pack(const std::vector<Asset*>& assets, const FunctionFolders& functions,
    const std::function<void(const std::string&)>& progress) {
    Archives archives;
    std::map<std::string, std::string> packed;
    for (Asset* asset : assets) {
        try {
            const auto files = filesOf(*asset, functions);
            const auto [known, isNew] = packed.emplace(keyOf(files), "");
            if (isNew) {
                progress(std::string(asset->path()));
                auto bytes = archiveOf(files);
                known->second = sha256Hex(bytes);
                archives.emplace(known->second, std::move(bytes));
            }
            asset->setPacked(known->second);
        } catch (const ValidationError&) {
            throw;
        } catch (const Error& error) {
            throw ValidationError(asset->path(), error.what());
        } catch (const fs::filesystem_error& error) {
            throw ValidationError(asset->path(),
                "cannot read \"" + error.path1().string() + "\": " + error.code().message());
        }
    }
    return archives;
}

}  // namespace loam::synthesis
