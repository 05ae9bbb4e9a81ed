// Plans that are refused before anything runs, with the place of what is wrong.
#include <catch2/catch.hpp>

#include "tests/runtime/queryplan_fixture.hpp"

using namespace loam::testing;

namespace {

/// What is wrong, after the words that all refusals begin with.
std::string refusal(const std::string& plan) {
    PlanFixture fixture;
    const std::string message = fixture.message(plan);
    const std::string start = "The query plan is not valid: request.plan";
    return message.starts_with(start) ? message.substr(start.size()) : message;
}

std::string reference(const std::string& name) {
    return R"({"prisma__type":"param","prisma__value":{"name":")" + name + R"(","type":"Int"}})";
}

}  // namespace

TEST_CASE("rejects nodes of unknown types", "[queryplan]") {
    CHECK(refusal(node("seq", "[" + value("1") + "," + node("jump", "{}") + "]"))
              .starts_with(R"(.args[1].type is \"jump\", expected one of value, get, let)"));
    CHECK(refusal("{}") == R"( has no member \"type\".)");
    CHECK(refusal("7") == " must be an object.");
}

TEST_CASE("rejects nodes of wrong shapes", "[queryplan]") {
    CHECK(refusal(node("seq", "{}")) == ".args must be a list.");
    CHECK(refusal(node("let", R"({"bindings":[{"name":1}],"expr":{}})")) ==
          ".args.bindings[0].name must be a text.");
    CHECK(
        refusal(node("join",
            R"({"parent":)" + value("1") + R"(,"children":[{"child":)" + value("1") +
                R"(,"parentField":"x","on":[["a"]]}]})")) ==
        ".args.children[0].on[0] must hold two columns.");
    CHECK(
        refusal(node("validate",
            R"({"expr":)" + value("1") +
                R"(,"rules":[],"errorIdentifier":"MISSING_RECORD",)"
                R"("context":{}})")) == R"(.args.context has no member \"operation\".)");
}

TEST_CASE("rejects variables that are not set where they are used", "[queryplan]") {
    CHECK(refusal(node("get", R"({"name":"a"})")) ==
          R"(.args.name names the variable \"a\", which is not set here.)");
    CHECK(refusal(value("[" + reference("%9") + "]")) ==
          R"(.args[0].prisma__value.name names the variable \"%9\", which is not set here.)");
}

TEST_CASE("rejects generators that are unknown or called wrongly", "[queryplan]") {
    const auto generator = [](const std::string& name, const std::string& args) {
        return value(
            R"({"prisma__type":"generatorCall","prisma__value":{"name":")" + name + R"(","args":)" +
            args + "}}");
    };

    CHECK(refusal(generator("random", "[]"))
              .starts_with(R"(.args.prisma__value.name is \"random\", expected one of now)"));
    CHECK(refusal(generator("uuid", "[5]")) == ".args.prisma__value.args must hold 4 or 7.");
    CHECK(refusal(generator("nanoid", "[1000]")) ==
          ".args.prisma__value.args must hold a length from 1 to 255.");
    CHECK(refusal(generator("product", "[1]")) == ".args.prisma__value.args must hold two values.");
}

TEST_CASE("rejects statements whose arguments do not fit", "[queryplan]") {
    CHECK(refusal(node("query", templateSql(parameter))) ==
          ".args has 0 arguments for 1 places in its fragments.");
    CHECK(refusal(node("query", rawSql("SELECT ?", "[1]"))) ==
          ".args.argTypes must hold a type for each of the 1 arguments.");
    CHECK(refusal(node("query", rawSql("SELECT ?", "[1]", "[" + scalar("tree") + "]")))
              .starts_with(R"(.args.argTypes[0].scalarType is \"tree\")"));
    CHECK(refusal(node("query", templateSql(chunk("SELECT 1") + R"(,{"type":"comment"})")))
              .starts_with(R"(.args.fragments[1].type is \"comment\")"));
}

TEST_CASE("rejects statements that begin or end transactions or open other files", "[queryplan]") {
    const std::string begin = GENERATE("COMMIT", "rollback", "/* x */ BEGIN", "-- x\\nEND",
        "SAVEPOINT a", "release a", ";COMMIT", "ATTACH 'x' AS y", "DETACH y", "vacuum INTO 'x'");

    CHECK(refusal(node("execute", rawSql(begin))).find("which is refused") != std::string::npos);
}

