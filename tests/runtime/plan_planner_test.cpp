#include <catch2/catch.hpp>

#include "runtime/plan/planner.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/graphql_operation.hpp"
#include "runtime/schema/schema.hpp"

using namespace loam::runtime;

namespace {

constexpr std::string_view text = R"(
    enum Color {
      RED
      BLUE @map("b")
    }
    model User {
      id     Int     @id @default(autoincrement())
      email  String  @unique
      name   String?
      age    Int?
      color  Color   @default(BLUE)
      json   Json?
      posts  Post[]
      secret String  @default("x") @ignore
      @@unique([name, age])
    }
    model Post {
      id     Int  @id
      userId Int
      user   User @relation(fields: [userId], references: [id])
    }
)";

std::string planned(std::string_view query, std::string_view schemaText = text) {
    const schema::Schema schema = schema::parse(schemaText);
    const plan::Catalog catalog(schema);
    request::TextPool pool;
    const request::Document document = request::parseGraphql(query, pool);
    const request::Operation operation =
        request::resolve(document, request::chooseOperation(document, ""), {});
    return plan::print(plan::plan(catalog, operation, plan::systemSources()));
}

request::RequestError refusal(std::string_view query, std::string_view schemaText = text) {
    try {
        planned(query, schemaText);
    } catch (const request::RequestError& error) {
        return error;
    }
    return {"", ""};
}

}  // namespace

TEST_CASE("a read is planned with typed conditions, order and page", "[plan]") {
    CHECK(
        planned(
            "{ findManyUser(where: {name: \"x\", OR: [{age: {gt: 5}}, {color: BLUE}]}, "
            "orderBy: [{age: {sort: desc, nulls: last}}], take: -2, skip: 1) { id n: name } }") ==
        "findManyUser:\n"
        "  read User, many\n"
        "    where\n"
        "      all of\n"
        "        name equals \"x\"\n"
        "        any of\n"
        "          age gt 5\n"
        "          color equals \"b\"\n"
        "    order by age descending nulls last\n"
        "    order by id ascending\n"
        "    skip 1\n"
        "    take -2\n"
        "    answer id n=name\n");
}

TEST_CASE("only the first mention of a field orders", "[plan]") {
    CHECK(
        planned("{ findManyUser(orderBy: [{age: desc}, {age: asc}, {id: asc}, {age: asc}]) "
                "{ id } }") ==
        "findManyUser:\n"
        "  read User, many\n"
        "    order by age descending nulls last\n"
        "    order by id ascending\n"
        "    answer id\n");
}

TEST_CASE("a unique where takes a field, a compound key and further conditions", "[plan]") {
    CHECK(
        planned("{ findUniqueUser(where: {name_age: {age: 1, name: \"x\"}, email: \"e\", age: "
                "{not: null}}) "
                "{ id } }") ==
        "findUniqueUser:\n"
        "  read User, one or null\n"
        "    where\n"
        "      all of\n"
        "        all of\n"
        "          name equals \"x\"\n"
        "          age equals 1\n"
        "        email equals \"e\"\n"
        "        age not null\n"
        "    answer id\n");
}

TEST_CASE("a negated filter negates each of its operators", "[plan]") {
    CHECK(
        planned("{ findManyUser(where: {name: {not: {in: [\"a\"], not: \"b\"}}}) { id } }") ==
        "findManyUser:\n"
        "  read User, many\n"
        "    where\n"
        "      all of\n"
        "        name notIn \"a\"\n"
        "        name not \"b\"\n"
        "    answer id\n");
}

TEST_CASE("empty groups keep their meaning at the top and vanish below it", "[plan]") {
    CHECK_THAT(planned("{ findManyUser(where: {OR: []}) { id } }"), Catch::Contains("never"));
    CHECK_THAT(
        planned("{ findManyUser(where: {AND: [], NOT: []}) { id } }"), !Catch::Contains("never"));
    CHECK_THAT(planned("{ findManyUser(where: {OR: [{id: 1}, {name: {}}, {OR: []}]}) { id } }"),
        Catch::Contains("where\n      id equals 1\n"));
}

TEST_CASE("a creation gets the defaults of the schema, ignored fields included", "[plan]") {
    CHECK(
        planned("mutation { createOneUser(data: {email: \"e\"}) { id } }") ==
        "createOneUser:\n"
        "  create User, one\n"
        "    record\n"
        "      email = \"e\"\n"
        "      color = \"b\"\n"
        "      secret = \"x\"\n"
        "    answer id\n");
}

