// Every kind of late value, as JSON.

#include <loam/cloudformation.hpp>
#include <loam/lazy.hpp>

#include <catch2/catch.hpp>

#include "templates/src/json/json_writer.hpp"

using namespace loam;

namespace {

/// The JSON of property X of a resource of a stack that also has the table T and the condition C.
struct Fixture {
    App app;
    Stack& stack = app.add<Stack>("S");
    RawResource& table = stack.add<RawResource>("T", {.type = "AWS::DynamoDB::Table"});
    Condition& condition =
        stack.add<Condition>("C", {.expression = equals(region(), "eu-central-1")});

    std::string render(Any value) {
        stack.add<RawResource>(
            "R", {.type = "Custom::R", .properties = Any::object({{"X", std::move(value)}})});
        const Assembly assembly = assemble(app);
        const Value document = cloudformation::render(assembly.of(stack));
        const std::string text = writeJson(document, JsonStyle::Compact);
        const auto start = text.find(R"({"X":)");
        if (start == std::string::npos) return "none";
        const auto end = text.find(R"(,"Metadata":{"loam:path":"S/R")");
        return text.substr(start + 5, end - start - 6);
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "references, attributes and pseudo parameters") {
    CHECK(render(Any::list({table.ref(), table.attribute("Stream.Arn"), accountId()})) ==
          R"([{"Ref":"T"},{"Fn::GetAtt":["T","Stream.Arn"]},{"Ref":"AWS::AccountId"}])");
}

TEST_CASE_METHOD(Fixture, "joined strings become Fn::Sub") {
    CHECK(render("arn:" + partition() + ":x:" + table.attribute("Arn") + "/" + table.ref()) ==
          R"({"Fn::Sub":"arn:${AWS::Partition}:x:${T.Arn}/${T}"})");
}

TEST_CASE_METHOD(Fixture, "a literal dollar brace is escaped within Fn::Sub") {
    CHECK(render("echo ${HOME} $5 " + region()) ==
          R"({"Fn::Sub":"echo ${!HOME} $5 ${AWS::Region}"})");
}

TEST_CASE_METHOD(Fixture, "a literal dollar brace that Fn::Sub could misread makes it Fn::Join") {
    CHECK(render("${A:-${B}} " + region()) ==
          R"({"Fn::Join":["",["${A:-${B}} ",{"Ref":"AWS::Region"}]]})");
}

TEST_CASE_METHOD(Fixture, "a literal dollar brace without its end makes it Fn::Join") {
    CHECK(render("${" + region()) == R"({"Fn::Join":["",["${",{"Ref":"AWS::Region"}]]})");
}

TEST_CASE_METHOD(Fixture, "a literal dollar brace alone stays as it is") {
    CHECK(render("${HOME}") == R"("${HOME}")");
}

TEST_CASE_METHOD(Fixture, "joined strings with a function in them become Fn::Join") {
    CHECK(render("a" + select(0, getAzs())) ==
          R"({"Fn::Join":["",["a",{"Fn::Select":[0,{"Fn::GetAZs":""}]}]]})");
}

TEST_CASE_METHOD(Fixture, "the list functions") {
    CHECK(
        render(Any::list({join(",", {region(), "b"}), split(",", region()),
            select(1, split("|", region())), cidr(table.attribute("Block"), 4, 8),
            getAzs(region())})) ==
        R"([{"Fn::Join":[",",[{"Ref":"AWS::Region"},"b"]]},{"Fn::Split":[",",{"Ref":"AWS::Region"}]},)"
        R"({"Fn::Select":[1,{"Fn::Split":["|",{"Ref":"AWS::Region"}]}]},)"
        R"({"Fn::Cidr":[{"Fn::GetAtt":["T","Block"]},4,8]},{"Fn::GetAZs":{"Ref":"AWS::Region"}}])");
}

TEST_CASE_METHOD(Fixture, "base64 and imported values") {
    CHECK(render(Any::list({base64(region()), importValue("x"), importValue("x-" + region())})) ==
          R"([{"Fn::Base64":{"Ref":"AWS::Region"}},{"Fn::ImportValue":"x"},)"
          R"({"Fn::ImportValue":{"Fn::Sub":"x-${AWS::Region}"}}])");
}

TEST_CASE_METHOD(
    Fixture, "a branch of a condition may remove the property, a literal removal does it at once") {
    CHECK(render(Any::object({{"A", ifElse<Any>(condition, "x", NoValue{})}, {"B", NoValue{}},
              {"C", Any::list({1, NoValue{}})}})) ==
          R"({"A":{"Fn::If":["C","x",{"Ref":"AWS::NoValue"}]},"C":[1]})");
}

TEST_CASE_METHOD(Fixture, "logic in a property's condition expression") {
    auto& both = stack.add<Condition>("D",
        {.expression = allOf(
             {condition, anyOf({equals(region(), "a"), notOf(equals(partition(), "aws"))})})});

    CHECK(render(ifElse<Any>(both, 1, 2)) == R"({"Fn::If":["D",1,2]})");
    const Assembly assembly = assemble(app);
    CHECK(
        writeJson(cloudformation::render(assembly.of(stack)), JsonStyle::Compact)
            .find(
                R"("D":{"Fn::And":[{"Condition":"C"},{"Fn::Or":[{"Fn::Equals":[{"Ref":"AWS::Region"},"a"]},)"
                R"({"Fn::Not":[{"Fn::Equals":[{"Ref":"AWS::Partition"},"aws"]}]}]}]})") !=
        std::string::npos);
}

TEST_CASE_METHOD(
    Fixture, "functions of the language extensions bring their transform and its capability") {
    CHECK(
        render(Any::list(
            {length(split(",", region())), toJsonString(Any::object({{"r", region()}}))})) ==
        R"([{"Fn::Length":{"Fn::Split":[",",{"Ref":"AWS::Region"}]}},)"
        R"({"Fn::ToJsonString":{"r":{"Ref":"AWS::Region"}}}])");
    const Assembly assembly = assemble(app);
    const auto& assembled = assembly.of(stack);
    CHECK(writeJson(cloudformation::render(assembled), JsonStyle::Compact)
              .find(R"("Transform":"AWS::LanguageExtensions")") != std::string::npos);
    CHECK(cloudformation::capabilities(assembled) ==
          std::vector<std::string>{"CAPABILITY_AUTO_EXPAND"});
}

TEST_CASE_METHOD(Fixture, "a lazy value is what it produces") {
    CHECK(render(Any(lazy<Str>([] { return Str("late"); }))) == R"("late")");
}

TEST_CASE("rejects a reference to a construct of a dead app") {
    App app;
    auto& stack = app.add<Stack>("S");
    Str dead;
    {
        App other;
        dead = other.add<Stack>("Other").add<RawResource>("T", {.type = "Custom::T"}).ref();
    }
    stack.add<RawResource>("R", {.type = "Custom::R", .properties = Any::object({{"X", dead}})});

    CHECK_THROWS_WITH(cloudformation::render(stack), Catch::StartsWith("[Other/T] is referred to"));
}
