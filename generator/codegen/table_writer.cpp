#include "generator/codegen/writers.hpp"

#include <map>

namespace loam::codegen {
namespace {

constexpr const char* banner = "// Generated from generator/specs by loam_codegen.\n";

/// Prints the tables of one service. Equal parts are printed once: they go by their text.
class TableWriter {
  public:
    explicit TableWriter(const CppService& service) : service_(service) {}

    std::string write() {
        for (const auto& resource : service_.resources) {
            for (const auto& nested : resource.nested) writeStruct(nested);
            writeStruct(resource.properties);
            writeResource(resource);
        }
        writeList();
        return "#include <loam/aws/" + service_.facts->name + ".hpp>\n\n" + banner +
               "\nnamespace loam {\nnamespace {\n\n" + parts_ + "\n}  // namespace\n\n" + definitions_ +
               "}  // namespace loam\n";
    }

  private:
    /// Name of the constant array with these elements; it is printed at the first use.
    std::string array(const std::string& type, const std::string& prefix, const std::string& elements) {
        const auto [found, isNew] =
            arrays_.try_emplace(type + elements, prefix + std::to_string(arrays_.size()));
        if (isNew) parts_ += "constexpr " + type + " " + found->second + "[] = {" + elements + "};\n";
        return found->second;
    }

    std::string texts(const std::vector<std::string>& values, const std::string& tail = "") {
        std::string elements;
        for (const auto& value : values) elements += (elements.empty() ? "" : ", ") + quoted(value);
        return array("const char* const", "texts", elements + tail);
    }