TEST_CASE("rejects what the schema does not have, with a hint", "[plan]") {
    const auto [query, expected] = GENERATE(table<std::string, std::string>({
        {"{ findManyUsers { id } }", "Did you mean `findManyUser`?"},
        {"{ createOneUser { id } }", "send it as a mutation"},
        {"mutation { findManyUser { id } }", "send it as a query"},
        {"{ findManyUser { idd } }",
            "Field 'idd' not found in enclosing type 'User'. Did you mean `id`?"},
        {"{ findManyUser { secret } }", "Field 'secret' not found"},
        {"{ findManyUser }", "needs a selection"},
        {"{ findManyUser { id { x } } }", "has no fields to select"},
        {"{ findManyUser { id(x: 1) } }", "Argument does not exist in enclosing type"},
        {"{ findManyUser(were: {}) { id } }", "Did you mean `where`?"},
        {"{ findManyUser(where: {nme: 1}) { id } }",
            "`where.nme`: Field does not exist in enclosing type. Did you mean `name`?"},
        {"{ findManyUser(where: {age: {gtt: 1}}) { id } }",
            "`where.age.gtt`: Field does not exist"},
        {"{ findManyUser(where: {age: {contains: 1}}) { id } }", "Field does not exist"},
        {"{ findManyUser(where: {color: GREEN}) { id } }", "`GREEN` is not a valid `Color`"},
        {"{ findManyUser(where: 1) { id } }",
            "should be of any of the following types: `UserWhereInput`"},
        {"{ findManyUser(orderBy: {id: up}) { id } }", "is not asc or desc"},
        {"{ findManyUser(orderBy: {id: asc, age: asc}) { id } }", "exactly one field"},
        {"{ findManyUser(take: \"1\") { id } }",
            "`take` should be of any of the following types: `Int`"},
        {"{ findUniqueUser(where: {age: 1}) { id } }",
            "needs at least one of the unique arguments"},
        {"mutation { updateOneUser(where: {id: 1}, data: {age: {add: 1}}) { id } }",
            "`data.age.add`"},
        {"mutation { updateOneUser(where: {id: 1}, data: {name: {increment: 1}}) { id } }",
            "`data.name.increment`"},
        {"mutation { updateOneUser(where: {id: 1}, data: {age: {set: 1, increment: 1}}) { id } }",
            "exactly one operation"},
        {"{ findManyUser { ... on Post { id } } }", "fragment on `Post` cannot be spread"},
        {"{ findManyUser(where: {id: {equals: {_ref: \"email\"}}}) { id } }",
            "of type Int but found User.email of type String"},
    }));

    CHECK_THAT(refusal(query).message(), Catch::Contains(expected));
}

TEST_CASE("rejects missing values with the code of the place", "[plan]") {
    const auto [query, code, path] = GENERATE(table<std::string, std::string, std::string>({
        {"{ findUniqueUser { id } }", "P2012", "`where`"},
        {"{ findUniqueUser(where: {name_age: {name: \"x\"}}) { id } }", "P2012",
            "`where.name_age.age`"},
        {"{ findManyUser(where: {id: null}) { id } }", "P2012", "`where.id`"},
        {"{ findManyUser(where: {age: {gt: null}}) { id } }", "P2012", "`where.age.gt`"},
        {"mutation { createOneUser(data: {name: \"x\"}) { id } }", "P2009", "`data.email`"},
        {"mutation { createOneUser(data: {email: null}) { id } }", "P2009", "`data.email`"},
        {"mutation { updateOneUser(where: {id: 1}, data: {email: {set: null}}) { id } }", "P2009",
            "`data.email.set`"},
    }));

    const request::RequestError error = refusal(query);

    CHECK(error.code() == code);
    CHECK_THAT(error.message(), Catch::Contains(path + ": A value is required but not set"));
}

TEST_CASE("rejects values that do not fit their field", "[plan]") {
    const auto [data, code, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"age: \"1\"", "P2009", "`age` should be of any of the following types: `Int`"},
        {"age: 1.5", "P2009", "following types: `Int`"},
        {"age: 2147483648", "P2020", "Unable to fit integer value '2147483648'"},
        {"age: 9223372036854775808", "P2033", "does not fit into a 64 bit signed integer"},
        {"age: 1e20", "P2009",
            "'100000000000000000000' into a 64 Bit signed integer for field 'age'"},
        {"name: 5", "P2009", "following types: `String`"},
        {"name: RED", "P2009", "following types: `String`"},
        {"json: \"{\"", "P2009", "Invalid JSON"},
        {"json: AnyNull", "P2009", "`AnyNull` is not a valid `NullableJsonNullValueInput`"},
        {"color: \"b\"", "P2009", "`b` is not a valid `Color`"},
    }));

    const request::RequestError error =
        refusal("mutation { createOneUser(data: {email: \"e\", " + data + "}) { id } }");

    CHECK(error.code() == code);
    CHECK_THAT(error.message(), Catch::Contains(expected));
}

TEST_CASE(
    "a view without a key has no unique reads, no writes and no pages without an order", "[plan]") {
    const std::string view =
        "generator client {\n provider = \"prisma-client\"\n previewFeatures = [\"views\"]\n}\n"
        "view V {\n a Int\n b String\n}\n";

    CHECK_THAT(refusal("{ findUniqueV(where: {a: 1}) { a } }", view).message(),
        Catch::Contains("not found"));
    CHECK_THAT(refusal("mutation { deleteManyV { count } }", view).message(),
        Catch::Contains("not found"));
    CHECK(refusal("{ findManyV(take: 1) { a } }", view).code() == "P2012");
    CHECK(refusal("{ findManyV(skip: 1, orderBy: {}) { a } }", view).code() == "P2019");
    CHECK_THAT(planned("{ findManyV(take: 1, orderBy: {a: asc}) { a } }", view),
        Catch::Contains("take 1"));
}
