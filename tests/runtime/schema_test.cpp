#include "runtime/schema/schema.hpp"

#include <catch2/catch.hpp>
#include <utility>

#include "tests/runtime/schema_fixture.hpp"

using namespace loam::runtime::schema;

namespace {

const Field& fieldOf(const Schema& schema, std::string_view model, std::string_view field) {
    const auto* found = schema.findModel(model);
    REQUIRE(found != nullptr);
    const auto* result = found->findField(field);
    REQUIRE(result != nullptr);
    return *result;
}

Default defaultOf(const std::string& type, const std::string& value) {
    const auto schema = parse(
        datasource + "enum Color {\n  red @map(\"r\")\n}\nmodel A {\n  id String @id\n  f " + type +
        " @default(" + value + ")\n}\n");
    return fieldOf(schema, "A", "f").defaultValue.value();
}

}  // namespace

TEST_CASE("a model's fields keep their order, types, arity and database names", "[schema]") {
    const auto schema = parse(datasource + R"(
/// People.
/// All of them.
model User {
  id     Int      @id
  /// Where to write.
  email  String?  @unique @map("mail") /// Lower case.
  seen   DateTime @updatedAt
  secret Bytes    @ignore
  place  Unsupported("circle")?
  color  Color
  @@map("users")
}
enum Color {
  red  @map("r")
  blue
  @@map("colors")
}
)");

    const auto& user = *schema.findModel("User");
    CHECK(user.databaseName == "users");
    CHECK(user.documentation == "People.\nAll of them.");
    REQUIRE(user.fields.size() == 6);
    CHECK(user.fields[0].isId);
    CHECK(user.primaryKey->name == "id");
    CHECK(user.fields[1].databaseName == "mail");
    CHECK(user.fields[1].arity == Arity::Optional);
    CHECK(user.fields[1].isUnique);
    CHECK(user.fields[1].documentation == "Where to write.\nLower case.");
    CHECK(user.uniques.at(0).databaseName == "users_mail_key");
    CHECK(user.fields[2].isUpdatedAt);
    CHECK(user.fields[2].scalar == ScalarType::DateTime);
    CHECK(user.fields[3].isIgnored);
    CHECK_FALSE(user.fields[3].isUsableColumn());
    CHECK(user.fields[4].kind == FieldKind::Unsupported);
    CHECK(user.fields[4].unsupportedType == "circle");
    CHECK(user.fields[5].kind == FieldKind::Enum);
    CHECK(user.findColumn("mail") == &user.fields[1]);
    const auto& color = schema.enums[user.fields[5].enumIndex];
    CHECK(color.databaseName == "colors");
    CHECK(color.findValue("red")->databaseName == "r");
    CHECK(color.findStored("blue")->name == "blue");
    CHECK(color.findStored("red") == nullptr);
}

TEST_CASE("compound keys take their name from their fields unless one is given", "[schema]") {
    const auto schema = parse(datasource + R"(model A {
  a Int
  b Int
  c Int
  @@id([a, b])
  @@unique([b, c], name: "bc", map: "index_bc")
  @@unique([c(sort: Desc)], name: "unused")
  @@index([a, c(sort: Asc)])
  @@index([b], name: "old_style")
}
)");

    const auto& model = schema.models.at(0);
    CHECK(model.primaryKey->name == "a_b");
    CHECK(model.uniques.at(0).name == "bc");
    CHECK(model.uniques.at(0).databaseName == "index_bc");
    CHECK(model.uniques.at(1).name == "c");
    CHECK(model.uniques.at(1).fields.at(0).sort == SortOrder::Descending);
    CHECK(model.fields.at(2).isUnique);
    CHECK_FALSE(model.fields.at(1).isUnique);
    CHECK(model.indexes.at(0).databaseName == "A_a_c_idx");
    CHECK(model.indexes.at(0).fields.at(1).sort == SortOrder::Ascending);
    CHECK(model.indexes.at(1).databaseName == "old_style");
}

TEST_CASE("every function and literal of @default becomes a value", "[schema]") {
    CHECK(defaultOf("String", "uuid()").argument == 4);
    CHECK(defaultOf("String", "uuid(7)").argument == 7);
    CHECK(defaultOf("String", "cuid(2)").argument == 2);
    CHECK(defaultOf("String", "nanoid()").argument == 21);
    CHECK(defaultOf("String", "nanoid(8)").argument == 8);
    CHECK(defaultOf("String", "ulid()").kind == DefaultKind::Ulid);
    CHECK(defaultOf("DateTime", "now()").kind == DefaultKind::Now);
    CHECK(defaultOf("Int", "dbgenerated(\"(1+1)\")").text == "(1+1)");
    CHECK(defaultOf("Color", "red").kind == DefaultKind::EnumValue);
    CHECK(defaultOf("Color", "red").text == "red");
    CHECK(defaultOf("Int", "-3").text == "-3");
    CHECK(defaultOf("Boolean", "value: true").text == "true");
    CHECK(defaultOf("Decimal", "\"1e5\"").text == "1e5");
    CHECK(defaultOf("DateTime", "\"2020-02-29T00:00:00.5+05:30\"").text ==
          "2020-02-29T00:00:00.5+05:30");
    CHECK(defaultOf("Bytes", "\"aGk=\"").text == "aGk=");
    CHECK(defaultOf("Json", R"("{\"a\": [1, null]}")").text == R"({"a": [1, null]})");
}

TEST_CASE("the datasource and the generators are read", "[schema]") {
    const auto schema = parse(prismaDatasource + R"(
generator client {
  provider        = "prisma-client-js"
  output          = "../client"
  previewFeatures = [
    "views",
    "metrics"
  ]
}
)");

    CHECK(schema.datasource->urlVariable == "DATABASE_URL");
    CHECK(schema.datasource->provider == "sqlite");
    CHECK(schema.relationMode() == RelationMode::Prisma);
    CHECK(schema.generators.at(0).previewFeatures == std::vector<std::string>{"views", "metrics"});
}

TEST_CASE("a schema without datasource or url is one with foreign keys", "[schema]") {
    CHECK(parse("model A {\n  id Int @id\n}").relationMode() == RelationMode::ForeignKeys);
    CHECK(parse("datasource db {\n  provider = \"sqlite\"\n}\n").datasource->url.empty());
}

TEST_CASE("a schema may be spread over files and moved", "[schema]") {
    auto schema = parse({{"a.prisma", datasource + "model A {\n  id Int @id\n  bs B[]\n}\n"},
        {"b.prisma",
            "model B {\n  id Int @id\n  aId Int\n  a A @relation(fields: [aId], references: "
            "[id])\n}\n"}});

    const auto moved = std::move(schema);

    CHECK(moved.related(fieldOf(moved, "B", "a")).name == "A");
    CHECK(moved.opposite(fieldOf(moved, "B", "a")).name == "bs");
}

TEST_CASE("a view needs no unique criterion", "[schema]") {
    const auto schema = parse(
        datasource +
        "generator g {\n  provider = \"x\"\n  previewFeatures = [\"views\"]\n}\n"
        "view V {\n  name String\n}\n");

    CHECK(schema.models.at(0).isView);
}
