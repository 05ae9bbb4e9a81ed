#include "runtime/plan/context.hpp"

#include "runtime/request/text.hpp"

namespace loam::runtime::plan {
namespace {

std::string join(const Names& names, std::string_view separator) {
    std::string text;
    for (const std::string_view name : names) {
        text.append(text.empty() ? "" : separator).append(name);
    }
    return text;
}

void appendList(std::string& out, const Names& names) {
    out += "[";
    for (std::size_t index = 0; index < names.size(); ++index) {
        out += index == 0 ? "" : ",";
        request::appendJsonString(
            out, request::excerpt(names[index], request::RequestError::longestName));
    }
    out += "]";
}

std::string quotedList(const Names& names) {
    std::string text;
    for (const std::string_view name : names) {
        text += text.empty() ? "`" : ", `";
        text += std::string(name) + "`";
    }
    return text;
}

}  // namespace

Names columnNames(const schema::Model& model) {
    Names names;
    for (const schema::Field& field : model.fields) {
        if (field.isUsableColumn()) {
            names.push_back(field.name);
        }
    }
    return names;
}

std::string suggestion(std::string_view written, const Names& allowed) {
    const std::string_view best = written.empty() ? written : request::closest(written, allowed);
    if (!best.empty()) {
        return " Did you mean `" + std::string(best) + "`?";
    }
    constexpr std::size_t most = 30;
    if (allowed.empty()) {
        return " None is allowed here.";
    }
    if (allowed.size() > most) {
        return " Allowed are " + quotedList(Names(allowed.begin(), allowed.begin() + most)) +
               " and " + std::to_string(allowed.size() - most) + " more.";
    }
    return " Allowed: " + quotedList(allowed) + ".";
}

std::string Context::argumentPath() const { return join(arguments_, "."); }

void Context::fail(std::string_view code, std::string_view kind, const std::string& message,
    request::Location location) const {
    std::string meta = "{";
    if (!kind.empty()) {
        meta += "\"kind\":";
        request::appendJsonString(meta, kind);
        meta += ",\"selectionPath\":";
        appendList(meta, selections_);
        meta += ",\"argumentPath\":";
        appendList(meta, arguments_);
    }
    throw request::RequestError(std::string(code), message).withMeta(meta + "}").at(location);
}

void Context::failUnknownField(const request::Member& member, const Names& allowed) const {
    fail("P2009", "UnknownInputField",
        "`" + argumentPath() + "`: Field does not exist in enclosing type." +
            suggestion(member.name, allowed),
        member.location);
}

void Context::failUnknownArgument(const request::Member& member, const Names& allowed) const {
    fail("P2009", "UnknownArgument",
        "`" + join(selections_, ".") + "." + std::string(member.name) +
            "`: Argument does not exist in enclosing type." + suggestion(member.name, allowed),
        member.location);
}

void Context::failUnknownSelection(
    const request::Field& field, std::string_view type, const Names& allowed) const {
    fail("P2009", "UnknownSelectionField",
        "Field '" + std::string(field.name) + "' not found in enclosing type '" +
            std::string(type) + "'." + suggestion(field.name, allowed),
        field.location);
}

void Context::failRequired(
    request::Location location, std::string_view code, std::string_view reason) const {
    fail(code, "RequiredArgumentMissing",
        "`" + argumentPath() + "`: A value is required but not set." + std::string(reason),
        location);
}

void Context::failType(const request::Value& value, const Names& types) const {
    const std::string_view name = arguments_.empty() ? std::string_view() : arguments_.back();
    fail("P2009", "InvalidArgumentType",
        "`" + argumentPath() + "`: Invalid argument type. `" + std::string(name) +
            "` should be of any of the following types: " + quotedList(types) + ", but is " +
            request::excerpt(request::print(value), 60) + ".",
        value.location);
}

void Context::failValue(const request::Value& value, const std::string& problem) const {
    fail("P2009", "InvalidArgumentValue",
        "`" + argumentPath() + "`: Invalid argument value. " + problem + ".", value.location);
}

void Context::failUnsupported(std::string_view what, request::Location location) const {
    fail("P2009", "Unsupported", std::string(what) + " not supported yet by this version.",
        location);
}

const std::vector<request::Member>&
membersOf(const Context& context, const request::Value& value, std::string_view type) {
    if (value.isNull()) {
        context.failRequired(value.location);
    }
    if (value.kind != request::Value::Kind::Object) {
        context.failType(value, {type});
    }
    return value.members();
}

std::vector<const request::Value*> elementsOf(const request::Value& value) {
    if (value.kind != request::Value::Kind::List) {
        return {&value};
    }
    std::vector<const request::Value*> elements;
    elements.reserve(value.items().size());
    for (const request::Value& item : value.items()) {
        elements.push_back(&item);
    }
    return elements;
}

}  // namespace loam::runtime::plan
