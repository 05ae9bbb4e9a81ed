#include "runtime/plan/context.hpp"

#include <algorithm>
#include <array>

#include "runtime/plan/input_types.hpp"
#include "runtime/plan/mistakes.hpp"
#include "runtime/request/text.hpp"
#include "runtime/schema/diagnostics.hpp"

namespace loam::runtime::plan {
namespace {

std::string join(const Names& names, std::string_view separator) {
    std::string text;
    for (const std::string_view name : names) {
        text.append(text.empty() ? "" : separator).append(name);
    }
    return text;
}

/// The kinds of mistakes that Prisma Client has words for. It expects errors of the codes P2009 and
/// P2012 to be one of them.
constexpr std::array<std::string_view, 10> shownKinds{"EmptySelection", "UnknownSelectionField",
    "UnknownArgument", "UnknownInputField", "RequiredArgumentMissing", "InvalidArgumentType",
    "InvalidArgumentValue", "ValueTooLarge", "SomeFieldsMissing", "TooManyFieldsGiven"};

/// The names of a place's types. Inside of a list of values they are those of its elements.
std::vector<std::string> typeNamesOf(const InputPlace& place, const Names& otherwise) {
    std::vector<std::string> names;
    if (place.field) {
        const std::vector<InputType>& types = place.field->types;
        const bool isElement =
            types.size() == 1 && types.front().isList && otherwise.size() == 1 &&
            types.front().kind != InputType::Kind::Object && types.front().name == otherwise[0];
        for (const InputType& type : types) {
            names.push_back(isElement ? type.name : type.listedName());
        }
    }
    return names.empty() ? std::vector<std::string>(otherwise.begin(), otherwise.end()) : names;
}

bool isEnum(const InputPlace& place, std::string_view name) {
    return place.field &&
           std::any_of(
               place.field->types.begin(), place.field->types.end(), [&](const InputType& type) {
                   return type.kind == InputType::Kind::Enum && type.name == name;
               });
}

/// The type of an object that stands in the place.
const InputType* objectAt(const InputPlace& place) {
    if (!place.field) {
        return nullptr;
    }
    const InputType* found = nullptr;
    for (const InputType& type : place.field->types) {
        if (type.kind == InputType::Kind::Object && (found == nullptr || found->isList)) {
            found = &type;
        }
    }
    return found;
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
    const std::string_view best = schema::nearest(written, allowed);
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

bool Context::isArgument() const {
    return findInput(catalog, selections_, arguments_).field.has_value();
}

std::string Context::argumentPath() const { return join(arguments_, "."); }

bool Context::isShown(std::string_view kind) const {
    // A field of the root has no arguments that the message could point to.
    return std::find(shownKinds.begin(), shownKinds.end(), kind) != shownKinds.end() &&
           !(kind == "UnknownSelectionField" && selections_.size() < 2);
}

void Context::failWith(std::string_view code, std::string_view kind, const std::string& message,
    request::Location location, const std::string& members) const {
    const bool isValidation = code == "P2009" || code == "P2012";
    const bool isCoded = notation == request::Notation::Graphql || !isValidation || isShown(kind);
    std::string meta = "{";
    if (!kind.empty()) {
        meta += "\"kind\":" + request::jsonString(kind) + "," +
                pathMember("selectionPath", selections_) + (members.empty() ? "" : "," + members);
    }
    throw request::RequestError(isCoded ? std::string(code) : "", message)
        .withMeta(meta + "}")
        .at(location);
}

void Context::failInput(const std::string& details, request::Location location) const {
    throw request::RequestError("P2019", "Input error. " + details)
        .withMeta("{\"details\":" + request::jsonString(details) + "}")
        .at(location);
}

void Context::fail(std::string_view code, std::string_view kind, const std::string& message,
    request::Location location) const {
    std::string members = pathMember("argumentPath", arguments_);
    const InputPlace place =
        kind.empty() ? InputPlace{} : findInput(catalog, selections_, arguments_);
    if (kind == "UnknownInputField" && place.parent) {
        members += "," + inputTypeMember(*place.parent);
    } else if (kind == "SomeFieldsMissing" || kind == "TooManyFieldsGiven") {
        const InputType* type = objectAt(place);
        InputType object = type == nullptr ? InputType{} : *type;
        object.isList = false;
        members += "," + constraintsMember(object) + ",";
        members += type == nullptr ? inputTypeMember(Names{}) : inputTypeMember(object);
    } else if (kind == "ValueTooLarge") {
        members +=
            "," +
            argumentMember(arguments_.empty() ? "" : arguments_.back(), typeNamesOf(place, {}));
    }
    failWith(code, kind, message, location, members);
}

void Context::failUnknownField(const request::Member& member, const Names& allowed) const {
    std::string members = pathMember("argumentPath", arguments_);
    const InputPlace place = findInput(catalog, selections_, arguments_);
    members += "," + (place.parent ? inputTypeMember(*place.parent) : inputTypeMember(allowed));
    failWith("P2009", "UnknownInputField",
        "`" + argumentPath() + "`: Field does not exist in enclosing type." +
            suggestion(member.name, allowed),
        member.location, members);
}

void Context::failUnknownArgument(const request::Member& member, const Names& allowed) const {
    failWith("P2009", "UnknownArgument",
        "`" + join(selections_, ".") + "." + std::string(member.name) +
            "`: Argument does not exist in enclosing type." + suggestion(member.name, allowed),
        member.location,
        pathMember("argumentPath", {member.name}) + "," +
            argumentsMember(argumentsOf(catalog, selections_)));
}

void Context::failUnknownSelection(
    const request::Field& field, std::string_view type, const Names& allowed) const {
    const Names parent(selections_.begin(), selections_.end() - (selections_.empty() ? 0 : 1));
    failWith("P2009", "UnknownSelectionField",
        "Field '" + std::string(field.name) + "' not found in enclosing type '" +
            std::string(type) + "'." + suggestion(field.name, allowed),
        field.location, outputTypeMember(catalog, selectedModel(catalog, parent), type, allowed));
}

void Context::failEmptySelection(
    const request::Field& field, std::string_view type, const Names& allowed) const {
    failWith("P2009", "EmptySelection",
        "The field `" + std::string(field.name) + "` of type `" + std::string(type) +
            "` needs a selection of its fields." + suggestion("", allowed),
        field.location,
        outputTypeMember(catalog, selectedModel(catalog, selections_), type, allowed));
}

void Context::failRequired(request::Location location, std::string_view reason) const {
    constexpr std::array alternatives{"data", "create", "update", "is", "isNot"};
    const bool hasAlternatives =
        std::any_of(arguments_.begin(), arguments_.end(), [&](std::string_view name) {
            return std::find(alternatives.begin(), alternatives.end(), name) != alternatives.end();
        });
    std::string members = pathMember("argumentPath", arguments_);
    const InputPlace place = findInput(catalog, selections_, arguments_);
    std::vector<InputType> types = place.field ? place.field->types : std::vector<InputType>{};
    if (types.size() > 1) {
        types.resize(1);  // Of several alternatives the first is shown with its fields.
    }
    failWith(hasAlternatives ? "P2009" : "P2012", "RequiredArgumentMissing",
        "`" + argumentPath() + "`: A value is required but not set." + std::string(reason),
        location, members + "," + inputTypesMember(types));
}

void Context::failMissing(request::Location location) const {
    std::string members = pathMember("argumentPath", arguments_);
    const InputPlace place = findInput(catalog, selections_, arguments_);
    const std::vector<InputType> types =
        place.field ? place.field->types : std::vector<InputType>{};
    failWith("P2012", "RequiredArgumentMissing",
        "`" + argumentPath() + "`: A value is required but not set.", location,
        members + "," + inputTypesMember(types));
}

void Context::failType(const request::Value& value, const Names& types) const {
    const std::string_view name = arguments_.empty() ? std::string_view() : arguments_.back();
    std::string members = pathMember("argumentPath", arguments_);
    const InputPlace place = findInput(catalog, selections_, arguments_);
    members +=
        "," + argumentMember(name, typeNamesOf(place, types)) +
        ",\"inferredType\":" + request::jsonString(inferredType(value));
    failWith("P2009", "InvalidArgumentType",
        "`" + argumentPath() + "`: Invalid argument type. `" + std::string(name) +
            "` should be of any of the following types: " + quotedList(types) + ", but is " +
            request::excerpt(request::print(value), 60) + ".",
        value.location, members);
}

void Context::failValue(
    const request::Value& value, const std::string& problem, std::string_view expected) const {
    const std::string_view name = arguments_.empty() ? std::string_view() : arguments_.back();
    std::string members = pathMember("argumentPath", arguments_);
    const InputPlace place = findInput(catalog, selections_, arguments_);
    const std::vector<std::string> types =
        expected.empty() ? typeNamesOf(place, {}) : std::vector{std::string(expected)};
    members += "," + argumentMember(name, types) + ",\"underlyingError\":";
    members +=
        isEnum(place, expected)
            ? "null"  // The name of the type says it all.
            : request::jsonString(request::excerpt(problem, request::RequestError::longestMessage));
    failWith("P2009", "InvalidArgumentValue",
        "`" + argumentPath() + "`: Invalid argument value. " + problem + ".", value.location,
        members);
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
