// YAML templates are read back, as readers of YAML 1.1 do it, and compared with the JSON.

#include <loam/cloudformation.hpp>
#include <loam/node.hpp>
#include <loam/parameter.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <yaml-cpp/yaml.h>

using namespace loam;
using nlohmann::json;

namespace {

json fromPlain(const std::string& text) {
    static const std::regex boolean(
        "y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|"
        "False|FALSE");
    static const std::regex nothing("|~|null|Null|NULL");
    static const std::regex integer(
        "[-+]?(0b[0-1_]+|0o?[0-7_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])*)");
    static const std::regex real(
        R"([-+]?([0-9][0-9_]*)?\.[0-9_]*([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf)|\.nan)");
    static const std::regex date("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");
    if (std::regex_match(text, boolean)) return text == "true" || text == "True" || text == "yes";
    if (std::regex_match(text, nothing)) return nullptr;
    if (std::regex_match(text, date)) return "a date: " + text;
    if (std::regex_match(text, integer) || std::regex_match(text, real)) return json::parse(text);
    return text;
}

json read(const YAML::Node& node);

json readUntagged(const YAML::Node& node) {
    switch (node.Type()) {
        case YAML::NodeType::Scalar:
            return node.Tag() == "?" ? fromPlain(node.Scalar()) : json(node.Scalar());
        case YAML::NodeType::Sequence: {
            json list = json::array();
            for (const auto& item : node) list.push_back(read(item));
            return list;
        }
        case YAML::NodeType::Map: {
            json map = json::object();
            for (const auto& entry : node) {
                if (!read(entry.first).is_string())
                    return "key is no text: " + entry.first.Scalar();
                map[entry.first.Scalar()] = read(entry.second);
            }
            return map;
        }
        default:
            return nullptr;
    }
}

json read(const YAML::Node& node) {
    const std::string& tag = node.Tag();
    if (tag.size() < 2 || tag[0] != '!') return readUntagged(node);
    const json argument = node.IsScalar() ? json(node.Scalar()) : readUntagged(node);
    if (tag == "!Ref") return {{"Ref", argument}};
    if (tag != "!GetAtt") return {{"Fn::" + tag.substr(1), argument}};
    const auto dot = argument.get<std::string>().find('.');
    return {{"Fn::GetAtt",
        {argument.get<std::string>().substr(0, dot), argument.get<std::string>().substr(dot + 1)}}};
}

/// Asserts that the YAML of the value reads back as the value.
std::string checkSame(const Value& value) {
    std::string yaml = cloudformation::yaml(value);
    INFO(yaml);
    CHECK(read(YAML::Load(yaml)).dump(1) == json::parse(cloudformation::json(value)).dump(1));
    return yaml;
}

std::string yamlOf(App& app, const Stack& stack) {
    const Assembly assembly = assemble(app);
    return checkSame(cloudformation::render(assembly.of(stack)));
}

}  // namespace

TEST_CASE("texts that YAML would take for something else are quoted") {
    for (const char* text :
        {"", " ", " x", "x ", "on", "On", "OFF", "yes", "no", "y", "N", "true", "False", "null",
            "NULL", "~", "0750", "0123456789012", "1e3", ".5", "1_000", "0x1f", "0o17", "12:30:45",
            "2012-10-17", "1.0", "-1", "+1", ".inf", ".nan", "=", "<<", "a: b", "a:", ": a", "a #b",
            "#a", "- a", "-", "?", "? a", "[a", "{a", "a]", "*a", "&a", "!a", "|", ">", "%a", "@a",
            "`a", "'", "\"", "it's", "a\nb", "a\nb\n", "a\n\n", "\n", " a\nb\n", "a\tb", "a\\b",
            "a\rb", "\x01", "gr\xc3\xbc\xc3\x9f", "a, b", "--- a", "...", "a\n  b\n", "a\nb \n",
            "\xf0\x9f\x98\x80", "true ", "a: ", "x\n---\ny\n", "\xf4\x8f\xbf\xbf", "\xef\xbf\xbe",
            "\xef\xbb\xbf", "a\xc2\x85 b\n", "a\x7f"}) {
        INFO(text);
        checkSame(Any::object({{"Key", text}, {text, "value"}}));
        checkSame(Any::list({text, Any::list({text})}));
    }
}

TEST_CASE("characters that readers refuse or take for the end of a line are escaped") {
    const auto yaml = checkSame(Any::list({"next\xc2\x85line", "\xe2\x80\xa8s\xe2\x80\xa9p\n",
        "del\x7f", "\xc2\x9f", "\"\\\t\x01\xf4\x8f\xbf\xbf"}));

    CHECK(yaml ==
          "- \"next\\u0085line\"\n- \"\\u2028s\\u2029p\\n\"\n- \"del\\u007f\"\n- \"\\u009f\"\n"
          "- \"\\\"\\\\\\t\\u0001\\U0010ffff\"\n");
}

