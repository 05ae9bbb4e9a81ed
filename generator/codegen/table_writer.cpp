#include <map>

#include "generator/codegen/text.hpp"
#include "generator/codegen/writers.hpp"

namespace loam::codegen {
namespace {

constexpr const char* banner = "// Generated from generator/specs by loam_codegen.\n";

/// Prints the tables of one service. Equal parts are printed once: they go by their text.
class TableWriter {
  public:
    explicit TableWriter(const CppService& service)
        : service_(service), space_(concat({"aws::", service.space, "::"})) {}

    std::string write() {
        for (const auto& resource : service_.resources) {
            for (const auto& nested : resource.nested) writeStruct(nested);
            writeStruct(resource.properties);
            writeResource(resource);
        }
        writeList();
        return concat({"#include <loam/aws/", service_.facts->name, ".hpp>\n\n", banner,
            "\nnamespace loam {\nnamespace {\n\n", arrays_, "\n}  // namespace\n\n", definitions_,
            "}  // namespace loam\n"});
    }

  private:
    using Texts = std::vector<std::string>;

    /// Name of the constant array with these elements; it is printed at the first use.
    std::string
    array(const std::string& type, const std::string& prefix, const std::string& elements) {
        const auto [found, isNew] =
            names_.try_emplace(type + elements, prefix + std::to_string(names_.size()));
        if (isNew)
            arrays_ += concat({"constexpr ", type, " ", found->second, "[] = {", elements, "};\n"});
        return found->second;
    }

    std::string texts(const Texts& values, const std::string& tail = "") {
        Texts elements;
        for (const auto& value : values) elements.push_back(quoted(value));
        return array("const char* const", "texts", joined(elements) + tail);
    }

    std::string constraints(const Property& facts) {
        Texts members;
        const auto set = [&](const char* member, const std::string& value) {
            if (!value.empty()) members.push_back(concat({".", member, " = ", value}));
        };
        if (!facts.values.empty() && !facts.anyCase) {
            set("values", texts(facts.values));
            set("valueCount", std::to_string(facts.values.size()));
        }
        if (!facts.takes.empty()) {
            set("relationCount", std::to_string(facts.takes.size()));
            set("relations", relations(facts.takes));
        }
        if (!facts.pattern.empty()) set("pattern", quoted(facts.pattern));
        set("minLength", facts.length.low);
        set("maxLength", facts.length.high);
        if (!facts.range.low.empty()) set("hasMinimum", "true");
        if (!facts.range.high.empty()) set("hasMaximum", "true");
        set("minimum", real(facts.range.low));
        set("maximum", real(facts.range.high));
        set("minItems", facts.items.low);
        set("maxItems", facts.items.high);
        if (members.empty()) return "nullptr";
        return concat(
            {"&", array("Constraints", "limits", concat({"{", joined(members), "}"})), "[0]"});
    }

    /// A literal of type double even if it has no point: no integer literal is too large for it.
    static std::string real(const std::string& number) {
        return number.empty() || number.find_first_of(".eE") != std::string::npos
                   ? number
                   : number + ".0";
    }

    std::string relations(const std::vector<Target>& targets) {
        Texts elements;
        for (const auto& target : targets) {
            elements.push_back(
                concat({"{", quoted(target.type), ", ", quoted(target.attribute), "}"}));
        }
        return array("Relation", "relations", joined(elements));
    }

    std::string combinations(const std::vector<Combination>& all) {
        static const std::map<std::string, std::string> kinds = {{"xor", "RequiredXor"},
            {"or", "RequiredOr"}, {"needs", "DependentRequired"},
            {"excludes", "DependentExcluded"}};
        Texts elements;
        for (const auto& one : all) {
            elements.push_back(concat({"{CombinationKind::", kinds.at(one.word), ", ",
                std::to_string(one.names.size()), ", ", texts(one.names), "}"}));
        }
        return array("Combination", "combinations", joined(elements));
    }

    static int flags(const Property& facts) {
        return (facts.required ? 1 : 0) | (facts.replaces ? 2 : 0) | (facts.mayReplace ? 4 : 0) |
               (facts.writeOnly ? 8 : 0) | (facts.unique ? 16 : 0);
    }

    void writeStruct(const CppStruct& target) {
        Texts fields;
        for (const auto& field : target.fields) {
            const auto nested =
                field.nested.empty() ? "nullptr" : concat({"&aws::", field.nested, "::table"});
            fields.push_back(concat({"\n    {", quoted(field.facts->name),
                ", FieldType::", field.fieldType, ", Container::", field.container, ", ",
                std::to_string(flags(*field.facts)), ", ", nested, ", ", constraints(*field.facts),
                "}"}));
        }
        const auto count = std::to_string(fields.size());
        if (!fields.empty()) {
            definitions_ += concat({"static_assert(sizeof(", space_, target.name, ") == ", count,
                " * sizeof(Value));\n"});
        }
        Texts members = {quoted(target.label),
            fields.empty() ? "nullptr" : array("Field", "fields", joined(fields, ",")), count};
        if (const auto& rules = target.facts->combinations; !rules.empty()) {
            members.push_back(std::to_string(rules.size()));
            members.push_back(combinations(rules));
        }
        definitions_ += concat({"constinit const StructTable ", space_, target.name, "::table = {",
            joined(members), "};\n"});
    }

