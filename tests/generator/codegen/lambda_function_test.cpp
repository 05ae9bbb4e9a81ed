// What a user's file with one Lambda function looks like.

#include <loam/aws/iam.hpp>
#include <loam/aws/lambda.hpp>
#include <loam/node.hpp>
#include <loam/stack.hpp>

#include <catch2/catch.hpp>

namespace iam = loam::aws::iam;
namespace lambda = loam::aws::lambda;

TEST_CASE("a Lambda function is one typed resource", "[aws]") {
    loam::App app;
    auto& stack = app.add<loam::Stack>("Stack");
    auto& role = stack.add<iam::Role>("Role", {.assumeRolePolicyDocument = loam::Any::object({})});

    auto& writer = stack.add<lambda::Function>("Writer",
        {
            .architectures = {lambda::FunctionProps::Architectures::Arm64},
            .code = {{.zipFile = "x"}},
            .environment = {{.variables = {{"NAME", "value"}}}},
            .fileSystemConfigs = {{.arn = "arn", .localMountPath = "/mnt/efs"}},
            .handler = "bootstrap",
            .memorySize = 512,
            .role = role.attrArn(),
            .timeout = 5,
        });

    const auto& node = loam::as<loam::ObjectNode>(*writer.properties().node());
    CHECK(node.table == &lambda::FunctionProps::table);
    const auto at = [&](const char* name) {
        return node.fields[static_cast<std::size_t>(node.table->find(name))];
    };
    CHECK(*loam::literal(at("Handler")) == "bootstrap");
    CHECK(loam::as<loam::NumberNode>(*at("MemorySize").node()).integer == 512);
    CHECK(at("Role").node()->kind == loam::NodeKind::Attribute);
    CHECK_FALSE(at("Tags").present());
    CHECK(writer.typeName() == "AWS::Lambda::Function");
}
