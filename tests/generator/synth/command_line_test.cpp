#include "generator/synth/command_line.hpp"

#include <catch2/catch.hpp>

using loam::synthesis::Command;
using loam::synthesis::parseCommandLine;

namespace {

auto parse(std::vector<std::string> words) {
    words.insert(words.begin(), "articles");
    std::vector<char*> arguments;
    arguments.reserve(words.size());
    for (auto& word : words) arguments.push_back(word.data());
    return parseCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

}  // namespace

TEST_CASE("without a command everything is synthesized", "[command_line]") {
    const auto command = parse({}).command;

    REQUIRE(command.has_value());
    CHECK(command->kind == Command::Kind::Synthesize);
    CHECK(command->cloudFormation);
    CHECK(command->terraform);
    CHECK_FALSE(command->yaml);
    CHECK(command->out == "loam.out");
}

TEST_CASE("synth takes stacks, target, format and folder", "[command_line]") {
    const auto command =
        parse({"synth", "A", "B", "--target", "cloudformation", "--format", "yaml", "--out", "x"})
            .command;

    REQUIRE(command.has_value());
    CHECK(command->stacks == std::vector<std::string>{"A", "B"});
    CHECK(command->cloudFormation);
    CHECK_FALSE(command->terraform);
    CHECK(command->yaml);
    CHECK(command->out == "x");
}

TEST_CASE("rejects an unknown option, value or command with exit code 2", "[command_line]") {
    CHECK(parse({"synth", "--nope"}).exitCode == 2);
    CHECK(parse({"synth", "--target", "pulumi"}).exitCode == 2);
    CHECK(parse({"synth", "--out", ""}).exitCode == 2);
    CHECK(parse({"deploy"}).exitCode == 2);
    CHECK_FALSE(parse({"deploy"}).command.has_value());
}

TEST_CASE("help and version end with exit code 0", "[command_line]") {
    CHECK(parse({"--help"}).exitCode == 0);
    CHECK(parse({"synth", "--help"}).exitCode == 0);
    CHECK(parse({"--version"}).exitCode == 0);
}
