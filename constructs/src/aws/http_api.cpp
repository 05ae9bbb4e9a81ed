#include <loam/aws/apigatewayv2.hpp>
#include <loam/aws/lambda.hpp>
#include <loam/findings.hpp>
#include <loam/http_api.hpp>
#include <loam/stack.hpp>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

/// One JSON object for each request.
constexpr const char* accessLogFormat =
    R"({"requestId":"$context.requestId","time":"$context.requestTime","ip":"$context.identity.sourceIp",)"
    R"("caller":"$context.identity.userArn","method":"$context.httpMethod","path":"$context.path",)"
    R"("status":"$context.status","latency":"$context.responseLatency",)"
    R"("responseLength":"$context.responseLength","error":"$context.error.message",)"
    R"("integrationError":"$context.integrationErrorMessage"})";

const char* name(HttpMethod method) {
    switch (method) {
        case HttpMethod::Any:
            return "ANY";
        case HttpMethod::Get:
            return "GET";
        case HttpMethod::Head:
            return "HEAD";
        case HttpMethod::Post:
            return "POST";
        case HttpMethod::Put:
            return "PUT";
        case HttpMethod::Patch:
            return "PATCH";
        case HttpMethod::Delete:
            return "DELETE";
        case HttpMethod::Options:
            return "OPTIONS";
    }
    return "";
}

/// `/{clientVersion}/graphql` as ARNs write it: `/*/graphql`.
std::string withStars(std::string_view path) {
    std::string text;
    bool inside = false;
    for (const char c : path) {
        if (c == '{') text += '*';
        inside = c == '{' || (inside && c != '}');
        if (!inside && c != '}') text += c;
    }
    return text;
}

Obj<aws::apigatewayv2::ApiCors> corsOf(const HttpApiProps& props) {
    if (!props.cors) return {};
    std::vector<Str> methods;
    for (const auto method : props.cors->allowMethods) {
        methods.emplace_back(method == HttpMethod::Any ? "*" : name(method));
    }
    const auto& headers = props.cors->allowHeaders;
    return {{
        .allowHeaders = headers.empty() ? StrList() : StrList(headers),
        .allowMethods = given(methods),
        .allowOrigins = props.cors->allowOrigins,
        .maxAge = props.cors->maxAge.count(),
    }};
}

}  // namespace

HttpApi::HttpApi(Scope scope, const Props& props)
    : Construct(std::move(scope)),
      authorization_(props.authorization),
      accessLogging_(props.accessLogging) {
    resource_ = &add<aws::apigatewayv2::Api>("Resource",
        {
            .corsConfiguration = corsOf(props),
            .description = given(props.description),
            .name = props.apiName.empty() ? pathWithHyphens(*this) : props.apiName,
            .protocolType = "HTTP",
        });
    addStage(props);
}

void HttpApi::addStage(const Props& props) {
    aws::apigatewayv2::StageProps stage{
        .apiId = apiId(),
        .autoDeploy = true,
        .defaultRouteSettings = {{
            .detailedMetricsEnabled = true,
            .throttlingBurstLimit = props.throttlingBurstLimit,
            .throttlingRateLimit = props.throttlingRateLimit,
        }},
        .stageName = "$default",
    };
    if (accessLogging_) {
        auto& logGroup = add<LogGroup>("AccessLogs",
            {
                .logGroupName = given(props.logGroupName),
                .retention = props.logRetention,
                .removalPolicy = RemovalPolicy::Destroy,
            });
        stage.accessLogSettings = {
            {.destinationArn = logGroup.destinationArn(), .format = accessLogFormat}};
    }
    add<aws::apigatewayv2::Stage>("DefaultStage", stage);
}

Construct& HttpApi::addRoute(std::string_view id, const RouteProps& props) {
    const auto& path = props.path.get();
    require(path.starts_with('/'), *this,
        "the path of route " + std::string(id) + " must start with a slash, got \"" + path + "\"");
    auto& scope = add<Group>(id);
    auto& integration = scope.add<aws::apigatewayv2::Integration>("Integration",
        {
            .apiId = apiId(),
            .integrationType = "AWS_PROXY",
            .integrationUri = props.function.functionArn(),
            .payloadFormatVersion = "2.0",
        });
    const bool open = props.authorization.value_or(authorization_) == Authorization::None;
    scope.add<aws::apigatewayv2::Route>("Resource",
        {
            .apiId = apiId(),
            .authorizationType = open ? "NONE" : "AWS_IAM",
            .routeKey = name(props.method) + (" " + path),
            .target = "integrations/" + integration.ref(),
        });
    scope.add<aws::lambda::Permission>("Permission",
        {
            .action = "lambda:InvokeFunction",
            .functionName = props.function.functionArn(),
            .principal = "apigateway.amazonaws.com",
            .sourceArn = routeArn(props.method, path),
        });
    return scope;
}

Str HttpApi::url() const { return resource_->attribute("ApiEndpoint"); }
Str HttpApi::apiId() const { return resource_->ref(); }

Str HttpApi::routeArn(HttpMethod method, std::string_view path) const {
    const std::string verb = method == HttpMethod::Any ? "*" : name(method);
    return stack().formatArn("execute-api", apiId() + "/*/" + verb + withStars(path));
}

Grant HttpApi::grantInvoke(Grantee& grantee, HttpMethod method, std::string_view path) {
    return Grant::give(
        grantee, {.actions = {"execute-api:Invoke"}, .resources = {routeArn(method, path)}});
}

Metric
HttpApi::metric(const char* metricName, Statistic statistic, const MetricOptions& options) const {
    return Metric(
        {
            .metricNamespace = "AWS/ApiGateway",
            .metricName = metricName,
            .dimensions = {{"ApiId", apiId()}},
            .statistic = std::move(statistic),
        })
        .with(options);
}

Metric HttpApi::metricCount(const MetricOptions& options) const {
    return metric("Count", Statistic::sum(), options);
}

Metric HttpApi::metricClientError(const MetricOptions& options) const {
    return metric("4xx", Statistic::sum(), options);
}

Metric HttpApi::metricServerError(const MetricOptions& options) const {
    return metric("5xx", Statistic::sum(), options);
}

Metric HttpApi::metricLatency(const MetricOptions& options) const {
    return metric("Latency", Statistic::average(), options);
}

void HttpApi::validate(Findings& findings) const {
    if (accessLogging_) return;
    findings.warning(*this, "api-access-logs",
        "requests to the API are not recorded; leave accessLogging on, or acknowledge "
        "\"api-access-logs\" with the reason");
}

}  // namespace loam
