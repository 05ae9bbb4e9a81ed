// How the two sides of a relation find each other, and what is refused about them.

#include <catch2/catch.hpp>

#include "runtime/schema/schema.hpp"
#include "tests/runtime/schema_fixture.hpp"

using namespace loam::runtime::schema;

namespace {

const std::string foreignKey = "  aId Int\n  a A @relation(fields: [aId], references: [id])\n";

/// Two models with ids: A has its fields on line 7 (8 with relationMode "prisma"), B what follows.
std::string
twoModels(const std::string& a, const std::string& b, const std::string& head = datasource) {
    return head + "model A {\n  id Int @id\n" + a + "}\nmodel B {\n  id Int @id\n" + b + "}\n";
}

const Relation& relationOf(const Schema& schema, std::string_view model, std::string_view field) {
    return schema.findModel(model)->findField(field)->relation.value();
}

}  // namespace

TEST_CASE("both sides of a one-to-many relation know each other", "[schema]") {
    const auto schema = parse(twoModels("  bs B[]\n", foreignKey));

    const auto& forward = relationOf(schema, "B", "a");
    const auto& back = relationOf(schema, "A", "bs");
    CHECK(forward.name == "AToB");
    CHECK(back.name == "AToB");
    CHECK(forward.holdsForeignKey());
    CHECK_FALSE(back.holdsForeignKey());
    CHECK(forward.fields == std::vector<std::size_t>{1});
    CHECK(forward.references == std::vector<std::size_t>{0});
    CHECK(schema.models[forward.model].fields[forward.opposite].name == "bs");
    CHECK(schema.models[back.model].fields[back.opposite].name == "a");
    CHECK(back.onDelete == ReferentialAction::Restrict);
    CHECK(back.onUpdate == ReferentialAction::Cascade);
}

TEST_CASE("a relation over optional fields sets null on delete", "[schema]") {
    const auto schema = parse(twoModels(
        "  b B?\n", "  aId Int? @unique\n  a A? @relation(fields: [aId], references: [id])\n"));

    CHECK(relationOf(schema, "A", "b").onDelete == ReferentialAction::SetNull);
}

TEST_CASE("one required field of several makes the relation restrict", "[schema]") {
    const auto schema = parse(twoModels("  x Int\n  y Int\n  bs B[]\n  @@unique([x, y])\n",
        "  p Int?\n  q Int\n  a A? @relation(fields: [p, q], references: [y, x])\n"));

    CHECK(relationOf(schema, "B", "a").onDelete == ReferentialAction::Restrict);
}

TEST_CASE("an implicit many-to-many relation has its ids in columns A and B", "[schema]") {
    const auto schema = parse(twoModels("  bs B[]\n", "  as A[]\n"));

    CHECK(relationOf(schema, "A", "bs").joinTable->name == "_AToB");
    CHECK(relationOf(schema, "A", "bs").joinTable->ownColumn == "A");
    CHECK(relationOf(schema, "B", "as").joinTable->ownColumn == "B");
    CHECK(relationOf(schema, "B", "as").joinTable->otherColumn == "A");
}

TEST_CASE("a many-to-many self-relation goes by the names of its fields", "[schema]") {
    const auto schema = parse(
        "model A {\n  id Int @id\n  second A[] @relation(\"s\")\n  first A[] "
        "@relation(\"s\")\n}\n");

    CHECK(relationOf(schema, "A", "first").joinTable->ownColumn == "A");
    CHECK(relationOf(schema, "A", "second").joinTable->ownColumn == "B");
    CHECK(schema.opposite(*schema.models[0].findField("first")).name == "second");
}

TEST_CASE("several relations between two models are told apart by name", "[schema]") {
    const auto schema = parse(twoModels(
        "  written B[] @relation(\"w\")\n  read B[] @relation(\"r\")\n",
        "  wId Int\n  w A @relation(\"w\", fields: [wId], references: [id])\n"
        "  rId Int\n  r A @relation(name: \"r\", fields: [rId], references: [id])\n"));

    CHECK(schema.opposite(*schema.findModel("B")->findField("r")).name == "read");
    CHECK(schema.opposite(*schema.findModel("A")->findField("written")).name == "w");
}

TEST_CASE("rejects relations with a side that is missing or ambiguous", "[schema]") {
    CHECK(
        refusal(twoModels("", foreignKey)) ==
        "s.prisma:11:3: the relation field a of the model B has no opposite field on the model "
        "A; add one of "
        "type B there");
    CHECK(
        refusal(twoModels("  bs B[]\n  cs B[]\n", foreignKey)) ==
        "s.prisma:8:3: the fields `bs` and `cs` of the model A all refer to B; give each "
        "relation a name, the "
        "same on both sides: @relation(\"name\")");
    CHECK(refusal(twoModels("  x A[]\n  y A[]\n", ""))
              .find("8:3: the fields `x` and `y` of the model A refer to "
                    "the model itself") != std::string::npos);
    CHECK(refusal(twoModels("  bs B[] @relation(\"x\")\n", foreignKey))
              .find("A; add one of type B there") != std::string::npos);
}

