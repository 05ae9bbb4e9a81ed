#include "runtime/request/operation.hpp"

#include "runtime/request/text.hpp"

namespace loam::runtime::request {
namespace {

void appendValue(std::string& out, const Value& value);

void appendMembers(std::string& out, const std::vector<Member>& members) {
    std::string_view separator;
    for (const Member& member : members) {
        out.append(separator).append(member.name).append(": ");
        appendValue(out, member.value);
        separator = ", ";
    }
}

void appendValue(std::string& out, const Value& value) {
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
            out += value.text;
            return;
        case Value::Kind::Variable:
            out.append("$").append(value.text);
            return;
        case Value::Kind::String:
            appendJsonString(out, value.text);
            return;
        case Value::Kind::List: {
            std::string_view separator;
            out += "[";
            for (const Value& item : value.items()) {
                out += separator;
                appendValue(out, item);
                separator = ", ";
            }
            out += "]";
            return;
        }
        case Value::Kind::Object:
            out += "{";
            appendMembers(out, value.members());
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
            appendMembers(out, field.arguments);
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

void appendJson(std::string& out, const Value& value) {
    switch (value.kind) {
        case Value::Kind::Null:
        case Value::Kind::Variable:
            out += "null";
            return;
        case Value::Kind::Boolean:
            out += value.boolean ? "true" : "false";
            return;
        case Value::Kind::Integer:
        case Value::Kind::Real:
            if (value.tag == Value::Tag::BigInt) {
                appendJsonString(out, value.text);
            } else {
                out += value.text;
            }
            return;
        case Value::Kind::Enum:
        case Value::Kind::String:
            appendJsonString(out, value.text);
            return;
        case Value::Kind::List: {
            char separator = '[';
            for (const Value& item : value.items()) {
                out += separator;
                separator = ',';
                appendJson(out, item);
            }
            out += separator == '[' ? "[]" : "]";
            return;
        }
        case Value::Kind::Object: {
            char separator = '{';
            for (const Member& member : value.members()) {
                out += separator;
                separator = ',';
                appendJsonString(out, member.name);
                out += ":";
                appendJson(out, member.value);
            }
            out += separator == '{' ? "{}" : "}";
            return;
        }
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
    appendValue(out, value);
    return out;
}

std::string toJson(const Value& value) {
    std::string out;
    appendJson(out, value);
    return out;
}

}  // namespace loam::runtime::request
