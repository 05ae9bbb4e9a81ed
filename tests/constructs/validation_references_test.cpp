// Rules about references, names, and the whole stack.

#include <catch2/catch.hpp>
#include <fstream>

#include "constructs/src/validation/rules.hpp"
#include "tests/constructs/validation_support.hpp"

using namespace loam;
using namespace loam::test;

TEST_CASE_METHOD(
    GadgetFixture, "references within the stack and to other stacks have no findings") {
    auto& other = app.add<Stack>("Other").add<Gadget>("G", {});
    auto& own = add("Own");

    add("G", Any::object({{"Title", own.ref()}, {"OtherArn", other.attribute("Arn")}}));

    CHECK(findingsOf(app).empty());
}

TEST_CASE_METHOD(GadgetFixture, "rejects a reference to a construct that is gone") {
    Str dead;
    {
        App other;
        dead = other.add<Stack>("T").add<Gadget>("Dead", {}).ref();
    }

    add("G", Any::object({{"Words", Any::object({{"x", "a" + dead}})}}));

    CHECK(findingsOf(app) == Texts{"error dangling-reference Words.x"});
    CHECK_THAT(messagesOf(app), Catch::Contains("[T/Dead], which no longer exists"));
}

TEST_CASE_METHOD(
    GadgetFixture, "rejects a reference to a construct of another app, also in an output") {
    App other;
    auto& foreign = other.add<Stack>("T").add<Gadget>("Foreign", {});

    add("G", Any::object({{"Title", foreign.ref()}}));
    stack.add<Output>("O", {.value = foreign.attribute("Arn")});

    CHECK(findingsOf(app) ==
          Texts{"error dangling-reference Title", "error dangling-reference Value"});
    CHECK_THAT(messagesOf(app), Catch::Contains("belongs to another app"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects references as plain data to what is not in the stack") {
    add("Own");
    stack.add<Parameter>("P", {});

    add("Good", Any::json(R"({"Blob": [{"Ref": "Own"}, {"Ref": "P"}, {"Ref": "AWS::Region"},
        {"Fn::GetAtt": ["Own", "Arn"]}, {"Fn::GetAtt": "Own.Arn"}, {"Ref": "P", "x": 1}]})"));
    add("Bad", Any::json(R"({"Blob": [{"Ref": "Nope"}, {"Fn::GetAtt": ["Gone", "Arn"]}]})"));

    CHECK(findingsOf(app) ==
          Texts{"error dangling-reference Blob.0", "error dangling-reference Blob.1"});
    CHECK_THAT(messagesOf(app), Catch::Contains("\"Gone\", which is the logical id of no"));
}

TEST_CASE_METHOD(GadgetFixture, "warns of a reference to what exists only under a condition") {
    auto& condition = stack.add<Condition>("C", {.expression = equals(region(), "a")});
    auto& optional = add("Optional");
    optional.setCondition(condition);

    add("Same", Any::object({{"Title", optional.ref()}})).setCondition(condition);
    add("Chosen", Any::object({{"Title", ifElse<Str>(condition, optional.ref(), "none")}}));
    add("Always", Any::object({{"Title", "a" + optional.ref()}}));

    CHECK(findingsOf(app) == Texts{"warning dangling-reference Title"});
    CHECK_THAT(messagesOf(app), Catch::Contains("only where the condition [S/C] holds"));
}

TEST_CASE_METHOD(
    GadgetFixture, "rejects a condition over a resource, and one name for two exports") {
    stack.add<Condition>("C", {.expression = equals(add("G").ref(), "x")});
    stack.add<Output>("A", {.value = "a", .exportName = "same"});
    stack.add<Output>("B", {.value = "b", .exportName = "same"});

    CHECK(findingsOf(app) ==
          Texts{"error duplicate-name ExportName", "error dangling-reference Expression"});
    CHECK_THAT(messagesOf(app), Catch::Contains("cannot use Ref of [S/G]"));
}

TEST_CASE("rejects a default of a parameter that is not allowed") {
    App app;
    auto& stack = app.add<Stack>("S");

    CHECK_THROWS_WITH(stack.add<Parameter>("P", {.defaultValue = "c", .allowedValues = {"a", "b"}}),
        Catch::Contains("default \"c\" is not among allowedValues"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects an output that is a list") {
    auto& list = stack.add<Parameter>("P", {.type = ParameterType::CommaDelimitedList});

    stack.add<Output>("A", {.value = list.list()});
    stack.add<Output>("B", {.value = Any::list({"x"})});
    stack.add<Output>("C", {.value = join(",", list.list())});
    auto& condition = stack.add<Condition>("If", {.expression = equals(region(), "x")});
    stack.add<Output>("D", {.value = ifElse<Any>(condition, "x", list.list())});

    CHECK(findingsOf(app) == Texts(3, "error wrong-type Value"));
    CHECK_THAT(messagesOf(app), Catch::Contains("an output takes a text, got Ref of [S/P]"));
}

TEST_CASE_METHOD(
    GadgetFixture, "rejects an attribute that the type does not have and says which is meant") {
    auto& other = add("Other");

    add("G", Any::object({{"Title", other.attribute("Anr")}}));

    CHECK(findingsOf(app) == Texts{"error unknown-attribute Title"});
    CHECK_THAT(messagesOf(app), Catch::Contains("Did you mean \"Arn\"?"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects an id where an ARN belongs") {
    auto& other = add("Other");

    add("G", Any::object({{"OtherArn", other.ref()}}));

    CHECK(findingsOf(app) == Texts{"error wrong-reference OtherArn"});
    CHECK_THAT(
        messagesOf(app), Catch::Contains("takes an ARN, but Ref of [S/Other] is its GadgetId"));
}

TEST_CASE_METHOD(GadgetFixture, "rejects an ARN where the pattern wants an id") {
    auto& other = add("Other");

    add("G", Any::object({{"OtherId", other.attribute("Arn")}}));
    add("Good", Any::object({{"OtherId", other.ref()}}));

    CHECK(findingsOf(app) == Texts{"error wrong-reference OtherId"});
}

TEST_CASE_METHOD(
    GadgetFixture, "rejects resources that wait for each other and prints the circle") {
    auto& first = add("First");
    auto& second = add("Second", Any::object({{"Words", Any::object({{"x", first.ref()}})}}));
    auto& third = add("Third", Any::object({{"Title", second.attribute("Arn")}}));
    add("Outside", Any::object({{"Title", third.ref()}}));
    first.addDependency(third);

    CHECK(findingsOf(app) == Texts{"error dependency-cycle"});
    CHECK_THAT(messagesOf(app),
        Catch::Contains(
            "[S/First] -> (DependsOn) [S/Third] -> (Title) [S/Second] -> "
            "(Words.x) -> [S/First]"));
}

TEST_CASE_METHOD(
    GadgetFixture, "rejects a resource that refers to itself, and finds each circle once") {
    auto& self = add("Self");
    self.addPropertyOverride("Title", self.ref());
    auto& left = add("Left");
    auto& right = add("Right", Any::object({{"Title", left.ref()}}));
    left.addPropertyOverride("Title", right.ref());

    CHECK(findingsOf(app) == Texts{"error dependency-cycle", "error dependency-cycle"});
}

TEST_CASE_METHOD(GadgetFixture, "rejects two resources of one type with one name") {
    add("A", Any::object({{"Name", "same"}}));
    add("B", Any::object({{"Name", "same"}}));
    add("C", Any::object({{"Name", "else"}}));

    CHECK(findingsOf(app) == Texts{"error duplicate-name Name"});
    CHECK_THAT(messagesOf(app), Catch::Contains("\"same\" is the name of [S/A] too"));
}

TEST_CASE_METHOD(
    GadgetFixture, "equal names are fine under conditions and in stacks of different places") {
    auto& condition = stack.add<Condition>("C", {.expression = equals(region(), "x")});
    add("A", Any::object({{"Name", "same"}}));
    add("B", Any::object({{"Name", "same"}})).setCondition(condition);
    app.add<Stack>("Elsewhere").add<Gadget>("A", {.properties = Any::object({{"Name", "same"}})});

    CHECK(findingsOf(app).empty());
}

TEST_CASE("rejects one name in two stacks of the same account and region") {
    App app;
    for (const char* id : {"A", "B"}) {
        auto& stack =
            app.add<Stack>(id, {.env = {.account = "123456789012", .region = "eu-central-1"}});
        stack.add<Gadget>("G", {.properties = Any::object({{"Name", "same"}})});
    }

    CHECK(findingsOf(app) == Texts{"error duplicate-name Name"});
}

TEST_CASE_METHOD(GadgetFixture, "a partition in a text is a warning, wherever the text is") {
    auto& parameter = stack.add<Parameter>("P", {});
    add("G",
        Any::object({{"Title", "arn:" + partition() + ":s3:::x"},
            {"Blob", Any::json(R"([{"Resource": "arn:aws:s3:::x"}])")},
            {"Words", Any::object({{"x", "arn:aws:s3:::" + parameter.value()}})}}));

    CHECK(findingsOf(app) ==
          Texts{"warning hard-coded-partition Blob.0.Resource",
              "warning hard-coded-partition Words.x"});
}

TEST_CASE_METHOD(GadgetFixture, "rejects a text that is not UTF-8") {
    for (const char* text : {"\xff", "a\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
             "\xf5\x80\x80\x80", "\xf4\x90\x80\x80", "\x80"}) {
        App own;
        own.add<Stack>("S").add<Gadget>("G", {.properties = Any::object({{"Title", text}})});
        CHECK(findingsOf(own) == Texts{"error not-utf8 Title"});
    }
    add("Good",
        Any::object({{"Title", "\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf"}}));
    CHECK(findingsOf(app).empty());
}

TEST_CASE("every rule is documented") {
    std::ifstream file(LOAM_TESTS_DIRECTORY "/../docs/validation.md");
    const std::string manual((std::istreambuf_iterator<char>(file)), {});

    for (const std::string_view rule : rules::all) {
        CHECK_THAT(manual, Catch::Contains("| `" + std::string(rule) + "` |"));
    }
}

TEST_CASE_METHOD(GadgetFixture, "findings are complete, sorted, and the same each time") {
    add("B", Any::json(R"({"Size": "x", "Flag": "y"})"));
    add("A", Any::json(R"({"Size": "x"})"));

    const Texts first = findingsOf(app);

    CHECK(
        first == Texts{"error wrong-type Size", "error wrong-type Flag", "error wrong-type Size"});
    CHECK(findingsOf(app) == first);
}
