// Compresses the bootstrap of a bundled function once, when it is built, so that no synthesis has
// to:
//
//     loam_compress_function build/release/functions/query/bootstrap
//
// writes bootstrap.zip beside it.

#include <loam/error.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "generator/synth/zip_archive.hpp"

namespace {

void compress(const std::filesystem::path& bootstrap) {
    loam::synthesis::ZipArchive archive;
    archive.add(bootstrap.filename().string(), loam::synthesis::readFile(bootstrap), true);
    const auto bytes = archive.finish();
    const auto target = bootstrap.string() + ".zip";
    std::ofstream file(target, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw loam::Error("cannot write " + target);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: loam_compress_function BOOTSTRAP\n");
        return 2;
    }
    try {
        compress(argv[1]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "error: %s\n", error.what());
        return 1;
    }
    return 0;
}
