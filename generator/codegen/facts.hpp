#pragma once

// The facts about one CloudFormation service, as read from a file of generator/specs. The format is
// described in docs/decisions/resource-facts.md.

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace loam::codegen {

/// A fact file that cannot be read: `lambda.txt:12: ...`.
class FactError : public std::runtime_error {
  public:
    FactError(const std::string& file, std::size_t line, const std::string& message)
        : std::runtime_error(file + ":" + std::to_string(line) + ": " + message) {}
};

/// Two ends of a limit as written in the file; an empty end is open.
struct Limit {
    std::string low;
    std::string high;
    bool given() const { return !low.empty() || !high.empty(); }
};

/// `AWS::IAM::Role` and its attribute `Arn`.
struct Target {
    std::string type;
    std::string attribute;
};

struct Property {
    /// CloudFormation's name.
    std::string name;
    /// str, num, int, bool, any, tag, the name of a definition, [element] or {element}.
    std::string type;
    bool required = false;
    bool replaces = false;
    bool mayReplace = false;
    bool writeOnly = false;
    bool deprecated = false;
    bool unique = false;
    bool anyCase = false;
    Limit items;
    Limit length;
    Limit range;
    std::vector<std::string> values;
    std::vector<Target> takes;
    std::string pattern;
    /// Where it stands in the file.
    std::size_t line = 0;
};

/// Properties that belong together; `word` is xor, or, needs or excludes.
struct Combination {
    std::string word;
    std::vector<std::string> names;
};

struct Definition {
    std::string name;
    std::vector<Property> properties;
    std::vector<Combination> combinations;
};

struct Attribute {
    std::string name;
    std::string type;
};

struct Resource {
    /// `AWS::Lambda::Function`.
    std::string type;
    /// The resource's own properties; its name is the last part of the type.
    Definition properties;
    std::vector<Definition> definitions;
    std::vector<Attribute> attributes;
    std::vector<std::string> primaryIdentifier;
    /// What Ref returns; empty if not known.
    std::string refReturns;
    std::string arnTemplate;
    std::string tagProperty;
    /// list, map or asg.
    std::string tagShape;
    bool stateful = false;
};

struct Service {
    /// Name of the file without its extension: `lambda`. Namespace and header have this name.
    std::string name;
    /// `AWS::Lambda`.
    std::string cloudFormationNamespace;
    std::vector<Resource> resources;
};

/// Reads the text of a fact file. Throws FactError.
Service readFacts(const std::string& file, std::string_view text);

}  // namespace loam::codegen