TEST_CASE("rejects such a statement also when it is cut into pieces", "[queryplan]") {
    CHECK(refusal(node("execute", templateSql(chunk("") + "," + chunk("COM") + "," + chunk("MIT"))))
              .find("which is refused") != std::string::npos);
}

TEST_CASE("rejects a shape of the answer that is not known", "[queryplan]") {
    const auto map = [](const std::string& structure) {
        return node("dataMap",
            R"({"expr":)" + value("1") + R"(,"enums":{},"structure":)" + structure + "}");
    };
    const auto field = [](const std::string& type) {
        return R"({"type":"field","dbName":"a","fieldType":)" + type + "}";
    };

    CHECK(refusal(map(field(R"({"arity":"required","type":"colour"})")))
              .starts_with(R"(.args.structure.fieldType.type is \"colour\")"));
    CHECK(refusal(map(field(R"({"arity":"required","type":"enum","name":"E"})"))) ==
          ".args.structure.fieldType.name names an enum that the plan does not list.");
    CHECK(refusal(map(R"({"type":"object","fields":{"a":{"type":"affectedRows"}}})")) ==
          ".args.structure.fields.a must be an object or a field.");
}

TEST_CASE("rejects bodies that are no plan request", "[queryplan]") {
    PlanFixture fixture;
    const auto run = [&fixture](const std::string& body) {
        return loam::runtime::queryplan::run(body, fixture.database,
            loam::runtime::queryplan::Access::ReadWrite, PlanFixture::sources());
    };

    CHECK(run("{").status == 400);
    CHECK(run("[]").body.find("request must be an object") != std::string::npos);
    CHECK(run("{}").body.find(R"(request has no member \"plan\")") != std::string::npos);
    CHECK(run("{\"plan\":\"\xff\"}").body.find("invalid UTF-8") != std::string::npos);
    CHECK(run(R"({"plan":{"type":"value","args":"\u0000"}})").status == 400);
    CHECK(run(std::string(11UL * 1024 * 1024, ' ')).status == 413);
}

TEST_CASE("rejects nesting beyond the limit and names it", "[queryplan]") {
    std::string plan = value("1");
    for (int level = 0; level < 500; ++level) {
        plan = node("seq", "[" + plan + "]");
    }

    CHECK(refusal(plan).find("nested deeper than the limit of 800 levels") != std::string::npos);
}

TEST_CASE("rejects values that are nested ever deeper", "[queryplan]") {
    std::string bindings = R"({"name":"v0","expr":)" + value(R"([{"x":1}])") + "}";
    for (int level = 1; level < 1200; ++level) {
        const std::string before = node("get", R"({"name":"v)" + std::to_string(level - 1) + "\"}");
        bindings +=
            R"(,{"name":"v)" + std::to_string(level) + R"(","expr":)" +
            node("join",
                R"({"parent":)" + value(R"([{"x":1}])") + R"(,"children":[{"child":)" + before +
                    R"(,"on":[["x","x"]],"parentField":"f"}]})") +
            "}";
    }

    PlanFixture fixture;
    const auto answer = fixture.answer(
        node("let", R"({"bindings":[)" + bindings + R"(],"expr":)" + value("1") + "}"));

    CHECK(answer.status == 422);
    CHECK(answer.body.find("limit of 1000 levels") != std::string::npos);
}

TEST_CASE("rejects a plan that makes too many values", "[queryplan]") {
    std::string bindings = R"({"name":"v0","expr":)" + value("[1,2,3,4]") + "}";
    for (int level = 1; level < 40; ++level) {
        const std::string before = node("get", R"({"name":"v)" + std::to_string(level - 1) + "\"}");
        bindings +=
            R"(,{"name":"v)" + std::to_string(level) + R"(","expr":)" +
            node("concat", "[" + before + "," + before + "]") + "}";
    }

    PlanFixture fixture;
    const auto answer = fixture.answer(
        node("let", R"({"bindings":[)" + bindings + R"(],"expr":)" + value("1") + "}"));

    CHECK(answer.status == 422);
    CHECK(answer.body.find("bytes of values") != std::string::npos);
}
