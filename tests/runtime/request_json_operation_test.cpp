#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "runtime/request/body.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/operation.hpp"

using namespace loam::runtime::request;

namespace {

/// An operation with the texts that it points to.
struct Parsed {
    std::unique_ptr<const std::string> text;
    Body body;
    Operation operation;
};

Parsed parse(const std::string& text) {
    Parsed parsed{std::make_unique<const std::string>(text), {}, {}};
    parsed.body = parseBody(*parsed.text);
    parsed.operation = parseOperation(parsed.body.operations.front(), parsed.body.texts);
    return parsed;
}

/// The operation with these arguments, printed.
std::string
printed(const std::string& arguments, const std::string& selection = R"({"$scalars":true})") {
    return print(
        parse(R"({"modelName":"User","action":"findMany","query":{"arguments":)" + arguments +
              R"(,"selection":)" + selection + "}}")
            .operation);
}

std::string refusal(const std::string& body) {
    try {
        parse(body);
    } catch (const RequestError& error) {
        CHECK(error.status() == 200);
        CHECK(error.code().empty());
        return error.message();
    }
    return "";
}

}  // namespace

TEST_CASE("the action and the model make the name of the root field", "[json-protocol]") {
    const auto [action, name, kind] = GENERATE(table<std::string, std::string, OperationKind>({
        {"findMany", "findManyUser", OperationKind::Query},
        {"findUniqueOrThrow", "findUniqueUserOrThrow", OperationKind::Query},
        {"aggregate", "aggregateUser", OperationKind::Query},
        {"createOne", "createOneUser", OperationKind::Mutation},
        {"createManyAndReturn", "createManyUserAndReturn", OperationKind::Mutation},
    }));
    const std::string body =
        R"({"modelName":"User","action":")" + action + R"(","query":{"selection":{}}})";

    const Parsed parsed = parse(body);

    CHECK(parsed.operation.fields.front().name == name);
    CHECK(parsed.operation.fields.front().key == name);
    CHECK(parsed.operation.kind == kind);
    CHECK(parsed.operation.notation == Notation::Json);
    Body unparsed = parseBody(body);
    CHECK(kindOf(unparsed.operations.front(), unparsed.texts) == kind);
}

TEST_CASE("raw queries have no model and count as mutations", "[json-protocol]") {
    const Parsed parsed =
        parse(R"({"action":"queryRaw","query":{"arguments":{"query":"SELECT 1"},"selection":{}}})");

    CHECK(parsed.operation.fields.front().name == "queryRaw");
    CHECK(parsed.operation.kind == OperationKind::Mutation);
}

TEST_CASE("a selection has all single values, some of them, and objects", "[json-protocol]") {
    CHECK(
        printed("{}",
            R"({"$scalars":true,"$composites":true,"secret":false,"_count":true,"posts":)"
            R"({"arguments":{"take":2},"selection":{"id":true}}})") ==
        "query {\n  findManyUser {\n    $scalars -secret\n    _count {\n      $scalars\n    }\n"
        "    posts(take: 2) {\n      id {\n        $scalars\n      }\n    }\n  }\n}\n");
}

