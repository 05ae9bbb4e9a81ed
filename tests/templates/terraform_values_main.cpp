// What expressions come to: terraform_values DIRECTORY writes a root whose outputs and documents
// hold values that are hard to spell, and expected.json with what CloudFormation makes of each. A
// test applies the root and compares.
#include <loam/intrinsics.hpp>
#include <loam/mapping.hpp>
#include <loam/parameter.hpp>
#include <loam/terraform.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "templates/src/json/json_writer.hpp"

namespace {

using namespace loam;

/// Texts that Terraform's template language could take for something else.
constexpr const char* texts[] = {"${x}", "$${x}", "$$${x}", "%{if x}", "%%{if x}", "%%%{", "$",
    "$$", "$$$", "%", "%%", "$%", "%$", "$%%", "%$$", "$%${x}", "%$%{x}", "$ {x}", "{", "}", "${",
    "\"${x}\"", "a\"b", "a\\b", "\\${x}", "\\n", "a\nb\n", "\t", "\r\n", "# no comment",
    "// no comment", "<<EOT\nx\nEOT", "\xc3\xbc\xe2\x80\xa8\xf0\x9f\x98\x80", "\x01\x7f", "null",
    "true", "1e3", "007", " x ", "", "'", "`", "a${\"$\"}b"};

struct Expected {
    std::vector<MapNode::Entry> outputs;
    std::vector<MapNode::Entry> documents;
};

class Cases {
  public:
    explicit Cases(Stack& stack) : stack_(stack) {}

    void output(const std::string& name, Any value, Any expected) {
        stack_.add<Output>(name, {.value = std::move(value)});
        expected_.outputs.emplace_back(name, std::move(expected));
    }
    /// The value inside of a policy document.
    void document(const std::string& name, Any value, Any expected) {
        const auto policy = [](Any inner) {
            return Any::object({{"Statement", Any::list({std::move(inner)})}});
        };
        auto& resource = stack_.add<RawResource>(name,
            {.type = "AWS::IAM::ManagedPolicy",
                .properties = Any::object({{"PolicyDocument", policy(std::move(value))}})});
        expected_.documents.emplace_back(
            "aws_iam_policy." + std::string(resource.logicalId()), policy(std::move(expected)));
    }
    std::string expectedText() {
        detail::MapBuilder outputs;
        for (auto& [name, value] : expected_.outputs) outputs.add(name, value);
        detail::MapBuilder documents;
        for (auto& [name, value] : expected_.documents) documents.add(name, value);
        return writeJson(
            Any::object({{"outputs", Any(outputs.take())}, {"documents", Any(documents.take())}}),
            JsonStyle::Pretty);
    }

