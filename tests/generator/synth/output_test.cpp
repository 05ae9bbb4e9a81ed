#include "generator/synth/output.hpp"

#include <loam/error.hpp>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "tests/generator/synth/folder.hpp"

using namespace loam;
using synthesis::OutputFolder;
using test::Folder;
using test::read;

namespace {

std::size_t countFiles(const Folder& folder) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
        if (entry.is_regular_file()) ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("committed files are in their place and nothing else is left", "[output]") {
    Folder folder;
    folder.write("out/a.json", "old");

    {
        OutputFolder output(folder / "out");
        output.add("a.json", "new");
        output.add("terraform/S/main.tf.json", "{}");
        CHECK(read(folder / "out/a.json") == "old");
        output.commit();
    }

    CHECK(read(folder / "out/a.json") == "new");
    CHECK(read(folder / "out/terraform/S/main.tf.json") == "{}");
    CHECK(countFiles(folder) == 2);
}

TEST_CASE("without a commit the previous output stays as it was", "[output]") {
    Folder folder;
    folder.write("out/a.json", "old");

    {
        OutputFolder output(folder / "out");
        output.add("a.json", "new");
        output.add("deep/er/b.json", "new");
    }

    CHECK(read(folder / "out/a.json") == "old");
    CHECK(countFiles(folder) == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "out/deep"));
}

TEST_CASE("a commit removes what a killed synthesis left, and nothing else", "[output]") {
    Folder folder;
    const auto running = "out/a.json.partial-" + std::to_string(getppid());
    folder.write("out/a.json.partial-999999999", "left");
    folder.write(running, "x");
    folder.write("out/notes.partial-", "x");
    folder.write("out/notes.partial-1x", "x");

    OutputFolder output(folder / "out");
    output.add("a.json", "new");
    output.commit();

    CHECK_FALSE(std::filesystem::exists(folder / "out/a.json.partial-999999999"));
    CHECK(std::filesystem::exists(folder / running));
    CHECK(countFiles(folder) == 4);
}

TEST_CASE("rejects a file and a link to nowhere as the folder", "[output]") {
    Folder folder;
    folder.write("file", "x");
    std::filesystem::create_symlink("nowhere", folder / "link");

    for (const auto* name : {"file", "link"}) {
        OutputFolder output(folder / name);
        CHECK_THROWS_WITH(output.add("a.json", "x"), Catch::Contains("is no folder"));
    }
}

TEST_CASE("rejects a folder that cannot be made, by name", "[output]") {
    Folder folder;
    folder.write("file", "x");
    OutputFolder output(folder / "file" / "out");

    CHECK_THROWS_WITH(
        output.add("a.json", "x"), Catch::Contains("file") && Catch::Contains("--out"));
}

TEST_CASE("rejects a file whose place is taken by a folder", "[output]") {
    Folder folder;
    folder.write("a.json/x", "x");
    OutputFolder output(folder.path());

    CHECK_THROWS_WITH(output.add("a.json", "x"), Catch::Contains("a folder is in its place"));
}
