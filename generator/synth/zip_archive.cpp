#include "generator/synth/zip_archive.hpp"

#include <loam/error.hpp>

#include <cstring>
#include <deque>
#include <fstream>
#include <sstream>
#include <zip.h>
#include <zlib.h>

namespace loam::synthesis {

namespace {

/// 1 January 1980, the first moment of the format. Set as a DOS time: the usual call goes through
/// the time zone of the machine.
constexpr zip_uint16_t dosTime = 0;
constexpr zip_uint16_t dosDate = (1 << 5) | 1;
constexpr zip_uint32_t compressionLevel = 9;
constexpr zip_uint32_t regularFile = 0100000;

[[noreturn]] void fail(std::string_view what, const char* reason) {
    throw Error("packing " + std::string(what) + " failed: " + reason);
}

}  // namespace

struct ZipArchive::State {
    zip_source_t* buffer = nullptr;
    zip_t* archive = nullptr;
    /// libzip reads the contents when the archive is closed.
    std::deque<std::string> contents;
    std::deque<zip_t*> others;
};

ZipArchive::ZipArchive() : state_(new State) {
    zip_error_t error;
    zip_error_init(&error);
    state_->buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (state_->buffer != nullptr) {
        state_->archive = zip_open_from_source(state_->buffer, ZIP_TRUNCATE, &error);
    }
    if (state_->archive == nullptr) {
        zip_source_free(state_->buffer);
        delete state_;
        fail("an archive", zip_error_strerror(&error));
    }
    zip_source_keep(state_->buffer);
}

ZipArchive::~ZipArchive() {
    if (state_->archive != nullptr) zip_discard(state_->archive);
    for (zip_t* other : state_->others) zip_discard(other);
    zip_source_free(state_->buffer);
    delete state_;
}

void ZipArchive::add(const std::string& path, std::string content, bool executable) {
    const auto& kept = state_->contents.emplace_back(std::move(content));
    zip_source_t* source = zip_source_buffer(state_->archive, kept.data(), kept.size(), 0);
    const auto index = zip_file_add(state_->archive, path.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        fail(path, zip_strerror(state_->archive));
    }
    zip_set_file_compression(
        state_->archive, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, compressionLevel);
    finishEntry(index, executable);
}

bool ZipArchive::addCompressed(const std::string& path, const std::filesystem::path& archive,
    std::string_view content, bool executable) {
    zip_t* other = zip_open(archive.c_str(), ZIP_RDONLY, nullptr);
    if (other == nullptr) return false;
    state_->others.push_back(other);
    zip_stat_t entry;
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
    if (zip_stat(other, path.c_str(), 0, &entry) != 0 || entry.size != content.size() ||
        entry.crc != crc) {
        return false;
    }
    zip_source_t* source =
        zip_source_zip(state_->archive, other, entry.index, ZIP_FL_COMPRESSED, 0, -1);
    const auto index = zip_file_add(state_->archive, path.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    finishEntry(index, executable);
    return true;
}

void ZipArchive::finishEntry(std::int64_t entry, bool executable) {
    const auto index = static_cast<zip_uint64_t>(entry);
    const zip_uint32_t mode = regularFile | (executable ? 0755U : 0644U);
    zip_file_set_dostime(state_->archive, index, dosTime, dosDate, 0);
    zip_file_set_external_attributes(state_->archive, index, 0, ZIP_OPSYS_UNIX, mode << 16);
}

std::string ZipArchive::finish() {
    if (zip_close(state_->archive) != 0) fail("an archive", zip_strerror(state_->archive));
    state_->archive = nullptr;
    zip_source_open(state_->buffer);
    zip_stat_t size;
    zip_source_stat(state_->buffer, &size);
    std::string bytes(size.size, '\0');
    const auto count = zip_source_read(state_->buffer, bytes.data(), bytes.size());
    zip_source_close(state_->buffer);
    if (count < 0 || static_cast<std::size_t>(count) != bytes.size()) {
        fail("an archive", "its bytes cannot be read back");
    }
    return bytes;
}

std::string readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (!file || std::filesystem::is_directory(path)) {
        throw Error(
            "cannot read " + path.string() + ": " +
            (std::filesystem::is_directory(path) ? "it is a directory" : std::strerror(errno)));
    }
    content << file.rdbuf();
    return std::move(content).str();
}

}  // namespace loam::synthesis
