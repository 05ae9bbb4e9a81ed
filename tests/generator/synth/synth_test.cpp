#include <loam/stack.hpp>
#include <loam/synth.hpp>

#include <catch2/catch.hpp>

#include "tests/generator/synth/folder.hpp"

using namespace loam;
using test::Folder;
using test::read;

namespace {

int run(App& app, std::vector<std::string> words) {
    words.insert(words.begin(), "program");
    std::vector<char*> arguments;
    arguments.reserve(words.size());
    for (auto& word : words) arguments.push_back(word.data());
    return synth(app, static_cast<int>(arguments.size()), arguments.data());
}

void addTopic(App& app) {
    app.add<Stack>("S").add<RawResource>("Topic", {.type = "AWS::SNS::Topic"});
}

}  // namespace

TEST_CASE("a synthesis writes templates, manifest and tree", "[synth]") {
    Folder folder;
    App app;
    addTopic(app);

    CHECK(run(app, {"synth", "--out", folder.path().string()}) == 0);

    CHECK(read(folder / "S.template.json").find("AWS::SNS::Topic") != std::string::npos);
    CHECK(read(folder / "terraform/S/main.tf.json").find("aws_sns_topic") != std::string::npos);
    CHECK(std::filesystem::exists(folder / "manifest.json"));
    CHECK(std::filesystem::exists(folder / "tree.json"));
}

TEST_CASE("a synthesis can be repeated in one program and gives the same bytes", "[synth]") {
    Folder folder;
    App app;
    addTopic(app);

    CHECK(run(app, {"synth", "--out", (folder / "1").string()}) == 0);
    CHECK(run(app, {"synth", "--out", (folder / "2").string()}) == 0);

    CHECK(read(folder / "1/S.template.json") == read(folder / "2/S.template.json"));
}

TEST_CASE("rejects a stack with an error and leaves the previous output", "[synth]") {
    Folder folder;
    App good;
    addTopic(good);
    run(good, {"synth", "--out", folder.path().string()});
    const auto before = read(folder / "S.template.json");
    App bad;
    auto& stack = bad.add<Stack>("S");
    stack.add<RawResource>("A", {.type = "AWS::SNS::Topic"});
    stack.add<RawResource>("B", {.type = "AWS::SNS::Topic"}).overrideLogicalId("A");

    CHECK(run(bad, {"synth", "--out", folder.path().string()}) == 1);

    CHECK(read(folder / "S.template.json") == before);
}

TEST_CASE("rejects a stack that is not there and an unknown option", "[synth]") {
    Folder folder;
    App app;
    addTopic(app);

    CHECK(run(app, {"synth", "Other", "--out", folder.path().string()}) == 2);
    CHECK(run(app, {"synth", "--unknown"}) == 2);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("stacks are listed without writing anything", "[synth]") {
    App app;
    addTopic(app);

    CHECK(run(app, {"list"}) == 0);
}
