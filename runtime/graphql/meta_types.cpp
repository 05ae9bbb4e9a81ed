#include <algorithm>

#include "runtime/graphql/builder.hpp"

// The types of introspection as the specification (October 2021) has them.

namespace loam::runtime::graphql {
namespace {

constexpr std::string_view deprecated = "includeDeprecated";

/// Makes references and fields of introspection types, which refer to each other by name.
class Meta {
  public:
    explicit Meta(const std::map<std::string_view, const Type*>& types) : types_(types) {}

    Reference one(std::string_view name) const { return {types_.at(name), false, false}; }
    Reference required(std::string_view name) const { return {types_.at(name), false, true}; }
    Reference list(std::string_view name) const { return {types_.at(name), true, false}; }
    Reference requiredList(std::string_view name) const { return {types_.at(name), true, true}; }

    /// A field that leaves out what is deprecated unless told otherwise.
    Field filtered(std::string_view name, Reference type) const {
        return {name, type, {}, {{deprecated, one("Boolean"), {}, "false"}}};
    }

  private:
    const std::map<std::string_view, const Type*>& types_;
};

std::vector<Field> schemaFields(const Meta& meta) {
    return {
        {"description", meta.one("String"), {}, {}},
        {"types", meta.requiredList("__Type"), {}, {}},
        {"queryType", meta.required("__Type"), {}, {}},
        {"mutationType", meta.one("__Type"), {}, {}},
        {"subscriptionType", meta.one("__Type"), {}, {}},
        {"directives", meta.requiredList("__Directive"), {}, {}},
    };
}

std::vector<Field> typeFields(const Meta& meta) {
    return {
        {"kind", meta.required("__TypeKind"), {}, {}},
        {"name", meta.one("String"), {}, {}},
        {"description", meta.one("String"), {}, {}},
        meta.filtered("fields", meta.list("__Field")),
        {"interfaces", meta.list("__Type"), {}, {}},
        {"possibleTypes", meta.list("__Type"), {}, {}},
        meta.filtered("enumValues", meta.list("__EnumValue")),
        meta.filtered("inputFields", meta.list("__InputValue")),
        {"ofType", meta.one("__Type"), {}, {}},
        {"specifiedByURL", meta.one("String"), {}, {}},
        {"isOneOf", meta.one("Boolean"), {}, {}},
    };
}

std::vector<Field> fieldFields(const Meta& meta) {
    return {
        {"name", meta.required("String"), {}, {}},
        {"description", meta.one("String"), {}, {}},
        meta.filtered("args", meta.requiredList("__InputValue")),
        {"type", meta.required("__Type"), {}, {}},
        {"isDeprecated", meta.required("Boolean"), {}, {}},
        {"deprecationReason", meta.one("String"), {}, {}},
    };
}

std::vector<Field> inputFields(const Meta& meta) {
    return {
        {"name", meta.required("String"), {}, {}},
        {"description", meta.one("String"), {}, {}},
        {"type", meta.required("__Type"), {}, {}},
        {"defaultValue", meta.one("String"), {}, {}},
        {"isDeprecated", meta.required("Boolean"), {}, {}},
        {"deprecationReason", meta.one("String"), {}, {}},
    };
}

std::vector<Field> enumValueFields(const Meta& meta) {
    return {
        {"name", meta.required("String"), {}, {}},
        {"description", meta.one("String"), {}, {}},
        {"isDeprecated", meta.required("Boolean"), {}, {}},
        {"deprecationReason", meta.one("String"), {}, {}},
    };
}

std::vector<Field> directiveFields(const Meta& meta) {
    return {
        {"name", meta.required("String"), {}, {}},
        {"description", meta.one("String"), {}, {}},
        {"locations", meta.requiredList("__DirectiveLocation"), {}, {}},
        meta.filtered("args", meta.requiredList("__InputValue")),
        {"isRepeatable", meta.required("Boolean"), {}, {}},
    };
}

std::vector<EnumValue> enumValues(std::initializer_list<std::string_view> names) {
    std::vector<EnumValue> values;
    for (const std::string_view name : names) {
        values.push_back({name, {}});
    }
    return values;
}

}  // namespace

void Builder::addMetaTypes() {
    scalar("Boolean");
    scalar("String");
    makeNamed(TypeKind::Enum, "__TypeKind", [](Type& type) {
        type.values = enumValues(
            {"SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT", "LIST", "NON_NULL"});
    });
    makeNamed(TypeKind::Enum, "__DirectiveLocation", [](Type& type) {
        type.values = enumValues({"QUERY", "MUTATION", "SUBSCRIPTION", "FIELD",
            "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION",
            "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE",
            "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION"});
    });
    using MakeFields = std::vector<Field> (*)(const Meta&);
    const auto object = [this](std::string_view name, MakeFields fields) {
        makeNamed(TypeKind::Object, std::string(name), [this, fields](Type& type) {
            type.fields = fields(Meta(types_.byName_));
        });
    };
    object("__Schema", schemaFields);
    object("__Type", typeFields);
    object("__Field", fieldFields);
    object("__InputValue", inputFields);
    object("__EnumValue", enumValueFields);
    object("__Directive", directiveFields);
}

void Builder::addDirectives() {
    const std::vector<std::string_view> places{"FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"};
    const Reference condition{scalar("Boolean"), false, true};
    types_.directives_ = {
        {"include", "Leaves out the field or fragment unless the condition holds.", places,
            {{"if", condition, {}, {}}}},
        {"skip", "Leaves out the field or fragment if the condition holds.", places,
            {{"if", condition, {}, {}}}},
        {"deprecated", "Marks what should not be used any more.",
            {"FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INPUT_FIELD_DEFINITION", "ENUM_VALUE"},
            {{"reason", {scalar("String"), false, false}, {}, "\"No longer supported\""}}},
        {"specifiedBy", "Names the specification of a scalar.", {"SCALAR"},
            {{"url", {scalar("String"), false, true}, {}, {}}}},
    };
}

}  // namespace loam::runtime::graphql
