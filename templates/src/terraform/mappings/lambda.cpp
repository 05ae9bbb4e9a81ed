// Functions. The provider has no resource for a version: a function publishes one on every change
// if it is told to, and names it in `version`.
#include <loam/error.hpp>

#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

constexpr const char* functionResource = "aws_lambda_function";

/// The resource of the given type that a value refers to, or null.
const Resource* referredTo(const Value& value, std::string_view type) {
    if (!value.present()) return nullptr;
    const Node& node = *value.node();
    const Target* target = nullptr;
    if (node.kind == NodeKind::Reference) target = as<ReferenceNode>(node).target.get();
    if (node.kind == NodeKind::Attribute) target = as<AttributeNode>(node).target.get();
    if (target == nullptr) return nullptr;
    const auto* resource = dynamic_cast<const Resource*>(target->construct);
    return resource != nullptr && resource->typeName() == type ? resource : nullptr;
}

/// Sets function and qualifier. The provider wants them apart, where CloudFormation takes the ARN
/// of an alias or version as the name of the function.
void setFunction(Builder& builder) {
    const auto function = builder.property("FunctionName");
    auto& body = builder.main();
    if (const auto* alias = referredTo(function, "AWS::Lambda::Alias")) {
        const auto* found = builder.scope().find(*alias);
        if (found != nullptr && !body.has("qualifier")) {
            builder.argument(function);
            const auto of = [&](std::string_view name) {
                return jsonExpression(StackScope::address(*found, "aws_lambda_alias", name));
            };
            body.set("function_name", of("function_name"));
            body.set("qualifier", of("name"));
            return;
        }
    }
    if (const auto* version = referredTo(function, "AWS::Lambda::Version")) {
        const auto* found = builder.scope().find(*version);
        if (found != nullptr && !body.has("qualifier")) {
            body.set(
                "function_name", builder.argument(propertyOf(found->properties, "FunctionName")));
            body.set("qualifier", jsonString(builder.scope().attribute(*version, "Version")));
            return;
        }
    }
    body.set("function_name", builder.argument(function));
}

void setCode(Builder& builder) {
    const auto code = builder.property("Code");
    if (!code.present()) return;
    auto& body = builder.main();
    if (code.node()->kind == NodeKind::Asset) {
        body.set("filename", builder.argument(code));
        const auto* asset =
            dynamic_cast<const Asset*>(as<AssetNode>(*code.node()).target->construct);
        if (asset != nullptr && !asset->sha256().empty()) {
            body.set("source_code_hash", base64OfHex(asset->sha256()).c_str());
        }
        return;
    }
    const Guarded item{"", code, "Code"};
    builder.apply(
        {"ImageUri", "S3Bucket", "S3Key", "S3ObjectVersion",
            {"SourceKMSKeyArn", "source_kms_key_arn"},
            refused("ZipFile",
                "the provider cannot pack a text; put the code into a directory and give "
                "it as an asset")},
        item, body);
}

void finishFunction(Builder& builder) {
    setCode(builder);
    if (builder.scope().publishes(*builder.resource().resource)) {
        builder.main().set("publish", Bool(true));
    }
    builder.partFor("RuntimeManagementConfig", "aws_lambda_runtime_management_config",
        {"RuntimeVersionArn", "UpdateRuntimeOn"}, "function_name", "function_name");
}

void addProvisionedConcurrency(
    Builder& builder, const Value& functionName, const Value& qualifier) {
    for (const auto& item : builder.items("ProvisionedConcurrencyConfig")) {
        auto& part = builder.partOf(item, "aws_lambda_provisioned_concurrency_config");
        part.body.set("function_name", functionName);
        part.body.set("qualifier", qualifier);
        builder.apply({"ProvisionedConcurrentExecutions"}, item, part.body);
    }
}

/// The function of a version, which has to be one of this stack.
const AssembledResource* functionOf(StackScope& scope, const AssembledResource& version) {
    const auto* function =
        referredTo(propertyOf(version.properties, "FunctionName"), "AWS::Lambda::Function");
    return function == nullptr ? nullptr : scope.find(*function);
}

