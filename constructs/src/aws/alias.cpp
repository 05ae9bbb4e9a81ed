#include <loam/alias.hpp>
#include <loam/aspect.hpp>
#include <loam/aws/lambda.hpp>

#include "constructs/src/aws/fingerprint.hpp"
#include "constructs/src/aws/props.hpp"

namespace loam {

namespace {

/// After every aspect that may change the function.
constexpr int lastPriority = 1'000'000;
constexpr std::size_t hashLength = 10;

}  // namespace

Version::Version(Scope scope, Props props)
    : Construct(std::move(scope)), function_(&props.function) {
    auto& resource =
        add<aws::lambda::Version>("Resource", {.functionName = function_->functionName()});
    // The alias moves on before the old version is looked at, so the old one has to stay.
    resource.setRemovalPolicy(RemovalPolicy::Retain);
    resource_ = &resource;
    addAspect(
        resource,
        [this, &resource, base = std::string()](Construct&) mutable {
            if (base.empty()) base = resource.logicalId();
            resource.overrideLogicalId(
                base + fingerprint(function_->resource()).substr(0, hashLength));
        },
        lastPriority);
}

Str Version::version() const { return resource_->attribute("Version"); }

Alias::Alias(Scope scope, const Props& props)
    : FunctionBase(std::move(scope)),
      function_(&props.version.function()),
      aliasName_(props.aliasName.get()) {
    const auto& provisioned = props.options.provisionedConcurrency;
    if (provisioned) {
        const auto& reserved = function_->reservedConcurrency();
        require(*provisioned >= 1 && (!reserved || *provisioned <= *reserved), *this,
            "provisionedConcurrency must be at least 1 and at most the reserved concurrency" +
                (reserved ? " (" + std::to_string(*reserved) + ")" : std::string()) + ", got " +
                std::to_string(*provisioned));
    }
    aws::lambda::AliasProps properties{
        .description = given(props.options.description),
        .functionName = function_->functionName(),
        .functionVersion = props.version.version(),
        .name = aliasName_,
    };
    if (provisioned) {
        properties.provisionedConcurrencyConfig = {
            {.provisionedConcurrentExecutions = *provisioned}};
    }
    auto& resource = add<aws::lambda::Alias>("Resource", properties);
    // Environments that are kept ready start, and mount, while the stack is still being made.
    for (const auto* connection : function_->connections()) resource.addDependency(*connection);
    resource_ = &resource;
}

Str Alias::functionArn() const { return resource_->ref(); }
Str Alias::functionName() const { return function_->functionName() + ":" + aliasName_; }

std::map<std::string, Str> Alias::metricDimensions() const {
    return {{"FunctionName", function_->functionName()}, {"Resource", functionName()}};
}

}  // namespace loam
