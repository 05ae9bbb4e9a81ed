#include "generator/synth/output.hpp"

#include <loam/error.hpp>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace loam::synthesis {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view partialMark = ".partial-";

[[noreturn]] void fail(const fs::path& path, const std::string& reason,
    const std::string& outcome = "The previous output was left as it was") {
    throw Error(
        "cannot write " + path.string() + ": " + reason +
        "; choose another folder with --out or make this one writable. " + outcome);
}

/// Whether a synthesis that was killed left the file: the number at its end is no running process.
bool isAbandoned(const fs::path& file) {
    const auto name = file.filename().string();
    const auto mark = name.rfind(partialMark);
    if (mark == std::string::npos) return false;
    const auto* start = name.data() + mark + partialMark.size();
    const auto* end = name.data() + name.size();
    pid_t process = 0;
    const auto parsed = std::from_chars(start, end, process);
    return parsed.ec == std::errc{} && parsed.ptr == end && process > 0 && kill(process, 0) != 0 &&
           errno == ESRCH;
}

void removeAbandoned(const fs::path& folder) {
    std::error_code ignored;
    std::vector<fs::path> abandoned;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (isAbandoned(entry.path())) abandoned.push_back(entry.path());
    }
    for (const auto& file : abandoned) fs::remove(file, ignored);
}

/// The error number of writing the whole content to the file, or 0.
int writeAll(const fs::path& path, std::string_view content) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) return errno;
    int problem = 0;
    while (!content.empty() && problem == 0) {
        const auto count = ::write(file, content.data(), content.size());
        if (count >= 0) {
            content.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno != EINTR) {
            problem = errno;
        }
    }
    if (close(file) != 0 && problem == 0) problem = errno;
    return problem;
}

}  // namespace

OutputFolder::~OutputFolder() {
    std::error_code ignored;
    for (const auto& entry : entries_) fs::remove(entry.temporary, ignored);
    // Only folders that are still empty go; the innermost were made last.
    for (auto made = madeFolders_.rbegin(); made != madeFolders_.rend(); ++made) {
        fs::remove(*made, ignored);
    }
}

void OutputFolder::makeFolder(const fs::path& folder) {
    std::error_code error;
    if (folder.empty() || fs::is_directory(folder, error)) return;
    if (fs::symlink_status(folder, error).type() != fs::file_type::not_found) {
        fail(folder, error ? error.message() : "it is there and is no folder");
    }
    makeFolder(folder.parent_path());
    if (fs::create_directory(folder, error)) madeFolders_.push_back(folder);
    if (error) fail(folder, error.message());
}

void OutputFolder::add(const std::string& name, std::string_view content) {
    const auto target = folder_ / name;
    if (!names_.insert(name).second) return;
    makeFolder(target.parent_path());
    std::error_code error;
    if (fs::is_directory(target, error)) fail(target, "a folder is in its place");
    entries_.push_back(
        {target.string() + std::string(partialMark) + std::to_string(getpid()), target});
    const int problem = writeAll(entries_.back().temporary, content);
    if (problem != 0) fail(target, std::strerror(problem));
}

void OutputFolder::commit() {
    std::set<fs::path> folders;
    for (const auto& entry : entries_) {
        std::error_code error;
        fs::rename(entry.temporary, entry.target, error);
        if (error) {
            fail(entry.target, error.message(),
                "The files that come before it are new already, so synthesize again");
        }
        folders.insert(entry.target.parent_path());
    }
    for (const auto& folder : folders) removeAbandoned(folder);
    entries_.clear();
    madeFolders_.clear();
}

}  // namespace loam::synthesis
