#include "generator/codegen/writers.hpp"

#include <algorithm>

namespace loam::codegen {
namespace {

constexpr const char* banner = "// Generated from generator/specs by loam_codegen.\n";
constexpr std::size_t mostValuesInComment = 8;

template <class Range, class Name>
std::string joined(const Range& range, Name name) {
    std::string text;
    for (const auto& item : range) text += (text.empty() ? "" : ", ") + name(item);
    return text;
}

std::string same(const std::string& text) { return text; }

/// `1 to 64 characters`, `at most 3 items`, `0 or more`.
std::string limitText(const Limit& limit, const std::string& unit) {
    const auto tail = unit.empty() ? "" : " " + unit;
    if (limit.low.empty()) return "At most " + limit.high + tail + ".";
    if (limit.high.empty()) return limit.low + " or more" + tail + ".";
    return limit.low + " to " + limit.high + tail + ".";
}

std::string fieldComment(const CppField& field) {
    const auto& facts = *field.facts;
    std::string text;
    const auto say = [&](const std::string& sentence) { text += " " + sentence; };
    if (facts.required) say("Required.");
    if (facts.replaces) say("A change replaces the resource.");
    if (facts.mayReplace) say("A change may replace the resource.");
    if (facts.writeOnly) say("Never read back.");
    if (facts.deprecated) say("Deprecated.");
    if (facts.items.given()) say(limitText(facts.items, "items"));
    if (facts.length.given()) say(limitText(facts.length, "characters"));
    if (facts.range.given()) say(limitText(facts.range, ""));
    if (!facts.values.empty() && facts.values.size() <= mostValuesInComment) {
        say("One of " + joined(facts.values, same) + ".");
    }
    if (!facts.takes.empty()) {
        say("Takes " + joined(facts.takes, [](const Target& to) { return to.type + "." + to.attribute; }) +
            ".");
    }
    return text.empty() ? "" : "    ///" + text + "\n";
}

template <class Predicate>
std::string namesOf(const CppStruct& target, Predicate predicate) {
    std::vector<std::string> names;
    for (const auto& field : target.fields) {
        if (predicate(*field.facts)) names.push_back(field.name);
    }
    return joined(names, same);
}

std::string combinationText(const Combination& combination) {
    const auto names = joined(combination.names, same);
    if (combination.word == "xor") return "Exactly one of " + names + ".";
    if (combination.word == "or") return "At least one of " + names + ".";
    const std::vector<std::string> others(combination.names.begin() + 1, combination.names.end());
    return combination.names[0] + (combination.word == "needs" ? " needs " : " excludes ") +
           joined(others, same) + ".";
}

void writeStruct(std::string& out, const CppStruct& target, const std::string& subject) {
    out += "/// " + subject + "\n";
    const auto required = namesOf(target, [](const Property& p) { return p.required; });
    if (!required.empty()) out += "/// Required: " + required + ".\n";
    for (const auto& combination : target.facts->combinations) {
        out += "/// " + combinationText(combination) + "\n";
    }
    out += "struct " + target.name + " {\n";
    for (const auto& field : target.fields) {
        out += fieldComment(field);
        out += "    " + field.cppType + " " + field.name + " = {};\n";
    }
    for (const auto& enumeration : target.enumerations) {
        out += "    /// Known values.\n    struct " + enumeration.name +
               " {\n        static constexpr Constant ";
        out += joined(enumeration.constants,
            [](const auto& constant) { return constant.first + "{" + quoted(constant.second) + "}"; });
        out += ";\n    };\n";
    }
    out += "    static const StructTable table;\n};\n\n";
}

void writeClass(std::string& out, const CppResource& resource) {
    const auto& facts = *resource.facts;
    out += "/// " + facts.type + ".\n";
    const auto required = namesOf(resource.properties, [](const Property& p) { return p.required; });
    if (!required.empty()) out += "/// Required: " + required + ".\n";
    const auto replacing = namesOf(resource.properties, [](const Property& p) { return p.replaces; });
    if (!replacing.empty()) out += "/// Replaced when changed: " + replacing + ".\n";
    if (facts.stateful) out += "/// Holds data: kept when it leaves the stack unless told otherwise.\n";
    if (!facts.refReturns.empty()) out += "/// `ref()` is the " + facts.refReturns + ".\n";
    if (!facts.arnTemplate.empty()) out += "/// ARN: `" + facts.arnTemplate + "`.\n";
    out += "class " + resource.name + " : public TypedResource {\n  public:\n";
    out += "    using Props = " + resource.properties.name + ";\n";
    out += "    static const loam::ResourceType resourceType;\n";
    const bool empty = resource.properties.fields.empty();
    out += "    " + resource.name + "(loam::Scope scope, Props" + (empty ? "" : " props") +
           ") : TypedResource(std::move(scope), resourceType, " + (empty ? "nullptr" : "&props") + ") {}\n";
    for (const auto& accessor : resource.accessors) {
        out += "    /// Fn::GetAtt " + accessor.facts->name + ".\n";
        out += "    " + accessor.cppType + " " + accessor.name + "() const { return " + accessor.expression +
               "; }\n";
    }
    out += "};\n\n";
}

}  // namespace

std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        // The question mark stops "??)" from being read as a trigraph.
        if (c == '"' || c == '\\' || c == '?') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string writeHeader(const CppService& service) {
    const auto& name = service.facts->cloudFormationNamespace;
    std::string out = "#pragma once\n\n// The resource types of " + name + ".\n" + banner +
                      "\n#include <loam/aws/typed_resource.hpp>\n\nnamespace loam::aws::" +
                      service.space + " {\n\n";
    for (const auto& resource : service.resources) {
        for (const auto& nested : resource.nested) out += "struct " + nested.name + ";\n";
    }
    out += '\n';
    for (const auto& resource : service.resources) {
        for (const auto& nested : resource.nested) writeStruct(out, nested, nested.label + ".");
        writeStruct(out, resource.properties, "Properties of " + resource.facts->type + ".");
        writeClass(out, resource);
    }
    return out + "}  // namespace loam::aws::" + service.space + "\n";
}

std::string writeSharedHeader() {
    return std::string("#pragma once\n\n// What the typed resources of all services share.\n") + banner + R"(
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
)";
}

}  // namespace loam::codegen