  private:
    Stack& stack_;
    Expected expected_;
};

void addTexts(Cases& cases, Stack& stack) {
    auto& word = stack.add<Parameter>("Word", {.defaultValue = "w"});
    auto& isWord = stack.add<Condition>("IsWord", {.expression = equals(word.value(), "w")});
    int number = 0;
    for (const char* literal : texts) {
        const std::string text(literal);
        const auto name = "Text" + std::to_string(number++);
        cases.output(name, Str(text), Str(text));
        cases.output(name + "Before", Str(text) + word.value() + Str(text), Str(text + "w" + text));
        cases.output(name + "If", ifElse<Str>(isWord, text, "no"), Str(text));
        cases.output(name + "List", Any::list({text, word.value()}), Any::list({text, "w"}));
        cases.output(name + "Key", Any::object({{text, word.value()}}), Any::object({{text, "w"}}));
        cases.output(name + "Equal",
            ifElse<Str>(stack.add<Condition>(name + "Is", {.expression = equals(text, text)}),
                "same", "other"),
            "same");
        cases.document(name + "Document",
            Any::object({{text + "k", Str(text) + region()},
                {"if", ifElse<Str>(isWord, text, "no")}, {"p", Str(text) + word.value()}}),
            Any::object(
                {{text + "k", Str(text + "eu-central-1")}, {"if", text}, {"p", text + "w"}}));
    }
}

void addFunctions(Cases& cases, Stack& stack) {
    auto& list = stack.add<Parameter>(
        "List", {.type = ParameterType::CommaDelimitedList, .defaultValue = "a, b,c"});
    auto& five = stack.add<Parameter>("Five", {.type = ParameterType::Number, .defaultValue = "5"});
    auto& key = stack.add<Parameter>("Key", {.defaultValue = "eu-central-1"});
    auto& table = stack.add<Mapping>("Table",
        {.values = {
             {"eu-central-1", {{"text", "${t}"}, {"number", 5}, {"list", Any::list({"x", "y"})}}},
             {"$${other}", {{"text", "o"}, {"number", 6}, {"list", Any::list({"z"})}}}}});
    auto& isFive = stack.add<Condition>("IsFive", {.expression = equals(five.value(), "5")});
    auto& isSix = stack.add<Condition>("IsSix", {.expression = notOf(isFive)});
    const auto number = [&](const char* row) { return findInMap(table, row, "number"); };
    auto& isNumber =
        stack.add<Condition>("IsNumber", {.expression = equals(number("eu-central-1"), "5")});
    auto& both = stack.add<Condition>("Both", {.expression = allOf({isFive, isNumber})});
    auto& either = stack.add<Condition>("Either", {.expression = anyOf({isSix, notOf(both)})});

    cases.output("Sub", subTemplate("${!Literal} ${AWS::Region} $${V} ${V}", {{"V", "${v}"}}),
        "${Literal} eu-central-1 $${v} ${v}");
    cases.output("SelectSplit", select(1, split("$", Str("a$b$") + key.value())), "b");
    cases.output("SelectList", select(2, list.list()), "c");
    cases.output("Join", join("${,}", StrList{"a", key.value(), "b"}), "a${,}eu-central-1${,}b");
    cases.output("JoinList", join("\"", list.list()), "a\"b\"c");
    cases.output("JoinSplit", join("-", split(",", "p,q,r")), "p-q-r");
    cases.output("Base64", base64("#!/bin/sh\necho ${HOME} \"$$\"\n"),
        "IyEvYmluL3NoCmVjaG8gJHtIT01FfSAiJCQiCg==");
    cases.output("Cidr", cidr("10.0.0.0/16", 3, 8),
        Any::list({"10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"}));
    cases.output("MapText", findInMap(table, key.value(), "text"), "${t}");
    cases.output("MapOther", findInMap(table, "$${other}", "text"), "o");
    cases.output("MapJoined", join("+", StrList::of(findInMap(table, key.value(), "list"))), "x+y");
    cases.output("IfNumberOfMap", ifElse<Str>(isNumber, "five", "other"), "five");
    cases.output("IfBoth", ifElse<Str>(both, "both", "not"), "both");
    cases.output("IfEither", ifElse<Str>(either, "either", "neither"), "neither");
    cases.output("IfNested", ifElse<Str>(isSix, "six", ifElse<Str>(both, "in", "out")), "in");
    cases.output("IfLists", ifElse<Any>(isSix, Any::list({"a"}), Any::list({"b", key.value()})),
        Any::list({"b", "eu-central-1"}));
    cases.output("IfObjects",
        ifElse<Any>(isFive, Any::object({{"a", 1}}), Any::object({{"b", Any::list({"x"})}})),
        Any::object({{"a", 1}}));
    cases.output("IfListOfNothing",
        Any::list({"a", ifElse<Any>(isSix, "b", NoValue{}), ifElse<Any>(isFive, "c", NoValue{})}),
        Any::list({"a", "c"}));
    cases.output(
        "JoinOfNothing", join(",", StrList{"a", ifElse<Str>(isSix, "b", NoValue{}), "c"}), "a,c");
    cases.output("Length", length(list.list()), 3);
    cases.output("Json",
        toJsonString(Any::object({{"a", key.value()}, {"b", Any::list({1, true})}})),
        R"({"a":"eu-central-1","b":[1,true]})");
    cases.document("Nothing",
        Any::object({{"a", ifElse<Any>(isSix, "b", NoValue{})}, {"l", list.list()},
            {"c", ifElse<Any>(isFive, Any::list({"x", 1}), NoValue{})}}),
        Any::object({{"l", Any::list({"a", "b", "c"})}, {"c", Any::list({"x", 1})}}));
}

void addParameters(Cases& cases, Stack& stack) {
    const std::string odd = "${x} %{y} $$ \"q\" \\ \n";
    auto& text = stack.add<Parameter>("OddText",
        {.defaultValue = odd,
            .allowedValues = {odd, "${other}"},
            .allowedPattern = R"([\s\S]*\$\{x\}[\s\S]*)",
            .constraintDescription = "Must hold ${x} and \"q\".",
            .description = "${x} %{y} \"q\""});
    auto& number = stack.add<Parameter>("OddNumber",
        {.type = ParameterType::Number, .defaultValue = "-0.5", .minValue = -1, .maxValue = 1e3});
    auto& numbers = stack.add<Parameter>(
        "OddNumbers", {.type = ParameterType::NumberList, .defaultValue = "1, 2.5", .minValue = 1});
    cases.output("OddTextValue", text.value(), odd);
    cases.output("OddNumberText", "n" + number.value(), "n-0.5");
    cases.output("OddNumbersJoined", join(",", numbers.list()), "1,2.5");
}

int run(const std::filesystem::path& folder) {
    App app;
    auto& stack = app.add<Stack>("Values", {.env = {.region = "eu-central-1"}});
    Cases cases(stack);
    addTexts(cases, stack);
    addFunctions(cases, stack);
    addParameters(cases, stack);

    const auto assembly = assemble(app);
    const auto rendering = terraform::render(assembly.of(stack));
    for (const auto& finding : rendering.findings.all()) std::cerr << describe(finding) << '\n';
    std::filesystem::create_directories(folder / "root");
    std::ofstream(folder / "root/main.tf.json") << writeJson(rendering.document, JsonStyle::Pretty);
    std::ofstream(folder / "expected.json") << cases.expectedText();
    return rendering.findings.failed() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: terraform_values DIRECTORY\n";
        return 2;
    }
    return run(argv[1]);
}
