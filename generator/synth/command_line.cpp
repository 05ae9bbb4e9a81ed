#include "generator/synth/command_line.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

namespace loam::synthesis {

namespace {

constexpr int usageError = 2;

constexpr const char* description =
    "Synthesizes this program's stacks to CloudFormation templates and Terraform configurations.\n"
    "Without a command it runs 'synth'.";
constexpr const char* footer =
    "Exit codes: 0 done, 1 something is wrong with a stack or the output, 2 wrong usage.";

void addSynthOptions(CLI::App& app, Command& command, std::string& target, std::string& format) {
    app.add_option("STACK", command.stacks, "Stacks to synthesize, by path; default: all");
    app.add_option("--target", target, "What to write: cloudformation, terraform or all")
        ->check(CLI::IsMember({"cloudformation", "terraform", "all"}))
        ->capture_default_str();
    app.add_option("--format", format, "Form of the CloudFormation templates: json or yaml")
        ->check(CLI::IsMember({"json", "yaml"}))
        ->capture_default_str();
    app.add_option("--out", command.out, "Output folder")
        ->check([](const std::string& folder) {
            return folder.empty() ? "must name a folder" : "";
        })
        ->capture_default_str();
}

}  // namespace

ParsedCommand parseCommandLine(int argc, char** argv) {
    const std::string program =
        argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "stack program";
    CLI::App app(description, program);
    app.footer(footer);
    app.set_version_flag("--version", "loam " LOAM_VERSION, "Print the version of loam");
    app.set_help_flag("-h,--help", "Print this help");
    app.require_subcommand(0, 1);

    Command command;
    std::string target = "all";
    std::string format = "json";
    auto* synthesize = app.add_subcommand("synth", "Write templates and function packages");
    addSynthOptions(*synthesize, command, target, format);
    auto* list = app.add_subcommand("list", "List the stacks in the order of their deployment");

    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return {std::nullopt, app.exit(success)};
    } catch (const CLI::ParseError& error) {
        std::cerr
            << program << ": " << error.what() << "\nRun '" << program
            << " --help' for the commands and options.\n";
        return {std::nullopt, usageError};
    }
    if (*list) command.kind = Command::Kind::List;
    command.cloudFormation = target != "terraform";
    command.terraform = target != "cloudformation";
    command.yaml = format == "yaml";
    return {command, 0};
}

}  // namespace loam::synthesis
