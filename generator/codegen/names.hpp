#pragma once

// How CloudFormation's names become C++ names.

#include <set>
#include <string>
#include <string_view>

namespace loam::codegen {

/// A property's member: the first letter lowered, a trailing underscore for keywords and macros.
std::string memberName(std::string_view property);

/// A name with its first letter raised.
std::string raised(std::string_view name);

/// An allowed value as a constant: `PER_TENANT` is PerTenant, `x86_64` is X86_64, `2012-10-17` is
/// V2012_10_17.
std::string constantName(std::string_view value);

/// Whether the name is declared in namespace loam and used by generated code.
bool isCoreName(std::string_view name);

/// The namespace of a service: its name, with a trailing underscore if that is a keyword.
std::string namespaceName(std::string_view service);

/// Names of one scope; a name that is taken gets trailing underscores.
class Scope {
  public:
    std::string claim(std::string name) {
        while (!taken_.insert(name).second) name += '_';
        return name;
    }
    bool has(const std::string& name) const { return taken_.count(name) > 0; }

  private:
    std::set<std::string> taken_;
};

}  // namespace loam::codegen
