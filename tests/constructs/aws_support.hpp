#pragma once

// What the tests of the service constructs share: a stack, its template, what its validation finds.

#include <loam/assembly.hpp>
#include <loam/cloudformation.hpp>
#include <loam/loam.hpp>
#include <loam/terraform.hpp>
#include <loam/testing.hpp>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace loam::test {

/// An app with one stack.
struct OneStack {
    App app;
    Stack& stack =
        app.add<Stack>("Test", {.env = {.account = "123456789012", .region = "eu-central-1"}});

    /// The template. On the way the stack is rendered for Terraform too: whatever a construct can
    /// make there must be mapped, so every test of a construct is also a test of its mappings.
    cloudformation::Template render() {
        const auto assembly = assemble(app);
        const auto terraform = terraform::render(assembly.of(stack));
        for (const auto& finding : terraform.findings.all()) UNSCOPED_INFO(describe(finding));
        CHECK_FALSE(terraform.findings.failed());
        return cloudformation::render(stack);
    }

    /// Rules of the findings that nobody acknowledged, sorted.
    std::vector<std::string> findings() {
        std::vector<std::string> ids;
        const auto found = validate(assemble(app));
        for (const auto& finding : found.all()) {
            if (!finding.acknowledged.empty()) continue;
            ids.push_back(finding.id);
            UNSCOPED_INFO(describe(finding));
        }
        std::ranges::sort(ids);
        return ids;
    }

    /// The reason with which the rule was acknowledged, or empty.
    std::string reasonFor(std::string_view id) {
        const auto found = validate(assemble(app));
        for (const auto& finding : found.all()) {
            if (finding.id == id) return finding.acknowledged;
        }
        return {};
    }
};

using Ids = std::vector<std::string>;

}  // namespace loam::test
