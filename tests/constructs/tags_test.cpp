#include <loam/error.hpp>
#include <loam/tags.hpp>

#include <catch2/catch.hpp>

#include "tests/constructs/support.hpp"

using namespace loam;
using test::entryOf;
using test::property;
using test::Widget;

namespace {

/// The tags of the one widget of a stack after `change` had its way.
template <class F>
std::string tagsAfter(F change, StrMap own = {}) {
    App app;
    auto& stack = app.add<Stack>("S", {.tags = {{"team", "data"}}});
    auto& widget = stack.add<Widget>("W", {.tags = std::move(own)});
    change(stack, widget);
    const auto assembly = assemble(app);
    return property(entryOf(assembly, widget), "Tags");
}

}  // namespace

TEST_CASE("tags of a stack reach its resources", "[tags]") {
    CHECK(tagsAfter([](Stack&, Widget&) {}) == "{team:\"data\"}");
}

TEST_CASE("the nearest tag wins, and a higher priority wins over that", "[tags]") {
    CHECK(tagsAfter([](Stack&, Widget& widget) {
        widget.tags().add("team", "near");
    }) == "{team:\"near\"}");
    CHECK(tagsAfter([](Stack& stack, Widget& widget) {
        widget.tags().add("team", "near");
        stack.tags().add("team", "far", {.priority = 300});
    }) == "{team:\"far\"}");
}

TEST_CASE("a tag given as a property wins over inherited ones up to priority 200", "[tags]") {
    CHECK(tagsAfter([](Stack&, Widget&) {}, {{"team", "own"}}) == "{team:\"own\"}");
    CHECK(tagsAfter(
              [](Stack& stack, Widget&) { stack.tags().add("team", "forced", {.priority = 201}); },
              {{"team", "own"}}) == "{team:\"forced\"}");
}

TEST_CASE("tags can be limited to types and removed", "[tags]") {
    CHECK(tagsAfter([](Stack& stack, Widget&) {
        stack.tags().add("a", "1", {.includeTypes = {"AWS::Other::Type"}});
        stack.tags().add("b", "2", {.excludeTypes = {"AWS::Test::Widget"}});
        stack.tags().add("c", "3", {.includeTypes = {"AWS::Test::Widget"}});
    }) == "{c:\"3\",team:\"data\"}");
    CHECK(tagsAfter([](Stack&, Widget& widget) { widget.tags().remove("team"); }) == "absent");
}

TEST_CASE("rejects tags that AWS would not take", "[tags]") {
    Tags tags;

    CHECK_THROWS_AS(tags.add("aws:x", "y"), ValidationError);
    CHECK_THROWS_AS(tags.add("", "y"), ValidationError);
    CHECK_THROWS_AS(tags.add("k", std::string(257, 'x')), ValidationError);
}
