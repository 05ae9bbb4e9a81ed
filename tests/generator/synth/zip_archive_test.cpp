#include "generator/synth/zip_archive.hpp"

#include <loam/error.hpp>

#include <catch2/catch.hpp>
#include <ctime>
#include <zip.h>

#include "tests/generator/synth/folder.hpp"

using namespace loam;
using synthesis::ZipArchive;
using test::Folder;

namespace {

std::string archiveInZone(const char* zone) {
    setenv("TZ", zone, 1);
    tzset();
    ZipArchive archive;
    archive.add("bootstrap", "#!/bin/sh\n", true);
    archive.add("data/x.txt", std::string(5000, 'x'), false);
    auto bytes = archive.finish();
    unsetenv("TZ");
    tzset();
    return bytes;
}

}  // namespace

TEST_CASE("an archive has the same bytes in every time zone", "[zip]") {
    CHECK(archiveInZone("UTC") == archiveInZone("Pacific/Auckland"));
}

TEST_CASE("an archive keeps names, contents and the executable bit", "[zip]") {
    Folder folder;
    const auto file = folder.write("a.zip", archiveInZone("UTC"));

    zip_t* archive = zip_open(file.c_str(), ZIP_RDONLY, nullptr);
    REQUIRE(archive != nullptr);
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    zip_file_get_external_attributes(archive, 0, 0, &system, &attributes);
    zip_stat_t entry;
    zip_stat(archive, "data/x.txt", 0, &entry);
    zip_discard(archive);

    CHECK(system == ZIP_OPSYS_UNIX);
    CHECK((attributes >> 16) == 0100755);
    CHECK(entry.size == 5000);
}

TEST_CASE(
    "a compressed entry is copied when its content is the same, and refused when not", "[zip]") {
    Folder folder;
    ZipArchive source;
    source.add("bootstrap", "program", true);
    const auto file = folder.write("bootstrap.zip", source.finish());

    ZipArchive archive;
    CHECK_FALSE(archive.addCompressed("bootstrap", file, "another", true));
    CHECK_FALSE(archive.addCompressed("bootstrap", folder / "missing.zip", "program", true));
    CHECK(archive.addCompressed("bootstrap", file, "program", true));

    ZipArchive plain;
    plain.add("bootstrap", "program", true);
    CHECK(archive.finish() == plain.finish());
}

TEST_CASE("rejects a file that cannot be read, by name", "[zip]") {
    Folder folder;

    CHECK_THROWS_WITH(synthesis::readFile(folder / "no.txt"), Catch::Contains("no.txt"));
    CHECK_THROWS_AS(synthesis::readFile(folder.path()), Error);
}
