#include <loam/intrinsics.hpp>

#include <catch2/catch.hpp>

#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/patterns.hpp"
#include "constructs/src/validation/property_path.hpp"

using namespace loam;

TEST_CASE("patterns are searched, and compiled once") {
    Patterns patterns;
    const char* pattern = "b+$";

    CHECK(patterns.accepts(pattern, "abb"));
    CHECK_FALSE(patterns.accepts(pattern, "abc"));
    CHECK(patterns.ignored() == 0);
}

TEST_CASE("ECMA escapes of characters are understood") {
    Patterns patterns;

    CHECK(patterns.accepts("^\\u00e9\\\\u$", "\xc3\xa9\\u"));
    CHECK(patterns.ignored() == 0);
}

TEST_CASE("a pattern that cannot be compiled accepts everything and is counted once") {
    Patterns patterns;
    const char* pattern = "^(?!aws:).*$";

    CHECK(patterns.accepts(pattern, "aws:x"));
    CHECK(patterns.accepts(pattern, "x"));
    CHECK(patterns.ignored() == 1);
}

TEST_CASE("a suggestion ignores capitals and is made only for what is near") {
    const std::vector<std::string_view> names = {"VpcConfig", "Runtime"};

    CHECK(suggestion("vpcconfig", names) == " Did you mean \"VpcConfig\"?");
    CHECK(suggestion("Runtmie", names) == " Did you mean \"Runtime\"?");
    CHECK(suggestion("Handler", names).empty());
}

TEST_CASE("alternatives read as a sentence, long lists are cut") {
    CHECK(alternatives({"A"}) == "A");
    CHECK(alternatives({"A", "B", "C"}) == "A, B or C");
    CHECK(alternatives(std::vector<std::string_view>(14, "x")) ==
          "x, x, x, x, x, x, x, x, x, x, x, x and 2 more");
}

TEST_CASE("values are shown on one line, cut between characters") {
    CHECK(shown(Num(0.5)) == "0.5");
    CHECK(shown(Any::list({1, 2})) == "a list of 2");
    CHECK(shown(region()) == "AWS::Region");
    CHECK(
        shown(Str(std::string(59, 'x') + "\xc3\xa9tail")) == "\"" + std::string(59, 'x') + "...\"");
}

TEST_CASE("paths name properties and items") {
    const PropertyPath root;
    const PropertyPath list(root, "SubnetIds");

    CHECK(root.text().empty());
    CHECK(PropertyPath(list, 3).text() == "SubnetIds.3");
}
