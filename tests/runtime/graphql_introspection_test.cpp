#include <catch2/catch.hpp>

#include "runtime/graphql/introspection.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/graphql_operation.hpp"
#include "tests/runtime/graphql_fixture.hpp"

using namespace loam::runtime;
using loam::testing::TypesFixture;

namespace {

/// The answer to the first root field of a query.
std::string answer(std::string_view query, std::string_view schema = loam::testing::shop) {
    const TypesFixture fixture(schema);
    request::TextPool pool;
    const request::Document document = request::parseGraphql(query, pool);
    const request::Operation operation =
        request::resolve(document, request::chooseOperation(document, ""), {});
    std::string out;
    graphql::Introspector(fixture.catalog).answer(operation.fields.front(), out);
    return out;
}

std::string problem(std::string_view query) {
    try {
        answer(query);
    } catch (const request::RequestError& error) {
        CHECK(error.code() == "P2009");
        return error.message();
    }
    return "";
}

}  // namespace

TEST_CASE("introspection names the root types", "[graphql]") {
    CHECK(
        answer("{ __schema { queryType { name } mutationType { name kind } "
               "subscriptionType { name } description } }") ==
        R"({"queryType":{"name":"Query"},"mutationType":{"name":"Mutation","kind":"OBJECT"},)"
        R"("subscriptionType":null,"description":null})");
}

TEST_CASE("introspection unwraps lists and required types", "[graphql]") {
    constexpr auto schema = R"(
        model A {
          id Int @id
          bs B[]
        }
        model B {
          id Int @id
          as A[]
        }
    )";

    CHECK(
        answer("{ __type(name: \"A\") { fields { name type { ...T } } } } fragment T on __Type { "
               "kind name ofType { kind name ofType { kind name ofType { kind name } } } }",
            schema) ==
        R"({"fields":[{"name":"id","type":{"kind":"NON_NULL","name":null,"ofType":)"
        R"({"kind":"SCALAR","name":"Int","ofType":null}}},{"name":"bs","type":)"
        R"({"kind":"NON_NULL","name":null,"ofType":{"kind":"LIST","name":null,"ofType":)"
        R"({"kind":"NON_NULL","name":null,"ofType":{"kind":"OBJECT","name":"B"}}}}},)"
        R"({"name":"_count","type":{"kind":"NON_NULL","name":null,"ofType":)"
        R"({"kind":"OBJECT","name":"ACountOutputType","ofType":null}}}]})");
}

TEST_CASE("introspection answers with aliases, descriptions and type names", "[graphql]") {
    CHECK(
        answer("{ __type(name: \"Role\") { __typename text: description kind "
               "enumValues(includeDeprecated: true) { name description isDeprecated "
               "deprecationReason } inputFields { name } interfaces { name } } }") ==
        R"({"__typename":"__Type","text":"What a user may do.","kind":"ENUM","enumValues":)"
        R"([{"name":"USER","description":null,"isDeprecated":false,"deprecationReason":null},)"
        R"({"name":"ADMIN","description":"May do everything.","isDeprecated":false,)"
        R"("deprecationReason":null}],"inputFields":null,"interfaces":null})");
}

TEST_CASE("introspection shows arguments and input fields", "[graphql]") {
    CHECK(
        answer("{ __type(name: \"__Field\") { fields { args { name defaultValue type { name } } "
               "} } }")
            .find(R"({"name":"includeDeprecated","defaultValue":"false","type":)"
                  R"({"name":"Boolean"}})") != std::string::npos);
    CHECK(answer("{ __type(name: \"EditorCreateInput\") { kind inputFields { name } } }") ==
          R"({"kind":"INPUT_OBJECT","inputFields":[{"name":"id"},{"name":"posts"}]})");
}

TEST_CASE("introspection lists the directives", "[graphql]") {
    CHECK(
        answer("{ __schema { directives { name isRepeatable } } }") ==
        R"({"directives":[{"name":"include","isRepeatable":false},)"
        R"({"name":"skip","isRepeatable":false},{"name":"deprecated","isRepeatable":false},)"
        R"({"name":"specifiedBy","isRepeatable":false}]})");
}

TEST_CASE("a type that is not there is null", "[graphql]") {
    CHECK(answer("{ __type(name: \"Nothing\") { name } }") == "null");
}

TEST_CASE("rejects selections that introspection does not have", "[graphql]") {
    CHECK(problem("{ __schema }") == "The field `__schema` needs a selection of its fields.");
    CHECK(problem("{ __schema { nothing } }") ==
          "Field 'nothing' not found in enclosing type '__Schema'.");
    CHECK(
        problem("{ __schema { types } }") == "The field `types` needs a selection of its fields.");
    CHECK(problem("{ __schema { description { x } } }") ==
          "The field `description` is a single value and has no fields to select.");
    CHECK(problem("{ __schema { types { fields(x: 1) { name } } } }") ==
          "The field `fields` has no argument `x`.");
    CHECK(problem("{ __schema { types { fields(includeDeprecated: 1) { name } } } }") ==
          "The argument `includeDeprecated` must be true or false.");
    CHECK(problem("{ __schema { ...on User { description } } }") ==
          "A fragment on `User` cannot be spread in an object of type `__Schema`.");
    CHECK(problem("{ __type { name } }") ==
          "The field `__type` needs one argument, `name`, that is a text.");
}
