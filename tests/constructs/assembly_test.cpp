#include <loam/aspect.hpp>
#include <loam/assembly.hpp>
#include <loam/lazy.hpp>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/constructs/support.hpp"

using namespace loam;
using test::entryOf;
using test::property;
using test::show;
using test::Widget;

namespace {

struct Group : Construct {
    using Props = NoProps;
    Group(Scope scope, Props) : Construct(std::move(scope)) {}
};

std::vector<std::string> idsOf(const std::vector<const Resource*>& resources) {
    std::vector<std::string> ids;
    ids.reserve(resources.size());
    for (const auto* resource : resources) ids.emplace_back(resource->logicalId());
    return ids;
}

bool hasFinding(const Findings& findings, std::string_view id) {
    return std::ranges::any_of(findings.all(), [&](const auto& f) { return f.id == id; });
}

}  // namespace

TEST_CASE("resources are sorted by logical id whatever the order of creation", "[assembly]") {
    App app;
    auto& stack = app.add<Stack>("S");
    stack.add<Widget>("B", {});
    stack.add<Widget>("A", {});

    const auto assembly = assemble(app);

    REQUIRE(assembly.stacks.size() == 1);
    CHECK(assembly.stacks[0].resources[0].logicalId == "A");
    CHECK(assembly.stacks[0].resources[1].logicalId == "B");
}

TEST_CASE("a lazy value is computed after the aspects ran", "[assembly]") {
    App app;
    auto& stack = app.add<Stack>("S");
    std::string name = "before";
    auto& widget = stack.add<Widget>("W", {.name = lazy<Str>([&] { return Str(name); })});
    addAspect(stack, [&](Construct&) { name = "after"; });

    const auto assembly = assemble(app);

    CHECK(property(entryOf(assembly, widget), "Name") == "\"after\"");
}

TEST_CASE("aspects run by priority and see constructs that earlier ones add", "[assembly]") {
    App app;
    auto& stack = app.add<Stack>("S");
    std::vector<std::string> seen;
    addAspect(
        app, [&](Construct& at) { seen.push_back("late " + std::string(at.path())); }, 900);
    addAspect(
        app,
        [&](Construct& at) {
            if (&at == &stack) stack.add<Group>("Added");
        },
        100);

    assemble(app);

    CHECK(seen == std::vector<std::string>{"late ", "late S", "late S/Added"});
}

TEST_CASE("rejects an aspect that adds constructs without end", "[assembly]") {
    App app;
    app.add<Stack>("S");
    addAspect(app, [](Construct& at) { at.add<Group>("More"); });

    CHECK_THROWS_WITH(assemble(app), Catch::Contains("without end"));
}

TEST_CASE("a dependency on a construct covers every resource in it", "[assembly]") {
    App app;
    auto& stack = app.add<Stack>("S");
    auto& first = stack.add<Group>("First");
    first.add<Widget>("A", {}).overrideLogicalId("A");
    first.add<Widget>("B", {}).overrideLogicalId("B");
    auto& widget = stack.add<Widget>("W", {});

    widget.addDependency(first);

    const auto assembly = assemble(app);
    CHECK(idsOf(entryOf(assembly, widget).dependsOn) == std::vector<std::string>{"A", "B"});
}

TEST_CASE("a dependency that a reference implies is left out", "[assembly]") {
    App app;
    auto& stack = app.add<Stack>("S");
    auto& first = stack.add<Widget>("First", {});
    auto& widget = stack.add<Widget>("W", {.name = first.ref()});

    widget.addDependency(first);

    const auto assembly = assemble(app);
    CHECK(entryOf(assembly, widget).dependsOn.empty());
}

TEST_CASE("a reference to another stack becomes an export and an import", "[assembly]") {
    App app;
    auto& consumer = app.add<Stack>("AConsumer");
    auto& producer = app.add<Stack>("Producer");
    auto& source = producer.add<Widget>("Source", {});
    auto& sink = consumer.add<Widget>(
        "Sink", {.name = "x-" + source.attribute("Arn"), .tags = {{"ref", source.ref()}}});

    const auto assembly = assemble(app);

    CHECK(assembly.stacks[0].stack == &producer);
    CHECK(assembly.stacks[1].dependencies == std::vector<const Stack*>{&producer});
    CHECK(property(entryOf(assembly, sink), "Name") ==
          "Concat(\"x-\",Import(Producer:ExportsOutputFnGetAttArnSource))");
    const auto& outputs = assembly.of(producer).outputs;
    REQUIRE(outputs.size() == 2);
    CHECK(outputs[0].logicalId == "ExportsOutputFnGetAttArnSource");
    CHECK(show(outputs[0].value) == "GetAtt(Producer/Source,Arn)");
    CHECK(show(outputs[0].exportName) == "\"Producer:ExportsOutputFnGetAttArnSource\"");
}

TEST_CASE("a list crosses stacks joined into one string", "[assembly]") {
    App app;
    auto& producer = app.add<Stack>("P");
    auto& source = producer.add<Widget>("Source", {});
    auto& consumer = app.add<Stack>("C");
    consumer.add<Output>("O", {.value = Any(source.attributeList("Names"))});

    const auto assembly = assemble(app);

    CHECK(show(assembly.of(producer).outputs.at(0).value) == "Join(\"||\",GetAtt(P/Source,Names))");
}

