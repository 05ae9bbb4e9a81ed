// Writes stacks with every mapped type as Terraform configurations: terraform_samples DIRECTORY. A
// test runs terraform on them.
#include <loam/terraform.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "templates/src/json/json_writer.hpp"
#include "tests/templates/terraform_samples.hpp"

namespace {

using namespace loam;

/// An empty archive, under the name that its digest gives it.
void writeAsset(const std::filesystem::path& file) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary);
}

int run(const std::filesystem::path& folder) {
    App app;
    samples::addEveryMappedType(app);
    const auto assembly = assemble(app);
    bool failed = assembly.findings.failed();
    for (const auto& finding : assembly.findings.all()) std::cerr << describe(finding) << '\n';
    for (const auto& stack : assembly.stacks) {
        const auto rendering = terraform::render(stack);
        for (const auto& finding : rendering.findings.all()) std::cerr << describe(finding) << '\n';
        failed = failed || rendering.findings.failed();
        const auto directory = folder / terraform::directory(*stack.stack);
        std::filesystem::create_directories(directory);
        std::ofstream(directory / "main.tf.json")
            << writeJson(rendering.document, JsonStyle::Pretty);
        for (const auto* asset : stack.assets) writeAsset(folder / asset->fileName());
        std::cout << stack.stack->stackName() << '\n';
    }
    return failed ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: terraform_samples DIRECTORY\n";
        return 2;
    }
    return run(argv[1]);
}
