#include "runtime/graphql/introspection.hpp"

#include <algorithm>
#include <string_view>

#include "runtime/request/error.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::graphql {
namespace {

[[noreturn]] void fail(const std::string& problem, request::Location location) {
    throw request::RequestError("P2009", problem).at(location);
}

std::string_view kindOf(const Reference& reference) {
    if (reference.isRequired) {
        return "NON_NULL";
    }
    if (reference.isList) {
        return "LIST";
    }
    switch (reference.type->kind) {
        case TypeKind::Scalar:
            return "SCALAR";
        case TypeKind::Object:
            return "OBJECT";
        case TypeKind::Enum:
            return "ENUM";
        case TypeKind::InputObject:
            break;
    }
    return "INPUT_OBJECT";
}

bool isSingle(const Type& type) {
    return type.kind == TypeKind::Scalar || type.kind == TypeKind::Enum;
}

void checkArguments(const request::Field& field, const Field& definition) {
    for (const request::Member& argument : field.arguments) {
        const auto known = std::find_if(definition.arguments.begin(), definition.arguments.end(),
            [&](const InputValue& candidate) { return candidate.name == argument.name; });
        if (known == definition.arguments.end()) {
            fail("The field `" + std::string(field.name) + "` has no argument `" +
                     std::string(argument.name) + "`.",
                argument.location);
        }
        const auto kind = argument.value.kind;
        if (kind != request::Value::Kind::Boolean && kind != request::Value::Kind::Null) {
            fail("The argument `" + std::string(argument.name) + "` must be true or false.",
                argument.value.location);
        }
    }
}

void checkSelection(const request::Field& field, bool isLeaf) {
    if (isLeaf != field.selection.empty()) {
        fail("The field `" + std::string(field.name) + "` " +
                 (isLeaf ? "is a single value and has no fields to select."
                         : "needs a selection of its fields."),
            field.location);
    }
}

class Writer {
  public:
    Writer(const Types& types, std::string& out) : types_(types), out_(out) {}

    void schema(const request::Field& field) {
        object("__Schema", field, [&](const request::Field& child) {
            if (child.name == "types") {
                list(types_.all(), [&](const auto& entry) { type({entry.second}, child); });
            } else if (child.name == "queryType") {
                type({&types_.query()}, child);
            } else if (child.name == "mutationType" && types_.mutation() != nullptr) {
                type({types_.mutation()}, child);
            } else if (child.name == "directives") {
                list(types_.directives(), [&](const Directive& entry) { directive(entry, child); });
            } else {
                out_ += "null";
            }
        });
    }

    void type(const Reference& reference, const request::Field& field) {
        const bool isWrapped = reference.isRequired || reference.isList;
        const Type& named = *reference.type;
        object("__Type", field, [&](const request::Field& child) {
            if (child.name == "kind") {
                text(kindOf(reference));
            } else if (child.name == "ofType" && isWrapped) {
                type({&named, reference.isRequired && reference.isList,
                         !reference.isRequired && reference.isList},
                    child);
            } else if (isWrapped) {
                out_ += "null";
            } else {
                namedType(named, child);
            }
        });
    }

  private:
    void namedType(const Type& type, const request::Field& child) {
        const bool isObject = type.kind == TypeKind::Object;
        const bool isInput = type.kind == TypeKind::InputObject;
        if (child.name == "name") {
            text(type.name);
        } else if (child.name == "description") {
            textOrNull(type.description);
        } else if (child.name == "fields" && isObject) {
            list(type.fields, [&](const Field& entry) { field(entry, child); });
        } else if (child.name == "interfaces" && isObject) {
            out_ += "[]";
        } else if (child.name == "enumValues" && type.kind == TypeKind::Enum) {
            list(type.values, [&](const EnumValue& entry) { enumValue(entry, child); });
        } else if (child.name == "inputFields" && isInput) {
            list(type.inputs, [&](const InputValue& entry) { input(entry, child); });
        } else if (child.name == "isOneOf" && isInput) {
            out_ += "false";
        } else {
            out_ += "null";
        }
    }

