#include "generator/codegen/model.hpp"

#include <algorithm>
#include <map>

#include "generator/codegen/names.hpp"
#include "generator/codegen/text.hpp"

namespace loam::codegen {
namespace {

/// A type text taken apart: `[Code]` is a List of Code.
struct TypeParts {
    std::string container = "None";
    std::string leaf;
};

TypeParts takeApart(const std::string& type) {
    if (type[0] != '[' && type[0] != '{') return {"None", type};
    const auto inner = type.substr(1, type.size() - 2);
    // Lists of lists and the like have no C++ type of their own.
    const bool deeper = inner[0] == '[' || inner[0] == '{';
    return {type[0] == '[' ? "List" : "Map", deeper ? "any" : inner};
}

class Builder {
  public:
    explicit Builder(const Service& service) : facts_(service) {}

    CppService build() {
        model_.facts = &facts_;
        model_.space = namespaceName(facts_.name);
        // The names that users write come first, so that nested types cannot take them.
        for (const auto& resource : facts_.resources) {
            model_.resources.emplace_back();
            model_.resources.back().facts = &resource;
            model_.resources.back().name = names_.claim(resource.properties.name);
        }
        for (auto& resource : model_.resources) {
            resource.properties.name = names_.claim(resource.name + "Props");
        }
        for (auto& resource : model_.resources) nameNested(resource);
        for (auto& resource : model_.resources) fill(resource);
        return std::move(model_);
    }

  private:
    void nameNested(CppResource& resource) {
        for (const auto& definition : resource.facts->definitions) {
            if (definition.properties.empty()) continue;
            auto& made = resource.nested.emplace_back();
            made.facts = &definition;
            made.name = names_.claim(resource.name + raised(definition.name));
            made.label = resource.facts->properties.name + "." + definition.name;
        }
    }

    void fill(CppResource& resource) {
        local_.clear();
        for (const auto& nested : resource.nested) local_[nested.facts->name] = nested.name;
        resource.properties.facts = &resource.facts->properties;
        resource.properties.label = resource.facts->properties.name;
        fill(resource.properties);
        for (auto& nested : resource.nested) fill(nested);
        Scope accessors;
        for (const auto& attribute : resource.facts->attributes) {
            resource.accessors.push_back(accessor(attribute, accessors));
        }
    }

    void fill(CppStruct& target) {
        Scope members;
        for (const auto& property : target.facts->properties) {
            target.fields.push_back(field(property, members.claim(memberName(property.name))));
        }
        std::sort(target.fields.begin(), target.fields.end(), [](const auto& a, const auto& b) {
            return a.name < b.name;
        });
        Scope types;
        types.claim(target.name);
        for (const auto& made : target.fields) addEnumeration(target, made, types);
    }

    /// Constants for text fields only: a Constant converts to Str and to no number.
    void addEnumeration(CppStruct& target, const CppField& made, Scope& types) const {
        if (made.facts->values.empty() || made.fieldType != "String") return;
        auto name = raised(made.facts->name);
        while (isCoreName(name) || names_.has(name)) name += '_';
        name = types.claim(name);
        Scope constants;
        constants.claim(name);
        constants.claim("Constant");
        auto& enumeration = target.enumerations.emplace_back();
        enumeration.name = name;
        for (const auto& value : made.facts->values) {
            enumeration.constants.emplace_back(constants.claim(constantName(value)), value);
        }
    }

    CppField field(const Property& property, const std::string& name) const {
        const auto [container, leaf] = takeApart(property.type);
        CppField made{&property, name, {}, fieldTypeOf(leaf), container, {}};
        if (made.fieldType == "Struct") {
            const auto nested = leaf == "tag" ? std::string("Tag") : local_.at(leaf);
            made.nested = leaf == "tag" ? nested : concat({model_.space, "::", nested});
            const auto shell = container == "None" ? "Obj" : container;
            made.cppType = concat({core(shell), "<", leaf == "tag" ? core("Tag") : nested, ">"});
        } else {
            made.cppType = core(plainType(made.fieldType, container));
        }
        return made;
    }

    std::string fieldTypeOf(const std::string& leaf) const {
        if (leaf == "str") return "String";
        if (leaf == "int") return "Integer";
        if (leaf == "num") return "Double";
        if (leaf == "bool") return "Boolean";
        // A definition without properties is free JSON.
        return leaf == "tag" || local_.count(leaf) > 0 ? "Struct" : "Json";
    }

    static std::string plainType(const std::string& type, const std::string& container) {
        const bool number = type == "Integer" || type == "Double";
        if (container == "None") {
            return type == "String" ? "Str" : number ? "Num" : type == "Boolean" ? "Bool" : "Any";
        }
        if (container == "List") return type == "String" ? "StrList" : number ? "NumList" : "Any";
        return type == "String" ? "StrMap" : "Any";
    }

    CppAccessor accessor(const Attribute& attribute, Scope& taken) const {
        const auto [container, leaf] = takeApart(attribute.type);
        auto type = fieldTypeOf(leaf);
        if (type == "Struct") type = "Json";
        std::string name = "attr";
        for (std::size_t at = 0; at < attribute.name.size();) {
            const auto dot = std::min(attribute.name.find('.', at), attribute.name.size());
            name += raised(attribute.name.substr(at, dot - at));
            at = dot + 1;
        }
        const auto plain = plainType(type, container);
        const bool list = plain == "StrList";
        auto expression =
            concat({list ? "attributeList(" : "attribute(", quoted(attribute.name), ")"});
        if (!list && plain != "Str" && plain != "Any") {
            expression = concat({core(plain), "::of(", expression, ")"});
        }
        return {&attribute, taken.claim(name), core(plain), expression, type, container};
    }

    /// A name of namespace loam, qualified where the service has a type of that name.
    std::string core(const std::string& name) const {
        if (!names_.has(name)) return name;
        return concat({name == "Tag" ? "loam::aws::" : "loam::", name});
    }

    const Service& facts_;
    CppService model_;
    /// Types of the service's namespace.
    Scope names_;
    /// Definitions of the present resource: CloudFormation's name to the C++ name.
    std::map<std::string, std::string> local_;
};

}  // namespace

CppService buildModel(const Service& service) { return Builder(service).build(); }

}  // namespace loam::codegen
