#include <algorithm>
#include <utility>

#include "runtime/graphql/builder.hpp"

// Derives arguments and input types from the planner's: of alternatives that are all values or all
// objects one type is made, of a value or an object a scalar that describes both.

namespace loam::runtime::graphql {
namespace {

using plan::InputField;
using plan::InputType;
using Kind = InputType::Kind;

bool hasKind(const InputField& field, Kind kind) {
    return std::any_of(field.types.begin(), field.types.end(), [&](const InputType& type) {
        return type.kind == kind;
    });
}

/// `Int` and `an Int`: the article of a type's name at the start of a sentence.
std::string_view article(std::string_view name) {
    return std::string_view("AEIOUaeiou").find(name.front()) == std::string_view::npos
               ? "A "
               : "An ";
}

/// The fields of all objects; of those with one name the first object's. Only what all objects
/// require is required.
std::vector<InputField> merge(const std::vector<InputType>& objects) {
    std::vector<InputField> merged = objects.front().fields();
    for (std::size_t index = 1; index < objects.size(); ++index) {
        std::vector<InputField> others = objects[index].fields();
        for (InputField& field : merged) {
            const InputField* other = plan::findField(others, field.name);
            field.isRequired = field.isRequired && other != nullptr && other->isRequired;
        }
        for (InputField& other : others) {
            if (plan::findField(merged, other.name) == nullptr) {
                other.isRequired = false;
                merged.push_back(std::move(other));
            }
        }
    }
    // What is written stands in the order of the model.
    std::stable_sort(merged.begin(), merged.end(), [](const InputField& a, const InputField& b) {
        return b.source != nullptr && (a.source == nullptr || a.source < b.source);
    });
    return merged;
}

}  // namespace

std::vector<InputValue> Builder::inputs(const std::vector<InputField>& fields) {
    std::vector<InputValue> values;
    for (const InputField& field : fields) {
        values.push_back({field.name, reference(field),
            field.source == nullptr ? std::string_view() : field.source->documentation, {}});
    }
    return values;
}

Reference Builder::reference(const InputField& field) {
    const bool isList = std::any_of(
        field.types.begin(), field.types.end(), [](const InputType& type) { return type.isList; });
    return {inputType(field.types), isList, field.isRequired};
}

/// The type that stands for all alternatives.
const Type* Builder::inputType(const std::vector<InputType>& alternatives) {
    const InputType* value = nullptr;
    std::vector<InputType> objects;
    std::string name;
    std::string_view meaning;
    for (const InputType& type : alternatives) {
        if (type.kind == Kind::Object) {
            const bool isNew = objects.empty() || objects.back().name != type.name;
            if (isNew) {
                objects.push_back(type);
            }
        } else if (type.kind == Kind::Plain || (type.kind == Kind::Enum && value == nullptr)) {
            value = &type;
        }
        name = name.empty() ? type.family : name;
        meaning = meaning.empty() ? type.meaning : meaning;
    }
    if (objects.empty()) {
        return valueType(*value);
    }
    name = name.empty() ? objects.front().name : name;
    if (value == nullptr) {
        return make(
            TypeKind::InputObject, name, [this, objects = std::move(objects), meaning](Type& type) {
                type.description = meaning;
                type.inputs = inputs(merge(objects));
            });
    }
    return make(TypeKind::Scalar, name,
        [this, value = *value, object = std::move(objects.front())](Type& type) {
            type.description = describe(value, object);
        });
}

/// A value or an object, such as "An `Int` to store, or an object with one operation of `{...}`."
std::string Builder::describe(const InputType& value, const InputType& object) {
    const std::string& name = valueType(value)->name;
    const std::string start = std::string(article(name)) + "`" + name + "` ";
    if (object.meaning.empty()) {
        return start + std::string(value.meaning) + " `" + inputType({object})->name + "`.";
    }
    std::string members;
    bool hasReference = false;
    for (const InputField& field : object.fields()) {
        members += members.empty() ? "" : ", ";
        members += std::string(field.name) + ": " + reference(field).toString();
        hasReference = hasReference || hasKind(field, Kind::FieldReference);
    }
    return start + std::string(object.meaning) + " `{" + members + "}`." +
           (hasReference ? " An operand may also be another field of the same record: "
                           "`{_ref: \"field\", _container: \"Model\"}`."
                         : "");
}

const Type* Builder::valueType(const InputType& type) {
    if (type.kind == Kind::Plain) {
        return scalar(type.name);
    }
    if (type.source != nullptr) {
        return enumType(*type.source);
    }
    return make(TypeKind::Enum, type.name, [words = type.words](Type& made) {
        for (const plan::InputWord& word : words) {
            if (!isReservedWord(word.name)) {
                made.values.push_back({word.name, word.description});
            }
        }
    });
}

}  // namespace loam::runtime::graphql
