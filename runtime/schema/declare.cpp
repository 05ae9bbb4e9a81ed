#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "runtime/schema/context.hpp"

namespace loam::runtime::schema {

namespace {

constexpr std::array<std::string_view, 9> scalarNames{
    "Int", "BigInt", "Float", "Decimal", "Boolean", "String", "DateTime", "Bytes", "Json"};

/// Names that a generated client cannot give to a type, as Prisma lists them.
constexpr auto reservedNames = std::to_array<std::string_view>({"PrismaClient", "break", "case",
    "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
    "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in",
    "instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public",
    "return", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while",
    "with", "yield"});

/// A declared type and the word for its kind.
struct Declared {
    std::string_view word;
    std::size_t index = 0;
};

using TypeNames = std::unordered_map<std::string_view, Declared>;

void checkIdentifier(Context& context, const Identifier& name, const std::string& what) {
    if (name.text.front() >= '0' && name.text.front() <= '9') {
        context.diagnostics.report(name.position,
            "the name of " + what + " must not start with a digit, got " + name.text);
    } else if (name.text.find('-') != std::string::npos) {
        context.diagnostics.report(name.position,
            "the name of " + what + " may hold letters, digits and \"_\" only, got " + name.text);
    }
}

void declareType(
    Context& context, TypeNames& types, const Identifier& name, const Declared& declared) {
    const std::string word(declared.word);
    checkIdentifier(context, name, (word == "enum" ? "an " : "a ") + word);
    if (std::find(scalarNames.begin(), scalarNames.end(), name.text) != scalarNames.end()) {
        context.diagnostics.report(
            name.position, name.text + " is a built-in type; choose another name for the " + word);
        return;
    }
    if (std::find(reservedNames.begin(), reservedNames.end(), name.text) != reservedNames.end()) {
        context.diagnostics.report(
            name.position, name.text + " is a reserved word; choose another name for the " + word);
    }
    const auto [existing, isNew] = types.try_emplace(name.text, declared);
    if (isNew) return;
    context.diagnostics.report(name.position,
        "the " + word + " " + name.text + " cannot be declared: there is a " +
            std::string(existing->second.word) + " of that name already");
}

Enum declareEnum(Context& context, const EnumDeclaration& declaration) {
    Enum result{.name = declaration.name.text,
        .databaseName = declaration.name.text,
        .documentation = declaration.documentation};
    if (declaration.values.empty()) {
        context.diagnostics.report(declaration.name.position,
            "the enum " + result.name + " has no values; add at least one");
    }
    std::unordered_set<std::string_view> names;
    for (const auto& value : declaration.values) {
        checkIdentifier(context, value.name, "an enum value");
        if (!names.insert(value.name.text).second) {
            context.diagnostics.report(value.name.position,
                "the enum " + result.name + " has a value " + value.name.text + " already");
        }
        result.values.push_back({.name = value.name.text,
            .databaseName = value.name.text,
            .documentation = value.documentation});
    }
    return result;
}

void reportUnknownType(Context& context, const FieldDeclaration& declaration) {
    std::vector<std::string_view> candidates(scalarNames.begin(), scalarNames.end());
    for (const auto& model : context.document.models) candidates.push_back(model.name.text);
    for (const auto& enumeration : context.document.enums)
        candidates.push_back(enumeration.name.text);
    context.diagnostics.report(declaration.type.position,
        "unknown type " + declaration.type.text +
            ": it is neither a built-in type nor a model or enum." +
            suggestion(declaration.type.text, candidates));
}

void resolveType(
    Context& context, const TypeNames& types, const FieldDeclaration& declaration, Field& field) {
    if (declaration.isUnsupported) {
        field.kind = FieldKind::Unsupported;
        field.unsupportedType = declaration.type.text;
        return;
    }
    const auto* scalar = std::find(scalarNames.begin(), scalarNames.end(), declaration.type.text);
    if (scalar != scalarNames.end()) {
        field.kind = FieldKind::Scalar;
        field.scalar = static_cast<ScalarType>(scalar - scalarNames.begin());
        return;
    }
    const auto found = types.find(declaration.type.text);
    if (found == types.end()) {
        reportUnknownType(context, declaration);
        field.kind = FieldKind::Unsupported;
    } else if (found->second.word == "enum") {
        field.kind = FieldKind::Enum;
        field.enumIndex = found->second.index;
    } else {
        field.kind = FieldKind::Relation;
        field.relation = Relation{.model = found->second.index};
    }
}

Model declareModel(Context& context, const TypeNames& types, const ModelDeclaration& declaration) {
    Model model{.name = declaration.name.text,
        .databaseName = declaration.name.text,
        .documentation = declaration.documentation};
    model.isView = declaration.isView;
    std::unordered_set<std::string_view> names;
    for (const auto& fieldDeclaration : declaration.fields) {
        checkIdentifier(context, fieldDeclaration.name, "a field");
        if (!names.insert(fieldDeclaration.name.text).second) {
            context.diagnostics.report(fieldDeclaration.name.position,
                std::string("the ") + declaration.word() + " " + model.name + " has a field " +
                    fieldDeclaration.name.text + " already");
        }
        Field field{.name = fieldDeclaration.name.text,
            .databaseName = fieldDeclaration.name.text,
            .documentation = fieldDeclaration.documentation};
        field.arity = fieldDeclaration.arity;
        resolveType(context, types, fieldDeclaration, field);
        if (field.isList() && !field.isRelation()) {
            context.diagnostics.report(fieldDeclaration.type.position,
                "the field " + field.name + " cannot be a list: SQLite has no lists of " +
                    fieldDeclaration.type.text +
                    "; use a model with a relation, or a field of type Json");
        }
        model.fields.push_back(std::move(field));
    }
    return model;
}

void checkViews(Context& context) {
    const auto& generators = context.schema.generators;
    const bool enabled =
        std::any_of(generators.begin(), generators.end(), [](const Generator& generator) {
            const auto& features = generator.previewFeatures;
            return std::find(features.begin(), features.end(), "views") != features.end();
        });
    if (enabled) return;
    for (const auto& model : context.document.models) {
        if (!model.isView) continue;
        context.diagnostics.report(
            model.name.position, "views need previewFeatures = [\"views\"] in a generator block");
    }
}

}  // namespace

void declare(Context& context) {
    const auto& document = context.document;
    TypeNames types;
    for (std::size_t i = 0; i < document.enums.size(); ++i) {
        declareType(context, types, document.enums[i].name, {.word = "enum", .index = i});
    }
    for (std::size_t i = 0; i < document.models.size(); ++i) {
        const auto& model = document.models[i];
        declareType(context, types, model.name, {.word = model.word(), .index = i});
    }
    for (const auto& declaration : document.enums) {
        context.schema.enums.push_back(declareEnum(context, declaration));
    }
    for (const auto& declaration : document.models) {
        context.schema.models.push_back(declareModel(context, types, declaration));
        context.relations.emplace_back(declaration.fields.size());
    }
    checkViews(context);
}

}  // namespace loam::runtime::schema