TEST_CASE("long texts survive, also as keys") {
    for (const std::size_t size : {301U, 1023U, 1024U, 5000U}) {
        const std::string plain(size, 'x');
        const auto quoted = plain + "\xc2\x85";
        checkSame(Any::object({{plain, plain}, {quoted, Any::object({{quoted, plain + "'"}})}}));
    }
}

TEST_CASE("texts that mean themselves are not quoted") {
    const auto yaml = checkSame(
        Any::object({{"Type", "AWS::SQS::Queue"}, {"Text", "Orders and more; 5 of them"}}));

    CHECK(yaml == "Text: Orders and more; 5 of them\nType: AWS::SQS::Queue\n");
}

TEST_CASE("numbers and booleans are written as such") {
    const auto yaml = checkSame(Any::list({1, -5, 0.5, 1e300, 1.5e-9, true, false}));

    CHECK(yaml == "- 1\n- -5\n- 0.5\n- 1.0e+300\n- 1.5e-09\n- true\n- false\n");
}

TEST_CASE("empty lists and maps survive, also within others") {
    checkSame(Any::json(
        R"({"a": [], "b": {}, "c": [[], {}, [[]]], "d": [{"e": []}, {"f": 1, "g": [1]}]})"));
}

TEST_CASE("functions have short tags") {
    const auto yaml = checkSame(Any::json(R"([
        {"Ref": "AWS::Region"}, {"Ref": "Queue"}, {"Fn::GetAtt": ["Queue", "Stream.Arn"]},
        {"Fn::Sub": "arn:${AWS::Partition}:x"}, {"Fn::Join": [",", [{"Ref": "A"}, "b"]]},
        {"Fn::Base64": "x"}, {"Fn::GetAZs": ""}, {"Fn::If": ["C", {"Ref": "A"}, {"Ref": "AWS::NoValue"}]}
    ])"));

    CHECK_THAT(yaml,
        Catch::Contains("- !Ref AWS::Region\n") &&
            Catch::Contains("- !GetAtt Queue.Stream.Arn\n") &&
            Catch::Contains("- !Sub 'arn:${AWS::Partition}:x'\n") && Catch::Contains("!Join") &&
            Catch::Contains("!GetAZs ''") && Catch::Contains("- !Ref AWS::NoValue"));
}

TEST_CASE("a function whose argument is a function has the long form") {
    const auto yaml = checkSame(Any::json(R"({"UserData": {"Fn::Base64": {"Fn::Sub": "x ${A}"}},
        "Zone": {"Fn::Select": [0, {"Fn::GetAZs": {"Ref": "AWS::Region"}}]}})"));

    CHECK_THAT(yaml,
        Catch::Contains("Fn::Base64: !Sub 'x ${A}'") &&
            Catch::Contains("Fn::GetAZs: !Ref AWS::Region"));
}

TEST_CASE(
    "a function without a short form, or whose short form would mean another, has the long one") {
    const auto yaml = checkSame(Any::json(R"([{"Fn::Length": [1]}, {"Fn::ToJsonString": {"a": "b"}},
        {"Fn::ForEach::Loop": ["x", ["a"], {"k": "v"}]}, {"Fn::x y": "b"}, {"Fn::": "b"},
        {"Fn::GetAtt": ["Module.Part", "Arn"]}])"));

    CHECK(yaml.find('!') == std::string::npos);
}

TEST_CASE("lines that end with a newline are a block") {
    const auto yaml =
        checkSame(Any::object({{"Code", "first\n  second: 'x' # y\n"}, {"Next", "n"}}));

    CHECK_THAT(yaml, Catch::StartsWith("Code: |\n  first\n    second: 'x' # y\n"));
}

TEST_CASE("a whole template reads back as its JSON") {
    App app;
    auto& stack = app.add<Stack>("Orders", {.description = "Orders: all # of them"});
    auto& stage =
        stack.add<Parameter>("Stage", {.defaultValue = "0750", .allowedValues = {"on", "0750"}});
    auto& isProd = stack.add<Condition>("IsProd", {.expression = equals(stage.value(), "on")});
    auto& role =
        stack.add<RawResource>("Role", {.type = "AWS::IAM::Role", .properties = Any::json(R"({
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]}})")});
    auto& function = stack.add<RawResource>("Fn",
        {.type = "AWS::Lambda::Function",
            .properties = Any::object({{"Role", role.attribute("Arn")},
                {"Description", "arn:" + partition() + ":${x}"},
                {"Code",
                    Any::object({{"ZipFile", "import os\n\ndef handler(e, c):\n    return 1\n"}})},
                {"MemorySize", ifElse<Any>(isProd, 512, NoValue{})},
                {"Tags", Any::list({base64("a" + region()), select(0, getAzs())})}})});
    function.addDependency(role);
    stack.add<Output>(
        "Arn", {.value = function.attribute("Arn"), .exportName = stackName() + "-arn"});

    const auto yaml = yamlOf(app, stack);

    CHECK_THAT(yaml,
        Catch::Contains("Version: '2012-10-17'") && Catch::Contains("Default: '0750'") &&
            Catch::Contains("Role: !GetAtt Role.Arn"));
}
