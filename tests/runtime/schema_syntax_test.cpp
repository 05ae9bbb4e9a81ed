// The lexer and the parser, seen through parse(): what the language allows between the lines.

#include <catch2/catch.hpp>

#include "runtime/schema/schema.hpp"
#include "tests/runtime/schema_fixture.hpp"

using namespace loam::runtime::schema;

TEST_CASE("comments, blank lines, tabs and every kind of line end are skipped", "[schema]") {
    const auto schema = parse(
        "\xEF\xBB\xBFmodel A { // why\r\n\r\n\tid Int @id // the id\r  // none\n} // done\r\n");

    CHECK(schema.models.at(0).fields.size() == 1);
}

TEST_CASE("lists may go over several lines with comments between", "[schema]") {
    const auto schema =
        parse("model A {\n  a Int\n  b Int\n  @@id([\n    a, // first\n    b\n  ])\n}\n");

    CHECK(schema.models.at(0).primaryKey->fields.size() == 2);
}

TEST_CASE("strings know the escapes of JSON", "[schema]") {
    const auto schema = parse(R"(model A {
  id String @id @default("\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00")
})");

    CHECK(schema.models.at(0).fields.at(0).defaultValue->text ==
          "\"\\/\b\f\n\r\t\xC3\xA4\xF0\x9F\x98\x80");
}

TEST_CASE("names may hold letters of other scripts", "[schema]") {
    const auto schema = parse("model Größe {\n  id Int @id\n  長さ Int\n}\n");

    CHECK(schema.findModel("Größe")->findField("長さ") != nullptr);
}

TEST_CASE("rejects broken lines one by one and goes on", "[schema]") {
    const auto text = refusal("model A {\n  id Int @id\n  : x\n  ok Int\n  bad\n}\nfoo\n");

    CHECK(
        text ==
        "s.prisma:3:3: expected the name of a field, \"@@\" or \"}\", but found \":\"\n"
        "s.prisma:5:6: expected the type of the field bad, but found the end of the line\n"
        "s.prisma:7:1: expected a block that starts with model, view, enum, datasource or "
        "generator, but "
        "found \"foo\".");
}

TEST_CASE("rejects what is not closed, at its start", "[schema]") {
    CHECK(refusal("\nmodel A {\n  id Int @id\nmodel B {\n  id Int @id\n}\n") ==
          "s.prisma:2:1: the model A is not closed; add \"}\" on a line after its last one");
    CHECK(refusal("enum E {\n  a\n") ==
          "s.prisma:1:1: the enum E is not closed; add \"}\" on a line after its last one");
    CHECK(refusal("model A {\n  id String @id @default(\"ä) \n}\n") ==
          "s.prisma:2:26: the string is not closed; add \" before the end of the line\n"
          "s.prisma:3:1: expected \",\" or \")\", but found \"}\"");
    CHECK(refusal("model A {\n  id Int @id @default(dbgenerated(\n") ==
          "s.prisma:1:1: the model A is not closed; add \"}\" on a line after its last one\n"
          "s.prisma:3:1: expected a value, but found the end of the file");
}

TEST_CASE("rejects a block on one line, a lost brace and a wrong keyword", "[schema]") {
    CHECK(refusal("model A { id Int @id }\n") ==
          "s.prisma:1:11: expected the end of the line after \"{\", but found \"id\"");
    CHECK(refusal("model A\n{\n  id Int @id\n}\n").substr(0, 70) ==
          "s.prisma:1:8: expected \"{\" after the name of the model, but found the ");
    CHECK(
        refusal("modle A {\n  id Int @id\n}\n") ==
        "s.prisma:1:1: expected a block that starts with model, view, enum, datasource or "
        "generator, but "
        "found \"modle\". Did you mean \"model\"?");
    CHECK(
        refusal("type T {\n  a Int\n}\n") ==
        "s.prisma:1:1: composite types are not supported on SQLite; use a model with a relation, "
        "or a "
        "field of type Json");
}

TEST_CASE("rejects text that is not UTF-8 or holds stray characters", "[schema]") {
    CHECK(refusal("model A {\n  \xFFid Int @id\n}\n")
              .find("s.prisma:2:3: the file is not valid UTF-8 from here on") != std::string::npos);
    CHECK(refusal("// \xED\xA0\x80\n").find("not valid UTF-8") != std::string::npos);
    CHECK(refusal("model A {\n  id Int @id ; \n}\n") ==
          "s.prisma:2:14: expected the end of the line, but found \";\"");
    CHECK(
        refusal("model A {\n  id String @id @default(\"\\q\")\n}\n").find("2:27: unknown escape") !=
        std::string::npos);
    CHECK(refusal("model A {\n  id String @id @default(\"\\ud800\")\n}\n")
              .find("2:27: unknown escape") != std::string::npos);
    CHECK(refusal("model A {\n  id Int @id\n  x \xFF\n}\n") ==
          "s.prisma:3:5: the file is not valid UTF-8 from here on; save it with UTF-8 encoding");
    CHECK(refusal(std::string("\0\n", 2)).find("found a control character") != std::string::npos);
}

TEST_CASE("rejects legacy forms of types", "[schema]") {
    CHECK(
        refusalOfFields("  a: Int").find("7:4: expected the type of the field a (without \":\"") !=
        std::string::npos);
    CHECK(
        refusalOfFields("  a [Int]")
            .find("7:5: expected the type of the field a (a list is written") != std::string::npos);
    CHECK(refusalOfFields("  a Int!").find("7:8: fields are required unless") != std::string::npos);
    CHECK(refusalOfFields("  a A[]?").find("7:8: the list a cannot be optional") !=
          std::string::npos);
    CHECK(refusalOfFields("  a Int?[]").find("7:9: a list holds no optional items") !=
          std::string::npos);
}

TEST_CASE("rejects a trailing comma and brackets nested too deeply", "[schema]") {
    CHECK(refusalOfFields("  a Int @default(1,)") ==
          "s.prisma:7:19: remove the comma after the last item");
    const std::string deep(100000, '[');
    CHECK(refusalOfFields("  a Int @default(" + deep).find("nested deeper than 32 levels") !=
          std::string::npos);
}

TEST_CASE("keeps at most a hundred mistakes", "[schema]") {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "?\n";

    try {
        parse(text);
        FAIL("accepted");
    } catch (const SchemaError& error) {
        CHECK(error.diagnostics().size() == 100);
        CHECK(error.line() == 1);
        CHECK(error.column() == 1);
        CHECK(error.file() == "schema.prisma");
    }
}
