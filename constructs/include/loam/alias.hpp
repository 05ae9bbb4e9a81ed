#pragma once

#include <loam/function.hpp>

namespace loam {

struct VersionProps {
    Function& function;
};

/// A version of a function. Its logical id holds a hash of the code and the settings, so that a
/// change of either makes a new version; the old one stays as long as an alias may use it.
class Version : public Construct {
  public:
    using Props = VersionProps;
    Version(Scope scope, Props props);

    Function& function() const noexcept { return *function_; }
    /// The number.
    Str version() const;

  private:
    Function* function_;
    Resource* resource_;
};

struct AliasOptions {
    /// Environments that are kept ready, so that no call waits for a start. Charged by the hour.
    /// Default: none.
    std::optional<int> provisionedConcurrency = {};
    std::string description = {};
};

struct AliasProps {
    Version& version;
    Required<std::string> aliasName;
    AliasOptions options = {};
};

/// A name that points to a version of a function.
class Alias : public FunctionBase {
  public:
    using Props = AliasProps;
    /// Throws ValidationError if more concurrency is provisioned than is reserved, or less than
    /// one.
    Alias(Scope scope, const Props& props);

    Str functionArn() const override;
    /// `function:alias`.
    Str functionName() const override;

  protected:
    std::map<std::string, Str> metricDimensions() const override;

  private:
    Function* function_;
    std::string aliasName_;
    Resource* resource_;
};

}  // namespace loam
