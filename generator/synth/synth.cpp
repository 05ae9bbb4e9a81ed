#include <loam/assembly.hpp>
#include <loam/cloudformation.hpp>
#include <loam/error.hpp>
#include <loam/synth.hpp>
#include <loam/terraform.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <new>
#include <system_error>

#include "generator/synth/command_line.hpp"
#include "generator/synth/console.hpp"
#include "generator/synth/manifest.hpp"
#include "generator/synth/output.hpp"
#include "generator/synth/pack.hpp"
#include "templates/src/json/json_writer.hpp"

namespace loam {

namespace {

using namespace synthesis;

constexpr int ok = 0;
constexpr int failure = 1;
constexpr int usage = 2;

/// A stack program links this file, so the handler is there before its `main` makes the first
/// construct.
[[maybe_unused]] const bool handlerInstalled = (installTerminateHandler(), true);

void collectAssets(Construct& construct, std::vector<Asset*>& assets) {
    if (auto* asset = dynamic_cast<Asset*>(&construct)) assets.push_back(asset);
    for (Construct* child : construct.children()) collectAssets(*child, assets);
}

Archives packAssets(App& app, const SynthOptions& options) {
    std::vector<Asset*> assets;
    collectAssets(app, assets);
    return pack(assets, functionFolders(options.functionsDirectory), [](const std::string& path) {
        printProgress("packing " + path);
    });
}

/// Prints every finding and tells whether one of them stops the synthesis.
bool report(Findings& findings) {
    findings.sort();
    for (const auto& finding : findings.all()) {
        if (!finding.acknowledged.empty()) continue;
        printFinding(describe(finding), finding.severity == Severity::Error);
    }
    return findings.failed();
}

/// The stacks to write, in the order of deployment.
std::vector<const AssembledStack*>
selectStacks(const Assembly& assembly, const std::vector<std::string>& paths) {
    std::vector<const AssembledStack*> selected;
    for (const auto& stack : assembly.stacks) {
        if (paths.empty() || std::ranges::find(paths, stack.stack->path()) != paths.end()) {
            selected.push_back(&stack);
        }
    }
    for (const auto& path : paths) {
        const bool known = std::ranges::any_of(assembly.stacks, [&](const auto& stack) {
            return stack.stack->path() == path;
        });
        if (known) continue;
        std::string all;
        for (const auto& stack : assembly.stacks) {
            all += (all.empty() ? "" : ", ") + std::string(stack.stack->path());
        }
        throw UsageError("there is no stack \"" + path + "\"; this program has " + all);
    }
    if (selected.empty()) {
        throw Error(
            "the app has no stacks, so there is nothing to write; add one with app.add<Stack>");
    }
    return selected;
}

void addCloudFormation(
    const Command& command, StackFiles& files, OutputFolder& output, Findings& findings) {
    const auto document = cloudformation::render(*files.stack);
    const auto text =
        command.yaml ? cloudformation::yaml(document) : cloudformation::json(document);
    cloudformation::checkLimits(*files.stack, text, findings);
    files.cloudFormation =
        std::string(files.stack->stack->stackName()) +
        (command.yaml ? ".template.yaml" : ".template.json");
    files.cloudFormationBytes = text.size();
    output.add(files.cloudFormation, text);
}

void addTerraform(StackFiles& files, OutputFolder& output, Findings& findings) {
    auto rendering = terraform::render(*files.stack);
    findings.append(rendering.findings);
    if (rendering.findings.failed()) return;
    files.retained = std::move(rendering.retained);
    files.terraform = terraform::directory(*files.stack->stack) + "/main.tf.json";
    output.add(files.terraform, writeJson(rendering.document, JsonStyle::Pretty) + "\n");
}

/// Throws Error if what was printed could not be written, such as to a full disk.
void finishPrinting() {
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        throw Error(
            "cannot print to the standard output: " + std::generic_category().message(errno));
    }
}

void printSummary(const Command& command, const std::vector<StackFiles>& stacks) {
    for (const auto& files : stacks) {
        for (const auto& name : {files.cloudFormation, files.terraform}) {
            if (name.empty()) continue;
            std::printf("%s\n", (std::filesystem::path(command.out) / name).c_str());
        }
    }
    std::printf("%s\n", (std::filesystem::path(command.out) / "manifest.json").c_str());
    finishPrinting();
}

int synthesize(App& app, const Command& command, const SynthOptions& options) {
    runAspects(app);
    const auto archives = packAssets(app, options);
    const auto assembly = assemble(app);
    const auto selected = selectStacks(assembly, command.stacks);
    auto findings = validate(assembly);
    if (findings.failed()) {
        report(findings);
        return failure;
    }

    OutputFolder output(command.out);
    std::vector<StackFiles> written;
    for (const auto* stack : selected) {
        StackFiles files{.stack = stack};
        if (command.cloudFormation) addCloudFormation(command, files, output, findings);
        if (command.terraform) addTerraform(files, output, findings);
        for (const Asset* asset : stack->assets) {
            output.add(asset->fileName(), archives.at(asset->sha256()));
        }
        written.push_back(std::move(files));
    }
    if (report(findings)) return failure;
    output.add("manifest.json", manifest(written));
    output.add("tree.json", tree(app));
    output.commit();
    printSummary(command, written);
    return ok;
}

int listStacks(App& app) {
    const auto assembly = assemble(app);
    for (const auto& stack : assembly.stacks) {
        std::printf("%s\n", std::string(stack.stack->path()).c_str());
    }
    finishPrinting();
    return ok;
}

}  // namespace

int synth(App& app, int argc, char** argv, const SynthOptions& options) {
    try {
        const auto [command, exitCode] = parseCommandLine(argc, argv);
        if (!command) return exitCode;
        return command->kind == Command::Kind::List
                   ? listStacks(app)
                   : synthesize(app, *command, options);
    } catch (const UsageError& error) {
        printError(error.what());
        return usage;
    } catch (const Error& error) {
        printError(error.what());
    } catch (const std::filesystem::filesystem_error& error) {
        printError(error.path1().string() + ": " + error.code().message());
    } catch (const std::bad_alloc&) {
        printError("out of memory");
    } catch (const std::exception& error) {
        // A function of the program itself, such as a lazy value or an aspect, threw its own
        // exception.
        printError(
            "the stack program ended with an unexpected error: " + std::string(error.what()));
    }
    return failure;
}

}  // namespace loam
