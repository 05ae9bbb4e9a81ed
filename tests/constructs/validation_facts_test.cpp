// The fact tables themselves, as far as the validation relies on them.

#include <loam/aws/all_types.hpp>
#include <loam/aws/sqs.hpp>

#include <catch2/catch.hpp>
#include <set>

#include "constructs/src/validation/patterns.hpp"
#include "tests/constructs/validation_support.hpp"

using namespace loam;

namespace {

void collectPatterns(const StructTable& table, std::set<const StructTable*>& seen,
    std::set<std::string_view>& all, Patterns& patterns) {
    if (!seen.insert(&table).second) return;
    for (std::uint16_t i = 0; i < table.count; ++i) {
        const Field& field = table.fields[i];
        if (field.table != nullptr) collectPatterns(*field.table, seen, all, patterns);
        if (field.constraints == nullptr || field.constraints->pattern == nullptr) continue;
        if (all.insert(field.constraints->pattern).second)
            patterns.accepts(field.constraints->pattern, "");
    }
}

}  // namespace

TEST_CASE("nearly all patterns of the services that databases meet can be compiled") {
    Patterns patterns;
    std::set<const StructTable*> seen;
    std::set<std::string_view> all;

    for (const char* name :
        {"AWS::Lambda::Function", "AWS::EFS::FileSystem", "AWS::EFS::AccessPoint",
            "AWS::S3::Bucket", "AWS::RDS::DBInstance", "AWS::RDS::DBCluster",
            "AWS::DynamoDB::Table", "AWS::DataSync::Task", "AWS::DataSync::LocationEFS",
            "AWS::DataSync::LocationS3", "AWS::Logs::LogGroup", "AWS::ApiGatewayV2::Api",
            "AWS::StepFunctions::StateMachine", "AWS::Scheduler::Schedule", "AWS::KMS::Key",
            "AWS::SecretsManager::Secret"}) {
        const ResourceType* type = findResourceType(name);
        REQUIRE(type != nullptr);
        collectPatterns(*type->properties, seen, all, patterns);
    }

    CHECK(all.size() > 40);
    CHECK(patterns.ignored() * 10 < all.size());
}

TEST_CASE("rejects one name for two queues, though AWS identifies them by their addresses") {
    App app;
    auto& stack = app.add<Stack>("S");

    stack.add<aws::sqs::Queue>("A", {.queueName = "same"});
    stack.add<aws::sqs::Queue>("B", {.queueName = "same"});
    stack.add<aws::sqs::Queue>("C", {});

    CHECK(test::findingsOf(app) == test::Texts{"error duplicate-name QueueName"});
}
