#pragma once

#include <loam/construct.hpp>

#include <string>
#include <vector>

namespace loam {

enum class Severity : std::uint8_t { Error, Warning };

/// One thing that a check of the finished tree has to say.
struct Finding {
    Severity severity = Severity::Error;
    /// Stable name of the rule, to acknowledge it: `missing-property`.
    std::string id;
    /// Path of the construct: `Articles/MyLamDB/Writer`.
    std::string path;
    /// Path of the property, or empty: `VpcConfig.SubnetIds.0`.
    std::string property;
    /// What is wrong, what was given, what is allowed, what to do.
    std::string message;
    /// The line of the user's program that made the construct; file is empty when not known.
    std::string file;
    std::uint32_t line = 0;
    /// The reason, if the finding was acknowledged on the construct; then it does not stop
    /// anything.
    std::string acknowledged;
};

/// The findings of one check, collected. Path, line and acknowledgement come from the construct.
class Findings {
  public:
    void
    error(const Construct& at, std::string_view id, std::string message, std::string property = {});
    void warning(
        const Construct& at, std::string_view id, std::string message, std::string property = {});
    void append(const Findings& other);
    /// Whether an error is left that was not acknowledged.
    bool failed() const;
    const std::vector<Finding>& all() const noexcept { return findings_; }
    /// Sorts by path, property, rule and message.
    void sort();

  private:
    void add(Severity severity, const Construct& at, std::string_view id, std::string message,
        std::string property);
    std::vector<Finding> findings_;
};

/// The finding in two lines, as `synth` prints it.
std::string describe(const Finding& finding);

}  // namespace loam
