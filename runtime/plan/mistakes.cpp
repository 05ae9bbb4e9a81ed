#include "runtime/plan/mistakes.hpp"

#include "runtime/plan/values.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::plan {
namespace {

using request::Value;

/// What a client writes may be long; a name this long is a mistake anyway.
constexpr std::size_t longestName = 200;
constexpr std::size_t mostTypes = 10;

std::string quoted(std::string_view text) {
    return request::jsonString(request::excerpt(text, longestName));
}

template <typename Elements, typename Print>
std::string listOf(const Elements& elements, const Print& print) {
    std::string out = "[";
    for (const auto& element : elements) {
        out += out.size() == 1 ? "" : ",";
        out += print(element);
    }
    return out + "]";
}

std::string typeNames(const InputField& field) {
    return listOf(field.types, [](const InputType& type) { return quoted(type.listedName()); });
}

std::string describe(const InputType& type) {
    if (type.isList) {
        InputType element = type;
        element.isList = false;
        return R"({"kind":"list","elementType":)" + describe(element) + "}";
    }
    if (type.kind != InputType::Kind::Object) {
        const std::string kind = type.kind == InputType::Kind::Enum ? "enum" : "scalar";
        return R"({"kind":")" + kind + R"(","name":)" + quoted(type.name) + "}";
    }
    return R"({"kind":"object","name":)" + quoted(type.name) + ",\"fields\":" +
           listOf(type.fields(),
               [](const InputField& field) {
                   return "{\"name\":" + quoted(field.name) + ",\"typeNames\":" + typeNames(field) +
                          ",\"required\":" + (field.isRequired ? "true" : "false") + "}";
               }) +
           "}";
}

std::string typeOf(const Catalog& catalog, const schema::Model* model, std::string_view type,
    const std::string& field) {
    const schema::Field* found = model == nullptr ? nullptr : model->findField(field);
    if (found != nullptr && found->isRelation()) {
        return catalog.schema().related(*found).name + (found->isList() ? "[]" : "");
    }
    if (const AggregationRow* row = findAggregation(field); row != nullptr && model != nullptr) {
        return type == model->name
                   ? model->name + "CountOutputType"
                   : model->name + std::string(row->word) + "AggregateOutputType";
    }
    if (found == nullptr || type.ends_with("CountAggregateOutputType")) {
        return "Int";
    }
    if (type.ends_with("AvgAggregateOutputType") && found->scalar != schema::ScalarType::Decimal) {
        return "Float";
    }
    return found->kind == schema::FieldKind::Enum
               ? catalog.schema().enums[found->enumIndex].name
               : std::string(schema::toString(found->scalar));
}

}  // namespace

std::string pathMember(std::string_view name, const std::vector<std::string_view>& path) {
    return "\"" + std::string(name) + "\":" + listOf(path, quoted);
}

std::string inputTypeMember(const InputType& type) { return "\"inputType\":" + describe(type); }

std::string inputTypeMember(const std::vector<std::string_view>& fields) {
    return R"("inputType":{"kind":"object","name":"","fields":)" +
           listOf(fields,
               [](std::string_view name) {
                   return "{\"name\":" + quoted(name) + R"(,"typeNames":[],"required":false})";
               }) +
           "}";
}

std::string inputTypesMember(const std::vector<InputType>& types) {
    return "\"inputTypes\":" + listOf(types, describe);
}

std::string constraintsMember(const InputType& type) {
    const auto number = [](const std::optional<std::size_t>& count) {
        return count ? std::to_string(*count) : std::string("null");
    };
    return R"("constraints":{"minFieldCount":)" + number(type.fewest) +
           ",\"maxFieldCount\":" + number(type.most) + ",\"requiredFields\":" +
           (type.oneOf.empty() ? std::string("null") : listOf(type.oneOf, quoted)) + "}";
}

std::string argumentsMember(const std::vector<InputField>& arguments) {
    return "\"arguments\":" + listOf(arguments, [](const InputField& field) {
        return "{\"name\":" + quoted(field.name) + ",\"typeNames\":" + typeNames(field) + "}";
    });
}

std::string argumentMember(std::string_view name, const std::vector<std::string>& names) {
    return R"("argument":{"name":)" + quoted(name) + ",\"typeNames\":" + listOf(names, quoted) +
           "}";
}

std::string outputTypeMember(const Catalog& catalog, const schema::Model* model,
    std::string_view name, const std::vector<std::string_view>& fields) {
    return R"("outputType":{"name":)" + quoted(name) + ",\"fields\":" +
           listOf(fields,
               [&](std::string_view field) {
                   const schema::Field* found =
                       model == nullptr ? nullptr : model->findField(field);
                   const bool isRelation =
                       found != nullptr && found->isRelation() && name == model->name;
                   return "{\"name\":" + quoted(field) + ",\"typeName\":" +
                          quoted(isRelation || found == nullptr || !found->isRelation()
                                     ? typeOf(catalog, model, name, std::string(field))
                                     : "Int") +
                          ",\"isRelation\":" + (isRelation ? "true" : "false") + "}";
               }) +
           "}";
}

std::string inferredType(const Value& value) {
    switch (value.kind) {
        case Value::Kind::Null:
            return "Null";
        case Value::Kind::Boolean:
            return "Boolean";
        case Value::Kind::Integer:
            return value.tag == Value::Tag::BigInt ? "BigInt" : "Int";
        case Value::Kind::Real:
            return "Float";
        case Value::Kind::Enum:
            return "Enum";
        case Value::Kind::String:
            switch (value.tag) {
                case Value::Tag::DateTime:
                    return "DateTime";
                case Value::Tag::Bytes:
                    return "Bytes";
                case Value::Tag::Json:
                    return "Json";
                case Value::Tag::BigInt:
                    return "BigInt";
                case Value::Tag::Decimal:
                    return "Float";
                default:
                    return "String";
            }
        case Value::Kind::List: {
            std::string types;
            for (const Value& item : value.items()) {
                if (&item - value.items().data() == mostTypes) {
                    types += ", ...";
                    break;
                }
                types += (types.empty() ? "" : ", ") + inferredType(item);
            }
            return "(" + types + ")";
        }
        case Value::Kind::Object:
            return value.tag == Value::Tag::FieldReference ? "FieldRef" : "Object";
        case Value::Kind::Variable:
            break;
    }
    return "Object";
}

}  // namespace loam::runtime::plan