    std::string constraints(const CppField& field) {
        const auto& facts = *field.facts;
        std::string text;
        const auto set = [&](const std::string& member, const std::string& value) {
            text += (text.empty() ? "." : ", .") + member + " = " + value;
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
        if (!facts.length.low.empty()) set("minLength", facts.length.low);
        if (!facts.length.high.empty()) set("maxLength", facts.length.high);
        if (!facts.range.low.empty()) set("hasMinimum", "true");
        if (!facts.range.high.empty()) set("hasMaximum", "true");
        if (!facts.range.low.empty()) set("minimum", real(facts.range.low));
        if (!facts.range.high.empty()) set("maximum", real(facts.range.high));
        if (!facts.items.low.empty()) set("minItems", facts.items.low);
        if (!facts.items.high.empty()) set("maxItems", facts.items.high);
        return text.empty() ? "nullptr" : "&" + array("Constraints", "limits", "{" + text + "}") + "[0]";
    }

    /// A literal of type double even if it has no point: no integer literal is too large for it.
    static std::string real(const std::string& number) {
        return number.find_first_of(".eE") == std::string::npos ? number + ".0" : number;
    }

    std::string relations(const std::vector<Target>& targets) {
        std::string elements;
        for (const auto& target : targets) {
            elements += (elements.empty() ? "{" : ", {") + quoted(target.type) + ", " +
                        quoted(target.attribute) + "}";
        }
        return array("Relation", "relations", elements);
    }

    std::string combinations(const std::vector<Combination>& all) {
        static const std::map<std::string, std::string> kinds = {{"xor", "RequiredXor"},
            {"or", "RequiredOr"}, {"needs", "DependentRequired"}, {"excludes", "DependentExcluded"}};
        std::string elements;
        for (const auto& one : all) {
            elements += (elements.empty() ? "{CombinationKind::" : ", {CombinationKind::") +
                        kinds.at(one.word) + ", " + std::to_string(one.names.size()) + ", " +
                        texts(one.names) + "}";
        }
        return array("Combination", "combinations", elements);
    }

    static int flags(const Property& facts) {
        return (facts.required ? 1 : 0) | (facts.replaces ? 2 : 0) | (facts.mayReplace ? 4 : 0) |
               (facts.writeOnly ? 8 : 0) | (facts.unique ? 16 : 0);
    }

    void writeStruct(const CppStruct& target) {
        std::string fields;
        for (const auto& field : target.fields) {
            const auto nested = field.nested.empty() ? "nullptr" : "&aws::" + field.nested + "::table";
            fields += (fields.empty() ? "\n    {" : ",\n    {") + quoted(field.facts->name) +
                      ", FieldType::" + field.fieldType + ", Container::" + field.container + ", " +
                      std::to_string(flags(*field.facts)) + ", " + nested + ", " + constraints(field) + "}";
        }
        const auto name = "aws::" + service_.space + "::" + target.name;
        const auto count = std::to_string(target.fields.size());
        const auto& rules = target.facts->combinations;
        if (!fields.empty()) {
            definitions_ += "static_assert(sizeof(" + name + ") == " + count + " * sizeof(Value));\n";
        }
        definitions_ += "constinit const StructTable " + name + "::table = {" + quoted(target.label) + ", " +
                        (fields.empty() ? "nullptr" : array("Field", "fields", fields)) + ", " + count;
        if (!rules.empty()) {
            definitions_ += ", " + std::to_string(rules.size()) + ", " + combinations(rules);
        }
        definitions_ += "};\n";
    }

    std::string attributes(const CppResource& resource) {
        std::string elements;
        for (const auto& accessor : resource.accessors) {
            elements += (elements.empty() ? "{" : ", {") + quoted(accessor.facts->name) +
                        ", FieldType::" + accessor.fieldType + ", Container::" + accessor.container + "}";
        }
        return array("Attribute", "attributes", elements);
    }

    void writeResource(const CppResource& resource) {
        static const std::map<std::string, std::string> shapes = {
            {"", "None"}, {"list", "KeyValueList"}, {"map", "StringMap"}, {"asg", "AutoScalingList"}};
        const auto& facts = *resource.facts;
        const auto space = "aws::" + service_.space + "::";
        const auto name = space + resource.name;
        const auto table = space + resource.properties.name + "::table";
        std::string text = ".name = " + quoted(facts.type) + ", .properties = &" + table;
        const auto set = [&](const std::string& member, const std::string& value) {
            text += ", ." + member + " = " + value;
        };
        if (!resource.accessors.empty()) {
            set("attributes", attributes(resource));
            set("attributeCount", std::to_string(resource.accessors.size()));
        }
        if (!facts.tagShape.empty()) set("tagShape", "TagShape::" + shapes.at(facts.tagShape));
        if (facts.stateful) set("stateful", "true");
        if (!facts.tagProperty.empty()) set("tagProperty", quoted(facts.tagProperty));
        if (!facts.refReturns.empty()) set("refReturns", quoted(facts.refReturns));
        if (!facts.arnTemplate.empty()) set("arnTemplate", quoted(facts.arnTemplate));
        if (!facts.primaryIdentifier.empty()) {
            set("primaryIdentifier", texts(facts.primaryIdentifier, ", nullptr"));
        }
        definitions_ += "constinit const loam::ResourceType " + name + "::resourceType = {" + text + "};\n\n";
    }

    /// The list by which the catalog reaches the service; nothing else refers to it.
    void writeList() {
        definitions_ += "namespace aws::" + service_.space +
                        " {\nextern const loam::ResourceType* const resourceTypes[];\n"
                        "constinit const loam::ResourceType* const resourceTypes[] = {";
        for (const auto& resource : service_.resources) {
            definitions_ += "\n    &" + resource.name + "::resourceType,";
        }
        definitions_ += "\n    nullptr};\n}\n\n";
    }

    const CppService& service_;
    std::map<std::string, std::string> arrays_;
    std::string parts_;
    std::string definitions_;
};

}  // namespace

std::string writeTables(const CppService& service) { return TableWriter(service).write(); }

std::string writeSharedTables() {
    return std::string("#include <loam/aws/typed_resource.hpp>\n\n") + banner + R"(
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
)";
}

std::string writeCatalog(const std::vector<CppService>& services) {
    std::string declarations;
    std::string uses;
    for (const auto& service : services) {
        declarations +=
            "namespace aws::" + service.space + " { extern const ResourceType* const resourceTypes[]; }\n";
        uses += "\n    aws::" + service.space + "::resourceTypes,";
    }
    return std::string("#include <loam/aws/all_types.hpp>\n\n") + banner + "\nnamespace loam {\n" +
           declarations + "namespace {\n\nconstexpr const ResourceType* const* services[] = {" + uses + R"(};

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
)";
}

}  // namespace loam::codegen