void finishVersion(Builder& builder) {
    const auto* function = functionOf(builder.scope(), builder.resource());
    if (function == nullptr) {
        builder.refuse("FunctionName",
            "a version is published by its function, so it has to refer to a function of this "
            "stack");
        return;
    }
    for (const auto& other : builder.scope().stack().resources) {
        const bool isEarlier =
            other.resource->typeName() == "AWS::Lambda::Version" &&
            other.logicalId < builder.resource().logicalId &&
            functionOf(builder.scope(), other) == function;
        if (isEarlier) {
            builder.refuse("FunctionName",
                "a second version of one function; the provider names the latest one only");
        }
    }
    // The whole function comes before what depends on the version.
    builder.scope().attribute(*function->resource, "Ref");
    const auto address = [&](std::string_view name) {
        return jsonExpression(StackScope::address(*function, functionResource, name));
    };
    addProvisionedConcurrency(builder, address("function_name"), address("version"));
}

std::optional<Template>
versionAttribute(StackScope& scope, const AssembledResource& resource, std::string_view name) {
    const auto* function = functionOf(scope, resource);
    if (function == nullptr) return Template{};
    const auto of = [&](std::string_view attribute) {
        return Template::expression(StackScope::address(*function, functionResource, attribute));
    };
    if (name == "Version") return of("version");
    if (name == "Ref" || name == "FunctionArn") return of("qualified_arn");
    return std::nullopt;
}

void finishAlias(Builder& builder) {
    addProvisionedConcurrency(
        builder, builder.mainAttribute("function_name"), builder.mainAttribute("name"));
    for (const auto& routing : builder.items("RoutingConfig")) {
        Body body;
        builder.apply(
            {pairs("AdditionalVersionWeights", "additional_version_weights", "FunctionVersion",
                "FunctionWeight")},
            routing, body);
        builder.main().add("routing_config", body, routing.guard);
    }
}

TypeMapping function() {
    const Table logging{"ApplicationLogLevel", "LogFormat", "LogGroup", "SystemLogLevel"};
    return {"AWS::Lambda::Function", functionResource,
        {"Architectures", custom("Code"), "CodeSigningConfigArn",
            block("DeadLetterConfig", {"TargetArn"}), "Description",
            block("Environment", {"Variables"}), block("EphemeralStorage", {"Size"}),
            block("FileSystemConfigs", "file_system_config", {"Arn", "LocalMountPath"}),
            "FunctionName", "Handler",
            block("ImageConfig", {"Command", "EntryPoint", "WorkingDirectory"}), "KmsKeyArn",
            "Layers", block("LoggingConfig", logging), "MemorySize", "PackageType",
            "ReservedConcurrentExecutions", "Role", "Runtime", custom("RuntimeManagementConfig"),
            block("SnapStart", {"ApplyOn"}), tags(),
            block("TenancyConfig", {"TenantIsolationMode"}), "Timeout",
            block("TracingConfig", {"Mode"}),
            block("VpcConfig", {"Ipv6AllowedForDualStack", "SecurityGroupIds", "SubnetIds"})},
        {{"Ref", "function_name"}, {"Arn", "arn"}}, finishFunction, "function_name", 64, nullptr,
        "skip_destroy"};
}

TypeMapping version() {
    return {"AWS::Lambda::Version", "",
        {refused("CodeSha256", "a version always has the code of its function; leave it out"),
            refused("Description", "a version has the description of its function; set it there"),
            custom("FunctionName"), custom("ProvisionedConcurrencyConfig")},
        {{"Ref", "qualified_arn"}, {"FunctionArn", "qualified_arn"}, {"Version", "version"}},
        finishVersion, {}, 0, versionAttribute};
}

}  // namespace

std::vector<TypeMapping> lambdaMappings() {
    const Table destination{"Destination"};
    return {function(), version(),
        {"AWS::Lambda::Alias", "aws_lambda_alias",
            {"Description", "FunctionName", "FunctionVersion", "Name",
                custom("ProvisionedConcurrencyConfig"), custom("RoutingConfig")},
            {{"Ref", "arn"}, {"AliasArn", "arn"}}, finishAlias},
        {"AWS::Lambda::Permission", "aws_lambda_permission",
            {"Action", "EventSourceToken", custom("FunctionName"), "FunctionUrlAuthType",
                "InvokedViaFunctionUrl", "Principal", {"PrincipalOrgID", "principal_org_id"},
                "SourceAccount", "SourceArn"},
            {{"Ref", "statement_id"}, {"Id", "statement_id"}}, setFunction},
        {"AWS::Lambda::EventInvokeConfig", "aws_lambda_function_event_invoke_config",
            {block("DestinationConfig",
                 {block("OnFailure", destination), block("OnSuccess", destination)}),
                custom("FunctionName"), "MaximumEventAgeInSeconds", "MaximumRetryAttempts",
                "Qualifier"},
            {{"Ref", "id"}}, setFunction}};
}

}  // namespace loam::terraform
