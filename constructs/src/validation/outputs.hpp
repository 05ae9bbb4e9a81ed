#pragma once

#include <loam/assembly.hpp>

#include <map>

namespace loam {

/// The construct behind an output, which may be the resource that another stack imports.
const Construct& constructOf(const AssembledOutput& output, const Stack& stack);

/// Checks what the stacks of one app give out.
class OutputCheck {
  public:
    explicit OutputCheck(Findings& findings) : findings_(findings) {}

    /// Reports outputs that are no text, and exports with the name of an earlier one: of this
    /// stack, or of one that may be deployed to the same account and region.
    void add(const AssembledStack& stack);

  private:
    struct Export {
        const Stack* stack;
        const Construct* construct;
    };

    void addExport(const std::string& name, const Export& entry);

    Findings& findings_;
    std::map<std::string, std::vector<Export>> exports_;
};

}  // namespace loam
