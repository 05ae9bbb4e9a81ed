#pragma once

#include <functional>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace loam::testing {

/// A child process, killed at the end of the test if it still runs.
class ChildProcess {
  public:
    /// Starts a program with this environment added to ours. Its standard output and error go to
    /// the file `output`.
    ChildProcess(const std::vector<std::string>& command,
        const std::map<std::string, std::string>& environment, const std::string& output);

    /// Runs a function in a copy of this process, which then exits with 0.
    explicit ChildProcess(const std::function<void()>& body);

    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    void signal(int number) const;

    /// Waits for the end: the exit code, or minus the signal that ended it.
    int wait();

  private:
    pid_t id_ = -1;
};

/// The whole content of a file, empty when there is none.
std::string readFile(const std::string& path);

/// Asks again and again, for ten seconds at most, until the condition holds; whether it does.
bool eventually(const std::function<bool()>& condition);

}  // namespace loam::testing