    std::string attributes(const CppResource& resource) {
        Texts elements;
        for (const auto& accessor : resource.accessors) {
            elements.push_back(concat({"{", quoted(accessor.facts->name),
                ", FieldType::", accessor.fieldType, ", Container::", accessor.container, "}"}));
        }
        return array("Attribute", "attributes", joined(elements));
    }

    void writeResource(const CppResource& resource) {
        static const std::map<std::string, std::string> shapes = {
            {"list", "KeyValueList"}, {"map", "StringMap"}, {"asg", "AutoScalingList"}};
        const auto& facts = *resource.facts;
        Texts members;
        const auto set = [&](const char* member, const std::string& value) {
            members.push_back(concat({"\n    .", member, " = ", value}));
        };
        set("name", quoted(facts.type));
        set("properties", concat({"&", space_, resource.properties.name, "::table"}));
        if (!resource.accessors.empty()) {
            set("attributes", attributes(resource));
            set("attributeCount", std::to_string(resource.accessors.size()));
        }
        if (!facts.tagShape.empty())
            set("tagShape", concat({"TagShape::", shapes.at(facts.tagShape)}));
        if (facts.stateful) set("stateful", "true");
        if (!facts.tagProperty.empty()) set("tagProperty", quoted(facts.tagProperty));
        if (!facts.refReturns.empty()) set("refReturns", quoted(facts.refReturns));
        if (!facts.arnTemplate.empty()) set("arnTemplate", quoted(facts.arnTemplate));
        if (!facts.primaryIdentifier.empty()) {
            set("primaryIdentifier", texts(facts.primaryIdentifier, ", nullptr"));
        }
        definitions_ += concat({"constinit const ResourceType ", space_, resource.name,
            "::resourceType = {", joined(members, ","), "};\n\n"});
    }

    /// The list by which the catalog reaches the service; nothing else refers to it.
    void writeList() {
        Texts types;
        for (const auto& resource : service_.resources) {
            types.push_back(concat({"\n    &", space_, resource.name, "::resourceType"}));
        }
        types.emplace_back("\n    nullptr");
        definitions_ += concat({"constinit const ResourceType* const ", space_,
            "resourceTypes[] = {", joined(types, ","), "};\n\n"});
    }

    const CppService& service_;
    /// `aws::lambda::`.
    std::string space_;
    /// The text of each array to its name.
    std::map<std::string, std::string> names_;
    std::string arrays_;
    std::string definitions_;
};

}  // namespace

std::string writeTables(const CppService& service) { return TableWriter(service).write(); }

std::string writeSharedTables() {
    return concat({"#include <loam/aws/typed_resource.hpp>\n\n", banner, R"(
namespace loam {
namespace {

constexpr Constraints keyLimits = {.minLength = 1, .maxLength = 128};
constexpr Constraints valueLimits = {.maxLength = 256};
constexpr Field fields[] = {
    {"Key", FieldType::String, Container::None, fieldRequired, nullptr, &keyLimits},
    {"Value", FieldType::String, Container::None, fieldRequired, nullptr, &valueLimits}};

}  // namespace

namespace aws {

constinit const StructTable Tag::table = {"Tag", fields, 2};

TypedResource::TypedResource(Scope&& scope, const ResourceType& resourceType, const void* props)
    : Resource(std::move(scope), resourceType,
          detail::makeObject(*resourceType.properties, static_cast<const Value*>(props))) {}

TypedResource::~TypedResource() = default;

}  // namespace aws
}  // namespace loam
)"});
}

std::string writeCatalog(const std::vector<CppService>& services) {
    std::vector<std::string> uses;
    std::string declarations;
    for (const auto& service : services) {
        declarations += concat({"namespace aws::", service.space,
            " { extern const ResourceType* const resourceTypes[]; }\n"});
        uses.push_back(concat({"\n    aws::", service.space, "::resourceTypes"}));
    }
    return concat({"#include <loam/aws/all_types.hpp>\n\n", banner, "\nnamespace loam {\n",
        declarations, "namespace {\n\nconstexpr const ResourceType* const* services[] = {",
        joined(uses, ","), R"(};

}  // namespace

const ResourceType* findResourceType(std::string_view name) {
    for (const auto* const* service : services) {
        for (const auto* const* type = service; *type; ++type) {
            if (name == (*type)->name) return *type;
        }
    }
    return nullptr;
}

}  // namespace loam
)"});
}

}  // namespace loam::codegen
