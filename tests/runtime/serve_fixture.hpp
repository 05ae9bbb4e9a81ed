#pragma once

#include <catch2/catch.hpp>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGTERM is all of it.
#include <string>
#include <vector>

#include "runtime/lambda/connection.hpp"
#include "tests/runtime/article_fixture.hpp"
#include "tests/support/runtime/child_process.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

namespace loam::testing {

/// A folder with a schema and migrations, and the program.
struct Program {
    TemporaryDirectory directory;

    Program() { writeArticles(directory); }

    std::vector<std::string> command(const std::vector<std::string>& arguments) const {
        std::vector<std::string> result{LOAM_LAMDB_PROGRAM};
        for (const std::string& argument : arguments) {
            result.push_back(
                argument == "SCHEMA"     ? directory / "schema.prisma"
                : argument == "DATABASE" ? directory / "database.db"
                : argument == "MIGRATIONS"
                    ? directory / "migrations"
                    : argument);
        }
        return result;
    }

    /// Runs a command to its end; the exit code. Its output is in `output`.
    int run(const std::vector<std::string>& arguments) {
        directory.write("output", "");
        ChildProcess child(command(arguments), {}, directory / "output");
        const int code = child.wait();
        output = readFile(directory / "output");
        return code;
    }

    std::string output;
};

/// A server on a free port.
class Server {
  public:
    Server(const Program& program, const std::vector<std::string>& more)
        : log_(freshLog(program)), child_(program.command(arguments(more)), {}, log_) {
        REQUIRE(eventually([this] { return !address().empty(); }));
    }

    std::string log() const { return readFile(log_); }

    std::string address() const {
        const std::string text = log();
        const std::string start = "listening on http://";
        const std::size_t at = text.find(start);
        const std::size_t end = text.find('\n', at);
        return at == std::string::npos || end == std::string::npos
                   ? ""
                   : text.substr(at + start.size(), end - at - start.size());
    }

    runtime::lambda::HttpResponse post(const std::string& path, const std::string& body) const {
        return runtime::lambda::Connection(address()).request("POST", path, "", body);
    }

    int stop() {
        child_.signal(SIGTERM);
        return child_.wait();
    }

  private:
    static std::string freshLog(const Program& program) {
        program.directory.write("log", "");
        return program.directory / "log";
    }

    static std::vector<std::string> arguments(const std::vector<std::string>& more) {
        std::vector<std::string> all{
            "serve", "--schema", "SCHEMA", "--database", "DATABASE", "--port", "0"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    std::string log_;
    ChildProcess child_;
};

}  // namespace loam::testing
