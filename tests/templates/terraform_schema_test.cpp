// The tables against the schema of the real provider: every argument and block that a table names,
// and everything in the documents of the samples, which reach what functions do beside the tables.
#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "templates/src/terraform/mapping.hpp"
#include "tests/templates/terraform_samples.hpp"
#include "tests/templates/terraform_support.hpp"

namespace loam::terraform {

namespace {

const Json& schemas() {
    static const Json all = [] {
        std::ifstream file(LOAM_TESTS_DIRECTORY "/support/tf-provider/schema/aws.json");
        REQUIRE(file.good());
        return Json::parse(file)["provider_schemas"].begin().value();
    }();
    return all;
}

/// Whether the block has an argument that may be set.
bool hasArgument(const Json& block, const std::string& name) {
    if (!block.contains("attributes") || !block["attributes"].contains(name)) return false;
    const auto& attribute = block["attributes"][name];
    return attribute.value("required", false) || attribute.value("optional", false);
}

const Json* nestedBlock(const Json& block, const std::string& name) {
    if (!block.contains("block_types") || !block["block_types"].contains(name)) return nullptr;
    return &block["block_types"][name]["block"];
}

void checkTable(const Table& table, const Json& block, const std::string& where,
    std::vector<std::string>& wrong) {
    for (const auto& property : table) {
        const auto name = where + "." + std::string(property.from) + " -> " + property.to;
        switch (property.form) {
            case Form::Custom:
            case Form::Refused:
                break;
            case Form::Flatten:
                checkTable(property.nested, block, where, wrong);
                break;
            case Form::Block:
                if (const auto* nested = nestedBlock(block, property.to)) {
                    checkTable(property.nested, *nested, name, wrong);
                } else {
                    wrong.push_back(name);
                }
                break;
            default:
                if (!hasArgument(block, property.to)) wrong.push_back(name);
        }
    }
}

void checkBody(const Json& body, const Json& block, const std::string& where,
    std::vector<std::string>& wrong) {
    static const std::set<std::string> meta{"//", "count", "depends_on", "lifecycle", "dynamic"};
    for (const auto& [name, value] : body.items()) {
        if (meta.count(name) != 0 || hasArgument(block, name)) continue;
        const auto* nested = nestedBlock(block, name);
        if (nested == nullptr) {
            wrong.push_back(where + "." + name);
            continue;
        }
        for (const auto& item : value) checkBody(item, *nested, where + "." + name, wrong);
    }
    if (!body.contains("dynamic")) return;
    for (const auto& [name, blocks] : body["dynamic"].items()) {
        const auto* nested = nestedBlock(block, name);
        if (nested == nullptr) {
            wrong.push_back(where + "." + name);
            continue;
        }
        for (const auto& item : blocks)
            checkBody(item["content"], *nested, where + "." + name, wrong);
    }
}

/// The attributes of the provider that an entry of an attribute table names.
std::vector<std::string> attributesIn(std::string_view to) {
    if (to.find('{') == std::string_view::npos) return {std::string(to)};
    std::vector<std::string> names;
    for (auto open = to.find('{'); open != std::string_view::npos; open = to.find('{', open + 1)) {
        // `${e.x}` is a part of the expression itself.
        if (open > 0 && to[open - 1] == '$') continue;
        names.emplace_back(to.substr(open + 1, to.find('}', open) - open - 1));
    }
    return names;
}

}  // namespace

TEST_CASE("every argument and block of the tables exists in the provider's schema", "[terraform]") {
    std::vector<std::string> wrong;

    for (const auto* mapping : allMappings()) {
        if (mapping->resource.empty()) continue;
        const std::string resource(mapping->resource);
        INFO(mapping->type);
        REQUIRE(schemas()["resource_schemas"].contains(resource));
        checkTable(mapping->properties, schemas()["resource_schemas"][resource]["block"],
            std::string(mapping->type), wrong);
    }

    CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("every attribute of the tables exists in the provider's schema", "[terraform]") {
    std::vector<std::string> wrong;

    for (const auto* mapping : allMappings()) {
        if (mapping->attribute != nullptr) continue;
        for (const auto& entry : mapping->attributes) {
            const std::string resource(entry.resource.empty() ? mapping->resource : entry.resource);
            const auto& attributes = schemas()["resource_schemas"][resource]["block"]["attributes"];
            for (const auto& name : attributesIn(entry.to)) {
                if (!attributes.contains(name)) {
                    wrong.push_back(std::string(mapping->type) + "." + std::string(entry.from));
                }
            }
        }
        const std::string retain(mapping->retainArgument);
        const std::string resource(mapping->resource);
        if (retain.empty()) continue;
        if (!hasArgument(schemas()["resource_schemas"][resource]["block"], retain)) {
            wrong.push_back(retain);
        }
    }

    CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("the samples have every mapped type and only what the schema knows", "[terraform]") {
    App app;
    samples::addEveryMappedType(app);
    const auto assembly = assemble(app);
    std::vector<std::string> wrong;
    std::set<std::string> types;

    for (const auto& stack : assembly.stacks) {
        for (const auto& resource : stack.resources) types.emplace(resource.resource->typeName());
        const auto rendering = render(stack);
        for (const auto& finding : rendering.findings.all()) wrong.push_back(describe(finding));
        const auto document = parsed(rendering);
        for (const char* section : {"resource", "data"}) {
            if (!document.contains(section)) continue;
            const auto& known = schemas()
                [section == std::string("data") ? "data_source_schemas" : "resource_schemas"];
            for (const auto& [type, blocks] : document[section].items()) {
                if (type == "terraform_remote_state") continue;
                for (const auto& [name, body] : blocks.items()) {
                    checkBody(body, known[type]["block"], type + "." + name, wrong);
                }
            }
        }
    }

    CHECK(wrong == std::vector<std::string>{});
    for (const auto type : mappedTypes()) {
        INFO(type);
        CHECK(types.count(std::string(type)) == 1);
    }
}

TEST_CASE("mapped types are known by name", "[terraform]") {
    CHECK(isMapped("AWS::Lambda::Function"));
    CHECK_FALSE(isMapped("AWS::Kinesis::Stream"));
    const auto types = mappedTypes();
    CHECK(std::is_sorted(types.begin(), types.end()));
    CHECK(std::adjacent_find(types.begin(), types.end()) == types.end());
}

}  // namespace loam::terraform
