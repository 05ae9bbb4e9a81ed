#pragma once

#include <loam/function.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loam {

/// Who may call a route.
enum class Authorization {
    /// Callers sign their requests and need a grant.
    Iam,
    /// Everyone on the internet.
    None,
};

enum class HttpMethod { Any, Get, Head, Post, Put, Patch, Delete, Options };

/// Which web pages of other origins may call the API.
struct CorsOptions {
    std::vector<std::string> allowOrigins = {};
    std::vector<HttpMethod> allowMethods = {};
    std::vector<std::string> allowHeaders = {};
    seconds maxAge = seconds{0};
};

struct HttpApiProps {
    /// Default: the construct's path.
    std::string apiName = {};
    std::string description = {};
    /// For routes that do not say otherwise.
    Authorization authorization = Authorization::Iam;
    /// Records each request in a log group; without it `api-access-logs` is reported.
    bool accessLogging = true;
    /// Default: made by CloudFormation.
    std::string logGroupName = {};
    Retention logRetention = Retention::OneMonth;
    /// Requests a second, over time and at once; more get status 429.
    double throttlingRateLimit = 1000;
    int throttlingBurstLimit = 500;
    /// Default: none.
    std::optional<CorsOptions> cors = {};
};

struct RouteProps {
    /// Starts with a slash; `{name}` stands for one segment.
    Required<std::string> path;
    FunctionBase& function;
    HttpMethod method = HttpMethod::Any;
    /// Default: the API's.
    std::optional<Authorization> authorization = {};
};

/// An HTTP API on the `$default` stage, which is deployed by itself.
class HttpApi : public Construct {
  public:
    using Props = HttpApiProps;
    HttpApi(Scope scope, const Props& props);

    /// Sends requests of a method and path to a function. Throws ValidationError if the path does
    /// not start with a slash.
    Construct& addRoute(std::string_view id, const RouteProps& props);

    /// `https://abc.execute-api.eu-central-1.amazonaws.com`.
    Str url() const;
    Str apiId() const;

    /// Permission to call a route that wants signed requests: `grantInvoke(role, HttpMethod::Post,
    /// "/a")`.
    Grant grantInvoke(
        Grantee& grantee, HttpMethod method = HttpMethod::Any, std::string_view path = "/*");

    /// Metrics of API Gateway: requests, their failures, milliseconds.
    Metric metricCount(const MetricOptions& options = {}) const;
    Metric metricClientError(const MetricOptions& options = {}) const;
    Metric metricServerError(const MetricOptions& options = {}) const;
    Metric metricLatency(const MetricOptions& options = {}) const;

    void validate(Findings& findings) const override;

  private:
    Str routeArn(HttpMethod method, std::string_view path) const;
    void addStage(const Props& props);
    Metric metric(const char* metricName, Statistic statistic, const MetricOptions& options) const;

    Authorization authorization_;
    bool accessLogging_;
    Resource* resource_;
};

}  // namespace loam
