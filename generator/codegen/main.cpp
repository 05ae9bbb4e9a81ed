// loam_codegen SPECS OUT: reads every fact file of the folder SPECS and writes OUT/include/loam/aws
// and OUT/src. A file whose text did not change is not touched, so nothing is compiled twice.

#include <algorithm>
#include <deque>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "generator/codegen/writers.hpp"

namespace {

namespace fs = std::filesystem;
using namespace loam::codegen;

std::string readFile(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void writeIfChanged(const fs::path& path, const std::string& text) {
    if (fs::exists(path) && readFile(path) == text) return;
    fs::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw std::runtime_error("cannot write " + path.string());
}

std::vector<fs::path> factFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    if (files.empty()) throw std::runtime_error("no fact files (*.txt) in " + folder.string());
    std::sort(files.begin(), files.end());
    return files;
}

constexpr const char* catalogHeader = R"(#pragma once

#include <loam/struct_table.hpp>

namespace loam {

/// The facts about a type by CloudFormation's name, or null. In the library loam_aws_catalog, which
/// links the tables of every service.
const ResourceType* findResourceType(std::string_view name);

}  // namespace loam
)";

void generate(const fs::path& specs, const fs::path& out) {
    const auto include = out / "include" / "loam" / "aws";
    std::deque<Service> facts;
    std::vector<CppService> services;
    for (const auto& file : factFiles(specs)) {
        facts.push_back(readFacts(file.filename().string(), readFile(file)));
        services.push_back(buildModel(facts.back()));
        const auto& name = facts.back().name;
        writeIfChanged(include / (name + ".hpp"), writeHeader(services.back()));
        writeIfChanged(out / "src" / (name + ".cpp"), writeTables(services.back()));
    }
    writeIfChanged(include / "typed_resource.hpp", writeSharedHeader());
    writeIfChanged(out / "src" / "typed_resource.cpp", writeSharedTables());
    writeIfChanged(include / "all_types.hpp", catalogHeader);
    writeIfChanged(out / "src" / "all_types.cpp", writeCatalog(services));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: loam_codegen SPECS OUT\n";
        return 2;
    }
    try {
        generate(argv[1], argv[2]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "loam_codegen: " << error.what() << '\n';
        return 1;
    }
}
