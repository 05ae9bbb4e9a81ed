#pragma once

#include <loam/error.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam::synthesis {

/// The command line asks for what is not there.
class UsageError : public Error {
  public:
    using Error::Error;
};

/// What a stack program was asked to do.
struct Command {
    enum class Kind { Synthesize, List };
    Kind kind = Kind::Synthesize;
    /// Paths of stacks; empty: all.
    std::vector<std::string> stacks;
    bool cloudFormation = true;
    bool terraform = true;
    bool yaml = false;
    std::string out = "loam.out";
};

/// The command, or the exit code if there is nothing more to do: 0 after --help and --version, 2
/// after a mistake, with the message already printed.
struct ParsedCommand {
    std::optional<Command> command;
    int exitCode = 0;
};

ParsedCommand parseCommandLine(int argc, char** argv);

}  // namespace loam::synthesis
