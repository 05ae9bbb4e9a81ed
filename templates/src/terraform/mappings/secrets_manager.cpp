// Secrets. A generated value comes from a data source and is written by a write-only argument, so
// that later runs neither change nor show it; docs/terraform.md has the limits of that.
#include "templates/src/terraform/builder.hpp"

namespace loam::terraform {

namespace {

constexpr const char* versionResource = "aws_secretsmanager_secret_version";

/// The expression of a generated value.
std::string generated(Builder& builder, const Guarded& options) {
    static const Table arguments{"ExcludeCharacters", "ExcludeLowercase", "ExcludeNumbers",
        "ExcludePunctuation", "ExcludeUppercase", custom("GenerateStringKey"), "IncludeSpace",
        "PasswordLength", "RequireEachIncludedType", custom("SecretStringTemplate")};
    const Body body = builder.bodyOf(arguments, options);
    const auto source = builder.scope().data(
        "aws_secretsmanager_random_password", builder.resource().logicalId, body.value());
    auto password = source + ".random_password";
    const auto key = propertyOf(options.value, "GenerateStringKey");
    const auto text = propertyOf(options.value, "SecretStringTemplate");
    if (!key.present() || !text.present()) return password;
    return "jsonencode(merge(jsondecode(" + expressionOf(builder.scope(), text) + "), {(" +
           expressionOf(builder.scope(), key) + ") = " + password + "}))";
}

void finishSecret(Builder& builder) {
    const auto add = [&](const Guarded& item, const Value& content) {
        auto& part = builder.partOf(item, versionResource);
        part.body.set("secret_id", builder.mainAttribute("id"));
        part.body.set("secret_string_wo", content);
        part.body.set("secret_string_wo_version", Num(1));
    };
    for (const auto& item : builder.items("GenerateSecretString")) {
        add(item, jsonExpression(generated(builder, item)));
    }
    const auto text = builder.property("SecretString");
    if (!text.present()) return;
    auto& part = builder.part(versionResource);
    part.body.set("secret_id", builder.mainAttribute("id"));
    part.body.set("secret_string", builder.argument(text));
}

}  // namespace

std::vector<TypeMapping> secretsManagerMappings() {
    return {
        {"AWS::SecretsManager::Secret", "aws_secretsmanager_secret",
            {"Description", custom("GenerateSecretString"), "KmsKeyId", "Name",
                block("ReplicaRegions", "replica", {"KmsKeyId", "Region"}), custom("SecretString"),
                tags(), "Type"},
            {{"Ref", "arn"}, {"Id", "arn"}}, finishSecret},
        {"AWS::SecretsManager::RotationSchedule", "aws_secretsmanager_secret_rotation",
            {refused("HostedRotationLambda",
                 "it needs a transform of CloudFormation; give RotationLambdaARN"),
                {"RotateImmediatelyOnUpdate", "rotate_immediately"},
                {"RotationLambdaARN", "rotation_lambda_arn"},
                block(
                    "RotationRules", {"AutomaticallyAfterDays", "Duration", "ScheduleExpression"}),
                "SecretId"},
            {{"Ref", "secret_id"}, {"Id", "secret_id"}}},
        {"AWS::SecretsManager::ResourcePolicy", "aws_secretsmanager_secret_policy",
            {"BlockPublicPolicy", document("ResourcePolicy", "policy"), {"SecretId", "secret_arn"}},
            {{"Ref", "secret_arn"}, {"Id", "secret_arn"}}}};
}

}  // namespace loam::terraform
