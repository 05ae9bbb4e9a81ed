#include <loam/error.hpp>
#include <loam/intrinsics.hpp>
#include <loam/lazy.hpp>
#include <loam/stack.hpp>

#include <catch2/catch.hpp>

#include "tests/constructs/support.hpp"

using namespace loam;
using test::show;

TEST_CASE("literals become values of their kind", "[value]") {
    const std::string text = "text";

    CHECK(show(Str("a")) == "\"a\"");
    CHECK(show(Str(text)) == "\"text\"");
    CHECK(show(Num(42)) == "42");
    CHECK(show(Num(INT64_MAX)) == "9223372036854775807");
    CHECK(show(Bool(true)) == "true");
    CHECK(show(StrList{"a", text}) == "[\"a\",\"text\"]");
    CHECK(show(StrMap{{"b", "2"}, {"a", "1"}}) == "{a:\"1\",b:\"2\"}");
    CHECK(show(Any::object({{"k", Any::list({1, "x", true})}})) == "{k:[1,\"x\",true]}");
    CHECK_FALSE(Str().present());
}

TEST_CASE("a map keeps the last value of a repeated key and sorts its keys", "[value]") {
    CHECK(show(StrMap{{"b", "1"}, {"a", "2"}, {"b", "3"}}) == "{a:\"2\",b:\"3\"}");
}

TEST_CASE("joining literals gives a literal and keeps late values apart", "[value]") {
    CHECK(show(Str("a") + "b" + "c") == "\"abc\"");
    CHECK(show("arn:" + partition() + ":s3") == "Concat(\"arn:\",AWS::Partition,\":s3\")");
    CHECK(show(join("-", {"a", "b"})) == "\"a-b\"");
    CHECK(show(join("-", {"a", region()})) == "Join(\"-\",[\"a\",AWS::Region])");
    CHECK(show(join("", {"a", region()})) == "Concat(\"a\",AWS::Region)");
}

TEST_CASE("sub fills its braces in order", "[value]") {
    CHECK(show(sub("arn:{}:{{x}}", partition())) == "Concat(\"arn:\",AWS::Partition,\":{x}\")");
    CHECK(show(sub("{}{}", "a", "b")) == "\"ab\"");
}

TEST_CASE("rejects a sub whose braces and arguments differ in number", "[value]") {
    CHECK_THROWS_AS(sub("{}"), ValidationError);
    CHECK_THROWS_AS(sub("{} {}", "a"), ValidationError);
    CHECK_THROWS_AS(sub("x", "a"), ValidationError);
    CHECK_THROWS_AS(sub("{x}", "a"), ValidationError);
}

TEST_CASE("subTemplate reads CloudFormation's own syntax", "[value]") {
    const auto text = subTemplate("${AWS::Region}/${Name}/${!Literal}", {{"Name", "n"}});

    CHECK(show(text) == "Concat(AWS::Region,\"/n/${Literal}\")");
    CHECK_THROWS_AS(subTemplate("${Other}"), ValidationError);
    CHECK_THROWS_AS(subTemplate("${Other"), ValidationError);
}

TEST_CASE("every function keeps its arguments in CloudFormation's order", "[value]") {
    App app;
    auto& stack = app.add<Stack>("S");
    auto& stage = stack.add<Parameter>("Stage");
    auto& isProd = stack.add<Condition>("IsProd", {.expression = equals(stage.value(), "prod")});
    auto& sizes = stack.add<Mapping>("Sizes", {.values = {{"a", {{"b", 1}}}}});

    CHECK(show(isProd.expression()) == "Equals(Ref(S/Stage),\"prod\")");
    CHECK(show(ifElse<Str>(isProd, "a", NoValue{})) == "If(Ref(S/IsProd),\"a\",AWS::NoValue)");
    CHECK(show(findInMap(sizes, "a", "b")) == "FindInMap(Ref(S/Sizes),\"a\",\"b\")");
    CHECK(show(select(1, getAzs())) == "Select(1,GetAZs(absent))");
    CHECK(show(split(",", stage.value())) == "Split(\",\",Ref(S/Stage))");
    CHECK(show(cidr("10.0.0.0/16", 4, 8)) == "Cidr(\"10.0.0.0/16\",4,8)");
    CHECK(show(base64("x")) == "Base64(\"x\")");
    CHECK(show(importValue("e")) == "ImportValue(\"e\")");
    CHECK(show(notOf(anyOf({isProd, allOf({isProd, isProd})}))) ==
          "Not(Or(Ref(S/IsProd),And(Ref(S/IsProd),Ref(S/IsProd))))");
    CHECK(show(length(getAzs())) == "Length(GetAZs(absent))");
    CHECK(show(toJsonString(Any::object({{"a", 1}}))) == "ToJsonString({a:1})");
}

TEST_CASE("values are equal by content", "[value]") {
    CHECK(equal(StrMap{{"a", "b"}}, StrMap{{"a", "b"}}));
    CHECK_FALSE(equal(StrMap{{"a", "b"}}, StrMap{{"a", "c"}}));
    CHECK(equal(Str(), Str()));
    CHECK_FALSE(equal(Str("1"), Num(1)));
}

TEST_CASE("JSON text becomes a value", "[value]") {
    CHECK(show(Any::json(R"({"b": [1, 2.5, null], "a": {"x": true}})")) ==
          "{a:{x:true},b:[1,2.500000,AWS::NoValue]}");
}

TEST_CASE("rejects text that is not JSON with its line", "[value]") {
    CHECK_THROWS_WITH(Any::json("{\n  \"a\": }"), Catch::Contains("line 2"));
}

TEST_CASE("a text is what it was made of, and empty without a value") {
    const std::string source = "abc";

    const Text text = source;

    CHECK(std::string_view(text) == "abc");
    CHECK(Text("x") == std::string_view("x"));
    CHECK(Text().empty());
    CHECK_FALSE(Text().present());
    CHECK(Text("").empty());
    CHECK(literal(Str(text)) != nullptr);
    CHECK(*literal(Str(text)) == "abc");
    CHECK(*literal(Any(text)) == "abc");
    STATIC_REQUIRE_FALSE(std::is_convertible_v<Str, Text>);
}
