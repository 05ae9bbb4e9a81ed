#include <loam/alias.hpp>
#include <loam/aws/lambda.hpp>
#include <loam/function.hpp>
#include <loam/key.hpp>
#include <loam/lazy.hpp>

#include <algorithm>

#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

/// Lambda checks these against all resources before it takes a function into a VPC.
const std::vector<std::string> networkActions{"ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"};
const std::vector<std::string> logActions{"logs:CreateLogStream", "logs:PutLogEvents"};
const std::vector<std::string> traceActions{"xray:PutTelemetryRecords", "xray:PutTraceSegments"};

constexpr Size smallestMemory = 128_MiB;
constexpr Size largestMemory = 10240_MiB;
constexpr Size smallestStorage = 512_MiB;
constexpr seconds longestTimeout = minutes{15};
constexpr std::string_view mountPrefix = "/mnt/";

const char* name(Architecture architecture) {
    return architecture == Architecture::Arm64 ? "arm64" : "x86_64";
}

std::string mebibytes(Size size) { return std::to_string(size.toMebibytes()) + " MiB"; }

/// Lambda sets these and refuses functions that bring their own.
constexpr std::string_view reservedVariables[] = {"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT"};

/// Throws for a name that Lambda does not take.
void checkVariable(const Construct& at, std::string_view variable) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto isRest = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '_'; };
    require(
        variable.size() >= 2 && isLetter(variable.front()) && std::ranges::all_of(variable, isRest),
        at,
        "an environment variable has two or more letters, digits and underscores and starts with a "
        "letter, got \"" +
            std::string(variable) + "\"; rename it");
    require(std::ranges::find(reservedVariables, variable) == std::end(reservedVariables), at,
        "Lambda sets the environment variable " + std::string(variable) +
            " itself; choose another name");
}

std::vector<AssetEntry> entriesFor(const Code& code, Architecture architecture) {
    auto entries = code.entries();
    for (auto& entry : entries) {
        if (entry.kind == AssetEntry::Kind::BundledFunction)
            entry.architecture = name(architecture);
    }
    return entries;
}

}  // namespace

Code Code::directory(std::string path) {
    return files(
        {{.kind = AssetEntry::Kind::Directory, .source = std::move(path), .archivePath = ""}});
}

Code Code::bundled(std::string name, std::vector<AssetEntry> files) {
    Code code;
    code.entries_.push_back({
        .kind = AssetEntry::Kind::BundledFunction,
        .source = std::move(name),
        .archivePath = "bootstrap",
    });
    for (auto& file : files) code.entries_.push_back(std::move(file));
    return code;
}

Code Code::files(std::vector<AssetEntry> entries) {
    Code code;
    code.entries_ = std::move(entries);
    return code;
}

Code Code::fromBucket(BucketBase& bucket, Str key, Str objectVersion) {
    Code code;
    code.bucket_ = &bucket;
    code.key_ = std::move(key);
    code.objectVersion_ = std::move(objectVersion);
    return code;
}

Function::Function(Scope scope, const Props& props)
    : FunctionBase(std::move(scope)),
      reservedConcurrency_(props.reservedConcurrency),
      environment_(props.environment) {
    check(props);
    placeInVpc(props);
    makeLogGroup(props);
    makeRole(props);
    makeResource(props);
}

void Function::check(const Props& props) const {
    for (const auto& [variable, value] : props.environment) checkVariable(*this, variable);
    require(props.memory >= smallestMemory && props.memory <= largestMemory, *this,
        "memory must be from 128 MiB to 10240 MiB, got " + mebibytes(props.memory));
    require(props.ephemeralStorage >= smallestStorage && props.ephemeralStorage <= largestMemory,
        *this,
        "ephemeralStorage must be from 512 MiB to 10240 MiB, got " +
            mebibytes(props.ephemeralStorage));
    require(props.timeout >= seconds{1} && props.timeout <= longestTimeout, *this,
        "timeout must be from 1 second to 15 minutes, got " +
            std::to_string(props.timeout.count()) + " seconds");
    require(props.reservedConcurrency.value_or(0) >= 0, *this,
        "reservedConcurrency must not be negative");
    for (const auto& entry : props.code->entries()) {
        require(!entry.source.empty(), *this,
            "the code names an empty path; give a file, a directory or a bundled function");
    }
    if (!props.fileSystem) return;
    require(props.fileSystem->path->starts_with(mountPrefix) &&
                props.fileSystem->path->size() > mountPrefix.size(),
        *this,
        "a file system is mounted at /mnt/ and a name, got \"" + props.fileSystem->path.get() +
            "\"");
    require(props.vpc == nullptr || props.vpc == &props.fileSystem->accessPoint.fileSystem().vpc(),
        *this,
        "the function and its file system are in different VPCs; leave vpc out or give that of the "
        "file "
        "system");
}

void Function::placeInVpc(const Props& props) {
    vpc_ = props.vpc;
    if (props.fileSystem) vpc_ = &props.fileSystem->accessPoint.fileSystem().vpc();
    if (vpc_ == nullptr) return;
    subnets_ = props.subnets.empty() ? vpc_->innerSubnets() : props.subnets;
    securityGroups_ = props.securityGroups;
    if (securityGroups_.empty()) {
        securityGroups_.push_back(&add<SecurityGroup>(
            "SecurityGroup", {.vpc = *vpc_, .description = "Function " + std::string(path())}));
    }
    for (const auto* group : securityGroups_) connections_.push_back(group);
    if (!props.fileSystem) return;
    auto& fileSystem = props.fileSystem->accessPoint.fileSystem();
    fileSystem.allowMountFrom(*securityGroups_.front());
    connections_.push_back(&fileSystem.securityGroup());
}