TEST_CASE("tagged values become what they stand for", "[json-protocol]") {
    const auto [json, expected, tag] = GENERATE(table<std::string, std::string, Value::Tag>({
        {R"({"$type":"DateTime","value":"2020-01-01T00:00:00.000Z"})",
            R"("2020-01-01T00:00:00.000Z")", Value::Tag::DateTime},
        {R"({"$type":"BigInt","value":"-12"})", "-12", Value::Tag::BigInt},
        {R"({"$type":"Bytes","value":"AQI="})", R"("AQI=")", Value::Tag::Bytes},
        {R"({"$type":"Decimal","value":"1.50"})", "1.50", Value::Tag::Decimal},
        {R"({"$type":"Decimal","value":"NaN"})", R"("NaN")", Value::Tag::Decimal},
        {R"({"$type":"Enum","value":"DbNull"})", "DbNull", Value::Tag::Enum},
        {R"({"$type":"Json","value":"{}"})", R"("{}")", Value::Tag::Json},
        {R"({"$type":"FieldRef","value":{"_ref":"a","_container":"B"}})",
            R"({_ref: "a", _container: "B"})", Value::Tag::FieldReference},
        {R"({"$type":"Raw","value":{"$type":"mine"}})", R"({$type: "mine"})", Value::Tag::None},
    }));

    const Parsed parsed = parse(
        R"({"modelName":"A","action":"findMany","query":{"arguments":{"x":{"y":[)" + json +
        R"(]}},"selection":{}}})");

    const Value& value = parsed.operation.fields.front().argument("x")->find("y")->items().front();
    CHECK(print(value) == expected);
    CHECK(value.tag == tag);
}

TEST_CASE("a document in place is written as JSON, with its tagged values", "[json-protocol]") {
    const Parsed parsed = parse(
        R"({"modelName":"A","action":"createOne","query":{"arguments":{"x":{"a":[1,2.50,null,true,)"
        R"("q\"",{}],"t":{"$type":"DateTime","value":"t"},"b":{"$type":"BigInt","value":"12"},)"
        R"("d":{"$type":"Decimal","value":"1.5"},"r":{"$type":"Raw","value":{"$type":1}}}},)"
        R"("selection":{}}})");

    CHECK(toJson(*parsed.operation.fields.front().argument("x")) ==
          R"({"a":[1,2.50,null,true,"q\"",{}],"t":"t","b":"12","d":1.5,"r":{"$type":1}})");
}

TEST_CASE("a batch may mix requests of both protocols", "[json-protocol]") {
    Body body = parseBody(
        R"({"batch":[{"modelName":"A","action":"findMany","query":{"selection":{"id":true}}},)"
        R"({"query":"{ b }"}],"transaction":{}})");

    CHECK(body.isTransaction);
    CHECK(parseOperation(body.operations[0], body.texts).fields.front().name == "findManyA");
    CHECK(parseOperation(body.operations[1], body.texts).fields.front().name == "b");
}

TEST_CASE("rejects requests of the JSON protocol in another form", "[json-protocol]") {
    const auto [rest, expected] = GENERATE(table<std::string, std::string>({
        {R"("action":1,"query":{})", "`action` of the request must be a text"},
        {R"("action":"findMany")", "`query` of the request must be an object"},
        {R"("action":"findMany","query":"{ a }")", "`query` of the request must be an object"},
        {R"("action":"findMany","modelName":1,"query":{})", "`modelName` of the request must be"},
        {R"("action":"findMany","query":{"arguments":[]})", "must have the objects `arguments`"},
        {R"("action":"findMany","query":{"more":{}})", "must have the objects `arguments`"},
        {R"("action":"findMany","query":{"selection":{"a":1}})",
            "must be true, false or an object"},
        {R"("action":"a","query":{"arguments":{"x":{"$type":"Date","value":"x"}}})", "`$type`"},
        {R"("action":"a","query":{"arguments":{"x":{"$type":"Bytes"}}})", "`$type`"},
        {R"("action":"a","query":{"arguments":{"x":{"$type":"Bytes","value":1}}})", "a text"},
        {R"("action":"a","query":{"arguments":{"x":{"$type":"FieldRef","value":"a"}}})",
            "an object"},
    }));

    CHECK_THAT(refusal("{" + rest + "}"), Catch::Contains(expected));
}

TEST_CASE("rejects selections of more fields than the limit", "[json-protocol]") {
    std::string fields;
    for (int number = 0; number < 5001; ++number) {
        fields += (number == 0 ? "\"f" : ",\"f") + std::to_string(number) + "\":true";
    }

    CHECK_THAT(
        refusal(R"({"modelName":"A","action":"findMany","query":{"selection":{)" + fields + "}}}"),
        Catch::Contains("the limit of 5000"));
}
