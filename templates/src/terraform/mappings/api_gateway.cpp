// HTTP and WebSocket APIs.
#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

/// The entries of a property that is an object of structs by name.
std::vector<MapNode::Entry> namedEntries(Builder& builder, const char* property) {
    const auto value = builder.property(property);
    if (!value.present()) return {};
    builder.scope().enter(*builder.resource().resource, property);
    return fieldsOf(builder.scope(), {"", value, property});
}

void finishIntegration(Builder& builder) {
    for (const auto& [status, value] : namedEntries(builder, "ResponseParameters")) {
        const auto path = "ResponseParameters." + status;
        Body body;
        builder.apply({pairs("ResponseParameters", "mappings", "Destination", "Source")},
            {"", value, path}, body);
        body.set("status_code", status.c_str());
        builder.main().add("response_parameters", body);
    }
}

void finishRoute(Builder& builder) {
    for (const auto& [key, value] : namedEntries(builder, "RequestParameters")) {
        Body body = builder.bodyOf({"Required"}, {"", value, "RequestParameters." + key});
        body.set("request_parameter_key", key.c_str());
        if (!body.has("required")) body.set("required", Bool(false));
        builder.main().add("request_parameter", body);
    }
}

const Table& routeSettings() {
    static const Table table{"DataTraceEnabled", "DetailedMetricsEnabled", "LoggingLevel",
        "ThrottlingBurstLimit", "ThrottlingRateLimit"};
    return table;
}

void finishStage(Builder& builder) {
    for (const auto& [key, value] : namedEntries(builder, "RouteSettings")) {
        Body body = builder.bodyOf(routeSettings(), {"", value, "RouteSettings." + key});
        body.set("route_key", key.c_str());
        builder.main().add("route_settings", body);
    }
}

TypeMapping api() {
    const Table cors{"AllowCredentials", "AllowHeaders", "AllowMethods", "AllowOrigins",
        "ExposeHeaders", "MaxAge"};
    return {"AWS::ApiGatewayV2::Api", "aws_apigatewayv2_api",
        {"ApiKeySelectionExpression", document("Body"), block("CorsConfiguration", cors),
            "CredentialsArn", "Description", "DisableExecuteApiEndpoint", "FailOnWarnings",
            "IpAddressType", "Name", "ProtocolType", "RouteKey", "RouteSelectionExpression", "Tags",
            "Target", "Version"},
        {{"Ref", "id"}, {"ApiId", "id"}, {"ApiEndpoint", "api_endpoint"}}, nullptr, "name", 128};
}

TypeMapping integration() {
    return {"AWS::ApiGatewayV2::Integration", "aws_apigatewayv2_integration",
        {"ApiId", "ConnectionId", "ConnectionType", "ContentHandlingStrategy", "CredentialsArn",
            "Description", "IntegrationMethod", "IntegrationSubtype", "IntegrationType",
            "IntegrationUri", "PassthroughBehavior", "PayloadFormatVersion", "RequestParameters",
            "RequestTemplates", custom("ResponseParameters"), "TemplateSelectionExpression",
            {"TimeoutInMillis", "timeout_milliseconds"},
            block("TlsConfig", {"ServerNameToVerify"})},
        {{"Ref", "id"}, {"IntegrationId", "id"}}, finishIntegration};
}

TypeMapping route() {
    return {"AWS::ApiGatewayV2::Route", "aws_apigatewayv2_route",
        {"ApiId", "ApiKeyRequired", "AuthorizationScopes", "AuthorizationType", "AuthorizerId",
            "ModelSelectionExpression", "OperationName", "RequestModels",
            custom("RequestParameters"), "RouteKey", "RouteResponseSelectionExpression", "Target"},
        {{"Ref", "id"}, {"RouteId", "id"}}, finishRoute};
}

TypeMapping stage() {
    return {"AWS::ApiGatewayV2::Stage", "aws_apigatewayv2_stage",
        {block("AccessLogSettings",
             {{"DestinationArn", "destination_arn", Form::LogGroupArn}, "Format"}),
            "ApiId", "AutoDeploy", "ClientCertificateId",
            block("DefaultRouteSettings", routeSettings()), "DeploymentId", "Description",
            custom("RouteSettings"), {"StageName", "name"}, "StageVariables", "Tags"},
        {{"Ref", "name"}}, finishStage};
}

}  // namespace

std::vector<TypeMapping> apiGatewayMappings() {
    return {api(), integration(), route(), stage(),
        {"AWS::ApiGatewayV2::Authorizer", "aws_apigatewayv2_authorizer",
            {"ApiId", "AuthorizerCredentialsArn", "AuthorizerPayloadFormatVersion",
                "AuthorizerResultTtlInSeconds", "AuthorizerType", "AuthorizerUri",
                "EnableSimpleResponses", {"IdentitySource", "identity_sources"},
                block("JwtConfiguration", {"Audience", "Issuer"}), "Name"},
            {{"Ref", "id"}, {"AuthorizerId", "id"}}}};
}

}  // namespace loam::terraform
