#include "generator/synth/pack.hpp"

#include <loam/error.hpp>
#include <loam/stack.hpp>

#include <catch2/catch.hpp>
#include <zip.h>

#include "tests/generator/synth/folder.hpp"

using namespace loam;
using synthesis::FunctionFolders;
using test::Folder;

namespace {

constexpr auto silent = [](const std::string&) {};

std::vector<std::string> namesIn(const Folder& folder, const std::string& bytes) {
    const auto file = folder.write("packed.zip", bytes);
    std::vector<std::string> names;
    zip_t* archive = zip_open(file.c_str(), ZIP_RDONLY, nullptr);
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
        names.emplace_back(zip_get_name(archive, static_cast<zip_uint64_t>(i), 0));
    }
    zip_discard(archive);
    return names;
}

}  // namespace

TEST_CASE("an asset packs functions, files and directories in the order of their names", "[pack]") {
    Folder folder;
    folder.write("functions/query/bootstrap", "program");
    folder.write("app/schema.prisma", "model");
    folder.write("app/migrations/1/migration.sql", "SQL");
    folder.write("app/migrations/migration_lock.toml", "lock");
    App app;
    auto& asset = app.add<Asset>("A",
        {.entries = {{AssetEntry::Kind::BundledFunction, "query", "bootstrap", "x86_64"},
             {AssetEntry::Kind::File, (folder / "app/schema.prisma").string(), ""},
             {AssetEntry::Kind::Directory, (folder / "app/migrations").string(), "migrations"}}});

    const auto archives =
        synthesis::pack({&asset}, FunctionFolders{{folder / "functions"}}, silent);

    REQUIRE(archives.size() == 1);
    CHECK(archives.begin()->first == asset.sha256());
    CHECK(asset.fileName() == "assets/" + asset.sha256() + ".zip");
    CHECK(namesIn(folder, archives.begin()->second) ==
          std::vector<std::string>{"bootstrap", "migrations/1/migration.sql",
              "migrations/migration_lock.toml", "schema.prisma"});
}

TEST_CASE("the hash of an asset depends on its content alone", "[pack]") {
    const auto hashOf = [](const std::string& content) {
        Folder folder;
        const auto file = folder.write("x.txt", content);
        App app;
        auto& asset =
            app.add<Asset>("A", {.entries = {{AssetEntry::Kind::File, file.string(), ""}}});
        synthesis::pack({&asset}, {}, silent);
        return asset.sha256();
    };

    CHECK(hashOf("same") == hashOf("same"));
    CHECK(hashOf("same") != hashOf("other"));
}

TEST_CASE("assets of one content share an archive", "[pack]") {
    Folder folder;
    const auto file = folder.write("x.txt", "x").string();
    App app;
    auto& first = app.add<Asset>("A", {.entries = {{AssetEntry::Kind::File, file, ""}}});
    auto& second = app.add<Asset>("B", {.entries = {{AssetEntry::Kind::File, file, ""}}});

    CHECK(synthesis::pack({&first, &second}, {}, silent).size() == 1);
    CHECK(first.sha256() == second.sha256());
}

TEST_CASE("rejects a missing file, directory or function with the construct's path", "[pack]") {
    Folder folder;
    App app;
    const auto reject = [&](const char* id, AssetEntry entry) {
        auto& asset = app.add<Asset>(id, {.entries = {std::move(entry)}});
        CHECK_THROWS_WITH(
            synthesis::pack({&asset}, FunctionFolders{{folder / "functions"}}, silent),
            Catch::StartsWith("[" + std::string(id) + "]"));
    };

    reject("File", {AssetEntry::Kind::File, (folder / "shema.prisma").string(), ""});
    reject("Directory", {AssetEntry::Kind::Directory, (folder / "none").string(), ""});
    reject("Function", {AssetEntry::Kind::BundledFunction, "query", "", "arm64"});
}

TEST_CASE("a schema is parsed before it is packed", "[pack]") {
    Folder folder;
    const auto good = folder.write("good.prisma",
        "datasource db {\n  provider = \"sqlite\"\n  url = \"file:x\"\n}\n"
        "model A {\n  id Int @id\n}\n");
    const auto bad = folder.write("bad.prisma", "model A {\n  id Intt @id\n}\n");
    App app;
    auto& valid = app.add<Asset>("Valid",
        {.entries = {{AssetEntry::Kind::PrismaSchema, good.string(), "schema.prisma", ""}}});
    auto& invalid = app.add<Asset>("Invalid",
        {.entries = {{AssetEntry::Kind::PrismaSchema, bad.string(), "schema.prisma", ""}}});

    const auto archives = synthesis::pack({&valid}, {}, silent);

    CHECK(namesIn(folder, archives.begin()->second) == std::vector<std::string>{"schema.prisma"});
    CHECK_THROWS_WITH(synthesis::pack({&invalid}, {}, silent),
        Catch::StartsWith("[Invalid]") && Catch::Contains("bad.prisma:2:"));
}

TEST_CASE("rejects an archive that would hold one name twice", "[pack]") {
    Folder folder;
    const auto file = folder.write("x.txt", "x").string();
    App app;
    auto& asset = app.add<Asset>("A",
        {.entries = {{AssetEntry::Kind::File, file, "y"}, {AssetEntry::Kind::File, file, "y"}}});

    CHECK_THROWS_WITH(synthesis::pack({&asset}, {}, silent), Catch::Contains("twice"));
}