void Function::makeLogGroup(const Props& props) {
    logGroup_ = props.logGroup;
    if (logGroup_ != nullptr) return;
    // A log group that stayed would keep a function of the same name from being made again.
    logGroup_ = &add<LogGroup>("LogGroup",
        {
            .logGroupName =
                props.functionName.empty() ? Str() : Str("/aws/lambda/" + props.functionName),
            .retention = props.logRetention,
            .removalPolicy = RemovalPolicy::Destroy,
        });
}

// What the function itself needs is a policy of its own that exists before the function. What
// grants add comes later and may refer to the function, so nothing waits for that.
void Function::makeRole(const Props& props) {
    role_ = props.role;
    if (role_ == nullptr) {
        role_ = &add<Role>("Role", {.assumedBy = Principal::service("lambda.amazonaws.com")});
    }
    executionPolicy_ = &add<Policy>("ExecutionPolicy", {.roles = {role_}});
    executionPolicy_->addStatement(
        {.actions = logActions, .resources = {logGroup_->logGroupArn()}});
    if (props.fileSystem) {
        executionPolicy_->addStatement(props.fileSystem->accessPoint.mountStatement(
            props.fileSystem->readOnly ? FileSystemAccess::Read : FileSystemAccess::ReadWrite));
    }
    std::string reason;
    if (vpc_ != nullptr) {
        executionPolicy_->addStatement({.actions = networkActions, .resources = {"*"}});
        reason = "Lambda checks the permissions for network interfaces against all resources. ";
    }
    if (props.tracing) {
        executionPolicy_->addStatement({.actions = traceActions, .resources = {"*"}});
        reason += "X-Ray has no resources to name. ";
    }
    if (!reason.empty()) {
        reason.pop_back();
        executionPolicy_->acknowledge("wildcard-permission", reason);
    }
    if (props.environmentKey != nullptr) props.environmentKey->grantDecrypt(*role_);
}

void Function::makeResource(const Props& props) {
    using aws::lambda::FunctionCode;
    using aws::lambda::FunctionEnvironment;
    aws::lambda::FunctionProps properties{
        .architectures = {name(props.architecture)},
        .description = given(props.description),
        .environment = lazy<Obj<FunctionEnvironment>>([this]() -> Obj<FunctionEnvironment> {
            if (environment_.empty()) return {};
            return FunctionEnvironment{.variables = environment_};
        }),
        .functionName = given(props.functionName),
        .handler = props.handler,
        .kmsKeyArn = props.environmentKey == nullptr ? Str() : props.environmentKey->keyArn(),
        // Native functions write JSON lines themselves; Lambda's own JSON format would wrap them
        // again.
        .loggingConfig = {{.logFormat = "Text", .logGroup = logGroup_->logGroupName()}},
        .memorySize = props.memory.toMebibytes(),
        .reservedConcurrentExecutions = given(props.reservedConcurrency),
        .role = role_->roleArn(),
        .runtime = "provided.al2023",
        .timeout = props.timeout.count(),
    };
    const auto& code = props.code.get();
    if (code.bucket_ != nullptr) {
        properties.code = {{
            .s3Bucket = code.bucket_->bucketName(),
            .s3Key = code.key_,
            .s3ObjectVersion = code.objectVersion_,
        }};
    } else {
        asset_ = &add<Asset>("Code", {.entries = entriesFor(code, props.architecture)});
        properties.code = Obj<FunctionCode>::of(asset_->value());
    }
    if (props.ephemeralStorage != smallestStorage) {
        properties.ephemeralStorage = {{.size = props.ephemeralStorage.toMebibytes()}};
    }
    if (props.fileSystem) {
        properties.fileSystemConfigs = {{
            .arn = props.fileSystem->accessPoint.accessPointArn(),
            .localMountPath = props.fileSystem->path.get(),
        }};
    }
    if (props.tracing) properties.tracingConfig = {{.mode = "Active"}};
    if (vpc_ != nullptr) {
        std::vector<Str> groups;
        for (const auto* group : securityGroups_) groups.push_back(group->securityGroupId());
        properties.vpcConfig = {{.securityGroupIds = groups, .subnetIds = subnetIds(subnets_)}};
    }
    auto& resource = add<aws::lambda::Function>("Resource", properties);
    resource.addDependency(*executionPolicy_);
    if (props.fileSystem) {
        resource.addDependency(props.fileSystem->accessPoint.fileSystem().mountTargets());
    }
    resource_ = &resource;
}

Str Function::functionArn() const { return resource_->attribute("Arn"); }
Str Function::functionName() const { return resource_->ref(); }

SecurityGroup& Function::securityGroup() const {
    require(!securityGroups_.empty(), *this,
        "the function is in no VPC, so it has no security group; give vpc or fileSystem");
    return *securityGroups_.front();
}

void Function::addEnvironment(std::string_view variable, Str value) {
    checkVariable(*this, variable);
    environment_.insert_or_assign(std::string(variable), std::move(value));
}

Version& Function::currentVersion() {
    if (version_ == nullptr) version_ = &add<Version>("CurrentVersion", {.function = *this});
    return *version_;
}

Alias& Function::addAlias(std::string_view aliasName, const AliasOptions& options) {
    return add<Alias>("Alias " + std::string(aliasName),
        {.version = currentVersion(), .aliasName = aliasName, .options = options});
}

}  // namespace loam
