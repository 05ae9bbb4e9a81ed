#include "runtime/schema/load.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace loam::runtime::schema {

namespace {

[[noreturn]] void fail(const std::string& path, const std::string& message) {
    throw SchemaError({{.file = path, .line = 1, .column = 1, .message = message}});
}

SourceFile readFile(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(stream), {});
    if (!stream) fail(path, "the file cannot be read; check its permissions");
    return {.path = path, .text = std::move(text)};
}

std::vector<std::string> schemaFiles(const std::string& folder) {
    std::vector<std::string> paths;
    std::error_code error;
    std::filesystem::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator();
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->path().extension() == ".prisma" && entry->is_regular_file(ignored)) {
            paths.push_back(entry->path().string());
        }
    }
    if (error) fail(folder, "the folder cannot be read: " + error.message());
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

std::vector<SourceFile> readSources(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::none) {
        fail(path, "the file or folder cannot be read: " + error.message());
    }
    if (!std::filesystem::exists(status)) {
        fail(path, "there is no such file or folder; create the schema or correct the path");
    }
    if (!std::filesystem::is_directory(status)) return {readFile(path)};

    std::vector<SourceFile> sources;
    for (const auto& file : schemaFiles(path)) sources.push_back(readFile(file));
    if (sources.empty()) fail(path, "the folder holds no .prisma file");
    return sources;
}

Schema parsePath(const std::string& path) { return parse(readSources(path)); }

}  // namespace loam::runtime::schema
