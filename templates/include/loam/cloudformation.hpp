#pragma once

// Stacks as CloudFormation templates, in memory.

#include <loam/assembly.hpp>

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace loam::cloudformation {

/// Bytes of a template that can be sent with the request itself; a larger one goes through a
/// bucket.
inline constexpr std::size_t inlineBytes = 51'200;
/// Bytes of a template in a bucket.
inline constexpr std::size_t templateBytes = 1'000'000;

/// The JSON text of one template, for tests; see testing.hpp.
struct Template {
    std::string text;
    operator std::string_view() const noexcept { return text; }
    /// A few words in place of the text, so that a failing test stays readable.
    friend std::ostream& operator<<(std::ostream& out, const Template& document);
};

/// The template as a value of literals, sections and entries in the order in which people read
/// them. Throws ValidationError for what no template can express, such as a reference to a dead
/// construct.
Value render(const AssembledStack& stack);

/// Assembles the app of the stack and renders the stack. Neither validates nor packs anything.
Template render(const Stack& stack);

/// The document as JSON: indented, unless only the compact form stays below a limit.
std::string json(const Value& document);

/// The document as YAML with short tags (`!Ref`). It reads back as exactly the same document.
std::string yaml(const Value& document);

/// What `--capabilities` must name to deploy the stack, the least that suffices; sorted.
std::vector<std::string> capabilities(const AssembledStack& stack);

/// Compares the stack and its text with CloudFormation's limits: an error beyond a limit (`limit`),
/// a warning from 80 % on (`near-limit`). Both say what to do.
void checkLimits(const AssembledStack& stack, std::string_view text, Findings& findings);

}  // namespace loam::cloudformation
