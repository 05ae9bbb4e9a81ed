#include <catch2/catch.hpp>

#include "templates/src/terraform/text.hpp"

namespace loam::terraform {

namespace {

Template text(const char* literal) { return Template::literal(literal); }
Template expression(const char* code) { return Template::expression(code); }

}  // namespace

TEST_CASE("a literal text is escaped as a template", "[terraform]") {
    CHECK(text("${aws:username}").inJson() == "$${aws:username}");
    CHECK(text("%{if}").inJson() == "%%{if}");
    CHECK(text("100% of $5 $context.x").inJson() == "100% of $5 $context.x");
    CHECK(text("$${x}").inJson() == "${\"$\"}$${x}");
    CHECK(text("line\n\"quoted\"").inJson() == "line\n\"quoted\"");
}

TEST_CASE("an expression alone keeps its type and among text becomes a string", "[terraform]") {
    auto mixed = text("a-");
    mixed += expression("var.b");

    CHECK(expression("var.b").inJson() == "${var.b}");
    CHECK(expression("var.b").inExpression() == "var.b");
    CHECK(mixed.inJson() == "a-${var.b}");
    CHECK(mixed.inExpression() == "\"a-${var.b}\"");
}

TEST_CASE("a dollar sign before an expression does not escape it", "[terraform]") {
    auto price = text("costs $");
    price += expression("var.b");

    CHECK(price.inJson() == "costs ${\"$\"}${var.b}");
}

TEST_CASE("a mark before another, or several before an expression, escape nothing", "[terraform]") {
    auto price = text("$$");
    price += expression("var.b");

    CHECK(price.inJson() == "${\"$\"}${\"$\"}${var.b}");
    CHECK(text("$%%").inJson() == "${\"$\"}${\"%\"}%");
    CHECK(text("%$${x}").inJson() == "${\"%\"}${\"$\"}$${x}");
}

TEST_CASE("a text within an expression or a document is quoted", "[terraform]") {
    CHECK(quoted("a\"b\\c\n${x}") == "\"a\\\"b\\\\c\\n$${x}\"");
    CHECK(text("say \"hi\"").inDocument() == "say \\\"hi\\\"");
    CHECK(text("a\x01").inDocument() == "a\\u0001");
}

TEST_CASE("names of properties turn into names of arguments", "[terraform]") {
    CHECK(snakeCase("CidrBlock") == "cidr_block");
    CHECK(snakeCase("OKActions") == "ok_actions");
    CHECK(snakeCase("S3BucketArn") == "s3_bucket_arn");
    CHECK(snakeCase("SSEAlgorithm") == "sse_algorithm");
    CHECK(snakeCase("Ipv6CidrBlock") == "ipv6_cidr_block");
}

TEST_CASE("a label keeps a plain text and tells changed texts apart", "[terraform]") {
    CHECK(labelOf("reader") == "reader");
    CHECK(labelOf("a-b").starts_with("a_b_"));
    CHECK(labelOf("a-b") != labelOf("a.b"));
    CHECK(labelOf(std::string(100, 'x')).size() == 49);
}

TEST_CASE("a digest in hexadecimal becomes base64", "[terraform]") {
    CHECK(base64OfHex("") == "");
    CHECK(base64OfHex("4d616e") == "TWFu");
    CHECK(base64OfHex("4d61") == "TWE=");
    CHECK(base64OfHex("4D") == "TQ==");
}

}  // namespace loam::terraform
