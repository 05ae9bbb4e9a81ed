#pragma once

// A resource type with every kind of property, given as free JSON so that mistakes can be written,
// and findings as short texts.

#include <loam/assembly.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loam::test {

struct GadgetProps {
    Any properties = {};
};

/// AWS::Test::Gadget. `Ref` gives its GadgetId.
class Gadget : public Resource {
  public:
    using Props = GadgetProps;
    static const ResourceType type;
    Gadget(Scope scope, Props props)
        : Resource(std::move(scope), type, std::move(props.properties)) {}
};

inline constexpr const char* modes[] = {"fast", "slow"};
inline constexpr Constraints modeLimits = {.values = modes, .valueCount = 2};
inline constexpr Constraints nameLimits = {
    .pattern = "^[a-z\\u00df-]+$", .minLength = 2, .maxLength = 5};
inline constexpr Constraints sizeLimits = {
    .hasMinimum = true, .hasMaximum = true, .minimum = 1, .maximum = 10};
inline constexpr Constraints listLimits = {.minItems = 1, .maxItems = 2};
inline constexpr Relation arnRelation[] = {{"AWS::Test::Gadget", "Arn"}};
inline constexpr Constraints arnLimits = {.relationCount = 1, .relations = arnRelation};
inline constexpr Relation idRelation[] = {{"AWS::Test::Gadget", "GadgetId"}};
inline constexpr Constraints idLimits = {
    .relationCount = 1, .relations = idRelation, .pattern = "^g-[0-9]+$"};

inline constexpr Field partFields[] = {
    {"Code", FieldType::String, Container::None, fieldRequired},
    {"Weight", FieldType::Integer},
};
inline constexpr StructTable partTable = {"Gadget.Part", partFields, 2};

inline constexpr const char* eitherOr[] = {"Left", "Right"};
inline constexpr const char* oneOf[] = {"Alpha", "Beta"};
inline constexpr const char* needs[] = {"Engine", "Fuel"};
inline constexpr const char* excludes[] = {"Electric", "Fuel"};
inline constexpr Combination combinations[] = {
    {CombinationKind::RequiredXor, 2, eitherOr},
    {CombinationKind::RequiredOr, 2, oneOf},
    {CombinationKind::DependentRequired, 2, needs},
    {CombinationKind::DependentExcluded, 2, excludes},
};
inline constexpr Field ruleFields[] = {
    {"Alpha"}, {"Beta"}, {"Electric"}, {"Engine"}, {"Fuel"}, {"Left"}, {"Right"}};
inline constexpr StructTable ruleTable = {"Gadget.Rules", ruleFields, 7, 4, combinations};

inline constexpr Field gadgetFields[] = {
    {"Blob", FieldType::Json},
    {"Flag", FieldType::Boolean},
    {"Items", FieldType::String, Container::List, fieldUniqueItems, nullptr, &listLimits},
    {"Mode", FieldType::String, Container::None, 0, nullptr, &modeLimits},
    {"Name", FieldType::String, Container::None, 0, nullptr, &nameLimits},
    {"OtherArn", FieldType::String, Container::None, 0, nullptr, &arnLimits},
    {"OtherId", FieldType::String, Container::None, 0, nullptr, &idLimits},
    {"Part", FieldType::Struct, Container::None, 0, &partTable},
    {"Parts", FieldType::Struct, Container::List, 0, &partTable},
    {"Ratio", FieldType::Double},
    {"Rules", FieldType::Struct, Container::None, 0, &ruleTable},
    {"Size", FieldType::Integer, Container::None, 0, nullptr, &sizeLimits},
    {"Title", FieldType::String},
    {"Words", FieldType::String, Container::Map},
};
inline constexpr StructTable gadgetTable = {"Gadget", gadgetFields, std::size(gadgetFields)};
inline constexpr Attribute gadgetAttributes[] = {
    {"Arn"}, {"GadgetId"}, {"Zones", FieldType::String, Container::List}};
inline constexpr const char* gadgetIdentifier[] = {"Name", nullptr};
inline const ResourceType Gadget::type = {.name = "AWS::Test::Gadget",
    .properties = &gadgetTable,
    .attributes = gadgetAttributes,
    .attributeCount = 3,
    .refReturns = "GadgetId",
    .primaryIdentifier = gadgetIdentifier};

/// `error wrong-type Size`, one for each finding of the app that was not acknowledged.
inline std::vector<std::string> findingsOf(App& app) {
    std::vector<std::string> texts;
    const Findings findings = validate(assemble(app));
    for (const Finding& finding : findings.all()) {
        if (!finding.acknowledged.empty()) continue;
        texts.push_back(
            (finding.severity == Severity::Error ? "error " : "warning ") + finding.id +
            (finding.property.empty() ? "" : " " + finding.property));
    }
    return texts;
}

/// The messages of all findings, one a line.
inline std::string messagesOf(App& app) {
    std::string messages;
    const Findings findings = validate(assemble(app));
    for (const Finding& finding : findings.all()) messages += finding.message + "\n";
    return messages;
}

using Texts = std::vector<std::string>;

/// A stack to which gadgets are added.
struct GadgetFixture {
    App app;
    Stack& stack = app.add<Stack>("S");

    Gadget& add(std::string_view id, Any properties = {}) {
        return stack.add<Gadget>(id, {.properties = std::move(properties)});
    }
};

}  // namespace loam::test
