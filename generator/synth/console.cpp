#include "generator/synth/console.hpp"

#include <loam/error.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <unistd.h>

namespace loam::synthesis {

namespace {

constexpr int failure = 1;

bool isTerminal() {
    static const bool terminal = isatty(STDERR_FILENO) == 1;
    return terminal;
}

bool useColour() {
    static const bool colour = isTerminal() && std::getenv("NO_COLOR") == nullptr;
    return colour;
}

void print(std::string_view colour, std::string_view text) {
    std::string line;
    if (useColour()) line += colour;
    line += text;
    if (useColour()) line += "\033[0m";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

constexpr std::string_view red = "\033[31m";
constexpr std::string_view yellow = "\033[33m";

/// A mistake in the stack program throws where it is made, which is before `synth` can catch it.
[[noreturn]] void onTerminate() {
    try {
        if (auto current = std::current_exception()) std::rethrow_exception(current);
    } catch (const Error& error) {
        printError(error.what());
        std::_Exit(failure);
    } catch (const std::exception& error) {
        printError(
            std::string("the stack program ended with an unexpected error: ") + error.what());
    } catch (...) {
        printError("the stack program ended with an unexpected error");
    }
    std::abort();
}

}  // namespace

void printError(std::string_view message) {
    print(red, "error: " + std::string(message));
    std::fputc('\n', stderr);
}

void printFinding(std::string_view description, bool isError) {
    print(isError ? red : yellow, description);
}

void printProgress(std::string_view message) {
    if (isTerminal())
        std::fprintf(stderr, "%.*s\n", static_cast<int>(message.size()), message.data());
}

void installTerminateHandler() { std::set_terminate(onTerminate); }

}  // namespace loam::synthesis
