#include "runtime/graphql/builder.hpp"

#include <algorithm>
#include <array>

namespace loam::runtime::graphql {
namespace {

struct ScalarRow {
    std::string_view name;
    std::string_view description;
};

constexpr std::array scalars{
    ScalarRow{"Boolean", "True or false."},
    ScalarRow{"Int", "A whole number of 32 bits."},
    ScalarRow{"Float", "A number of double precision."},
    ScalarRow{"String", "Text in UTF-8."},
    ScalarRow{"BigInt",
        "A whole number of 64 bits: a number or a text of digits. Answers have the "
        "text."},
    ScalarRow{"Decimal", "A decimal number: a number or a text. Answers have the text."},
    ScalarRow{"DateTime",
        "A time as a text in the form of RFC 3339, such as "
        "\"2020-01-31T12:00:00.000Z\"."},
    ScalarRow{"Bytes", "Bytes as a text in base64."},
    ScalarRow{"Json",
        "A JSON document as a text. What is stored or compared may also be one of the "
        "words DbNull (no document), JsonNull (the document `null`) and, in filters, "
        "AnyNull (both)."},
};

}  // namespace

bool isReservedWord(std::string_view name) {
    return name == "true" || name == "false" || name == "null";
}

Builder::Builder(Types& types, const plan::Catalog& catalog)
    : types_(types), catalog_(catalog), schema_(catalog.schema()) {}

void Builder::build() {
    addMetaTypes();
    addDirectives();
    types_.query_ = root(request::OperationKind::Query);
    types_.mutation_ = root(request::OperationKind::Mutation);
    while (!pending_.empty()) {
        const auto [type, fill] = std::move(pending_.front());
        pending_.pop_front();
        fill(*type);
        // GraphQL has no objects without fields; the planner takes `{}`.
        if (type->kind == TypeKind::InputObject && type->inputs.empty()) {
            type->kind = TypeKind::Scalar;
            type->description = "An object without members: `{}`.";
        }
    }
}

/// A type that the schema does not name; one that does keeps its name.
const Type* Builder::make(TypeKind kind, std::string name, Fill fill) {
    while (schema_.findModel(name) != nullptr || schema_.findEnum(name) != nullptr) {
        name += "_";
    }
    return makeNamed(kind, std::move(name), std::move(fill));
}

/// The type of that name, which `fill` completes when it is new.
const Type* Builder::makeNamed(TypeKind kind, std::string name, Fill fill) {
    if (const Type* known = types_.find(name)) {
        return known;
    }
    Type& type = types_.types_.emplace_back();
    type.kind = kind;
    type.name = std::move(name);
    types_.byName_.emplace(type.name, &type);
    pending_.emplace_back(&type, std::move(fill));
    return &type;
}

const Type* Builder::scalar(std::string_view name) {
    const auto* row = std::find_if(scalars.begin(), scalars.end(), [&](const ScalarRow& candidate) {
        return candidate.name == name;
    });
    return make(TypeKind::Scalar, std::string(name), [row](Type& type) {
        type.description = row->description;
    });
}

const Type* Builder::columnType(const SchemaField& field) {
    return field.kind == schema::FieldKind::Enum
               ? enumType(schema_.enums[field.enumIndex])
               : scalar(schema::toString(field.scalar));
}

const Type* Builder::enumType(const schema::Enum& source) {
    return makeNamed(TypeKind::Enum, source.name, [&source](Type& type) {
        type.description = source.documentation;
        for (const schema::EnumValue& value : source.values) {
            if (!isReservedWord(value.name)) {
                type.values.push_back({value.name, value.documentation});
            }
        }
    });
}

}  // namespace loam::runtime::graphql
