// Rules about the properties of one resource: each with what breaks it and what is fine.

#include <catch2/catch.hpp>

#include "tests/constructs/validation_support.hpp"

using namespace loam;
using namespace loam::test;

namespace {

struct Fixture : GadgetFixture {
    Texts check(Any properties) {
        add("G", std::move(properties));
        return findingsOf(app);
    }
    Texts check(const char* json) { return check(Any::json(json)); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "properties that fit have no findings") {
    CHECK(check(
        R"({"Blob": [{"x": 1}], "Flag": true, "Items": ["a", "b"], "Mode": "slow", "Name": "ab-",
        "Part": {"Code": "c", "Weight": 3}, "Parts": [{"Code": "d"}], "Ratio": 0.5, "Size": 10, "Title": "t",
        "Words": {"a": "b"}})")
              .empty());
}

TEST_CASE_METHOD(Fixture, "literals that CloudFormation converts have no findings") {
    CHECK(check(
        R"({"Flag": "false", "Size": "5", "Ratio": "1e-3", "Title": 5, "Words": {"a": true}})")
              .empty());
}

TEST_CASE_METHOD(
    Fixture, "rejects a property that the type does not have and says which is meant") {
    CHECK(check(R"({"Siez": 5, "Part": {"Code": "c", "Colour": "red"}})") ==
          Texts{"error unknown-property Part.Colour", "error unknown-property Siez"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("Did you mean \"Size\"?") &&
            Catch::Contains("is no property of Gadget.Part. There are Code or Weight"));
}

TEST_CASE_METHOD(Fixture, "rejects a struct without its required property") {
    CHECK(check(R"({"Part": {"Weight": 1}, "Parts": [{"Code": "c"}, {}]})") ==
          Texts{"error missing-property Part.Code", "error missing-property Parts.1.Code"});
}

TEST_CASE_METHOD(Fixture, "rejects a required property that is removed") {
    CHECK(check(Any::object({{"Part", Any::object({{"Code", NoValue{}}})}})) ==
          Texts{"error missing-property Part.Code"});
}

TEST_CASE_METHOD(Fixture, "rejects literals of the wrong type") {
    CHECK(
        check(
            R"({"Flag": 1, "Items": "a", "Part": "p", "Parts": {"Code": "c"}, "Ratio": "much", "Size": 1.5,
        "Title": ["t"], "Words": ["w"]})") ==
        Texts{"error wrong-type Flag", "error wrong-type Items", "error wrong-type Part",
            "error wrong-type Parts", "error wrong-type Ratio", "error wrong-type Size",
            "error wrong-type Title", "error wrong-type Words"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("takes an integer, got 1.5") &&
            Catch::Contains("takes a list, of a text each, got \"a\""));
}

TEST_CASE_METHOD(Fixture, "rejects numbers written as texts that are no numbers, or nothing") {
    CHECK(check(R"({"Size": "", "Ratio": "1 "})") ==
          Texts{"error wrong-type Ratio", "error wrong-type Size"});
}

TEST_CASE_METHOD(Fixture, "late values pass where they may fit") {
    auto& size = stack.add<Parameter>("Size", {.type = ParameterType::Number});
    auto& items = stack.add<Parameter>("Items", {.type = ParameterType::CommaDelimitedList});
    auto& other = stack.add<Gadget>("Other", {});

    CHECK(
        check(Any::object({{"Flag", size.value()}, {"Items", items.list()}, {"Size", size.number()},
            {"Title", select(0, items.list())}, {"Name", other.ref() + "-x"},
            {"Part", Str(importValue("p")) + ""}, {"Words", Any::object({{"a", region()}})}})) ==
        Texts{"error wrong-type Part"});
}

TEST_CASE_METHOD(Fixture, "rejects late values of the wrong shape") {
    auto& other = stack.add<Gadget>("Other", {});
    auto& items = stack.add<Parameter>("Items", {.type = ParameterType::CommaDelimitedList});

    CHECK(
        check(Any::object({{"Items", other.ref()}, {"Title", items.list()},
            {"Size", split(",", region())}, {"Parts", other.attribute("Arn")},
            {"Name", other.attribute("Zones")}, {"Words", join(",", getAzs())}})) ==
        Texts{"error wrong-type Items", "error wrong-type Name", "error wrong-type Parts",
            "error wrong-type Size", "error wrong-type Title", "error wrong-type Words"});
}

TEST_CASE_METHOD(Fixture, "both branches of a condition are checked") {
    auto& condition = stack.add<Condition>("C", {.expression = equals(region(), "x")});

    CHECK(
        check(Any::object({{"Size", ifElse<Any>(condition, 5, "many")},
            {"Items", ifElse<Any>(condition,
                          Any::list({"a", ifElse<Any>(condition, Any::list({"b"}), NoValue{})}),
                          NoValue{})},
            {"Part", ifElse<Any>(condition, Any::object({{"Code", "c"}}), Any::object({}))}})) ==
        Texts{"error wrong-type Items.1", "error missing-property Part.Code",
            "error wrong-type Size"});
}

TEST_CASE_METHOD(Fixture, "a value outside of the known ones is a warning") {
    CHECK(check(R"({"Mode": "Slow"})") == Texts{"warning unknown-value Mode"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("\"Slow\" is not among the known values fast or slow") &&
            Catch::Contains("Did you mean \"slow\"?"));
}

TEST_CASE_METHOD(Fixture, "rejects a text that does not match the pattern") {
    CHECK(check(R"({"Name": "a b"})") == Texts{"error pattern Name"});
}

TEST_CASE_METHOD(Fixture, "lengths count characters, not bytes") {
    CHECK(check(R"({"Name": "ßßßßß"})").empty());
}

TEST_CASE_METHOD(Fixture, "rejects a text that is too long") {
    CHECK(check(R"({"Name": "ßßßßßß"})") == Texts{"error length Name"});
    CHECK_THAT(messagesOf(app), Catch::Contains("takes 2 to 5 characters, got 6"));
}

TEST_CASE_METHOD(Fixture, "rejects a number outside of its range, also one given as text") {
    CHECK(check(R"({"Size": 11})") == Texts{"error range Size"});
    CHECK_THAT(messagesOf(app), Catch::Contains("takes at least 1 and at most 10, got 11"));
    stack.add<Gadget>("Low", {.properties = Any::json(R"({"Size": "0"})")});
    CHECK(findingsOf(app) == Texts{"error range Size", "error range Size"});
}

TEST_CASE_METHOD(Fixture, "rejects too many items and too few") {
    CHECK(check(R"({"Items": ["a", "b", "c"]})") == Texts{"error item-count Items"});
    stack.add<Gadget>("Empty", {.properties = Any::json(R"({"Items": []})")});
    CHECK(findingsOf(app) == Texts{"error item-count Items", "error item-count Items"});
}

TEST_CASE_METHOD(Fixture, "items under a condition do not count against the maximum") {
    auto& condition = stack.add<Condition>("C", {.expression = equals(region(), "x")});

    CHECK(check(
        Any::object({{"Items", Any::list({"a", "b", ifElse<Any>(condition, "c", NoValue{})})}}))
              .empty());
}

TEST_CASE_METHOD(Fixture, "rejects equal items where they must differ") {
    CHECK(check(Any::object({{"Items", Any::list({region(), region()})}})) ==
          Texts{"error repeated-item Items.1"});
}

TEST_CASE_METHOD(Fixture, "combinations of properties that fit have no findings") {
    CHECK(
        check(R"({"Rules": {"Left": "l", "Alpha": "a", "Beta": "b", "Engine": "e", "Fuel": "f"}})")
            .empty());
}

TEST_CASE_METHOD(Fixture, "rejects a combination in which something is missing") {
    CHECK(check(R"({"Rules": {"Engine": "e"}})") ==
          Texts{"error missing-property Rules", "error missing-property Rules",
              "error missing-property Rules.Fuel"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains("needs one of Left or Right") &&
            Catch::Contains("needs one of Alpha or Beta") &&
            Catch::Contains("required where Engine is given"));
}

TEST_CASE_METHOD(Fixture, "rejects properties that exclude each other") {
    CHECK(
        check(
            R"({"Rules": {"Left": "l", "Right": "r", "Alpha": "a", "Electric": "e", "Fuel": "f"}})") ==
        Texts{"error exclusive-properties Rules", "error exclusive-properties Rules.Fuel"});
}

TEST_CASE_METHOD(Fixture, "a property under a condition does not exclude another") {
    auto& condition = stack.add<Condition>("C", {.expression = equals(region(), "x")});

    CHECK(check(
        Any::object({{"Rules",
            Any::object({{"Left", ifElse<Any>(condition, "l", NoValue{})},
                {"Right", ifElse<Any>(condition, NoValue{}, "r")}, {"Alpha", "a"}})}}))
              .empty());
}

TEST_CASE_METHOD(Fixture, "an acknowledged finding stops nothing") {
    auto& gadget = stack.add<Gadget>("G", {.properties = Any::json(R"({"New": 1})")});
    gadget.acknowledge("unknown-property", "added by AWS last week");

    const Findings findings = validate(assemble(app));

    REQUIRE(findings.all().size() == 1);
    CHECK_FALSE(findings.failed());
}

TEST_CASE_METHOD(Fixture, "an override is checked like any property") {
    auto& gadget = stack.add<Gadget>("G", {.properties = Any::json(R"({"Size": 1})")});
    gadget.addPropertyOverride("Size", "big");

    CHECK(findingsOf(app) == Texts{"error wrong-type Size"});
}

TEST_CASE_METHOD(Fixture, "a type without facts has its references checked only") {
    stack.add<RawResource>(
        "R", {.type = "AWS::New::Thing", .properties = Any::json(R"({"Any": ["thing"]})")});

    CHECK(findingsOf(app).empty());
}
