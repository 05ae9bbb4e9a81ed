#pragma once

#include <string>
#include <string_view>

namespace loam::synthesis {

/// Messages go to standard error, so that standard output holds results only. Colour is used on a
/// terminal alone, and never if NO_COLOR is set.
void printError(std::string_view message);
void printFinding(std::string_view description, bool isError);
/// A line of progress, shown on a terminal only.
void printProgress(std::string_view message);

/// Prints errors that end `main` before `synth` is called, and exits with 1.
void installTerminateHandler();

}  // namespace loam::synthesis
