#include <loam/error.hpp>
#include <loam/stack.hpp>

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/constructs/support.hpp"

using namespace loam;
using test::Widget;

namespace {

struct Throwing : Construct {
    using Props = NoProps;
    Throwing(Scope scope, Props) : Construct(std::move(scope)) {
        add<Construct2>("Child");
        throw ValidationError(path(), "will not be built");
    }
    struct Construct2 : Construct {
        using Props = NoProps;
        Construct2(Scope scope, Props) : Construct(std::move(scope)) {}
    };
};

struct Group : Construct {
    using Props = NoProps;
    Group(Scope scope, Props) : Construct(std::move(scope)) {}
};

std::set<std::string> logicalIds(App& app) {
    std::set<std::string> ids;
    const auto assembly = assemble(app);
    for (const auto& stack : assembly.stacks) {
        for (const auto& entry : stack.resources) ids.insert(entry.logicalId);
    }
    return ids;
}

}  // namespace

TEST_CASE("a construct knows its place in the tree", "[construct]") {
    App app;
    auto& stack = app.add<Stack>("S");
    auto& group = stack.add<Group>("G");
    auto& widget = group.add<Widget>("W", {.name = "x"});

    CHECK(widget.path() == "S/G/W");
    CHECK(widget.parent() == &group);
    CHECK(&widget.stack() == &stack);
    CHECK(&widget.app() == &app);
    CHECK(stack.find("G/W") == &widget);
    CHECK(stack.find("G/X") == nullptr);
    CHECK(std::string(widget.where().file).ends_with("construct_test.cpp"));
}

TEST_CASE("rejects an id that is empty, holds a slash or is taken", "[construct]") {
    App app;
    auto& stack = app.add<Stack>("S");
    stack.add<Group>("G");

    CHECK_THROWS_WITH(stack.add<Group>("G"), Catch::Contains("[S]") && Catch::Contains("\"G\""));
    CHECK_THROWS_AS(stack.add<Group>(""), ValidationError);
    CHECK_THROWS_AS(stack.add<Group>("a/b"), ValidationError);
}

TEST_CASE("a constructor that throws adds nothing and frees the id", "[construct]") {
    App app;
    auto& stack = app.add<Stack>("S");

    CHECK_THROWS_AS(stack.add<Throwing>("X"), ValidationError);

    CHECK(stack.children().empty());
    CHECK_NOTHROW(stack.add<Group>("X"));
}

TEST_CASE(
    "a logical id is readable and has a hash when the path has several parts", "[construct]") {
    App app;
    auto& stack = app.add<Stack>("S");
    auto& plain = stack.add<Widget>("Plain", {});
    auto& dashed = stack.add<Widget>("with-dash", {});
    auto& group = stack.add<Group>("Orders");
    auto& main = group.add<Widget>("Resource", {});
    auto& other = group.add<Widget>("Index", {});

    CHECK(plain.logicalId() == "Plain");
    CHECK(main.logicalId() == "Orders");
    CHECK(std::string(dashed.logicalId()).starts_with("withdash"));
    CHECK(dashed.logicalId().size() == std::string("withdash").size() + 8);
    CHECK(std::string(other.logicalId()).starts_with("OrdersIndex"));
}

TEST_CASE("a logical id has at most 255 characters", "[construct]") {
    App app;
    auto& stack = app.add<Stack>("S");
    auto& first = stack.add<Widget>(std::string(300, 'a') + "1", {});
    auto& second = stack.add<Widget>(std::string(300, 'a') + "2", {});

    CHECK(first.logicalId().size() == 255);
    CHECK(first.logicalId() != second.logicalId());
}

TEST_CASE("inserting and removing siblings changes no other logical id", "[construct]") {
    const auto build = [](App& app, const std::vector<std::string>& names) {
        auto& group = app.add<Stack>("S").add<Group>("G");
        for (const auto& name : names) group.add<Widget>(name, {});
    };
    App original;
    build(original, {"A", "B", "C"});
    App inserted;
    build(inserted, {"C", "A", "New", "B"});
    App removed;
    build(removed, {"C", "A"});

    const auto ids = logicalIds(original);
    const auto more = logicalIds(inserted);
    const auto fewer = logicalIds(removed);

    CHECK(ids.size() == 3);
    CHECK(more.size() == 4);
    CHECK(std::ranges::includes(more, ids));
    CHECK(std::ranges::includes(ids, fewer));
}

TEST_CASE("a logical id can be fixed, and an impossible one is refused", "[construct]") {
    App app;
    auto& widget = app.add<Stack>("S").add<Widget>("W", {});

    widget.overrideLogicalId("Kept");

    CHECK(widget.logicalId() == "Kept");
    CHECK_THROWS_AS(widget.overrideLogicalId("a-b"), ValidationError);
    CHECK_THROWS_AS(widget.overrideLogicalId(""), ValidationError);
}

TEST_CASE("rejects a stack whose name CloudFormation would not take", "[construct]") {
    App app;

    CHECK_THROWS_WITH(app.add<Stack>("1st"), Catch::Contains("\"1st\""));
    CHECK_THROWS_AS(app.add<Stack>("a_b"), ValidationError);
    CHECK_THROWS_AS(app.add<Stack>("S", {.env = {.account = "123"}}), ValidationError);
    CHECK(app.add<Stack>("A", {.stackName = "other"}).stackName() == "other");
}

TEST_CASE("rejects tags of a stack that are known only at deployment", "[construct]") {
    App app;

    CHECK_THROWS_WITH(app.add<Stack>("S", {.tags = {{"Owner", accountId()}}}),
        Catch::Contains("[S] the tags of a stack must be literal"));
    CHECK_NOTHROW(app.add<Stack>("T", {.tags = {{"Owner", "team"}}}));
}

TEST_CASE("context is found from the place where it is set downwards", "[construct]") {
    App app;
    auto& stack = app.add<Stack>("S");
    auto& group = stack.add<Group>("G");
    stack.setContext("key", "stack");

    CHECK(test::show(group.context("key")) == "\"stack\"");
    CHECK_FALSE(app.context("key").present());
    group.setContext("key", "group");
    CHECK(test::show(group.context("key")) == "\"group\"");
}
