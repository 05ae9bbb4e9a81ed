// What is refused about names, types, attributes and defaults: position and reason.

#include <catch2/catch.hpp>

#include "runtime/schema/load.hpp"
#include "tests/runtime/schema_fixture.hpp"

using namespace loam::runtime::schema;

namespace {

/// Checks that a schema is refused and that the messages hold the text given.
bool refuses(const std::string& message, const std::string& text) {
    INFO(message);
    return message.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("rejects unknown types with the nearest name", "[schema]") {
    CHECK(refusalOfFields("  a Strin") ==
          "s.prisma:7:5: unknown type Strin: it is neither a built-in type nor a model "
          "or enum. Did you mean \"String\"?");
    CHECK(refusalOfFields("  a Quux") ==
          "s.prisma:7:5: unknown type Quux: it is neither a built-in type nor a model or enum.");
}

TEST_CASE("rejects duplicate and unfit names", "[schema]") {
    CHECK(refuses(refusalOfFields("  a Int\n  a Int"), "8:3: the model A has a field a already"));
    CHECK(refuses(
        refusalOfFields("  1a Int"), "7:3: the name of a field must not start with a digit"));
    CHECK(refuses(refusalOfFields("  a-b Int"), "7:3: the name of a field may hold letters"));
    CHECK(refuses(refusalOfFields("  a Int @map(\"id\")"),
        "7:9: the column id of the field a is that of the field id"));
    const std::string model = "model A {\n  id Int @id\n}\n";
    CHECK(refuses(refusal(model + model),
        "4:7: the model A cannot be declared: there is a model of that name"));
    CHECK(refuses(refusal("enum E {\n  x\n  x\n}\n"), "3:3: the enum E has a value x already"));
    CHECK(refuses(refusal("enum E {\n}\n"), "1:6: the enum E has no values"));
    CHECK(refuses(refusal("model String {\n  id Int @id\n}\n"), "1:7: String is a built-in type"));
    CHECK(refuses(refusal("model class {\n  id Int @id\n}\n"), "1:7: class is a reserved word"));
    CHECK(refuses(refusal(model + "model B {\n  id Int @id\n  @@map(\"A\")\n}\n"),
        "6:3: the table A of the model B"));
}

TEST_CASE("rejects unknown, repeated and misused attributes", "[schema]") {
    CHECK(refuses(refusalOfFields("  a Int @uniqe"),
        "7:9: unknown attribute @uniqe on the field a. Did you mean \"unique\"?"));
    CHECK(refuses(refusalOfFields("  a Int @unique @unique"), "7:17: @unique is written twice"));
    CHECK(refuses(refusalOfFields("  a String @db.VarChar(10)"),
        "7:12: native types are not supported on SQLite; remove @db.VarChar"));
    CHECK(refuses(refusalOfFields("  a Int @updatedAt"),
        "7:9: @updatedAt: the field a must be of type DateTime"));
    CHECK(refuses(refusalOfFields("  a Int @relation(\"x\")"),
        "7:9: @relation: the type of the field a must be a model"));
    CHECK(refuses(refusalOfFields("  a Unsupported(\"x\") @ignore"), "ignored as they are"));
    CHECK(refuses(
        refusalOfFields("  a Int @unique(foo: 1)"), "7:17: @unique: unknown argument foo."));
    CHECK(refuses(refusalOfFields("  a Int @map(\"x\", name: \"y\")"),
        "7:14: @map: the value for name is given twice"));
    CHECK(refuses(
        refusalOfFields("  a Int @map(5)"), "7:14: @map: name must be a string in quotes, got 5"));
    CHECK(refuses(refusalOfFields("  @@fulltext([id])"),
        "7:3: unknown attribute @@fulltext on the model A."));
    CHECK(
        refuses(refusalOfFields("  a Int @ignore\n  @@ignore"), "7:9: the whole model is ignored"));
}

TEST_CASE("rejects ids and unique criteria that identify nothing", "[schema]") {
    CHECK(refuses(refusal("model A {\n  a Int?  @unique\n}\n"),
        "1:7: the model A has no unique criterion of required fields"));
    CHECK(refuses(
        refusal("model A {\n  a Int? @id\n}\n"), "2:10: @id: the id field a must be required"));
    CHECK(refuses(refusalOfFields("  b Int @id"), "7:9: @id: the model A has an id already"));
    CHECK(refuses(
        refusalOfFields("  b Int\n  @@id([b])"), "8:3: @@id: the model A has an id already"));
    CHECK(refuses(refusal("model A {\n  a Int @id(map: \"x\")\n}\n"),
        "2:18: @id: map is not supported on SQLite"));
    CHECK(refuses(refusal("model A {\n  a Int\n  b Int\n  @@id([a, b(sort: Desc)])\n}\n"),
        "4:3: @@id: sort is not supported"));
    CHECK(refuses(refusal("model A {\n  a Int\n  b Int?\n  @@id([a, b])\n}\n"),
        "4:3: @@id: the id field b must be required"));
}

TEST_CASE("rejects indexes with wrong fields or names", "[schema]") {
    CHECK(refuses(refusalOfFields("  @@index([idd])"),
        "7:12: @@index: the model A has no field idd. Did you mean \"id\"?"));
    CHECK(refuses(
        refusalOfFields("  @@unique([])"), "7:12: @@unique: fields must name at least one field"));
    CHECK(refuses(
        refusalOfFields("  @@unique([id, id])"), "7:17: @@unique: the field id is listed twice"));
    CHECK(refuses(refusalOfFields("  @@unique"), "7:3: @@unique: the argument fields is missing"));
    CHECK(refuses(refusalOfFields("  @@index([id], type: Hash)"),
        "7:23: @@index: type must be BTree on SQLite"));
    CHECK(refuses(
        refusalOfFields("  @@index([id(length: 3)])"), "id: length is not supported on SQLite"));
    CHECK(refuses(
        refusalOfFields("  @@index([id(sort: Up)])"), "id: sort must be Asc or Desc, got Up"));
    CHECK(refuses(refusalOfFields("  @@index([id])\n  @@index([id])"),
        "the index name A_id_idx of the model A is used"));
    CHECK(refuses(refusalOfFields("  b Int\n  @@unique([id, b], name: \"b\")"),
        "8:27: @@unique: the name b is taken by a field"));
    CHECK(refuses(refusalOfFields("  b Int\n  id_b Int\n  @@unique([id, b])"),
        "9:3: @@unique: the name id_b is taken by a field"));
    CHECK(refuses(
        refusalOfFields(
            "  b Int\n  @@unique([id, b], name: \"n\")\n  @@unique([b, id], "
            "name: \"n\")"),
        "two keys of the model A have the name n"));
}

TEST_CASE("rejects defaults of the wrong type", "[schema]") {
    CHECK(refuses(refusalOfFields("  a Int @default(\"1\")"),
        "7:18: @default: the default must be a whole number of 64 bits, got \"1\""));
    CHECK(refuses(
        refusalOfFields("  a Int @default(9223372036854775808)"), "whole number of 64 bits"));
    CHECK(refuses(refusalOfFields("  a Boolean @default(yes)"), "must be true or false, got yes"));
    CHECK(refuses(refusalOfFields("  a String @default(now())"),
        "now() cannot be the default of a field of type String"));
    CHECK(refuses(refusalOfFields("  a String @default(uid())"), "unknown function uid()"));
    CHECK(refuses(
        refusalOfFields("  a String @default(uuid(5))"), "uuid() takes one number, 4 or 7, got 5"));
    CHECK(refuses(refusalOfFields("  a String @default(nanoid(1))"),
        "nanoid() takes one number, 2 to 255, got 1"));
    CHECK(refuses(refusalOfFields("  a DateTime @default(now(1))"), "now() takes no argument"));
    CHECK(refuses(refusalOfFields("  a String @default(autoincrement())"),
        "autoincrement() cannot be the default"));
    CHECK(refuses(refusalOfFields("  a Int @default(autoincrement())"),
        "7:3: autoincrement() needs a field that is the id"));
    CHECK(refuses(refusalOfFields("  a DateTime @default(\"2021-02-29T00:00:00Z\")"),
        "must be an RFC 3339 time"));
    CHECK(refuses(refusalOfFields("  a Bytes @default(\"aGl=\")"), "must be base64"));
    CHECK(refuses(refusalOfFields("  a Json @default(\"{a: 1}\")"), "must be JSON text"));
    CHECK(
        refuses(refusalOfFields("  a Json @default(\"\\\"\\\\ud800\\\"\")"), "must be JSON text"));
    CHECK(refuses(refusalOfFields("  a Decimal @default(\"1.2.3\")"), "must be a decimal number"));
    CHECK(refuses(refusalOfFields("  a String @default(dbgenerated(\"\"))"),
        "dbgenerated() takes one string"));
    CHECK(refuses(
        refusalOfFields("  a Unsupported(\"x\") @default(\"y\")"), "takes @default(dbgenerated"));
    CHECK(refuses(refusalOfFields("  a E @default(y)\n}\nenum E {\n  x"),
        "the default must be a value of the enum E: `x`; got y"));
}

TEST_CASE("rejects lists of scalars and views without their preview feature", "[schema]") {
    CHECK(refuses(refusalOfFields("  a Int[]"),
        "7:5: the field a cannot be a list: SQLite has no lists of Int"));
    CHECK(refuses(
        refusal("view V {\n  a Int\n}\n"), "1:6: views need previewFeatures = [\"views\"]"));
}

TEST_CASE("rejects datasources of another kind", "[schema]") {
    CHECK(refuses(refusal("datasource db {\n  provider = \"mysql\"\n}\n"),
        "2:14: provider must be \"sqlite\", got \"mysql\""));
    CHECK(refuses(
        refusal("datasource db {\n  url = \"x\"\n}\n"), "1:12: the property provider is missing"));
    CHECK(refuses(refusal(datasource + datasource), "5:12: there can be only one datasource"));
    CHECK(refuses(refusal("datasource db {\n  provider = \"sqlite\"\n  relationMode = \"x\"\n}\n"),
        "3:18: relationMode must be"));
    CHECK(refuses(refusal("datasource db {\n  provider = \"sqlite\"\n  ur = \"x\"\n}\n"),
        "3:3: unknown property ur in the datasource. Did you mean \"url\"?"));
    CHECK(refuses(refusal("generator g {\n}\n"),
        "1:11: the property provider is missing in the generator g"));
}

TEST_CASE("reports all mistakes of all files in their order", "[schema]") {
    try {
        parse({{"a.prisma", "model A {\n  id Int @id\n  x Foo\n  y Bar\n}\n"},
            {"b.prisma", "model A {\n  id Baz @id\n}\n"}});
        FAIL("accepted");
    } catch (const SchemaError& error) {
        REQUIRE(error.diagnostics().size() == 4);
        CHECK(error.diagnostics()[0].line == 3);
        CHECK(error.diagnostics()[1].line == 4);
        CHECK(error.diagnostics()[2].file == "b.prisma");
        CHECK(error.diagnostics()[3].toString().substr(0, 13) == "b.prisma:2:6:");
    }
}

TEST_CASE("rejects paths without a schema", "[schema]") {
    CHECK_THROWS_WITH(parsePath("/nowhere/schema.prisma"),
        "/nowhere/schema.prisma:1:1: there is no such file or folder; create the schema or correct "
        "the path");
    CHECK_THROWS_WITH(parsePath(LOAM_TESTS_DIRECTORY "/support"),
        Catch::Contains("the folder holds no .prisma file"));
}
