#pragma once

#include <string>
#include <string_view>

#include "runtime/lambda/connection.hpp"
#include "runtime/lambda/function.hpp"

namespace loam::runtime::lambda {

/// Speaks the Lambda Runtime API, version 2018-06-01, over one kept connection.
class RuntimeClient {
  public:
    /// `address` is AWS_LAMBDA_RUNTIME_API, "IP:port".
    explicit RuntimeClient(std::string_view address) : connection_(address) {}

    /// Waits for the next invocation. Throws HttpError, or Terminated on SIGTERM.
    Invocation next();

    /// Whether the platform took an answer.
    enum class Delivery { Accepted, TooLarge, Refused };

    /// Answers an invocation. Throws HttpError when the platform says that the process must end.
    Delivery respond(const std::string& requestId, std::string_view answer);

    /// Ends an invocation with an error.
    void fail(const std::string& requestId, std::string_view type, std::string_view message);

    /// Reports that the function could not start.
    void failInit(std::string_view type, std::string_view message);

  private:
    void postError(const std::string& path, std::string_view type, std::string_view message);

    Connection connection_;
};

}  // namespace loam::runtime::lambda