TEST_CASE("rejects keys that are missing, uneven, on both sides or of another type", "[schema]") {
    CHECK(refusal(twoModels("  bs B[]\n", "  a A\n"))
              .find("11:3: the relation field B.a must say fields and "
                    "references") != std::string::npos);
    CHECK(refusal(twoModels("  bs B[]\n", "  aId Int\n  a A @relation(fields: [aId])\n"))
              .find("12:3: the relation field B.a must say references,") != std::string::npos);
    CHECK(
        refusal(twoModels("  bs B[]\n",
                    "  p Int\n  q Int\n  a A @relation(fields: [p, q], references: [id])\n"))
            .find("13:3: fields and references must have the same number of fields, got 2 and 1") !=
        std::string::npos);
    CHECK(refusal(twoModels("  bs B[] @relation(fields: [id], references: [id])\n", foreignKey))
              .find("7:3: fields and references must stand on one side") != std::string::npos);
    CHECK(
        refusal(twoModels("  bs B[]\n",
                    "  aId String\n  a A @relation(fields: [aId], references: [id])\n"))
            .find("12:3: the type of the field B.aId must be that of the field it refers to, "
                  "A.id") != std::string::npos);
    CHECK(
        refusal(twoModels(
                    "  bs B[]\n", "  aId Int\n  a A @relation(fields: [aid], references: [id])\n"))
            .find("12:26: @relation: fields: the model B has no field aid. Did you mean "
                  "\"aId\"?") != std::string::npos);
    CHECK(
        refusal(twoModels("  x Int\n  bs B[]\n",
                    "  aId Int\n  a A @relation(fields: [aId], references: [x])\n"))
            .find("13:3: references must name a unique criterion of the model A; add @unique to "
                  "the field x") != std::string::npos);
}

TEST_CASE("rejects one-to-one relations that nothing keeps one-to-one", "[schema]") {
    CHECK(
        refusal(twoModels("  b B?\n", foreignKey))
            .find("12:3: a one-to-one relation needs unique fields on the side of its key; add "
                  "@unique to the "
                  "field aId of the model B") != std::string::npos);
    CHECK(refusal(twoModels("  b B\n",
                      "  aId Int @unique\n  a A @relation(fields: [aId], references: [id])\n"))
              .find("7:3: the relation field A.b must be optional") != std::string::npos);
    CHECK(
        refusal(twoModels(
                    "  bs B[]\n", "  aId Int?\n  a A @relation(fields: [aId], references: [id])\n"))
            .find("12:3: the relation field B.a is required, but `aId` is optional") !=
        std::string::npos);
}

TEST_CASE("rejects referential actions that cannot be carried out", "[schema]") {
    const auto withAction = [](const std::string& action) {
        return "  aId Int\n  a A @relation(fields: [aId], references: [id], " + action + ")\n";
    };
    CHECK(refusal(twoModels("  bs B[]\n", withAction("onDelete: SetNull"))) ==
          "s.prisma:12:60: SetNull needs optional fields, but B.aId is required");
    CHECK(
        refusal(twoModels("  bs B[]\n", withAction("onDelete: Drop"))) ==
        "s.prisma:12:60: @relation: onDelete must be one of `Cascade`, `Restrict`, `SetNull`, "
        "`NoAction` and "
        "`SetDefault`, got Drop");
    CHECK(refusal(twoModels("  bs B[]\n", withAction("onDelete: NoAction"), prismaDatasource))
              .find("with relationMode = \"prisma\", got NoAction") != std::string::npos);
    CHECK(refusal(twoModels("  bs B[] @relation(onDelete: Cascade)\n", foreignKey)) ==
          "s.prisma:7:30: onDelete and onUpdate must stand on the side that holds the key, B.a");
    CHECK(refusal(twoModels("  bs B[] @relation(onDelete: Cascade)\n", "  as A[]\n"))
              .find("7:30: an implicit many-to-many relation takes no onDelete") !=
          std::string::npos);
    CHECK(refusal(twoModels("  bs B[]\n", withAction("map: \"x\"")))
              .find("12:55: @relation: SQLite has no named foreign keys") != std::string::npos);
}

TEST_CASE("rejects cycles that the query engine would follow forever", "[schema]") {
    const std::string self = "  pId Int?\n  p A? @relation(\"s\", fields: [pId], references: [id]";
    const std::string rest = ")\n  cs A[] @relation(\"s\")\n";

    CHECK(refusal(twoModels(self + rest, "", prismaDatasource))
              .find("9:3: the relation A.p is part of a cycle") != std::string::npos);
    CHECK(refusal(twoModels(self + rest, "")).empty());
    CHECK(refusal(
        twoModels(self + ", onDelete: Restrict, onUpdate: Restrict" + rest, "", prismaDatasource))
              .empty());
}

TEST_CASE("rejects many-to-many relations without single ids or with keys", "[schema]") {
    CHECK(
        refusal(datasource +
                "model A {\n  x Int\n  y Int\n  bs B[]\n  @@id([x, y])\n}\nmodel B "
                "{\n  id Int @id\n  as A[]\n}\n") ==
        "s.prisma:13:3: the relation field B.as lists A, which has no single field with @id; "
        "write the "
        "many-to-many relation with a model of its own");
    CHECK(refusal(twoModels("  bs B[] @relation(references: [id])\n", "  as A[]\n"))
              .find("7:3: the relation A.bs") != std::string::npos);
}

TEST_CASE("rejects a relation to an ignored model that is not ignored itself", "[schema]") {
    CHECK(refusal(twoModels("  bs B[]\n", foreignKey + "  @@ignore\n")) ==
          "s.prisma:7:3: the relation field A.bs must have @ignore, since the model B is ignored");
}