    void field(const Field& entry, const request::Field& selected) {
        object("__Field", selected, [&](const request::Field& child) {
            if (child.name == "args") {
                list(entry.arguments, [&](const InputValue& value) { input(value, child); });
            } else if (child.name == "type") {
                type(entry.type, child);
            } else {
                common(entry, child);
            }
        });
    }

    void input(const InputValue& entry, const request::Field& selected) {
        object("__InputValue", selected, [&](const request::Field& child) {
            if (child.name == "type") {
                type(entry.type, child);
            } else if (child.name == "defaultValue") {
                textOrNull(entry.defaultValue);
            } else {
                common(entry, child);
            }
        });
    }

    void enumValue(const EnumValue& entry, const request::Field& selected) {
        object("__EnumValue", selected, [&](const request::Field& child) { common(entry, child); });
    }

    void directive(const Directive& entry, const request::Field& selected) {
        object("__Directive", selected, [&](const request::Field& child) {
            if (child.name == "locations") {
                list(entry.locations, [&](std::string_view place) { text(place); });
            } else if (child.name == "args") {
                list(entry.arguments, [&](const InputValue& value) { input(value, child); });
            } else if (child.name == "isRepeatable") {
                out_ += "false";
            } else {
                common(entry, child);
            }
        });
    }

    /// What everything with a name has; nothing is deprecated.
    template <typename Entry>
    void common(const Entry& entry, const request::Field& child) {
        if (child.name == "name") {
            text(entry.name);
        } else if (child.name == "description") {
            textOrNull(entry.description);
        } else if (child.name == "isDeprecated") {
            out_ += "false";
        } else {
            out_ += "null";
        }
    }

    /// Writes the selected fields of an object; `add` writes the value of each.
    template <typename Add>
    void object(std::string_view name, const request::Field& selected, const Add& add) {
        const Type& type = *types_.find(name);
        char separator = '{';
        for (const request::Field& child : selected.selection) {
            checkFragments(child, type);
            out_ += separator;
            separator = ',';
            text(child.key);
            out_ += ":";
            if (child.name == "__typename") {
                text(type.name);
            } else {
                check(child, type);
                add(child);
            }
        }
        out_ += "}";
    }

    static void checkFragments(const request::Field& field, const Type& type) {
        for (const std::string_view condition : field.typeConditions) {
            if (condition != type.name) {
                fail("A fragment on `" + std::string(condition) +
                         "` cannot be spread in an object of type `" + type.name + "`.",
                    field.location);
            }
        }
    }

    static void check(const request::Field& field, const Type& type) {
        const Field* definition = type.findField(field.name);
        if (definition == nullptr) {
            fail("Field '" + std::string(field.name) + "' not found in enclosing type '" +
                     type.name + "'.",
                field.location);
        }
        checkArguments(field, *definition);
        checkSelection(field, isSingle(*definition->type.type));
    }

    template <typename Entries, typename Add>
    void list(const Entries& entries, const Add& add) {
        out_ += "[";
        bool isFirst = true;
        for (const auto& entry : entries) {
            out_ += isFirst ? "" : ",";
            isFirst = false;
            add(entry);
        }
        out_ += "]";
    }

    void text(std::string_view value) { request::appendJsonString(out_, value); }

    void textOrNull(std::string_view value) {
        if (value.empty()) {
            out_ += "null";
        } else {
            text(value);
        }
    }

    const Types& types_;
    std::string& out_;
};

/// The one argument of `__type`.
std::string_view typeArgument(const request::Field& field) {
    const request::Value* name = field.argument("name");
    if (name == nullptr || name->kind != request::Value::Kind::String ||
        field.arguments.size() != 1) {
        fail("The field `__type` needs one argument, `name`, that is a text.", field.location);
    }
    return name->text;
}

}  // namespace

void Introspector::answer(const request::Field& field, std::string& out) {
    if (types_ == nullptr) {
        types_ = std::make_unique<Types>(catalog_);
    }
    checkSelection(field, false);
    if (field.name == "__schema") {
        if (!field.arguments.empty()) {
            fail("The field `__schema` has no arguments.", field.location);
        }
        Writer(*types_, out).schema(field);
    } else if (const Type* type = types_->find(typeArgument(field))) {
        Writer(*types_, out).type({type}, field);
    } else {
        out += "null";
    }
}

}  // namespace loam::runtime::graphql
