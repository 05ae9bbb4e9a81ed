#pragma once

// Matchers for templates, to test stacks with. They fit Catch2's CHECK_THAT and need none of it:
//
//     CHECK_THAT(cloudformation::render(stack), hasResource("AWS::SQS::Queue", R"({"DelaySeconds":
//     5})"));
//
// Documents are the JSON of CloudFormation or of Terraform; for Terraform the types are the
// provider's.
//
// An expectation is JSON. An object matches one that has at least these entries, a list matches one
// with the same items in the same order, everything else must be equal. In place of any value:
//
//     "{{any}}"                    any value, but one must be there
//     "{{absent}}"                 the entry must not be there
//     "{{matches ^arn:}}"          a text in which the regular expression (RE2) is found
//     {"{{contains}}": [a, b]}     a list with these items, in any order, and maybe others
//     {"{{exactly}}": {...}}       an object with these entries and no others
//     {"{{not}}": x}               anything that x does not match
//     {"{{json}}": x}              a text that is JSON which x matches

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace loam::testing {

/// What `match` found, in words, for the failing test. Base of the matchers.
class DocumentMatcher {
  public:
    /// What was expected and, after a `match` that failed, what there is instead.
    std::string toString() const { return explanation_; }

  protected:
    mutable std::string explanation_;
};

/// The part of a resource that an expectation is about.
enum class Part : std::uint8_t {
    /// Its properties; in Terraform its arguments.
    Properties,
    /// All of its entry: also `DependsOn`, `DeletionPolicy`, `Metadata` and so on.
    Entry,
};

/// See `hasResource`.
class HasResource : public DocumentMatcher {
  public:
    HasResource(std::string_view type, std::string_view expected, Part part)
        : type_(type), expected_(expected), part_(part) {}
    bool match(std::string_view document) const;

  private:
    std::string type_;
    std::string expected_;
    Part part_;
};

/// See `resourceCount`.
class ResourceCount : public DocumentMatcher {
  public:
    ResourceCount(std::string_view type, std::size_t count) : type_(type), count_(count) {}
    bool match(std::string_view document) const;

  private:
    std::string type_;
    std::size_t count_;
};

/// See `hasOutput`, `hasParameter` and `matchesDocument`.
class HasEntry : public DocumentMatcher {
  public:
    enum class Section : std::uint8_t { Outputs, Parameters, Whole };
    HasEntry(Section section, std::string_view name, std::string_view expected)
        : section_(section), name_(name), expected_(expected) {}
    bool match(std::string_view document) const;

  private:
    Section section_;
    std::string name_;
    std::string expected_;
};

/// A resource of the type matches the expectation. Throws ValidationError if that is not JSON.
inline HasResource
hasResource(std::string_view type, std::string_view expected = "{}", Part part = Part::Properties) {
    return {type, expected, part};
}

/// There are exactly so many resources of the type.
inline ResourceCount resourceCount(std::string_view type, std::size_t count) {
    return {type, count};
}

/// There is an output (Terraform: output) of that name which matches: `R"({"Value": "{{any}}"})"`.
inline HasEntry hasOutput(std::string_view name, std::string_view expected = "{}") {
    return {HasEntry::Section::Outputs, name, expected};
}

/// There is a parameter (Terraform: variable) of that name which matches.
inline HasEntry hasParameter(std::string_view name, std::string_view expected = "{}") {
    return {HasEntry::Section::Parameters, name, expected};
}

/// The document as a whole matches.
inline HasEntry matchesDocument(std::string_view expected) {
    return {HasEntry::Section::Whole, "document", expected};
}

}  // namespace loam::testing
