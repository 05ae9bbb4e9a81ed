#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

struct WithFunction : OneStack {
    Function& function =
        stack.add<Function>("Function", {.code = Code::directory("fixtures/noop")});
};

}  // namespace

TEST_CASE("routes want signed requests unless said otherwise", "[api]") {
    WithFunction test;
    auto& api = test.stack.add<HttpApi>("Api", {});

    api.addRoute(
        "Query", {.path = "/graphql", .function = test.function, .method = HttpMethod::Post});
    api.addRoute("Health",
        {.path = "/health", .function = test.function, .authorization = Authorization::None});

    const auto document = test.render();
    CHECK_THAT(document, hasResource("AWS::ApiGatewayV2::Route", R"({"RouteKey": "POST /graphql",
        "AuthorizationType": "AWS_IAM", "ApiId": {"Ref": "Api"},
        "Target": {"Fn::Sub": "{{matches ^integrations/..ApiQueryIntegration}}"}})"));
    CHECK_THAT(document,
        hasResource("AWS::ApiGatewayV2::Route",
            R"({"RouteKey": "ANY /health", "AuthorizationType": "NONE"})"));
    CHECK(test.findings().empty());
}

TEST_CASE("a route may call its function for its own method and path only", "[api]") {
    WithFunction test;
    auto& api = test.stack.add<HttpApi>("Api", {});

    api.addRoute("Client",
        {.path = "/{version}/{hash}/graphql",
            .function = test.function,
            .method = HttpMethod::Post});

    const auto document = test.render();
    CHECK_THAT(document, hasResource("AWS::Lambda::Permission", R"({
        "Principal": "apigateway.amazonaws.com",
        "FunctionName": {"Fn::GetAtt": ["Function", "Arn"]},
        "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:eu-central-1:123456789012:${Api}/*/POST/*/*/graphql"}})"));
    CHECK_THAT(document,
        hasResource("AWS::ApiGatewayV2::Integration",
            R"({"IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "2.0"})"));
}

TEST_CASE("the default stage is deployed by itself, limited and recorded", "[api]") {
    WithFunction test;
    test.stack.add<HttpApi>("Api", {.throttlingRateLimit = 50, .throttlingBurstLimit = 10});

    CHECK_THAT(test.render(), hasResource("AWS::ApiGatewayV2::Stage", R"({
        "StageName": "$default", "AutoDeploy": true,
        "DefaultRouteSettings": {"ThrottlingRateLimit": 50, "ThrottlingBurstLimit": 10},
        "AccessLogSettings": {"DestinationArn": "{{any}}",
            "Format": {"{{json}}": {"requestId": "$context.requestId", "status": "$context.status"}}}
    })"));
}

TEST_CASE("an API without access logs is reported", "[api]") {
    WithFunction test;
    test.stack.add<HttpApi>("Api", {.accessLogging = false});

    CHECK(test.findings() == Ids{"api-access-logs"});
    CHECK_THAT(test.render(),
        hasResource("AWS::ApiGatewayV2::Stage", R"({"AccessLogSettings": "{{absent}}"})"));
}

TEST_CASE("calling the API is granted by method and path", "[api]") {
    WithFunction test;
    auto& api = test.stack.add<HttpApi>("Api", {});
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    api.grantInvoke(role, HttpMethod::Post, "/graphql");

    CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"PolicyDocument": {"Statement": [{
        "Action": "execute-api:Invoke",
        "Resource": {"Fn::Sub": "{{matches \\$\\{Api\\}/\\*/POST/graphql$}}"}}]}})"));
}

TEST_CASE("web pages of other origins call only if told so", "[api]") {
    WithFunction test;

    SECTION("by default not") {
        test.stack.add<HttpApi>("Api", {});
        CHECK_THAT(test.render(),
            hasResource("AWS::ApiGatewayV2::Api",
                R"({"CorsConfiguration": "{{absent}}", "Name": "Test-Api"})"));
    }
    SECTION("with options") {
        test.stack.add<HttpApi>("Api",
            {.cors = CorsOptions{
                 .allowOrigins = {"https://a.example"}, .allowMethods = {HttpMethod::Any}}});
        CHECK_THAT(test.render(),
            hasResource("AWS::ApiGatewayV2::Api",
                R"({"CorsConfiguration": {"AllowOrigins": ["https://a.example"], "AllowMethods": ["*"]}})"));
    }
}

TEST_CASE("rejects a route without a slash at its start", "[api]") {
    WithFunction test;
    auto& api = test.stack.add<HttpApi>("Api", {});

    CHECK_THROWS_WITH(api.addRoute("Query", {.path = "graphql", .function = test.function}),
        Catch::Contains("route Query must start with a slash, got \"graphql\""));
}
