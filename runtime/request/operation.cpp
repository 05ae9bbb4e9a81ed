#include "runtime/request/operation.hpp"

#include "runtime/request/text.hpp"

namespace loam::runtime::request {
namespace {

void appendValue(std::string& out, const Value& value, Notation notation);

/// `a: 1, b: 2` of GraphQL, or `"a":1,"b":2` of JSON.
void appendMembers(std::string& out, const std::vector<Member>& members, Notation notation) {
    const bool isJson = notation == Notation::Json;
    std::string_view separator;
    for (const Member& member : members) {
        out += separator;
        separator = isJson ? "," : ", ";
        if (isJson) {
            appendJsonString(out, member.name);
        } else {
            out += member.name;
        }
        out += isJson ? ":" : ": ";
        appendValue(out, member.value, notation);
    }
}

void appendValue(std::string& out, const Value& value, Notation notation) {
    const bool isJson = notation == Notation::Json;
    switch (value.kind) {
        case Value::Kind::Null:
            out += "null";
            return;
        case Value::Kind::Boolean:
            out += value.boolean ? "true" : "false";
            return;
        case Value::Kind::Integer:
        case Value::Kind::Real:
        case Value::Kind::Enum:
            if (isJson && (value.kind == Value::Kind::Enum || value.tag == Value::Tag::BigInt)) {
                appendJsonString(out, value.text);
            } else {
                out += value.text;
            }
            return;
        case Value::Kind::Variable:
            out += isJson ? "null" : "$" + std::string(value.text);
            return;
        case Value::Kind::String:
            appendJsonString(out, value.text);
            return;
        case Value::Kind::List: {
            std::string_view separator;
            out += "[";
            for (const Value& item : value.items()) {
                out += separator;
                separator = isJson ? "," : ", ";
                appendValue(out, item, notation);
            }
            out += "]";
            return;
        }
        case Value::Kind::Object:
            out += "{";
            appendMembers(out, value.members(), notation);
            out += "}";
    }
}

/// `$scalars`, and what it does not stand for.
void appendScalars(std::string& out, const Field& field, std::size_t indent) {
    if (field.allScalars) {
        out.append(indent, ' ').append("$scalars");
        for (const std::string_view name : field.omitted) {
            out.append(" -").append(name);
        }
        out += "\n";
    }
}

void appendFields(std::string& out, const std::vector<Field>& fields, std::size_t indent) {
    for (const Field& field : fields) {
        out.append(indent, ' ');
        if (field.key != field.name) {
            out.append(field.key).append(": ");
        }
        out += field.name;
        if (!field.arguments.empty()) {
            out += "(";
            appendMembers(out, field.arguments, Notation::Graphql);
            out += ")";
        }
        if (!field.selection.empty() || field.allScalars) {
            out += " {\n";
            appendScalars(out, field, indent + 2);
            appendFields(out, field.selection, indent + 2);
            out.append(indent, ' ').append("}");
        }
        out += "\n";
    }
}

}  // namespace

const Value* Field::argument(std::string_view argumentName) const {
    for (const Member& member : arguments) {
        if (member.name == argumentName) {
            return &member.value;
        }
    }
    return nullptr;
}

std::string print(const Operation& operation) {
    std::string out = operation.kind == OperationKind::Query ? "query" : "mutation";
    if (!operation.name.empty()) {
        out.append(" ").append(operation.name);
    }
    out += " {\n";
    appendFields(out, operation.fields, 2);
    return out + "}\n";
}

std::string print(const Value& value) {
    std::string out;
    appendValue(out, value, Notation::Graphql);
    return out;
}

std::string toJson(const Value& value) {
    std::string out;
    appendValue(out, value, Notation::Json);
    return out;
}

}  // namespace loam::runtime::request
