// The generated code of the made-up service, used as a program would use it.

#include <loam/aws/made_up.hpp>
#include <loam/node.hpp>
#include <loam/stack.hpp>

#include <catch2/catch.hpp>
#include <string>
#include <type_traits>

namespace made_up = loam::aws::made_up;

namespace {

made_up::Map& addMap(loam::App& app) {
    auto& stack = app.add<loam::Stack>("Stack");
    return stack.add<made_up::Map>("Map",
        {
            .anything = 1,
            .children = {{.children = {{}, {}}}, {}},
            .default_ = true,
            .lists = loam::Any::list({"a"}),
            .named = {{"left", {.parent = made_up::MapNode_{}}}},
            .namespace_ = "space",
            .numbers = {1, 2},
            .settings = {{.and_ = "x"}},
            .table_ = "t",
            .tags = {{.key = "k", .value = "v"}},
            .type = made_up::MapProps::Type::HighLoad,
        });
}

const loam::Value& field(const loam::Value& object, const char* name) {
    const auto& node = loam::as<loam::ObjectNode>(*object.node());
    return node.fields[static_cast<std::size_t>(node.table->find(name))];
}

}  // namespace

TEST_CASE("a generated struct reaches the resource in the order of its table", "[codegen]") {
    loam::App app;

    const auto& properties = addMap(app).properties();

    CHECK(*loam::literal(field(properties, "Namespace")) == "space");
    CHECK(*loam::literal(field(properties, "Table")) == "t");
    CHECK(*loam::literal(field(properties, "Type")) == "HIGH_LOAD");
    CHECK_FALSE(field(properties, "type").present());
    CHECK(*loam::literal(field(field(properties, "Settings"), "And")) == "x");
    CHECK(loam::as<loam::BooleanNode>(*field(properties, "Default").node()).value);
}

TEST_CASE("a recursive struct holds structs of its own type", "[codegen]") {
    loam::App app;

    const auto& properties = addMap(app).properties();

    const auto& children = loam::as<loam::ListNode>(*field(properties, "Children").node());
    REQUIRE(children.items.size() == 2);
    const auto& inner = loam::as<loam::ListNode>(*field(children.items[0], "Children").node());
    CHECK(inner.items.size() == 2);
}

TEST_CASE("the table of a type tells its facts", "[codegen]") {
    const auto& type = made_up::Map::resourceType;

    CHECK(std::string(type.name) == "AWS::MadeUp::Map");
    CHECK(type.stateful);
    CHECK(type.tagShape == loam::TagShape::KeyValueList);
    CHECK(std::string(type.refReturns) == "MapId");
    CHECK(std::string(type.primaryIdentifier[0]) == "MapId");
    CHECK(type.primaryIdentifier[1] == nullptr);
    CHECK(type.properties->combinationCount == 2);
    CHECK(type.attributeCount == 6);
}

TEST_CASE("a field carries its limits, relations and flags", "[codegen]") {
    const auto& table = made_up::MapProps::table;
    const auto at = [&](const char* name) { return table.fields[table.find(name)]; };

    CHECK(at("Namespace").flags == (loam::fieldRequired | loam::fieldCreateOnly));
    CHECK(std::string(at("Namespace").constraints->pattern) == "^[a-z]+\"?\?)\\.$");
    CHECK(at("Namespace").constraints->maxLength == 64);
    CHECK(at("Numbers").flags == loam::fieldUniqueItems);
    CHECK(at("Ratio").constraints->minimum == 0.5);
    CHECK_FALSE(at("Ratio").constraints->hasMaximum);
    CHECK(std::string(at("RoleArn").constraints->relations[1].type) == "AWS::MadeUp::Role");
    CHECK(at("Children").table == &made_up::MapNode_::table);
}

TEST_CASE("attributes have the types of the facts", "[codegen]") {
    using Map = const made_up::Map&;

    CHECK(std::is_same_v<decltype(std::declval<Map>().attrEndpointAddress()), loam::Str>);
    CHECK(std::is_same_v<decltype(std::declval<Map>().attrSize()), loam::Num>);
    CHECK(std::is_same_v<decltype(std::declval<Map>().attrOpen()), loam::Bool>);
    CHECK(std::is_same_v<decltype(std::declval<Map>().attrZones()), loam::StrList>);
    CHECK(std::is_same_v<decltype(std::declval<Map>().attrShape()), loam::Any>);
}

TEST_CASE("a resource type without properties can be added", "[codegen]") {
    loam::App app;
    auto& stack = app.add<loam::Stack>("Stack");

    auto& node = stack.add<made_up::MapNode>("Node");

    CHECK(node.typeName() == "AWS::MadeUp::MapNode");
}