TEST_CASE("rejects stacks that depend on each other", "[assembly]") {
    App app;
    auto& first = app.add<Stack>("A");
    auto& second = app.add<Stack>("B");
    auto& inFirst = first.add<Widget>("W", {});
    auto& inSecond = second.add<Widget>("W", {.name = inFirst.ref()});
    first.add<Widget>("Back", {.name = inSecond.ref()});

    CHECK_THROWS_WITH(assemble(app), Catch::Contains("A, B"));
}

TEST_CASE("rejects a reference to a stack in another region", "[assembly]") {
    App app;
    auto& producer = app.add<Stack>("P", {.env = {.region = "eu-west-1"}});
    auto& consumer = app.add<Stack>("C", {.env = {.region = "eu-central-1"}});
    consumer.add<Widget>("W", {.name = producer.add<Widget>("X", {}).ref()});

    CHECK(hasFinding(assemble(app).findings, "cross-environment-reference"));
}

TEST_CASE("overrides set, extend and delete properties by path", "[assembly]") {
    App app;
    auto& widget = app.add<Stack>("S").add<Widget>(
        "W", {.labels = {{.key = "a", .value = "1"}}, .name = "n", .size = 1});

    widget.addPropertyOverride("Labels.0.Value", "2");
    widget.addPropertyOverride("Labels.1.Key", "b");
    widget.addPropertyOverride("New.Deep\\.er", 5);
    widget.addPropertyDeletionOverride("Size");
    widget.addOverride("UpdatePolicy.X", true);

    const auto assembly = assemble(app);
    const auto& entry = entryOf(assembly, widget);
    CHECK(show(entry.properties) ==
          "{Labels:[{Key:\"a\",Value:\"2\"},{Key:\"b\"}],Name:\"n\",New:{Deep.er:5}}");
    REQUIRE(entry.attributes.size() == 1);
    CHECK(entry.attributes[0].first == "UpdatePolicy");
}

TEST_CASE("an override of the first item makes a list that is not there yet", "[assembly]") {
    App app;
    auto& widget = app.add<Stack>("S").add<Widget>("W", {.name = "n"});

    widget.addPropertyOverride("Labels.0.Key", "a");
    widget.addPropertyOverride("Labels.1.Key", "b");
    widget.addPropertyDeletionOverride("Others.0");

    const auto assembly = assemble(app);
    CHECK(show(entryOf(assembly, widget).properties) ==
          "{Labels:[{Key:\"a\"},{Key:\"b\"}],Name:\"n\"}");
}

TEST_CASE("rejects an override whose path leads nowhere", "[assembly]") {
    App app;
    auto& widget = app.add<Stack>("S").add<Widget>("W", {.labels = {{.key = "a"}}, .name = "n"});

    widget.addPropertyOverride("Labels.5", "x");
    widget.addPropertyOverride("Name.Deeper", "x");

    const auto findings = assemble(app).findings;
    REQUIRE(findings.all().size() == 2);
    CHECK(findings.all()[0].id == "override-path");
    CHECK(findings.all()[0].message.find("list of 1") != std::string::npos);
}

TEST_CASE("a type that holds data is retained unless told otherwise", "[assembly]") {
    App app;
    auto& stack = app.add<Stack>("S");
    auto& kept = stack.add<Widget>("Kept", {});
    auto& gone = stack.add<Widget>("Gone", {});
    auto& raw = stack.add<RawResource>("Raw", {.type = "AWS::X::Y"});

    gone.applyRemovalPolicy(RemovalPolicy::Destroy);

    CHECK(kept.deletionPolicy() == RemovalPolicy::Retain);
    CHECK(kept.updateReplacePolicy() == RemovalPolicy::Retain);
    CHECK(gone.deletionPolicy() == RemovalPolicy::Destroy);
    CHECK(raw.deletionPolicy() == RemovalPolicy::Default);
    CHECK_THROWS_AS(kept.setRemovalPolicy(RemovalPolicy::Snapshot), ValidationError);
}

TEST_CASE("two elements with one logical id are reported", "[assembly]") {
    App app;
    auto& stack = app.add<Stack>("S");
    stack.add<Widget>("A", {});
    stack.add<Widget>("B", {}).overrideLogicalId("A");

    CHECK(hasFinding(assemble(app).findings, "duplicate-logical-id"));
}

TEST_CASE("metadata of a construct goes to its main resource", "[assembly]") {
    App app;
    auto& group = app.add<Stack>("S").add<Group>("G");
    auto& widget = group.add<Widget>("Resource", {});
    group.addMetadata("note", "x");
    app.find("S")->add<Group>("Empty").addMetadata("lost", "y");

    const auto assembly = assemble(app);

    REQUIRE(entryOf(assembly, widget).metadata.size() == 1);
    CHECK(hasFinding(assembly.findings, "metadata-without-resource"));
}

TEST_CASE("a finding names the line of the user's program and can be acknowledged", "[assembly]") {
    struct Picky : Construct {
        using Props = NoProps;
        Picky(Scope scope, Props) : Construct(std::move(scope)) {}
        void validate(Findings& findings) const override {
            findings.error(*this, "picky", "is never content");
        }
    };
    App app;
    auto& stack = app.add<Stack>("S");
    stack.add<Picky>("P");
    stack.add<Picky>("Q").acknowledge("picky", "known and fine");

    const auto findings = assemble(app).findings;

    REQUIRE(findings.all().size() == 2);
    CHECK(findings.all()[0].path == "S/P");
    CHECK(findings.all()[0].file.ends_with("assembly_test.cpp"));
    CHECK(findings.all()[0].line > 0);
    CHECK(findings.all()[1].acknowledged == "known and fine");
    CHECK(findings.failed());
    CHECK_THROWS_AS(stack.acknowledge("x", ""), ValidationError);
}
