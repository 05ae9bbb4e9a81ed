#include "generator/codegen/text.hpp"
#include "generator/codegen/writers.hpp"

namespace loam::codegen {
namespace {

constexpr const char* banner = "// Generated from generator/specs by loam_codegen.\n";
constexpr std::size_t mostValuesInComment = 8;

using Texts = std::vector<std::string>;

/// `1 to 64 characters.`, `At most 3 items.`, `0 or more.`
std::string limitText(const Limit& limit, std::string_view unit) {
    if (limit.low.empty()) return concat({"At most ", limit.high, unit, "."});
    if (limit.high.empty()) return concat({limit.low, " or more", unit, "."});
    return concat({limit.low, " to ", limit.high, unit, "."});
}

std::string fieldComment(const Property& facts) {
    Texts sentences;
    const auto say = [&](bool holds, const auto&... pieces) {
        if (holds) sentences.push_back(concat({pieces...}));
    };
    say(facts.required, "Required.");
    say(facts.replaces, "A change replaces the resource.");
    say(facts.mayReplace, "A change may replace the resource.");
    say(facts.writeOnly, "Never read back.");
    say(facts.deprecated, "Deprecated.");
    say(facts.items.given(), limitText(facts.items, " items"));
    say(facts.length.given(), limitText(facts.length, " characters"));
    say(facts.range.given(), limitText(facts.range, ""));
    const bool few = !facts.values.empty() && facts.values.size() <= mostValuesInComment;
    say(few, "One of ", joined(facts.values), ".");
    Texts targets;
    for (const auto& target : facts.takes)
        targets.push_back(concat({target.type, ".", target.attribute}));
    say(!targets.empty(), "Takes ", joined(targets), ".");
    return sentences.empty() ? "" : concat({"    /// ", joined(sentences, " "), "\n"});
}

/// A comment line with the members that the predicate holds for, or nothing.
template <class Predicate>
std::string namesComment(const char* subject, const CppStruct& target, Predicate predicate) {
    Texts names;
    for (const auto& field : target.fields) {
        if (predicate(*field.facts)) names.push_back(field.name);
    }
    return names.empty() ? "" : concat({"/// ", subject, ": ", joined(names), ".\n"});
}

bool isRequired(const Property& property) { return property.required; }
bool isReplacing(const Property& property) { return property.replaces; }

std::string combinationComment(const Combination& combination) {
    const auto& names = combination.names;
    if (combination.word == "xor") return concat({"/// Exactly one of ", joined(names), ".\n"});
    if (combination.word == "or") return concat({"/// At least one of ", joined(names), ".\n"});
    const auto verb = combination.word == "needs" ? " needs " : " excludes ";
    return concat({"/// ", names[0], verb, joined({names.begin() + 1, names.end()}), ".\n"});
}

void writeEnumeration(std::string& out, const CppEnumeration& enumeration) {
    Texts constants;
    for (const auto& [name, value] : enumeration.constants) {
        constants.push_back(concat({name, "{", quoted(value), "}"}));
    }
    out += concat({"    /// Known values.\n    struct ", enumeration.name,
        " {\n        static constexpr Constant ", joined(constants, ",\n            "),
        ";\n    };\n"});
}

void writeStruct(std::string& out, const CppStruct& target, const std::string& subject) {
    out += concat({"/// ", subject, ".\n", namesComment("Required", target, isRequired)});
    for (const auto& combination : target.facts->combinations)
        out += combinationComment(combination);
    out += concat({"struct ", target.name, " {\n"});
    for (const auto& field : target.fields) {
        out += concat(
            {fieldComment(*field.facts), "    ", field.cppType, " ", field.name, " = {};\n"});
    }
    for (const auto& enumeration : target.enumerations) writeEnumeration(out, enumeration);
    out += "    static const StructTable table;\n};\n\n";
}

void writeClass(std::string& out, const CppResource& resource) {
    const auto& facts = *resource.facts;
    const auto& props = resource.properties;
    out += concat({"/// ", facts.type, ".\n", namesComment("Required", props, isRequired),
        namesComment("Replaced when changed", props, isReplacing)});
    if (facts.stateful)
        out += "/// Holds data: kept when it leaves the stack unless told otherwise.\n";
    if (!facts.refReturns.empty()) out += concat({"/// `ref()` is the ", facts.refReturns, ".\n"});
    if (!facts.arnTemplate.empty()) out += concat({"/// ARN: `", facts.arnTemplate, "`.\n"});
    const bool empty = props.fields.empty();
    out += concat({"class ", resource.name,
        " : public TypedResource {\n  public:\n    using Props = ", props.name,
        ";\n    static const loam::ResourceType resourceType;\n    ", resource.name,
        "(loam::Scope scope, Props", empty ? "" : " props",
        ")\n        : TypedResource(std::move(scope), resourceType, ", empty ? "nullptr" : "&props",
        ") {}\n"});
    for (const auto& accessor : resource.accessors) {
        out += concat({"    /// Fn::GetAtt ", accessor.facts->name, ".\n    ", accessor.cppType,
            " ", accessor.name, "() const { return ", accessor.expression, "; }\n"});
    }
    out += "};\n\n";
}

}  // namespace

std::string writeHeader(const CppService& service) {
    auto out = concat({"#pragma once\n\n// The resource types of ",
        service.facts->cloudFormationNamespace, ".\n", banner,
        "\n#include <loam/aws/typed_resource.hpp>\n\nnamespace loam::aws::", service.space,
        " {\n\n"});
    for (const auto& resource : service.resources) {
        for (const auto& nested : resource.nested) out += concat({"struct ", nested.name, ";\n"});
    }
    out += '\n';
    for (const auto& resource : service.resources) {
        for (const auto& nested : resource.nested) writeStruct(out, nested, nested.label);
        writeStruct(out, resource.properties, concat({"Properties of ", resource.facts->type}));
        writeClass(out, resource);
    }
    out +=
        "/// All types of the service, null-terminated.\nextern const loam::ResourceType* const "
        "resourceTypes[];\n\n";
    return concat({out, "}  // namespace loam::aws::", service.space, "\n"});
}

std::string writeSharedHeader() {
    return concat(
        {"#pragma once\n\n// What the typed resources of all services share.\n", banner, R"(
#include <loam/resource.hpp>

namespace loam::aws {

/// One tag of a resource.
struct Tag {
    /// Required. 1 to 128 characters.
    Str key = {};
    /// Required. At most 256 characters.
    Str value = {};
    static const StructTable table;
};

/// Base of the typed resources: keeps their constructors and destructors small.
class TypedResource : public Resource {
  public:
    ~TypedResource() override;

  protected:
    /// `props` points to the values of the type's properties struct; null if it has none.
    TypedResource(Scope&& scope, const ResourceType& resourceType, const void* props);
};

}  // namespace loam::aws
)"});
}

}  // namespace loam::codegen
