// The text that the tool writes for a small made-up service, against approved files. Refresh them
// with LOAM_UPDATE_GOLDEN=1 and review the difference.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "generator/codegen/names.hpp"
#include "generator/codegen/writers.hpp"

using namespace loam::codegen;

namespace {

const std::string folder = LOAM_TESTS_DIRECTORY "/generator/codegen/";

std::string readFile(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void checkGolden(const std::string& name, const std::string& text) {
    if (std::getenv("LOAM_UPDATE_GOLDEN")) std::ofstream(folder + name, std::ios::binary) << text;
    CHECK(readFile(folder + name) == text);
}

void checkRefusal(const std::string& line, const std::string& message) {
    const auto text = "service\tAWS::X\n\nresource\tAWS::X::Y\n" + line + "\n";

    CHECK_THROWS_WITH(readFacts("x.txt", text), "x.txt:4: " + message);
}

}  // namespace

TEST_CASE("the header of a made-up service is as approved", "[codegen]") {
    const auto facts = readFacts("made_up.txt", readFile(folder + "facts/made_up.txt"));

    const auto model = buildModel(facts);

    checkGolden("made_up.hpp.golden", writeHeader(model));
}

TEST_CASE("the tables of a made-up service are as approved", "[codegen]") {
    const auto facts = readFacts("made_up.txt", readFile(folder + "facts/made_up.txt"));

    const auto model = buildModel(facts);

    checkGolden("made_up.cpp.golden", writeTables(model));
}

TEST_CASE("a member is the property with its first letter lowered", "[codegen]") {
    CHECK(memberName("FunctionName") == "functionName");
    CHECK(memberName("DBInstanceClass") == "dBInstanceClass");
    CHECK(memberName("arn") == "arn");
}

TEST_CASE("a keyword, a macro and the table get an underscore", "[codegen]") {
    CHECK(memberName("Namespace") == "namespace_");
    CHECK(memberName("operator") == "operator_");
    CHECK(memberName("Major") == "major_");
    CHECK(memberName("Table") == "table_");
}

TEST_CASE("an allowed value becomes a constant in PascalCase", "[codegen]") {
    CHECK(constantName("PER_TENANT") == "PerTenant");
    CHECK(constantName("x86_64") == "X86_64");
    CHECK(constantName("provided.al2023") == "ProvidedAl2023");
    CHECK(constantName("2012-10-17") == "V2012_10_17");
    CHECK(constantName("TLSv1.2") == "TLSv1_2");
    CHECK(constantName("*") == "Char2A");
    CHECK(constantName("") == "Empty");
}

TEST_CASE("rejects a fact file that it does not understand, naming the line", "[codegen]") {
    checkRefusal("colour\tred", "unknown fact \"colour\"");
    checkRefusal("p\tName", "\"p\" needs 2 or more arguments");
    checkRefusal("p\tName\tstr\toptional", "unknown flag \"optional\" of property Name");
    checkRefusal("p\tName\tstr\twidth=1..2", "unknown limit \"width\" of property Name");
    checkRefusal("p\tName\tstr\tlength=5", "\"5\" is not a limit; write low..high");
    checkRefusal("p\tName\tstr\ttakes=AWS::IAM::Role", "\"AWS::IAM::Role\" names no attribute");
    checkRefusal("p\tName\tMissing", "property Name has the unknown type \"Missing\"");
}

TEST_CASE("rejects a fact that stands before the first resource", "[codegen]") {
    CHECK_THROWS_WITH(
        readFacts("x.txt", "p\tName\tstr\n"), "x.txt:1: a fact stands before the first resource");
}
