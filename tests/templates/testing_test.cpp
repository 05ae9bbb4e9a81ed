#include <loam/cloudformation.hpp>
#include <loam/testing.hpp>

#include <catch2/catch.hpp>

using namespace loam;
using namespace loam::testing;

namespace {

constexpr const char* document = R"({
    "Resources": {
        "First": {"Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain",
            "Properties": {"DelaySeconds": 5, "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}],
                "Arn": "arn:aws:sqs:x", "Definition": "{\"a\": {\"b\": 1, \"c\": 2}}"}},
        "Second": {"Type": "AWS::SQS::Queue"},
        "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"Name": "t"}}
    },
    "Outputs": {"Url": {"Value": {"Ref": "First"}}},
    "Parameters": {"Size": {"Type": "Number"}}
})";

constexpr const char* terraform = R"({
    "resource": {"aws_sqs_queue": {"first": {"delay_seconds": 5}, "second": {}}},
    "output": {"url": {"value": "${aws_sqs_queue.first.url}"}},
    "variable": {"size": {"type": "number"}}
})";

bool queue(std::string_view expected) {
    return hasResource("AWS::SQS::Queue", expected).match(document);
}

}  // namespace

TEST_CASE("an object matches one with more entries") {
    CHECK(queue(R"({"DelaySeconds": 5})"));
    CHECK(queue(R"({"Tags": [{"Key": "a"}, {"Key": "b"}]})"));
    CHECK_FALSE(queue(R"({"DelaySeconds": 6})"));
    CHECK_FALSE(queue(R"({"Missing": 5})"));
}

TEST_CASE("a list matches one with the same items in the same order") {
    CHECK_FALSE(queue(R"({"Tags": [{"Key": "a"}]})"));
    CHECK_FALSE(queue(R"({"Tags": [{"Key": "b"}, {"Key": "a"}]})"));
    CHECK(queue(R"({"Tags": {"{{contains}}": [{"Key": "b"}]}})"));
    CHECK_FALSE(queue(R"({"Tags": {"{{contains}}": [{"Key": "c"}]}})"));
}

TEST_CASE("helpers stand for any value, for none and for texts") {
    CHECK(queue(R"({"DelaySeconds": "{{any}}", "Name": "{{absent}}"})"));
    CHECK_FALSE(queue(R"({"Name": "{{any}}"})"));
    CHECK_FALSE(hasResource("AWS::SNS::Topic", R"({"Name": "{{absent}}"})").match(document));
    CHECK(queue(R"({"Arn": "{{matches ^arn:.*:sqs:}}"})"));
    CHECK_FALSE(queue(R"({"Arn": "{{matches ^sqs}}"})"));
    CHECK_FALSE(queue(R"({"DelaySeconds": "{{matches 5}}"})"));
}

TEST_CASE("helpers ask for exact objects, for something else and for JSON in a text") {
    CHECK(queue(R"({"Tags": [{"{{exactly}}": {"Key": "a", "Value": "1"}}, "{{any}}"]})"));
    CHECK_FALSE(queue(R"({"Tags": [{"{{exactly}}": {"Key": "a"}}, "{{any}}"]})"));
    CHECK(queue(R"({"DelaySeconds": {"{{not}}": 6}})"));
    CHECK_FALSE(hasResource("AWS::SNS::Topic", R"({"Name": {"{{not}}": "t"}})").match(document));
    CHECK(queue(R"({"Definition": {"{{json}}": {"a": {"b": 1}}}})"));
    CHECK_FALSE(queue(R"({"Definition": {"{{json}}": {"a": {"b": 2}}}})"));
    CHECK_FALSE(queue(R"({"Arn": {"{{json}}": "{{any}}"}})"));
}

TEST_CASE("the whole entry of a resource can be matched") {
    CHECK_THAT(
        document, hasResource("AWS::SQS::Queue", R"({"DeletionPolicy": "Retain"})", Part::Entry));
    CHECK_FALSE(queue(R"({"DeletionPolicy": "Retain"})"));
}

TEST_CASE("resources are counted by type") {
    CHECK_THAT(document, resourceCount("AWS::SQS::Queue", 2));
    CHECK_THAT(document, resourceCount("AWS::S3::Bucket", 0));
    CHECK_FALSE(resourceCount("AWS::SQS::Queue", 1).match(document));
}

TEST_CASE("outputs, parameters and the whole document can be matched") {
    CHECK_THAT(document, hasOutput("Url", R"({"Value": {"Ref": "First"}})"));
    CHECK_THAT(document, hasParameter("Size", R"({"Type": "Number"})"));
    CHECK_THAT(document, matchesDocument(R"({"Resources": {"Topic": "{{any}}"}})"));
    CHECK_FALSE(hasOutput("Arn").match(document));
    CHECK_FALSE(hasParameter("Size", R"({"Type": "String"})").match(document));
    CHECK_FALSE(matchesDocument(R"({"Mappings": "{{any}}"})").match(document));
}

TEST_CASE("documents of Terraform are matched by its own types") {
    CHECK_THAT(terraform, hasResource("aws_sqs_queue", R"({"delay_seconds": 5})"));
    CHECK_THAT(terraform, resourceCount("aws_sqs_queue", 2));
    CHECK_THAT(terraform, hasOutput("url"));
    CHECK_THAT(terraform, hasParameter("size", R"({"type": "number"})"));
}

TEST_CASE("a failure shows the resources of the type and the first place that differs") {
    const auto matcher =
        hasResource("AWS::SQS::Queue", R"({"Tags": [{"Key": "a"}, {"Key": "x"}]})");

    REQUIRE_FALSE(matcher.match(document));

    CHECK_THAT(matcher.toString(),
        Catch::Contains("2 resources of type AWS::SQS::Queue") &&
            Catch::Contains(R"(First: Tags.1.Key is "b", expected "x")") &&
            Catch::Contains("Second: Tags is absent") && Catch::Contains("\"DelaySeconds\": 5") &&
            !Catch::Contains("AWS::SNS::Topic"));
}

TEST_CASE("a rendered template prints as a few words") {
    App app;
    auto& stack = app.add<Stack>("Orders");

    const auto rendered = cloudformation::render(stack);

    CHECK_THAT(Catch::Detail::stringify(rendered), Catch::StartsWith("the template ("));
}

TEST_CASE("rejects an expectation that is not JSON or uses an unknown helper") {
    CHECK_THROWS_WITH(queue("{"), Catch::Contains("expectation is not JSON"));
    CHECK_THROWS_WITH(queue(R"({"Tags": {"{{contain}}": []}})"), Catch::Contains("{{contain}}"));
    CHECK_THROWS_WITH(queue(R"({"Arn": "{{matches (}}"})"), Catch::Contains("not valid"));
}
