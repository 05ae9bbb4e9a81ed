// Rules about what a stack declares beside resources, and about functions of literals.

#include <catch2/catch.hpp>
#include <limits>

#include "tests/constructs/validation_support.hpp"

using namespace loam;
using namespace loam::test;

namespace {

void exportSame(App& app, std::string_view id, Environment env) {
    app.add<Stack>(id, {.env = std::move(env)})
        .add<Output>("O", {.value = "x", .exportName = "same"});
}

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("rejects one export name in two stacks that may share an account and region") {
    App app;
    exportSame(app, "A", {});
    exportSame(app, "B", {.region = "eu-central-1"});
    exportSame(app, "C", {.account = "123456789012"});

    CHECK(findingsOf(app) == Texts(2, "error duplicate-name ExportName"));
    CHECK_THAT(messagesOf(app),
        Catch::Contains("\"same\" is the name of the export of [A/O] too") &&
            Catch::Contains("set env of both stacks"));
}

TEST_CASE("one export name in different regions or accounts is fine") {
    App app;
    exportSame(app, "A", {.region = "eu-central-1"});
    exportSame(app, "B", {.region = "eu-west-1"});
    exportSame(app, "C", {.account = "123456789012", .region = "us-east-1"});
    exportSame(app, "D", {.account = "210987654321", .region = "us-east-1"});

    CHECK(findingsOf(app).empty());
}

TEST_CASE_METHOD(GadgetFixture, "mappings hold texts, numbers, booleans and lists of them") {
    stack.add<Mapping>("M",
        {.values = {
             {"a", {{"x", "1"}, {"y", 2}, {"z", true}}}, {"b", {{"x", Any::list({"1", 2})}}}}});

    CHECK(findingsOf(app).empty());
}

TEST_CASE_METHOD(GadgetFixture, "rejects a value of a mapping that is not literal") {
    auto& parameter = stack.add<Parameter>("P", {});

    stack.add<Mapping>("M",
        {.values = {{"a", {{"x", parameter.value()}, {"y", "ok"}}},
             {"b", {{"x", Any::list({"1", region()})}, {"y", Any::object({{"Ref", "P"}})}}}}});

    CHECK(findingsOf(app) ==
          Texts{"error wrong-type a.x", "error wrong-type b.x.1", "error wrong-type b.y"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("a mapping holds literals only, got Ref of [S/P]") &&
            Catch::Contains("got AWS::Region"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects a key that the mapping does not have") {
    auto& parameter = stack.add<Parameter>("P", {});
    auto& map = stack.add<Mapping>("M",
        {.values = {{"eu-west-1", {{"Ami", "a"}}}, {"eu-west-2", {{"Ami", "b"}, {"Size", "c"}}}}});

    add("G",
        Any::object({{"Blob",
            Any::list({
                findInMap(map, "eu-west-1", "Ami"),
                findInMap(map, "eu-wset-1", "Ami"),
                findInMap(map, "eu-west-1", "Size"),
                findInMap(map, parameter.value(), "Size"),
                findInMap(map, parameter.value(), "Amy"),
                "a" + findInMap(map, "eu-west-3", parameter.value()),
            })}}));

    CHECK(findingsOf(app) ==
          Texts{"error unknown-key Blob.1", "error unknown-key Blob.2", "error unknown-key Blob.4",
              "error unknown-key Blob.5"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains(
            "\"eu-wset-1\" is no key of the mapping [S/M]. There are eu-west-1 or "
            "eu-west-2. Did you mean \"eu-west-1\"?") &&
            Catch::Contains("\"Size\" is no key of \"eu-west-1\" in the mapping [S/M]. There is "
                            "Ami") &&
            Catch::Contains("\"Amy\" is no key of any entry in the mapping [S/M]"));
}

TEST_CASE_METHOD(
    GadgetFixture, "rejects a lookup as plain data in what the mapping does not have") {
    stack.add<Mapping>("M", {.values = {{"a", {{"x", "1"}}}}});

    add("G", Any::json(R"({"Blob": [{"Fn::FindInMap": ["M", "a", "x"]},
        {"Fn::FindInMap": ["M", "a", "y"]}, {"Fn::FindInMap": ["Nope", "a", "x"]},
        {"Fn::FindInMap": ["M", "a", "y", {"DefaultValue": "z"}]},
        {"Fn::FindInMap": ["M", {"Ref": "AWS::Region"}, "x"]}]})"));

    CHECK(findingsOf(app) == Texts{"error unknown-key Blob.1", "error dangling-reference Blob.2"});
    CHECK_THAT(messagesOf(app), Catch::Contains("\"Nope\", which is the logical id of no mapping"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects the selection of an item that the list does not have") {
    auto& parameter = stack.add<Parameter>("P", {.type = ParameterType::CommaDelimitedList});

    add("G",
        Any::object({{"Blob",
            Any::list({
                select(1, {"a", "b"}),
                select(2, {"a", "b"}),
                select(9, parameter.list()),
                select(2, split("-", "a-b")),
                select(1, split("-", "a-b")),
                select(4, cidr("10.0.0.0/16", 4, 8)),
                select(0, StrList(std::initializer_list<Str>{})),
            })}}));

    CHECK(findingsOf(app) ==
          Texts{"error range Blob.1", "error range Blob.3", "error range Blob.5",
              "error range Blob.6"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("selects the item 2 of a list of 2; give an index from 0 to 1") &&
            Catch::Contains("selects the item 0 of a list without items"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects a selection as plain data beyond the end of the list") {
    add("G", Any::json(R"({"Blob": [{"Fn::Select": [1, ["a", "b"]]},
        {"Fn::Select": ["2", ["a", "b"]]}, {"Fn::Select": [3, {"Fn::Split": [",", "a,b,c"]}]},
        {"Fn::Select": ["x", ["a"]]}, {"Fn::Select": [-1, ["a"]]}]})"));

    CHECK(
        findingsOf(app) == Texts{"error range Blob.1", "error range Blob.2", "error range Blob.4"});
}

TEST_CASE_METHOD(GadgetFixture, "rejects a default that is no number for a parameter that is one") {
    stack.add<Parameter>("A", {.type = ParameterType::Number, .defaultValue = "five"});
    stack.add<Parameter>("B", {.type = ParameterType::NumberList, .defaultValue = "1, 2,x"});
    stack.add<Parameter>("C", {.type = ParameterType::Number, .defaultValue = "-1.5e3"});
    stack.add<Parameter>("D", {.type = ParameterType::NumberList, .defaultValue = "1, 2.5"});
    stack.add<Parameter>("E", {.type = ParameterType::Number, .defaultValue = "inf"});
    stack.add<Parameter>("F", {.type = ParameterType::Number, .defaultValue = ""});

    CHECK(findingsOf(app) == Texts(4, "error wrong-type Default"));
    CHECK_THAT(messagesOf(app),
        Catch::Contains("takes a number, got \"five\"") && Catch::Contains("got \"x\""));
}

TEST_CASE_METHOD(GadgetFixture, "rejects a default outside of the limits of its parameter") {
    stack.add<Parameter>(
        "A", {.type = ParameterType::Number, .defaultValue = "11", .minValue = 1, .maxValue = 10});
    stack.add<Parameter>("B", {.type = ParameterType::Number, .defaultValue = "0", .minValue = 1});
    stack.add<Parameter>("C", {.defaultValue = "abc", .minLength = 4});
    stack.add<Parameter>("D", {.defaultValue = "abc", .maxLength = 2});
    stack.add<Parameter>("E", {.defaultValue = "\xc3\xa9\xc3\xa9", .minLength = 2, .maxLength = 2});
    stack.add<Parameter>(
        "F", {.type = ParameterType::Number, .defaultValue = "10", .minValue = 1, .maxValue = 10});

    CHECK(findingsOf(app) ==
          Texts{"error range Default", "error range Default", "error length Default",
              "error length Default"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("takes at least 1 and at most 10, got \"11\"") &&
            Catch::Contains("takes at least 1, got \"0\"") &&
            Catch::Contains("takes at least 4 characters, got 3: \"abc\"") &&
            Catch::Contains("takes at most 2 characters, got 3: \"abc\""));
}

TEST_CASE_METHOD(
    GadgetFixture, "rejects a default that the pattern of its parameter does not describe") {
    stack.add<Parameter>("A", {.defaultValue = "dev1", .allowedPattern = "[a-z]+"});
    stack.add<Parameter>("B", {.defaultValue = "dev", .allowedPattern = "[a-z]+"});
    stack.add<Parameter>("C", {.defaultValue = "dev", .allowedPattern = "(?!prod).*"});

    CHECK(findingsOf(app) == Texts{"error pattern Default"});
    CHECK_THAT(messagesOf(app), Catch::Contains("\"[a-z]+\"") && Catch::Contains("got \"dev1\""));
}

TEST_CASE_METHOD(GadgetFixture, "rejects limits of a parameter that no value meets") {
    stack.add<Parameter>("A", {.type = ParameterType::Number, .minValue = 3, .maxValue = 2});
    stack.add<Parameter>("B", {.minLength = 3, .maxLength = 2});
    stack.add<Parameter>("C", {.type = ParameterType::Number, .minValue = notANumber});

    CHECK(findingsOf(app) ==
          Texts{"error range MinValue", "error range MinLength", "error wrong-type MinValue"});
    CHECK_THAT(messagesOf(app), Catch::Contains("3 is above MaxValue, which is 2"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects a raw resource whose type has no possible form") {
    for (const char* type : {"Bucket", "AWS::S3", "AWS::S3::Bucket::X", "aws_s3_bucket", "AWS:S3:B",
             "AWS::S3::Bu cket", "Custom::", "Custom::a/b", "AWS::::Bucket", "Other::Name"}) {
        App own;
        own.add<Stack>("S").add<RawResource>("R", {.type = type});
        CHECK(findingsOf(own) == Texts{"error pattern Type"});
    }
    stack.add<RawResource>("R", {.type = "S3::Bucket"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("got \"S3::Bucket\"") && Catch::Contains("AWS::S3::Bucket") &&
            Catch::Contains("Custom::Name"));
}

TEST_CASE_METHOD(GadgetFixture, "raw resources of every possible form of type are fine") {
    int count = 0;
    for (const char* type : {"AWS::S3::Bucket", "Custom::My_type@1-a", "MongoDB::Atlas::Cluster",
             "My::S3::Bucket::MODULE", "AWS::CloudFormation::CustomResource"}) {
        stack.add<RawResource>("R" + std::to_string(++count), {.type = type});
    }

    CHECK(findingsOf(app).empty());
}

TEST_CASE_METHOD(GadgetFixture, "rejects numbers that JSON cannot write, wherever they are") {
    add("G",
        Any::object(
            {{"Blob", Any::list({notANumber, 1.5})}, {"Ratio", infinite}, {"Title", -infinite}}));
    add("M").addMetadata("Weight", Num(infinite));
    stack.add<Output>("O", {.value = notANumber});
    stack.add<Mapping>("Map", {.values = {{"a", {{"x", infinite}}}}});

    CHECK(
        findingsOf(app) ==
        Texts{"error wrong-type Blob.0", "error wrong-type Ratio", "error wrong-type Title",
            "error wrong-type Metadata.Weight", "error wrong-type a.x", "error wrong-type Value"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("takes a finite number, got nan") && Catch::Contains("got -inf"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects a reference in metadata to what is not in the stack") {
    add("G").addMetadata("Of", Any::json(R"({"Ref": "Nope"})"));

    CHECK(findingsOf(app) == Texts{"error dangling-reference Metadata.Of"});
}
