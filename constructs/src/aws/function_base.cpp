#include <loam/aws/lambda.hpp>
#include <loam/function.hpp>
#include <loam/intrinsics.hpp>
#include <loam/node.hpp>

namespace loam {

namespace {

constexpr int nameSegment = 6;

struct ImportedFunctionProps {
    Str arn;
};

/// A function known by its ARN.
class ImportedFunction : public FunctionBase {
  public:
    using Props = ImportedFunctionProps;
    ImportedFunction(Scope scope, Props props)
        : FunctionBase(std::move(scope)), arn_(std::move(props.arn)) {}
    Str functionArn() const override { return arn_; }
    Str functionName() const override { return select(nameSegment, split(":", arn_)); }

  private:
    Str arn_;
};

}  // namespace

FunctionBase&
Function::fromArn(Construct& scope, std::string_view id, Str arn, SourceLocation where) {
    return scope.add<ImportedFunction>(id, {.arn = std::move(arn)}, where);
}

Grant FunctionBase::grantInvoke(Grantee& grantee) {
    return Grant::give(
        grantee, {.actions = {"lambda:InvokeFunction"}, .resources = {functionArn()}});
}

void FunctionBase::allowInvokeFrom(std::string_view id, std::string_view service, Str sourceArn) {
    add<aws::lambda::Permission>(id,
        {
            .action = "lambda:InvokeFunction",
            .functionName = functionArn(),
            .principal = service,
            .sourceArn = std::move(sourceArn),
        });
}

std::map<std::string, Str> FunctionBase::metricDimensions() const {
    return {{"FunctionName", functionName()}};
}

Metric FunctionBase::metric(
    const char* metricName, Statistic statistic, const MetricOptions& options) const {
    return Metric(
        {
            .metricNamespace = "AWS/Lambda",
            .metricName = metricName,
            .dimensions = metricDimensions(),
            .statistic = std::move(statistic),
        })
        .with(options);
}

Metric FunctionBase::metricInvocations(const MetricOptions& options) const {
    return metric("Invocations", Statistic::sum(), options);
}

Metric FunctionBase::metricErrors(const MetricOptions& options) const {
    return metric("Errors", Statistic::sum(), options);
}

Metric FunctionBase::metricThrottles(const MetricOptions& options) const {
    return metric("Throttles", Statistic::sum(), options);
}

Metric FunctionBase::metricDuration(const MetricOptions& options) const {
    return metric("Duration", Statistic::average(), options);
}

}  // namespace loam
